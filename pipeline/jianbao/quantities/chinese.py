"""Finds the quantities of a Chinese text, from left to right."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from jianbao.quantities.amounts import find_amount
from jianbao.quantities.codes import find_code
from jianbao.quantities.model import Quantity, Reading
from jianbao.quantities.numerals import fold
from jianbao.quantities.periods import find_period
from jianbao.quantities.ratios import find_ratio

_CANDIDATE = re.compile(
    r"(?<![A-Za-z\d.])[A-Za-z]+(?=[-/A-Za-z]*[-+ /]?\d)|(?<!\d)-?\d|[〇一二两三四五六七八九十百千万亿]"
    r"|[壹贰叁肆伍陆柒捌玖]|[第翻半旬①-⑳]|[上下]半年|前(?=[\d一二两三四五六七八九十])|[“\"「]十"
)
_MARKER = re.compile(
    r"(?:^|(?<=[\n;；。:：）)]))\s*(\d{1,2})[.、．)）](?!\d(?!\d{3}[年—-]))|[(（\[［【]\s*(\d{1,2})\s*[)）\]］】]",
    re.MULTILINE,
)


@lru_cache(maxsize=4096)
def find_quantities(text: str, *, soft: bool = False) -> tuple[Quantity, ...]:
    """The quantities of a Chinese text, sorted, not overlapping; offsets index ``text`` as given.

    ``soft`` adds the numerals that need not stand in the English (idioms, 一是, list markers).
    Linear in the length of the text.
    """
    folded = fold(text)
    markers = {match.start(match.lastindex or 0): match for match in _MARKER.finditer(folded)}
    found: list[Quantity] = []
    position = 0
    while candidate := _CANDIDATE.search(folded, position):
        start = candidate.start()
        quantity = (
            _marker(folded, start, markers)
            or find_period(folded, start)
            or find_ratio(folded, start)
            or find_code(folded, start)
            or find_amount(folded, start)
        )
        if quantity is None:
            position = start + 1
            continue
        position = quantity.end
        if soft or quantity.firm:
            found.append(replace(quantity, text=text[quantity.start : quantity.end]))
    return tuple(found)


def _marker(text: str, start: int, markers: dict[int, re.Match[str]]) -> Quantity | None:
    """The number of a list item, which is no figure."""
    if start not in markers:
        return None
    match = markers[start]
    group = match.lastindex or 0
    part = (Reading(Decimal(match[group]), "ordinal"),)
    return Quantity(
        start=start,
        end=match.end(group),
        text=match[group],
        kind="ordinal",
        target=match[group],
        parts=(part,),
        firm=False,
    )
