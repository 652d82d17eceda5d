"""Aligns the quantities of a Chinese text with the figures of its English, and judges each."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from jianbao.quantities.agreement import fault, goes_without_figure, keys, rank
from jianbao.quantities.chinese import find_quantities
from jianbao.quantities.figures import find_figures
from jianbao.quantities.model import Figure, FigureVerdict, Part, Quantity, Verdict
from jianbao.quantities.units import UNITS

# A year or a month is not repeated where the context gives it.
_SAID_ONCE = {"calendar year", "calendar month"}
_SHARED = re.compile(r"\b(?:each|same|equally|apiece)\b", re.IGNORECASE)


class _Slot(NamedTuple):
    """One part of the quantity at ``start``: what a single English figure must match."""

    start: int
    part: Part
    firm: bool
    position: float


@lru_cache(maxsize=4096)  # every check, writer and count asks about the same pairs
def align_figures(source: str, target: str) -> tuple[FigureVerdict, ...]:
    """One verdict for every firm quantity of ``source``, then one ("added") for every figure without a source.

    Values are compared exactly, units where both sides name one (15 mu equal 1 hectare). A quantity of
    several parts (a range, a date) is as good as its worst part. Two neighbouring sums, percentages or
    measures of one unit that stand the other way round are both wrong.
    """
    quantities = find_quantities(source, soft=True)
    copied = _copies(quantities, target)
    figures = [
        figure
        for figure in find_figures(target)
        if not any(start <= figure.start and figure.end <= end for start, end in copied.values())
    ]
    slots = _slots([quantity for quantity in quantities if quantity.start not in copied], len(source))
    partners = _match_equal(slots, figures, len(target))
    near = _match_near(slots, figures, partners, len(target))
    said = {slots[index].part[0].value for index in partners}
    found: dict[int, list[tuple[Verdict, Figure | None]]] = defaultdict(list)
    for index, slot in enumerate(slots):
        if index in partners:
            found[slot.start].append(("reformatted", figures[partners[index]]))
        elif index in near:
            figure, verdict = near[index]
            found[slot.start].append((verdict, figures[figure]))
        else:
            implied = goes_without_figure(slot.part, target) or _is_shared(slot.part, said, target)
            found[slot.start].append(("reformatted" if implied else "missing", None))
    judged = [_judge(quantity, found[quantity.start], target) for quantity in quantities if quantity.firm]
    judged = _unswapped(judged, target)
    used = set(partners.values()) | {figure for figure, _ in near.values()}
    added = [
        FigureVerdict(quantity=None, figure=figure, verdict="added")
        for index, figure in enumerate(figures)
        if figure.firm and index not in used
    ]
    return tuple(judged + added)


def carries(quantity: Quantity, english: str) -> bool:
    """Whether the English shows the quantity with its value and unit, in whatever form."""
    if _copies([quantity], english):
        return True
    figures = list(_figures(english))
    for part in quantity.parts:
        match = next((figure for figure in figures if rank(part, figure) is not None), None)
        if match is not None:
            figures.remove(match)
        elif not goes_without_figure(part, english):
            return False
    return True


# A translation is asked about once for every figure of its source.
_figures = lru_cache(maxsize=256)(find_figures)


def _slots(quantities: Sequence[Quantity], length: int) -> list[_Slot]:
    return [
        _Slot(quantity.start, part, quantity.firm, quantity.start / max(length, 1))
        for quantity in quantities
        for part in quantity.parts
    ]


def _copies(quantities: Sequence[Quantity], english: str) -> dict[int, tuple[int, int]]:
    """Where the codes (5G, GB/T 29490-2013, telephone numbers) stand in the English, by their start."""
    copies: dict[int, tuple[int, int]] = {}
    for quantity in quantities:
        if quantity.kind == "code":
            match = re.search(rf"(?<![\w.]){re.escape(quantity.text)}(?!\w)", english, re.IGNORECASE)
            if match:
                copies[quantity.start] = match.span()
    return copies


def _is_shared(part: Part, said: set[Decimal], english: str) -> bool:
    """Whether a value said once stands for two: the year of a date, "each up 0.2 percentage points"."""
    return part[0].value in said and (part[0].unit in _SAID_ONCE or _SHARED.search(english) is not None)


def _match_equal(slots: Sequence[_Slot], figures: Sequence[Figure], length: int) -> dict[int, int]:
    """The largest assignment of equal values, firm quantities first, by augmenting paths (Kuhn)."""
    by_key: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for index, figure in enumerate(figures):
        for key in keys(figure.readings):
            by_key[key].append(index)
    edges: list[list[int]] = []
    for slot in slots:
        near = {index for key in keys(slot.part) for index in by_key[key]}
        ranked = [
            (cost, abs(figures[i].start / max(length, 1) - slot.position), i)
            for i in near
            if (cost := rank(slot.part, figures[i], firm=slot.firm)) is not None
        ]
        edges.append([index for _, _, index in sorted(ranked)])
    owner: dict[int, int] = {}

    def augment(slot: int, seen: set[int]) -> bool:
        for figure in edges[slot]:
            if figure not in owner:
                owner[figure] = slot
                return True
        for figure in edges[slot]:
            if figure not in seen:
                seen.add(figure)
                if augment(owner[figure], seen):
                    owner[figure] = slot
                    return True
        return False

    for index in sorted(range(len(slots)), key=lambda i: not slots[i].firm):
        augment(index, set())
    return {slot: figure for figure, slot in owner.items()}


def _match_near(
    slots: Sequence[_Slot], figures: Sequence[Figure], partners: dict[int, int], length: int
) -> dict[int, tuple[int, Verdict]]:
    """Pairs what is left: first values off by a power of ten, then other values of a like unit and place."""
    taken = set(partners.values())
    free = [index for index, figure in enumerate(figures) if index not in taken and figure.firm]
    candidates: list[tuple[int, float, int, int, Verdict]] = []
    for index, slot in enumerate(slots):
        if index in partners or not slot.firm:
            continue
        for figure in free:
            # In a short text a few words already look like a long way.
            distance = abs(figures[figure].start - slot.position * length) - 8
            distance = max(0.0, distance) / max(length, 1)
            verdict = fault(slot.part, figures[figure], distance)
            if verdict:
                candidates.append((verdict == "wrong_value", distance, index, figure, verdict))
    near: dict[int, tuple[int, Verdict]] = {}
    used: set[int] = set()
    for _, _, index, figure, verdict in sorted(candidates):
        if index not in near and figure not in used:
            near[index] = (figure, verdict)
            used.add(figure)
    return near


def _unswapped(judged: Sequence[FigureVerdict], english: str) -> list[FigureVerdict]:
    """The verdicts, with figures that stand in each other's place found wrong.

    Right translations keep neighbours of one unit in order: of 1,800 pairs two were turned, and "from" or
    "per" said so. Counts are left alone, as their nouns move freely.
    """
    verdicts = list(judged)
    by_unit: dict[str, list[int]] = defaultdict(list)
    for index, verdict in enumerate(judged):
        quantity = verdict.quantity
        if quantity and verdict.figure and verdict.verdict in _RIGHT and len(quantity.parts) == 1:
            by_unit[quantity.unit].append(index)
    for unit, indices in by_unit.items():
        if UNITS[unit].dimension not in _ORDERED:
            continue
        order = sorted(indices, key=lambda index: _start(judged[index]))
        place = {index: position for position, index in enumerate(order)}
        for left, right in pairwise(indices):
            if place[left] == place[right] + 1 and _is_swapped(judged[left], judged[right], english):
                verdicts[left] = replace(judged[left], figure=judged[right].figure, verdict="wrong_value")
                verdicts[right] = replace(judged[right], figure=judged[left].figure, verdict="wrong_value")
    return verdicts


def _start(verdict: FigureVerdict) -> int:
    return verdict.figure.start if verdict.figure else -1


def _is_swapped(first: FigureVerdict, second: FigureVerdict, english: str) -> bool:
    """Whether nothing explains that the second figure stands before the first."""
    if not (first.quantity and second.quantity and first.figure and second.figure):
        return False
    if first.quantity.value == second.quantity.value:
        return False
    return _TURNED.search(english[second.figure.end : first.figure.start]) is None


def _judge(quantity: Quantity, found: Sequence[tuple[Verdict, Figure | None]], target: str) -> FigureVerdict:
    if not found:  # a code that was copied
        return FigureVerdict(quantity=quantity, figure=None, verdict="exact")
    worst = max(found, key=lambda item: _SEVERITY[item[0]])
    if worst[0] != "reformatted":
        return FigureVerdict(quantity=quantity, figure=worst[1], verdict=worst[0])
    figures = [figure for _, figure in found if figure is not None]
    if not figures:
        return FigureVerdict(quantity=quantity, figure=None, verdict="reformatted")
    start, end = min(figure.start for figure in figures), max(figure.end for figure in figures)
    figure = figures[0]
    exact = _stands(quantity.target, target, start, end)
    return FigureVerdict(quantity=quantity, figure=figure, verdict="exact" if exact else "reformatted")


_RIGHT = ("exact", "reformatted")
# "20,000 yuan, up from 10,000 yuan"; "91.3 yuan for every 100 yuan of assets".
_TURNED = re.compile(r"\b(?:from|per|every|(?<!more )(?<!less )than)\s(?:\S+\s){0,2}$")
_ORDERED = {
    "percent",
    "points",
    "yuan",
    "US dollar",
    "mass",
    "area",
    "length",
    "volume",
    "energy",
    "power",
    "time",
}
_SEVERITY = {"exact": 0, "reformatted": 1, "wrong_scale": 2, "wrong_value": 3, "missing": 4}


def _stands(rendering: str, english: str, start: int, end: int) -> bool:
    """Whether the rendering stands, up to case, where the figures do."""
    low = max(0, start - len(rendering))
    return rendering.lower() in english[low : end + len(rendering)].lower()
