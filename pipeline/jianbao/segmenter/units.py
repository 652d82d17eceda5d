"""Translation units: sentences too long for the model are cut at pauses, and their English is joined again."""

import re
from collections.abc import Sequence
from itertools import pairwise

from jianbao.segmenter.joining import join_units
from jianbao.segmenter.spans import CutMask, bracket_pairs, figure_spans, short_pairs

__all__ = ["join_units", "split_units"]

_PAUSE = re.compile(
    r"[。｡！？!?；;：:，,、]+[”’」』》）)】\]\"]*\s*|(?<=[\u4e00-\u9fff”》）])\s+(?=[\u4e00-\u9fff“《（])"
)
_CUT_COST = {"。": 0.0, "；": 0.1, "：": 0.5, "，": 0.4, "、": 3.0, " ": 4.0}
_FOLD = str.maketrans("｡！？!?;:,", "。。。。。；：，")
# A clause that leans on the one before it: it has no subject of its own or says how a figure moved.
_LEANING = re.compile(
    r"其中|同比|环比|比上|比\d|较上|较\d|增长|下降|增幅|增速|上升|减少|提高|占|达|为|约|超|近|居|分别|均|总量|累计|平均|并列|等|即|且|而|的|与|和|及|以及"
)
_LEANING_COST = 0.8
_SHORT = 12  # characters; a shorter unit is a fragment
_SHORT_COST = 1.0
_UNIT_COST = 0.2
_OVERFLOW_COST = 1e6  # for each character beyond the limit


def split_units(
    text: str, *, limit: int, protected: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[int, int], ...]:
    """Cut ``text`` into translation units of at most ``limit`` characters, as spans that tile it.

    Cuts stand behind ；then ，then 、 and are chosen together, by dynamic programming, so that the units have
    balanced lengths, are no fragments, and do not begin with a clause that leans on the one before (其中…, 同比…).
    No cut enters a quotation, title, bracket, figure or ``protected`` span; a unit longer than ``limit`` is left
    only where no cut is possible.

    Raises:
        ValueError: ``limit`` is not positive.
    """
    if limit < 1:
        raise ValueError(f"limit is {limit}; it must be at least 1")
    if len(text) <= limit:
        return ((0, len(text)),)
    cuts = _cuts(text, protected)
    positions = [0, *(position for position, _ in cuts), len(text)]
    costs = [0.0, *(cost for _, cost in cuts), 0.0]
    best = _cheapest_chain(positions, costs, limit)
    return tuple(pairwise(best))


def _cuts(text: str, protected: Sequence[tuple[int, int]]) -> list[tuple[int, float]]:
    """The positions where a cut is allowed, with what it costs."""
    closed = [
        *short_pairs(bracket_pairs(text, 0, len(text)), longest=len(text)),
        *figure_spans(text, 0, len(text)),
    ]
    mask = CutMask(0, len(text), [*closed, *protected])
    cuts: list[tuple[int, float]] = []
    for match in _PAUSE.finditer(text):
        position = match.end()
        while position > match.start() + 1 and not mask.allows(position):
            position -= 1
        if position < len(text) and mask.allows(position):
            mark = min(match[0].translate(_FOLD).strip() or " ", key=lambda char: _CUT_COST.get(char, 9.0))
            leaning = mark in "，、" and _LEANING.match(text, position)
            cuts.append((position, _CUT_COST[mark] + (_LEANING_COST if leaning else 0.0)))
    return cuts


def _cheapest_chain(positions: Sequence[int], costs: Sequence[float], limit: int) -> list[int]:
    """The subsequence of ``positions``, first and last included, with the least total cost of cuts and units."""
    total = [0.0]
    came_from = [0]
    for right in range(1, len(positions)):
        choices = []
        for left in range(right - 1, -1, -1):
            length = positions[right] - positions[left]
            choices.append((total[left] + _unit_cost(length, limit) + costs[right], left))
            if length > limit:
                break
        cost, left = min(choices)
        total.append(cost)
        came_from.append(left)
    chain = [len(positions) - 1]
    while chain[-1]:
        chain.append(came_from[chain[-1]])
    return [positions[index] for index in reversed(chain)]


def _unit_cost(length: int, limit: int) -> float:
    if length > limit:
        return _OVERFLOW_COST * (length - limit)
    return _UNIT_COST + (length / limit) ** 2 + (_SHORT_COST if length < _SHORT else 0.0)
