"""Mechanical repairs of a decoded text, made only where there is one way to make them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from jianbao.document import Constraint
from jianbao.guards import CHINESE
from jianbao.judging import Candidate, Unit
from jianbao.matching import find_renderings
from jianbao.quantities import Figure, FigureVerdict, Quantity, find_quantities
from jianbao.quantities.render import MONTHS

_PLAIN = frozenset({"number", "money", "percent", "measure"})
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")


def repair(unit: Unit, candidate: Candidate) -> str:
    """The text of ``candidate`` with what can safely be put right put right.

    A wrong figure is replaced where only one quantity of its kind lacks its figure and only one figure lacks a
    quantity; a month likewise; a forbidden rendering by the target of its term; Chinese by its rendering, or else
    its pinyin.
    """
    text = _repair_figures(candidate.text, candidate.figures)
    text = _repair_month(unit.source, text, candidate.figures)
    text = _repair_terms(text, candidate.missing)
    return _repair_chinese(text, unit.constraints)


def _repair_figures(text: str, verdicts: Sequence[FigureVerdict]) -> str:
    wrong = [(v.quantity, v.figure) for v in verdicts if v.quantity is not None and v.figure is not None]
    absent = [v.quantity for v in verdicts if v.quantity is not None and v.figure is None]
    strays = [v.figure for v in verdicts if v.quantity is None and v.figure is not None]
    if len(absent) == len(strays) == 1 and (not wrong or absent[0].unit == strays[0].unit):
        wrong.append((absent[0], strays[0]))
    pairs = [
        (quantity, figure)
        for quantity, figure in wrong
        if _is_plain(quantity)
        and not any(_rival(quantity, figure, other) for other, _ in wrong if other is not quantity)
    ]
    for quantity, figure in sorted(pairs, key=lambda pair: -pair[1].start):
        text = text[: figure.start] + quantity.target + text[figure.end :]
    return text


def _repair_month(source: str, text: str, verdicts: Sequence[FigureVerdict]) -> str:
    """The one month that the source does not name becomes the one that the English lacks."""
    lacking = {m for v in verdicts if v.quantity for m in _months(v.quantity)}
    if len(lacking) != 1:
        return text
    named = {m for quantity in find_quantities(source) for m in _months(quantity)}
    strays = [found for found in _MONTH.finditer(text) if MONTHS.index(found[0]) + 1 not in named]
    if len(strays) != 1:
        return text
    return text[: strays[0].start()] + MONTHS[lacking.pop() - 1] + text[strays[0].end() :]


def _months(quantity: Quantity) -> set[int]:
    return {int(r.value) for part in quantity.parts for r in part if r.unit == "calendar month"}


def _is_plain(quantity: Quantity) -> bool:
    """Whether its rendering fits wherever a number stands; "the first half" or "double" do not."""
    return len(quantity.parts) == 1 and (quantity.kind in _PLAIN or quantity.target.isdigit())


def _rival(quantity: Quantity, figure: Figure, other: Quantity) -> bool:
    """Whether the figure may be meant for ``other``: it has a like unit, and no digits tell the two apart."""
    if quantity.unit != other.unit:
        return False
    digits = _digits(figure.value)
    return digits != _digits(quantity.value) or digits == _digits(other.value)


def _digits(value: Decimal) -> tuple[int, ...]:
    """The significant digits: those of 103.5 million and of 10350 are the same."""
    return value.normalize().as_tuple().digits


def _repair_terms(text: str, missing: Sequence[Constraint]) -> str:
    for constraint in missing:
        spans = find_renderings(constraint.forbidden, text) if constraint.forbidden else ()
        if len(spans) == 1:
            start, end = spans[0]
            text = text[:start] + constraint.target + text[end:]
    return text


def _repair_chinese(text: str, constraints: Sequence[Constraint]) -> str:
    targets = {constraint.source: constraint.target for constraint in constraints}
    return CHINESE.sub(lambda run: _spaced(targets.get(run.group()) or to_pinyin(run.group()), run), text)


def _spaced(english: str, run: "re.Match[str]") -> str:
    """``english`` with a space where it would touch a letter or digit."""
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    return f"{' ' if before.isalnum() else ''}{english}{' ' if after.isalnum() else ''}"


def to_pinyin(chinese: str) -> str:
    """Pinyin without tones, one word with a capital: the last resort that loses no text."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(chinese)).capitalize()
