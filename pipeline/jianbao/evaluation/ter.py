"""Edits between two lists of words, as TER counts them (Snover et al. 2006), fast enough for a whole corpus.

sacreBLEU's own search for shifts is used, with its limits, so that the scores are the same. It tries hundreds of
shifts a segment and needs no more of each than the edit distance: that is counted here bit-parallel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Edits:
    """The distance of a hypothesis; unpacks into distance and trace, as sacreBLEU's search asks.

    The trace has one letter for each step from hypothesis to reference: " " keeps a word, "i" inserts one of the
    reference, "d" deletes one of the hypothesis, "s" substitutes. It is made when asked for.
    """

    words: tuple[str, ...]
    distances: "EditDistance"

    def __getitem__(self, index: int) -> int:
        """The distance (``index`` is 0: nothing else is asked for)."""
        return self.distances.count(self.words)

    def __iter__(self) -> Iterator[object]:
        yield from self.distances.trace(self.words)


class EditDistance:
    """Edit distances to one reference."""

    def __init__(self, reference: Sequence[str]) -> None:
        """``reference`` is not empty."""
        self._reference = list(reference)
        self._counted: dict[tuple[str, ...], int] = {}
        self._places: dict[str, int] = {}
        for place, word in enumerate(self._reference):
            self._places[word] = self._places.get(word, 0) | 1 << place

    def __call__(self, words: Sequence[str]) -> Edits:
        """The edits from ``words`` to the reference."""
        return Edits(tuple(words), self)

    @cached_property
    def _tracing(self) -> "object":
        from sacrebleu.metrics.lib_ter import BeamEditDistance

        return BeamEditDistance(self._reference)

    def trace(self, words: Sequence[str]) -> tuple[int, str]:
        """The distance with its trace."""
        return self._tracing(list(words))  # type: ignore[operator,no-any-return]

    def count(self, words: tuple[str, ...]) -> int:
        """The Levenshtein distance, by the bit-parallel algorithm of Myers 1999 in the form of Hyyrö 2001."""
        if words not in self._counted:
            self._counted[words] = self._count(words)
        return self._counted[words]

    def _count(self, words: Sequence[str]) -> int:
        length = len(self._reference)
        full, last = (1 << length) - 1, 1 << (length - 1)
        up, down, distance = full, 0, length
        for word in words:
            equal = self._places.get(word, 0)
            vertical = equal | down
            horizontal = (((equal & up) + up) ^ up) | equal
            rise = down | (~(horizontal | up) & full)
            fall = up & horizontal
            distance += bool(rise & last) - bool(fall & last)
            rise, fall = (rise << 1 | 1) & full, (fall << 1) & full
            up = fall | (~(vertical | rise) & full)
            down = rise & vertical
        return distance
