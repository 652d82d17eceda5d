"""From clean pairs to weighted training examples: augmented, annotated, tagged."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from jianbao.training.annotate import Annotator, word_counts
from jianbao.training.augment import (
    is_heading,
    joined,
    listed,
    run_in,
    varied_punctuation,
    with_marker,
    without_marker,
)
from jianbao.training.corpus import Pair
from jianbao.training.lexicon import Lexicon, read_bank, read_dictionary, read_glossary
from jianbao.training.mining import mine_phrases
from jianbao.training.recipe import Recipe, Source
from jianbao.training.swaps import TermSwapper, swap_figures

Corpus = Sequence[tuple[Source, Sequence[Pair]]]


class Example(NamedTuple):
    """What the model reads, what it shall write, and how often relative to others."""

    source: str
    target: str
    weight: float
    origin: str


class Lexica(NamedTuple):
    """``terms`` (glossaries, banks, mined phrases), ``words`` (these and dictionaries), what is exchanged."""

    terms: Lexicon
    words: Lexicon
    swapped: tuple[Lexicon, ...]


def load_lexica(recipe: Recipe, corpus: Corpus) -> Lexica:
    """The lexicons of a recipe; phrases are mined from the official prose of ``corpus``."""
    rules = recipe.lexicons
    glossary = [e for name in rules.glossaries for e in read_glossary(recipe.path(name))]
    banks = [e for name in rules.banks for e in read_bank(recipe.path(name))]
    places = [e for name in rules.places for e in read_bank(recipe.path(name))]
    domain = [pair for source, pairs in corpus if source.domain for pair in pairs]
    mined = mine_phrases(domain, least=rules.mined_count) if rules.mined_count else []
    terms = [*glossary, *banks, *places, *mined]
    dictionary = [e for name in rules.dictionaries for e in read_dictionary(recipe.path(name))]
    return Lexica(
        terms=Lexicon(terms),
        words=Lexicon([*dictionary, *terms]),
        swapped=(Lexicon(places), Lexicon([*glossary, *banks])),
    )


def build_examples(recipe: Recipe, corpus: Corpus, lexica: Lexica) -> Iterator[Example]:
    """All examples of a recipe, source by source, then those made of official prose."""
    maker = _Maker(recipe, corpus, lexica)
    for source, pairs in corpus:
        for pair in pairs:
            yield from maker.of_pair(source, pair)
    domain = [pair for source, pairs in corpus if source.domain for pair in pairs]
    official = Source(file="augmented", weight=1.0, domain=True)
    for pair, weight in _augmented(recipe, domain, lexica, maker.rng):
        yield from maker.versions(official, pair, weight, 1)


class _Maker:
    """Makes the examples of one pair."""

    def __init__(self, recipe: Recipe, corpus: Corpus, lexica: Lexica) -> None:
        counts = word_counts((pair.source for _, pairs in corpus for pair in pairs), lexica.words)
        self._annotator = Annotator(recipe.annotation, lexica.terms, lexica.words, counts)
        self._rules, self._punctuation = recipe.annotation, recipe.augmentation.punctuation
        self.rng = random.Random(recipe.seed)

    def of_pair(self, source: Source, pair: Pair) -> Iterator[Example]:
        """A pair of the corpus: official prose with other numbering and punctuation here and there."""
        if source.domain:
            if is_heading(pair) and self.rng.random() < 0.3:
                bare = without_marker(pair)
                pair = self.rng.choice((bare, with_marker(bare, self.rng)))
            pair = _varied(pair, self._punctuation, self.rng)
        yield from self.versions(source, pair, source.weight, self._count(source, pair))

    def _count(self, source: Source, pair: Pair) -> int:
        if not source.annotate or len(pair.source) < 6:
            return 0
        if source.domain or source.tag:
            return self._rules.versions
        return int(self.rng.random() < self._rules.general)

    def versions(self, source: Source, pair: Pair, weight: float, count: int) -> Iterator[Example]:
        """The pair as it is and up to ``count`` annotated versions, which share out ``weight``."""
        texts = self._annotator.versions(pair, count, self.rng) if count else []
        if source.tag and count:
            texts += self._annotator.versions(pair, 2, self.rng, free=True)
        share = self._rules.share if texts else 0.0
        yield Example(source.tag + pair.source, pair.target, weight * (1 - share), pair.origin)
        for text in texts:
            yield Example(source.tag + text, pair.target, weight * share / len(texts), pair.origin)


def _augmented(
    recipe: Recipe, domain: Sequence[Pair], lexica: Lexica, rng: random.Random
) -> Iterator[tuple[Pair, float]]:
    """Pairs made of official prose with their weights."""
    rules = recipe.augmentation
    size, longest = len(domain), rules.joined_chars
    makers: list[tuple[Callable[..., list[Pair]], float]] = [
        (joined, rules.joined),
        (run_in, rules.run_in),
        (listed, rules.listed),
    ]
    for make, share in makers:
        for pair in make(domain, round(share * size), longest=longest, rng=rng):
            yield _varied(pair, rules.punctuation, rng), rules.joined_weight
    swapper = TermSwapper(lexica.swapped)
    for pair in _drawn(domain, rules.swapped, rng):
        swapped = swapper.swap(swap_figures(pair, rng), rng)
        if swapped != pair:
            yield _varied(swapped, rules.punctuation, rng), rules.swapped_weight


def _varied(pair: Pair, share: float, rng: random.Random) -> Pair:
    if rng.random() < share:
        return pair._replace(source=varied_punctuation(pair.source, rng))
    return pair


def _drawn(pairs: Sequence[Pair], times: float, rng: random.Random) -> Iterable[Pair]:
    """``times`` as many pairs as there are, each as often as any other."""
    for _ in range(int(times)):
        yield from pairs
    yield from rng.sample(pairs, round((times % 1) * len(pairs)))
