"""Annotated training examples: what the Chinese asks for, where its rendering stands in the English.

After Dinu et al. 2019 ("Training Neural Machine Translation to Apply Terminology Constraints"): the model sees
``<t>source<e>rendering</t>`` and learns to copy, and to inflect, what it is handed.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianbao.constraints import annotate
from jianbao.document import Constraint
from jianbao.matching import EnglishText
from jianbao.quantities import find_quantities
from jianbao.training.corpus import Pair
from jianbao.training.lexicon import Lexicon
from jianbao.training.recipe import Annotation

_EMPTY_WORDS = frozenset({
    "the", "and", "for", "with", "that", "this", "from", "into", "not", "are", "was", "one", "two", "you",
    "can", "all", "its", "but", "out", "has", "have", "will", "our", "who", "may", "also", "more", "than",
    "other", "such", "when", "then", "there", "these", "those", "which", "what", "each", "some", "any",
    "very", "just", "make", "made", "do", "does", "get", "use", "used", "set", "new",
})  # fmt: skip

_CONTINUED_BEFORE, _CONTINUED_AFTER = re.compile(r"\w$|\d[.,]$"), re.compile(r"\w|[.,]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What could be annotated in one pair: figures, terms, dictionary words. None overlap; each is sorted."""

    figures: tuple[Constraint, ...] = ()
    terms: tuple[Constraint, ...] = ()
    words: tuple[Constraint, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.terms or self.words)


class Annotator:
    """Finds candidates by the quantity renderer, a term lexicon and a dictionary, and draws versions of them."""

    def __init__(
        self, rules: Annotation, terms: Lexicon, words: Lexicon, counts: Mapping[str, int] | None = None
    ) -> None:
        """``counts`` says how often the corpus has a dictionary word; unknown ones count as rare."""
        self._rules, self._terms, self._words = rules, terms, words
        self._counts = counts or {}

    def candidates(self, pair: Pair, *, free: bool = False) -> Candidates:
        """All that stands on both sides of ``pair``; ``free``: all figures and terms, on either side or not.

        Briefs need the latter: at translation they are shown whatever their sentence holds, and leave most of it.
        """
        figures = list(_all_figures(pair.source) if free else _figures(pair))
        english = EnglishText(pair.target)
        terms = list(self._terms_of(pair) if free else _matched(pair, english, self._terms, []))
        figures = [f for f in figures if not _inside(f, terms)]
        taken = [(f.start, f.end) for f in figures]
        terms = [t for t in terms if _free(t.start, t.end, taken)]
        taken += [(t.start, t.end) for t in terms]
        words = () if free else tuple(_matched(pair, english, self._words, taken))
        return Candidates(figures=tuple(figures), terms=tuple(terms), words=words)

    def versions(self, pair: Pair, count: int, rng: random.Random, *, free: bool = False) -> list[str]:
        """Up to ``count`` different annotated sources of ``pair``; none where nothing can be annotated."""
        candidates = self.candidates(pair, free=free)
        if not candidates:
            return []
        drawn = (annotate(pair.source, self._draw(candidates, rng)) for _ in range(count))
        return list(dict.fromkeys(text for text in drawn if text != pair.source))

    def _terms_of(self, pair: Pair) -> Iterable[Constraint]:
        for start, end, renderings in self._terms.find(pair.source):
            yield _constraint(start, end, pair.source[start:end], renderings[0], "term")

    def _draw(self, found: Candidates, rng: random.Random) -> list[Constraint]:
        figures = list(found.figures)
        if figures and rng.random() < 0.2:
            figures = rng.sample(figures, rng.randrange(len(figures)))
        if rng.random() < self._rules.dense:
            share = rng.uniform(0.4, 1.0)
            return [*figures, *(c for c in (*found.terms, *found.words) if rng.random() < share)]
        rare = [c for c in found.words if self._counts.get(c.source, 0) < self._rules.rare_count]
        pool = [*found.terms, *rare]
        if figures and rng.random() < 0.3:
            return figures
        chosen = rng.sample(pool, min(len(pool), rng.choice((1, 1, 2, 2, 3, 4))))
        return [*figures, *chosen] or [*found.figures[:1], *found.words[:1]]


def _figures(pair: Pair) -> Iterable[Constraint]:
    used: Counter[str] = Counter()
    for quantity in find_quantities(pair.source):
        if not quantity.firm or (len(quantity.text) < 2 and not quantity.text.isdigit()):
            continue
        rendering = next(
            (r for r in (quantity.target, *quantity.variants) if stands(r, pair.target) > used[r]), None
        )
        if rendering:
            used[rendering] += 1
            yield _constraint(quantity.start, quantity.end, quantity.text, rendering, "figure")


def _matched(
    pair: Pair, english: EnglishText, lexicon: Lexicon, taken: list[tuple[int, int]]
) -> Iterable[Constraint]:
    used: Counter[str] = Counter()
    low = english.text.lower()
    for start, end, renderings in lexicon.find(pair.source):
        if not _free(start, end, taken):
            continue
        for rendering in renderings:
            if rendering.lower() in _EMPTY_WORDS or rendering[:3].lower() not in low:
                continue
            if len(english.find(rendering)) > used[rendering]:
                used[rendering] += 1
                yield _constraint(start, end, pair.source[start:end], rendering, "term")
                break


def _all_figures(source: str) -> Iterable[Constraint]:
    for quantity in find_quantities(source):
        if quantity.firm:
            yield _constraint(quantity.start, quantity.end, quantity.text, quantity.target, "figure")


def stands(rendering: str, english: str) -> int:
    """How often ``rendering`` stands verbatim in ``english``, not inside a longer number or word."""
    count, at = 0, english.find(rendering)
    while at >= 0:
        before, after = english[max(0, at - 2) : at], english[at + len(rendering) :][:2]
        count += not (_CONTINUED_BEFORE.search(before) or _CONTINUED_AFTER.match(after))
        at = english.find(rendering, at + 1)
    return count


def word_counts(sources: Iterable[str], lexicon: Lexicon) -> Counter[str]:
    """How often each word of ``lexicon`` stands in ``sources``."""
    return Counter(source[start:end] for source in sources for start, end, _ in lexicon.find(source))


def _constraint(start: int, end: int, source: str, target: str, kind: str) -> Constraint:
    return Constraint(start=start, end=end, source=source, target=target, kind=kind)  # type: ignore[arg-type]


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= a or b <= start for a, b in taken)


def _inside(inner: Constraint, outer: Sequence[Constraint]) -> bool:
    """Whether ``inner`` lies in a longer one of ``outer``, as the figure of 十九大 does in the term."""
    return any(
        o.start <= inner.start and inner.end <= o.end and len(o.source) > len(inner.source) for o in outer
    )
