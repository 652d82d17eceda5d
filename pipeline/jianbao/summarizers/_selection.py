"""The choice of the sentences that carry a section: a logistic model and a guard against saying a thing twice.

The weights, and how they were made, stand in ``selection.toml``; ``eval/train_selection.py`` makes them.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from jianbao.summarizers._features import FEATURES, bigrams, features, overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Scores sentences and chooses among them.

    ``weights`` has one number for each of ``FEATURES``. A sentence is chosen while its probability is at
    least ``threshold``, but between ``fewest`` and ``most`` are always chosen (fewer where there are fewer).
    ``redundancy`` times the square of the share of bigrams that a sentence has in common with one that is chosen
    already is what it loses, ``same_point`` what it loses where that one belongs to the same numbered point; both
    in log odds.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    fewest: int
    most: int
    redundancy: float
    same_point: float

    def scores(self, sentences: Sequence[str], heading: str = "") -> list[float]:
        """Log odds that an expert would rest the section's abstract on each sentence."""
        return [
            self.bias + sum(w * v for w, v in zip(self.weights, row, strict=True))
            for row in features(sentences, heading)
        ]

    def rank(self, sentences: Sequence[str], heading: str = "", points: Sequence[int] = ()) -> list[int]:
        """All sentences, the most worthwhile first (maximal marginal relevance, Carbonell & Goldstein 1998).

        ``points`` says for each sentence which numbered point it belongs to (same number, same point).
        """
        scores = self.scores(sentences, heading)
        grams = [bigrams(s) for s in sentences]
        losses = [0.0] * len(sentences)
        left, order = set(range(len(sentences))), list[int]()
        while left:
            best = max(left, key=lambda i: (scores[i] - losses[i], -i))
            left.remove(best)
            order.append(best)
            for i in left:
                loss = self.redundancy * overlap(grams[i], grams[best]) ** 2
                if points and points[i] == points[best]:
                    loss += self.same_point
                losses[i] = max(losses[i], loss)
        return order

    def how_many(self, sentences: Sequence[str], heading: str = "") -> int:
        """How many sentences the abstract of this section should rest on."""
        cut = math.log(self.threshold / (1 - self.threshold))
        good = sum(score >= cut for score in self.scores(sentences, heading))
        return min(max(good, self.fewest), self.most, len(sentences))

    def choose(self, sentences: Sequence[str], heading: str = "", points: Sequence[int] = ()) -> list[int]:
        """The sentences to rest the abstract on, in text order."""
        count = self.how_many(sentences, heading)
        return sorted(self.rank(sentences, heading, points)[:count])


def load_selector() -> Selector:
    """The selector that ships with the package."""
    text = resources.files("jianbao.summarizers").joinpath("selection.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    choice = data["choice"]
    return Selector(
        weights=tuple(float(data["weights"][name]) for name in FEATURES),
        bias=float(data["bias"]),
        threshold=float(choice["threshold"]),
        fewest=int(choice["fewest"]),
        most=int(choice["most"]),
        redundancy=float(choice["redundancy"]),
        same_point=float(choice["same_point"]),
    )
