"""Where sentences end: after 。！？ and their half-width forms, never inside a title, a bracket or a figure."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from jianbao.segmenter.numbering import read_marker
from jianbao.segmenter.spans import CutMask, bracket_pairs, figure_spans, short_pairs

_LONGEST_QUOTE = 160  # characters; a longer quotation is cut at its own full stops
_LONG_SENTENCE = 200  # characters; a longer list of points (一是…；二是…) is cut at its semicolons
_END = re.compile(r"[。｡！？!?…]+[。｡！？!?…\s]*[”’」』）)】\]］\"]*")
_DOT = re.compile(r"(?<=[\u4e00-\u9fff”’）)》%％])[.．](?=\s|$|[\u4e00-\u9fff“《（(])")
_PAUSE = frozenset("，,、；;：:》」")
_QUOTE_RUNS_ON = frozenset("的地得之和及或等")
_ELLIPSIS_RUNS_ON = frozenset("到至的里中上下")
_SALUTATION = re.compile(
    r"(?<![^\s。！!])(?:尊敬的)?(?:(?:各位|同志们|女士们|先生们|朋友们|代表们|委员们)\w{0,8}[、，,]?\s?){1,4}[:：]\s*"
)
_MISSING_STOP = re.compile(r"(?<=[\u4e00-\u9fff%％）)”])\s+(?=[二三四五六七八九十]{1,2}是)")
_CLAUSE_TAIL = re.compile(r"[^，,、；;：:。！？!?.．\s]+$")
_LIST_STOP = re.compile(r"[；;]\s*|[：:]\s*")
_ENUMERATING = ("point", "digit", "digit_bracketed", "han_bracketed")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into sentences; only white space stands between the spans.

    A quotation of several sentences stays whole unless it is long.
    """
    pairs = bracket_pairs(text, start, end)
    mask = CutMask(start, end, short_pairs(pairs, longest=_LONGEST_QUOTE) + figure_spans(text, start, end))
    opener = {closing: opening for opening, closing in pairs}
    cuts = sorted(
        {*_full_stops(text, start, end, mask, opener), *_other_stops(text, start, end, mask)} - {start, end}
    )
    spans = [trim(text, left, right) for left, right in pairwise([start, *cuts, end])]
    sentences = [span for span in spans if span]
    pieces: list[list[tuple[int, int]]] = []
    next_point = 0
    for span in reversed(sentences):
        pieces.append(_split_points(text, *span, mask, list_goes_on=next_point == 2))
        marker = read_marker(text, *span)
        next_point = marker.ordinal if marker and marker.style == "point" else next_point
    return [piece for group in reversed(pieces) for piece in group]


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, or None if nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _full_stops(text: str, start: int, end: int, mask: CutMask, opener: Mapping[int, int]) -> Iterator[int]:
    for match in _END.finditer(text, start, end):
        stop = next((p for p in range(match.end(), match.start(), -1) if mask.allows(p)), None)
        rest = trim(text, stop, end) if stop else None
        if stop and (rest is None or _closes(text, (match.start(), stop), text[rest[0]], opener)):
            yield stop


def _closes(text: str, stop: tuple[int, int], following: str, opener: Mapping[int, int]) -> bool:
    """Whether a run of stops and closing quotes ends a sentence, given the character that follows."""
    mark, last = stop[0], stop[1] - 1
    while text[last].isspace():
        last -= 1
    if following in _PAUSE or text[last] in "》〉":
        return False
    if set(text[mark : last + 1]) == {"…"}:
        return following not in _ELLIPSIS_RUNS_ON
    if last not in opener:
        return True
    before = text[max(0, opener[last] - 4) : opener[last]].rstrip()[-1:]
    if text[last] in "）)】]］":
        return before in ("", *"。！？!?”")
    whole = text[mark] in "。｡" or last - opener[last] > 10 or before in ("", *"：:，,。！？")
    return whole and following not in _QUOTE_RUNS_ON


def _other_stops(text: str, start: int, end: int, mask: CutMask) -> Iterator[int]:
    """A half-width full stop, a salutation in the running line, a point that follows without any stop."""
    for match in _DOT.finditer(text, start, end):
        clause = _CLAUSE_TAIL.search(text, max(start, match.start() - 40), match.start())
        spaced = match.end() == end or text[match.end()].isspace()
        if clause and len(clause[0]) >= (4 if spaced else 8) and mask.allows(match.end()):
            yield match.end()
    for pattern in (_SALUTATION, _MISSING_STOP):
        for match in pattern.finditer(text, start, end):
            yield from (p for p in match.span() if mask.allows(p))


def _split_points(
    text: str, start: int, end: int, mask: CutMask, *, list_goes_on: bool
) -> list[tuple[int, int]]:
    """Cut a long sentence that lists numbered points (…：一是…；二是…) before each of them.

    A short one is cut before its first point where the second begins a sentence of its own (``list_goes_on``).
    """
    if end - start <= _LONG_SENTENCE and not list_goes_on:
        return [(start, end)]
    first = read_marker(text, start, end)
    style = first.style if first and first.style in _ENUMERATING else None
    expected = first.ordinal + 1 if first and style else 1
    cuts = [start]
    for match in _LIST_STOP.finditer(text, start, end):
        marker = read_marker(text, match.end(), end) if mask.allows(match.end()) else None
        opens_list = style is None and marker is not None and marker.style in _ENUMERATING
        if marker and marker.ordinal == expected and (opens_list or marker.style == style):
            style, expected = marker.style, expected + 1
            cuts.append(match.end())
    if expected != 2 if list_goes_on else expected < 3:
        return [(start, end)]
    spans = (trim(text, left, right) for left, right in zip(cuts, [*cuts[1:], end], strict=True))
    return [span for span in spans if span]
