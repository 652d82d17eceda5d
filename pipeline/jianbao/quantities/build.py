"""Builds quantities from values and units: their forms in English, their parts, their kind."""

import re
from collections.abc import Sequence
from decimal import Decimal

from jianbao.quantities.model import Kind, Part, Quantity, Reading
from jianbao.quantities.render import distinct, range_forms, unit_forms, value_forms
from jianbao.quantities.units import UNITS

_KINDS: dict[str, Kind] = {
    "percent": "percent", "points": "percent", "times": "multiple", "count": "number",
    "yuan": "money", "US dollar": "money", "euro": "money", "Hong Kong dollar": "money", "pound": "money",
    "yen": "money",
}  # fmt: skip


def quantity(
    match: re.Match[str], kind: Kind, parts: tuple[Part, ...], forms: Sequence[str], *, end: int | None = None,
    firm: bool = True,
) -> Quantity:  # fmt: skip
    """A quantity over the match (up to ``end``); the first form is the target."""
    stop = match.end() if end is None else end
    target, *variants = distinct(forms)
    return Quantity(
        start=match.start(), end=stop, text=match.string[match.start() : stop], kind=kind, target=target,
        variants=tuple(variants), parts=parts, firm=firm,
    )  # fmt: skip


def measured(
    match: re.Match[str], values: Sequence[Decimal], unit: str, *, end: int | None = None, more: bool = False,
    firm: bool = True,
) -> Quantity:  # fmt: skip
    """A value or a range of two in a unit; ``more`` for 多 and 余 ("more than")."""
    in_words = bool(unit) and not UNITS[unit].plural
    numbers = [value_forms(value, in_words=in_words) for value in values]
    if len(values) == 1:
        forms = unit_forms(unit, numbers[0], singular=values[0] == 1)
        if unit == "times" and values[0] == 2:
            forms += ("twice", "double", "twofold")
        forms = with_more(forms) if more else forms
    else:
        forms = unit_forms(unit, range_forms(*numbers))
    kind: Kind = (
        "range" if len(values) > 1 else _KINDS.get(UNITS[unit].dimension, "measure" if unit else "number")
    )
    return quantity(match, kind, tuple(_part(value, unit) for value in values), forms, end=end, firm=firm)


def with_more(forms: Sequence[str]) -> tuple[str, ...]:
    """``more than 300``, ``over 300``, and the bare number last."""
    return (*(f"{words} {form}" for words in ("more than", "over") for form in forms[:3]), *forms)


def _part(value: Decimal, unit: str) -> Part:
    """The literal reading and those of the same meaning: 50 percent is one half."""
    if unit == "percent":
        return (Reading(value, unit), Reading(value / 100, "ratio"))
    if unit == "times":
        return (Reading(value, unit), Reading(value * 100, "percent"))
    return (Reading(value, unit),)
