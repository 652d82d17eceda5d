"""Is the difference between two systems more than chance? Paired bootstrap and approximate randomisation.

Both are seeded and give the same p-values every time. Sources: Koehn 2004, Statistical Significance Tests for
Machine Translation Evaluation (bootstrap); Riezler and Maxwell 2005, On Some Pitfalls in Automatic Evaluation and
Significance Testing for MT (randomisation). The p-values are computed as sacreBLEU does.
"""

from dataclasses import dataclass, replace

import numpy as np

from jianbao.evaluation.quality import Array, Statistics

DEFAULT_SEED = 12345
_BLOCK = 250
"""Samples taken at once: with them a matrix of samples by segments fits in memory also for large corpora."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A measure of a system beside that of the baseline.

    ``difference`` is system less baseline, ``interval`` its 95 % bootstrap interval. The p-values are two-sided.
    """

    metric: str
    baseline: str
    system: str
    difference: float
    interval: tuple[float, float]
    p_bootstrap: float
    p_randomisation: float


def compare(
    metric: str,
    baseline: tuple[str, Statistics],
    system: tuple[str, Statistics],
    *,
    trials: int = 1000,
    seed: int = DEFAULT_SEED,
) -> Comparison | None:
    """Compare two systems on the same segments by (name, statistics); None where one has no score.

    Bootstrap: segments are drawn with replacement ``trials`` times; p is how often a sample's difference lies
    farther from the mean of the differences than the real one from zero. Randomisation: each segment's outputs
    are exchanged by the toss of a coin; p is how often the difference is then larger than the real one. In both
    p = (count + 1) / (trials + 1).
    """
    first, second = baseline[1], system[1]
    ours, theirs = second.score, first.score
    if ours is None or theirs is None:
        return None
    counting = first.rows.any(axis=1) | second.rows.any(axis=1)
    first, second = (replace(own, rows=own.rows[counting]) for own in (first, second))
    difference = ours - theirs
    rng = np.random.default_rng(seed)
    drawn = _finite(_bootstrap(first, second, trials, rng))
    shuffled = _finite(_randomise(first, second, trials, rng))
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (difference, difference)
    return Comparison(
        metric=metric,
        baseline=baseline[0],
        system=system[0],
        difference=difference,
        interval=(float(low), float(high)),
        p_bootstrap=_p_value(np.abs(drawn - drawn.mean()) if len(drawn) else drawn, difference),
        p_randomisation=_p_value(np.abs(shuffled), difference),
    )


def _bootstrap(first: Statistics, second: Statistics, trials: int, rng: np.random.Generator) -> Array:
    size = len(first.rows)
    differences = []
    for count in _blocks(trials):
        # How often each segment is drawn: one multinomial for each sample.
        weights = rng.multinomial(size, np.full(size, 1 / size), size=count).astype(float)
        differences.append(second.formula(weights @ second.rows) - first.formula(weights @ first.rows))
    return np.concatenate(differences)


def _randomise(first: Statistics, second: Statistics, trials: int, rng: np.random.Generator) -> Array:
    total_first, total_second = first.rows.sum(axis=0), second.rows.sum(axis=0)
    change = second.rows - first.rows
    differences = []
    for count in _blocks(trials):
        moved = rng.integers(2, size=(count, len(change))).astype(float) @ change
        differences.append(second.formula(total_second - moved) - first.formula(total_first + moved))
    return np.concatenate(differences)


def _blocks(trials: int) -> list[int]:
    full, rest = divmod(trials, _BLOCK)
    return [_BLOCK] * full + ([rest] if rest else [])


def _finite(values: Array) -> Array:
    """A sample may by chance hold nothing to count; it says nothing."""
    return values[np.isfinite(values)]


def _p_value(sizes: Array, difference: float) -> float:
    # A hair of tolerance: with equal systems every difference is zero but for rounding.
    count = int((sizes > abs(difference) + 1e-9).sum()) if difference else len(sizes)
    return (count + 1) / (len(sizes) + 1)
