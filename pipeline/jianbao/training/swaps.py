"""Exchanges on both sides of a pair: other figures, other places, other terms, consistently.

A model that has seen a sentence with a hundred different figures copies the figure instead of reciting one.
"""

import random
import re
from collections import defaultdict
from collections.abc import Sequence

from jianbao.quantities import Quantity, find_quantities
from jianbao.training.annotate import stands
from jianbao.training.corpus import Pair
from jianbao.training.lexicon import Lexicon

_DIGITS = re.compile(r"\d+")
_KINDS = frozenset({"number", "money", "percent", "measure"})


def swap_figures(pair: Pair, rng: random.Random) -> Pair:
    """``pair`` with other digits in those of its figures whose English stands in the target exactly once.

    The length of every number and its unit stay; the rendering is the same variant of the new quantity. What
    cannot be exchanged safely stays as it is.
    """
    source, target = pair.source, pair.target
    for old in reversed(find_quantities(source)):
        if old.kind not in _KINDS or not _DIGITS.search(old.text) or not old.firm:
            continue
        index = next((i for i, r in enumerate(_renderings(old)) if stands(r, target) == 1), None)
        changed = source[: old.start] + _other_digits(old.text, rng) + source[old.end :]
        if index is None or target.count(_renderings(old)[index]) != 1:
            continue
        new = _quantity_at(changed, old)
        if new and index < len(_renderings(new)):
            source, target = changed, target.replace(_renderings(old)[index], _renderings(new)[index])
    return pair._replace(source=source, target=target)


def _renderings(quantity: Quantity) -> tuple[str, ...]:
    return (quantity.target, *quantity.variants)


def _other_digits(text: str, rng: random.Random) -> str:
    """Each number gets other digits: no leading zero, no trailing one after a point, never 0 or 1 alone."""

    def other(match: re.Match[str]) -> str:
        length = len(match.group())
        fraction = text[match.start() - 1 : match.start()] == "."
        low = 2 if length == 1 and not fraction else 10 ** (length - 1)
        if fraction:
            return "".join(rng.choice("0123456789") for _ in range(length - 1)) + rng.choice("123456789")
        return str(rng.randrange(low, 10**length))

    return _DIGITS.sub(other, text)


def _quantity_at(text: str, old: Quantity) -> Quantity | None:
    """The quantity of ``text`` at the place of ``old``, if it is of the same shape."""
    for new in find_quantities(text):
        if new.start == old.start:
            same = new.end == old.end and new.kind == old.kind and len(new.variants) == len(old.variants)
            return new if same and new.firm else None
    return None


class TermSwapper:
    """Exchanges terms for others of their class: the same list and the same last character (市, 县, 局, 工程 …)."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self._lexicons = lexicons
        self._classes: list[dict[str, list[str]]] = []
        for lexicon in lexicons:
            classes: defaultdict[str, list[str]] = defaultdict(list)
            for word in lexicon.entries:
                classes[word[-1]].append(word)
            self._classes.append(dict(classes))

    def swap(self, pair: Pair, rng: random.Random) -> Pair:
        """``pair`` with one term of each lexicon exchanged, where it stands once on both sides."""
        for lexicon, classes in zip(self._lexicons, self._classes, strict=True):
            found = [
                m for m in lexicon.find(pair.source) if pair.source.count(pair.source[m.start : m.end]) == 1
            ]
            rng.shuffle(found)
            for start, end, renderings in found:
                rendering = next((r for r in renderings if stands(r, pair.target) == 1), None)
                others = classes[pair.source[end - 1]]
                if rendering and len(others) > 3 and pair.target.count(rendering) == 1:
                    word = rng.choice(others)
                    pair = pair._replace(
                        source=pair.source[:start] + word + pair.source[end:],
                        target=pair.target.replace(rendering, lexicon.entries[word][0]),
                    )
                    break
        return pair
