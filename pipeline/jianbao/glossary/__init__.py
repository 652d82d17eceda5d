"""Glossaries: terms with the renderings that a translation must, may and must not use.

A glossary is a TSV file in UTF-8 with a header line. The columns are ``source`` and ``target`` and, all
optional, ``variants`` and ``forbidden`` (several, separated by ``|``), ``domain``, ``note`` and ``use``:

- ``force`` (the default): the target is given to the model, and a translation without it is repaired or
  reported;
- ``check``: only the forbidden renderings are reported; any other is right (verbs, units, and words whose
  English depends on the sentence);
- ``guard``: nothing is asked; the entry only keeps a shorter one from matching inside it (``城市长期`` holds
  no ``市长``). Its target may be empty.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from jianbao.glossary.boundaries import fold, stands_alone
from jianbao.glossary.entry import Entry, TermMatch
from jianbao.glossary.reading import read_entries

__all__ = ["Entry", "Glossary", "TermMatch", "fold", "read_entries"]


class Glossary:
    """An ordered set of entries, one for each source, matched leftmost-longest in linear time."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_source = {fold(entry.source): entry for entry in entries}

    @classmethod
    def load(cls, *paths: Path) -> "Glossary":
        """Read and merge glossary files; where two have the same source the later file wins.

        Raises:
            GlossaryError: a file is missing or malformed; the message names file and line.
        """
        return cls(entry for path in paths for entry in read_entries(path))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in order of first appearance."""
        return tuple(self._by_source.values())

    def __len__(self) -> int:
        return len(self._by_source)

    def get(self, source: str) -> Entry | None:
        """The entry for exactly this source, if there is one."""
        return self._by_source.get(fold(source))

    @cached_property
    def signature(self) -> str:
        """16 hexadecimal digits that change whenever an entry does."""
        content = "\n".join(repr(entry) for entry in sorted(self.entries, key=lambda entry: entry.source))
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self._by_source), matchkind=MatchKind.LeftmostLongest)

    def match_all(self, text: str) -> Iterator[TermMatch]:
        """Every occurrence, guards included, leftmost-longest and non-overlapping."""
        if not self._by_source:
            return
        folded, entries = fold(text), self.entries
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            if stands_alone(folded, start, end):
                yield TermMatch(start=start, end=end, entry=entries[index])

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in ``text``: leftmost-longest, non-overlapping, sorted; guards left out."""
        return tuple(match for match in self.match_all(text) if match.entry.use != "guard")
