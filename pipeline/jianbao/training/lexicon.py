"""Lexicons: Chinese words and phrases with the English renderings they may have."""

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from jianbao.errors import InputError
from jianbao.glossary import read_entries
from jianbao.normalise import normalise_source, normalise_target

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NOTE = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]\s*")
_GLOSS_TALK = re.compile(
    r"\b(variant|surname|old name|abbr|particle|classifier|literary|prefix|suffix|sb|sth)\b|[\u3400-\u9fff;]"
)
_LONGEST_WORD = 14
_LONGEST_RENDERING = 70


class Match(NamedTuple):
    """A word of the lexicon in a text: its span and its renderings, the preferred one first."""

    start: int
    end: int
    renderings: tuple[str, ...]


class Lexicon:
    """Words with renderings, found leftmost-longest."""

    def __init__(self, entries: Iterable[tuple[str, str]] = ()) -> None:
        """``entries`` are (word, rendering); the first rendering of a word is the preferred one."""
        gathered: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for word, rendering in entries:
            if word and rendering:
                gathered[word][rendering] = None
        self.entries: Mapping[str, tuple[str, ...]] = {w: tuple(r) for w, r in gathered.items()}

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self.entries), matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def _renderings(self) -> list[tuple[str, ...]]:
        return list(self.entries.values())

    def find(self, text: str) -> Iterator[Match]:
        """The words in ``text``, leftmost-longest, non-overlapping, in order."""
        if self.entries:
            for index, start, end in self._automaton.find_matches_as_indexes(text):
                yield Match(start, end, self._renderings[index])


def read_bank(path: Path) -> Iterator[tuple[str, str]]:
    """The (word, rendering) pairs of a term bank: TSV of zh and en, xz or plain; unusable lines left out.

    Raises:
        InputError: the file is missing.
    """
    for word, rendering in _rows(path):
        english = rendering.strip()
        if 2 <= len(english) <= _LONGEST_RENDERING and not _CHINESE.search(english):
            yield word, english


def read_dictionary(path: Path) -> Iterator[tuple[str, str]]:
    """The same for a dictionary: glosses without their notes, ``to`` or talk about words; at most 5 words."""
    for word, gloss in _rows(path):
        for sense in re.split(r"[;/]", gloss):
            english = _NOTE.sub(" ", sense).strip().removeprefix("to ").strip()
            if len(english) >= 3 and len(english.split()) <= 5 and not _GLOSS_TALK.search(english):
                yield word, english


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Normalised rows whose word has 2 to 14 characters and holds Chinese."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such term file; correct the path in the recipe")
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            word, _, rendering = str(line).rstrip("\n").partition("\t")
            word = normalise_source(word)
            if 2 <= len(word) <= _LONGEST_WORD and _CHINESE.search(word):
                yield word, normalise_target(rendering.partition("\t")[0])


def read_glossary(path: Path) -> Iterator[tuple[str, str]]:
    """The (source, rendering) pairs of a glossary of Jianbao, variants after targets, guards left out.

    Raises:
        GlossaryError: the file is malformed.
    """
    for entry in read_entries(path):
        if entry.use != "guard":
            for rendering in entry.renderings:
                yield normalise_source(entry.source), normalise_target(rendering)
