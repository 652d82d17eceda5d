"""The leak check: no training sentence may be one of a held-out text, nor nearly one."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jianbao.errors import InputError
from jianbao.normalise import normalise_source
from jianbao.training.corpus import Pair
from jianbao.training.recipe import HeldOut, Recipe, Source

_NOT_LETTER = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[。！？!?;；])|\n+")


class LeakError(InputError):
    """Training text overlaps with a held-out text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A training sentence and the held-out sentence it repeats, with the share of n-grams in common."""

    sentence: str
    held_out: str
    file: str
    share: float


def held_out_sentences(path: Path) -> Iterator[str]:
    """The Chinese sentences of a held-out file: TSV (first column), JSON lines (``source``) or plain text.

    Raises:
        InputError: the file is missing.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such held-out file; correct the path in the recipe")
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".tsv":
        texts = [line.split("\t")[0] for line in lines]
    elif path.suffix == ".jsonl":
        sources = (json.loads(line)["source"] for line in lines)
        texts = [text if isinstance(text, str) else "".join(text) for text in sources]
    else:
        texts = lines
    for text in texts:
        yield from (piece for piece in _SENTENCE_END.split(normalise_source(text)) if piece)


class LeakIndex:
    """The character n-grams of the held-out sentences."""

    def __init__(self, rules: HeldOut, files: Iterable[Path]) -> None:
        self._rules = rules
        self._long: list[tuple[str, str, int]] = []
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        self._equal: dict[str, tuple[str, str]] = {}
        for path in files:
            for sentence in held_out_sentences(path):
                self._add(sentence, path.name)

    def _add(self, sentence: str, file: str) -> None:
        letters, grams = _NOT_LETTER.sub("", sentence), self._grams(sentence)
        if len(letters) >= self._rules.ngram:
            self._equal[letters] = (sentence, file)
        for gram in grams:
            self._where[gram].append(len(self._long))
        self._long.append((sentence, file, len(grams)))

    @classmethod
    def of(cls, recipe: Recipe) -> "LeakIndex":
        """The index of a recipe's held-out files."""
        return cls(recipe.held_out, [recipe.path(name) for name in recipe.held_out.files])

    def find(self, sentence: str) -> Leak | None:
        """The held-out sentence that ``sentence`` repeats, if there is one."""
        if same := self._equal.get(_NOT_LETTER.sub("", sentence)):
            return Leak(sentence=sentence, held_out=same[0], file=same[1], share=1.0)
        grams = self._grams(sentence)
        counts = Counter(index for gram in grams for index in self._where.get(gram, ()))
        for index, common in counts.most_common(3):
            text, file, size = self._long[index]
            sizes = [n for n in (size, len(grams)) if n >= self._rules.least]
            share = max((common / n for n in sizes), default=0.0)
            if share >= self._rules.share:
                return Leak(sentence=sentence, held_out=text, file=file, share=share)
        return None

    def _grams(self, text: str) -> set[str]:
        letters, n = _NOT_LETTER.sub("", text), self._rules.ngram
        return {letters[i : i + n] for i in range(len(letters) - n + 1)}


def without_leaks(
    recipe: Recipe, corpus: Iterable[tuple[Source, list[Pair]]]
) -> tuple[list[tuple[Source, list[Pair]]], dict[str, int]]:
    """``corpus`` without the pairs that repeat held-out text, and how many of each file repeated which.

    Raises:
        LeakError: there are more of them than the recipe's ``held_out.removable``; the message shows three.
    """
    index = LeakIndex.of(recipe)
    counts: Counter[str] = Counter()
    found: list[tuple[Pair, Leak]] = []
    result = []
    for source, pairs in corpus:
        kept = []
        for pair in pairs:
            if leak := index.find(pair.source):
                counts[f"{source.file} repeats {leak.file}"] += 1
                found.append((pair, leak))
            else:
                kept.append(pair)
        result.append((source, kept))
    if len(found) > recipe.held_out.removable:
        _fail(found)
    return result, dict(counts)


def _fail(found: list[tuple[Pair, Leak]]) -> None:
    shown = "; ".join(f"{p.source[:40]!r} ({p.origin}) repeats {k.file}" for p, k in found[:3])
    raise LeakError(
        f"{len(found)} training sentences repeat held-out text: {shown}; "
        "remove them from the corpus, or raise held_out.removable to have the build remove them"
    )
