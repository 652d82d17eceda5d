"""Spans of a text that no cut may enter: quotes, titles, brackets, figures, addresses."""

import re
from collections.abc import Iterable, Sequence

_CLOSER_OF = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": ")",
    "(": ")",
    "【": "】",
    "［": "]",
    "[": "]",
    "〔": "〕",
}
_CLOSER = {closer: closer for closer in _CLOSER_OF.values()} | {"）": ")", "］": "]"}
_DEEPEST = 12
_FIGURE = re.compile(
    r"\d+(?:(?:[,，.．·:：/／]|\s?[—–~～-]+\s?)\d+)+"
    r"|\d+。\d{1,2}(?![\d年月日号时.、)）])"  # a page whose decimal points became full stops
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:~+@-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.-])[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)


def bracket_pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The matched pairs of quotes and brackets in ``text[start:end]`` as (opening, closing) indices.

    Full- and half-width brackets match each other, straight double quotes pair off in turn; what has no partner
    is left out.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for index in range(start, end):
        char = text[index]
        straight = char == '"' and not any(closer == '"' for closer, _ in stack)
        if straight or char in _CLOSER_OF:
            stack.append((_CLOSER_OF.get(char, char), index))
            del stack[:-_DEEPEST]
        elif char == '"' or char in _CLOSER:
            wanted = _CLOSER.get(char, char)
            depth = next((n for n in reversed(range(len(stack))) if stack[n][0] == wanted), None)
            if depth is not None:
                pairs.append((stack[depth][1], index))
                del stack[depth:]
    return pairs


def figure_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of figures with inner punctuation (4,850; 8.7; 19:7:3) and of web and mail addresses."""
    return [match.span() for pattern in (_FIGURE, _ADDRESS) for match in pattern.finditer(text, start, end)]


def short_pairs(pairs: Sequence[tuple[int, int]], *, longest: int) -> list[tuple[int, int]]:
    """Pairs as half-open spans, without those that hold more than ``longest`` characters."""
    return [(left, right + 1) for left, right in pairs if right - left - 1 <= longest]


class CutMask:
    """Says where ``text[start:end]`` may be cut: nowhere inside the given spans.

    A cut at position p separates ``text[p - 1]`` from ``text[p]``.
    """

    def __init__(self, start: int, end: int, spans: Iterable[tuple[int, int]]) -> None:
        self._start = start
        self._closed = bytearray(end - start + 1)
        for left, right in spans:
            low, high = max(left + 1, start), min(right, end + 1)
            if low < high:
                self._closed[low - start : high - start] = b"\x01" * (high - low)

    def allows(self, position: int) -> bool:
        """Whether a cut at ``position`` enters none of the spans."""
        return not self._closed[position - self._start]
