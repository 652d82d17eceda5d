"""BLEU, chrF, chrF++ and TER against a reference, by sacreBLEU, with its signatures.

What is kept is what the scores are computed from, a row of counts for each segment: significance tests resample
the rows, and the score of any set of segments comes from the sum of theirs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

Array = NDArray[np.float64]
Formula = Callable[[Array], Array]
"""The scores, one a row, of rows of summed counts."""


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """One measure of one system: a row of counts for each segment, and the formula that turns sums into scores."""

    rows: Array
    formula: Formula
    signature: str = ""

    @cached_property
    def score(self) -> float | None:
        """The score of all segments together; None where there is nothing to score."""
        return self.of(self.rows)

    def of(self, rows: Array) -> float | None:
        """The score of some of the rows together."""
        if not len(rows) or not rows.any():
            return None
        return float(self.formula(rows.sum(axis=0, keepdims=True))[0])


def proportion(right: Sequence[float], total: Sequence[float]) -> Statistics:
    """The measure sum(right) / sum(total); NaN for a sample in which there is nothing to count."""
    return Statistics(rows=np.array([right, total], dtype=float).T.reshape(-1, 2), formula=_ratio)


def _ratio(sums: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / sums[:, 1]


def measure_quality(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, Statistics]:
    """BLEU, chrF (chrF2) and chrF++ (chrF2++) of parallel hypotheses and references. TER: see ``measure_ter``."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    metrics: dict[str, tuple[Metric, Formula]] = {
        "bleu": (BLEU(), bleu_scores),
        "chrf": (CHRF(), chrf_scores),
        "chrf++": (CHRF(word_order=2), chrf_scores),
    }
    return {
        name: Statistics(
            rows=np.array(metric._extract_corpus_statistics(hypotheses, [references]), dtype=float),
            formula=formula,
            signature=str(metric.get_signature()),
        )
        for name, (metric, formula) in metrics.items()
    }


def ter_words(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text as sacreBLEU's TER compares them."""
    metric = _ter()
    return [metric._preprocess_segment(text).split() for text in texts]


def ter_signature() -> str:
    """The signature of TER."""
    return str(_ter().get_signature())


def _ter() -> Any:
    from sacrebleu.metrics.ter import TER

    metric = TER()
    metric.num_refs = 1
    return metric


def ter_scores(sums: Array) -> Array:
    """TER of rows of (edits, words of the reference), in percent."""
    return 100 * _ratio(sums)


def bleu_scores(sums: Array) -> Array:
    """BLEU of rows of sacreBLEU's counts: lengths of hypothesis and reference, 4 of matches, 4 of n-grams.

    Papineni et al. 2002 with the exponential smoothing of sacreBLEU's default.
    """
    lengths, matches, totals = sums[:, :2], sums[:, 2:6], sums[:, 6:10]
    zeros = np.cumsum((matches == 0) & (totals > 0), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        smoothed = np.where(matches > 0, matches / totals, 1 / (2.0**zeros * totals))
        penalty = np.where(lengths[:, 0] < lengths[:, 1], np.exp(1 - lengths[:, 1] / lengths[:, 0]), 1.0)
        scores: Array = 100 * penalty * np.exp(np.log(smoothed).mean(axis=1))
    return np.where((matches.sum(axis=1) > 0) & (totals > 0).all(axis=1), scores, 0.0)


def chrf_scores(sums: Array) -> Array:
    """chrF of rows of sacreBLEU's counts: n-grams of hypothesis, of reference and in both, for each order.

    Popović 2015 and 2017, with beta 2: F2 of the mean precision and the mean recall over the orders that both
    sides have.
    """
    counts = sums.reshape(len(sums), -1, 3)
    ours, theirs, common = counts[:, :, 0], counts[:, :, 1], counts[:, :, 2]
    used = (ours > 0) & (theirs > 0)
    orders = np.maximum(used.sum(axis=1), 1)
    precision = np.where(used, common / np.maximum(ours, 1), 0).sum(axis=1) / orders
    recall = np.where(used, common / np.maximum(theirs, 1), 0).sum(axis=1) / orders
    scores: Array = 100 * 5 * precision * recall / np.maximum(4 * precision + recall, 1e-16)
    return scores
