"""Find renderings in English text, whatever their inflection, hyphens, spelling, case, articles or quotes.

The keys of a text are joined without spaces: "policy-making", "policy making" and "policymaking" give one string.
A rendering is found where its own joined keys stand between two word boundaries.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from jianbao.english import text_keys, word_key

__all__ = ["EnglishText", "find_forbidden", "find_renderings", "read_english", "word_key"]


@lru_cache(maxsize=65536)
def _patterns(rendering: str) -> tuple[str, ...]:
    """The joined keys to look for. A rendering that begins with a verb is also found in the past tense."""
    keys = [key for key, _, _ in text_keys(rendering)]
    if not keys:
        return ()
    joined = "".join(keys)
    first = keys[0]
    if first.isalpha() and first.islower() and len(keys) > 1:
        return joined, first + "+" + "".join(keys[1:])
    return (joined,)


class EnglishText:
    """An English text, read once to be searched for many renderings."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        pieces: list[str] = []
        position = 0
        for key, start, end in text_keys(text):
            self._starts[position] = start
            position += len(key)
            self._ends[position] = end
            pieces.append(key)
        self._joined = "".join(pieces)

    def find(self, rendering: str) -> tuple[tuple[int, int], ...]:
        """The spans of ``rendering`` in the text, sorted and non-overlapping."""
        return self.find_any((rendering,))

    def find_any(self, renderings: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """The spans of any of ``renderings``; of overlapping ones the leftmost, then the longest, stays."""
        spans = {span for rendering in renderings for span in self._occurrences(rendering)}
        chosen: list[tuple[int, int]] = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not chosen or start >= chosen[-1][1]:
                chosen.append((start, end))
        return tuple(chosen)

    def _occurrences(self, rendering: str) -> Iterator[tuple[int, int]]:
        for pattern in _patterns(rendering):
            at = self._joined.find(pattern)
            while at >= 0:
                start, end = self._starts.get(at), self._ends.get(at + len(pattern))
                if start is not None and end is not None:
                    yield start, end
                at = self._joined.find(pattern, at + 1)


@lru_cache(maxsize=4096)
def read_english(text: str) -> EnglishText:
    """``text``, read to be searched; the same object for the same text."""
    return EnglishText(text)


def find_renderings(renderings: Sequence[str], english: str) -> tuple[tuple[int, int], ...]:
    """The spans in ``english`` of any of ``renderings``, sorted and non-overlapping; see ``EnglishText``."""
    return read_english(english).find_any(renderings)


def find_forbidden(
    forbidden: Iterable[str], right: Iterable[str], english: EnglishText
) -> tuple[tuple[int, int], ...]:
    """The spans of ``forbidden`` renderings that are no part of a ``right`` one.

    ``right`` are the renderings of all terms of the sentence: "Party committee" is wrong for 党组, but not where
    the sentence has a 党委 as well.
    """
    allowed = english.find_any(tuple(right))
    return tuple(
        (start, end)
        for start, end in english.find_any(tuple(forbidden))
        if not any(a <= start and end <= b for a, b in allowed)
    )
