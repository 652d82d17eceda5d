"""ROUGE: how much of a reference summary a candidate holds (Lin 2004, "ROUGE: A Package for Automatic Evaluation").

Words are runs of ASCII letters and digits in lower case, as in Google's ``rouge_score`` without its stemmer;
there is no stemming and no stop list. One reference for each candidate.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RougeScore:
    """Precision, recall and their harmonic mean, each between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """2PR / (P + R); 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def words(text: str) -> list[str]:
    """The words that ROUGE compares."""
    return _WORD.findall(text.lower())


def rouge_n(candidate: str, reference: str, n: int) -> RougeScore:
    """ROUGE-N: n-grams in common, each counted as often as it stands in both, over those of each side."""
    ours, theirs = _ngrams(words(candidate), n), _ngrams(words(reference), n)
    common = (ours & theirs).total()
    return _score(common, ours.total(), theirs.total())


def rouge_l(candidate: str, reference: str) -> RougeScore:
    """ROUGE-L: the longest common subsequence of the two texts, each taken as one sequence of words."""
    ours, theirs = words(candidate), words(reference)
    return _score(_longest_common_subsequence(ours, theirs), len(ours), len(theirs))


def _ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _score(common: int, ours: int, theirs: int) -> RougeScore:
    return RougeScore(precision=common / ours if ours else 0.0, recall=common / theirs if theirs else 0.0)


def _longest_common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence, by dynamic programming in O(len(a) * len(b))."""
    row = [0] * (len(b) + 1)
    for item in a:
        before = 0
        for j, other in enumerate(b, start=1):
            before, row[j] = row[j], before + 1 if item == other else max(row[j], row[j - 1])
    return row[-1]
