"""``evaluate``: every measure of every system, and the systems beside each other."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianbao import __version__
from jianbao.errors import InputError, SettingsError
from jianbao.evaluation.comet import comet_scores
from jianbao.evaluation.corpus import Corpus
from jianbao.evaluation.measuring import Measured, Prepared, measure
from jianbao.evaluation.metrics import BY_NAME, METRICS
from jianbao.evaluation.results import Evaluation, Shortfall, SystemResult
from jianbao.evaluation.significance import DEFAULT_SEED, Comparison, compare
from jianbao.glossary import Glossary


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to evaluate.

    ``trials`` samples for each significance test (0 = no tests), drawn from ``seed``. ``comet`` is the command
    line of a COMET process (see ``evaluation.comet``), "" for none.
    """

    trials: int = 1000
    seed: int = DEFAULT_SEED
    comet: str = ""


def evaluate(
    corpus: Corpus,
    glossary: Glossary,
    *,
    options: Options | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Evaluation:
    """Measure every system of ``corpus``; the first is the one under test, and the others are compared with it.

    ``thresholds`` are limits for the first system by name of measure: the least value where higher is better,
    else the greatest. The same corpus, glossary and options give the same evaluation.

    Raises:
        InputError: the corpus has no line or no system.
        SettingsError: a threshold names no measure, or the COMET process fails.
    """
    options = options or Options()
    if not corpus.lines or not corpus.systems:
        raise InputError(f"{corpus.name}: nothing to evaluate; give sources and at least one hypothesis")
    limits = {check_metric(name): value for name, value in (thresholds or {}).items()}
    prepared = Prepared(corpus, glossary)
    comet = _comet(corpus, options)
    measured = [measure(prepared, system, own) for system, own in zip(corpus.systems, comet, strict=True)]
    systems = tuple(m.result for m in measured)
    return Evaluation(
        corpus=corpus,
        systems=systems,
        comparisons=tuple(_compare(measured, options)),
        shortfalls=tuple(_shortfalls(systems[0], limits)),
        thresholds=limits,
        provenance=_provenance(glossary, options),
    )


def check_metric(name: str) -> str:
    """``name``, if it is a measure that a threshold can be set for.

    Raises:
        SettingsError: it is none; the message names the nearest.
    """
    if name in BY_NAME:
        return name
    near = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
    raise SettingsError(
        f"no measure {name!r}; did you mean {near[0]!r}?"
        if near
        else f"no measure {name!r}; there are {', '.join(BY_NAME)}"
    )


def _comet(corpus: Corpus, options: Options) -> list[Sequence[float]]:
    """The COMET scores of each system's segments: one call of the process for all, as it loads a model."""
    if not options.comet:
        return [()] * len(corpus.systems)
    rows = [
        (line.source, text, line.reference)
        for system in corpus.systems
        for line, text in zip(corpus.lines, system.hypotheses, strict=True)
    ]
    scores, size = comet_scores(options.comet, rows), len(corpus.lines)
    return [scores[i * size : (i + 1) * size] for i in range(len(corpus.systems))]


def _compare(measured: Sequence[Measured], options: Options) -> Iterator[Comparison]:
    if not options.trials:
        return
    baseline = measured[0]
    for other in measured[1:]:
        for metric in METRICS:
            if metric.tested and metric.name in baseline.statistics and metric.name in other.statistics:
                comparison = compare(
                    metric.name,
                    (baseline.result.name, baseline.statistics[metric.name]),
                    (other.result.name, other.statistics[metric.name]),
                    trials=options.trials,
                    seed=options.seed,
                )
                if comparison:
                    yield comparison


def _shortfalls(system: SystemResult, limits: Mapping[str, float]) -> Iterator[Shortfall]:
    for name, threshold in limits.items():
        value = system.value(name)
        sign = -1 if BY_NAME[name].better < 0 else 1
        if value is None or sign * value < sign * threshold:
            yield Shortfall(system=system.name, metric=name, threshold=threshold, value=value)


def _provenance(glossary: Glossary, options: Options) -> dict[str, str]:
    import sacrebleu

    return {
        "jianbao": __version__,
        "sacrebleu": sacrebleu.__version__,
        "glossary": f"{len(glossary)} entries, {glossary.signature}",
        "significance": f"{options.trials} samples, seed {options.seed}" if options.trials else "not tested",
    } | ({"comet": options.comet} if options.comet else {})
