"""The evaluation in one screen of the terminal."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jianbao.evaluation.metrics import BY_NAME, Metric
from jianbao.evaluation.results import Evaluation
from jianbao.evaluation.significance import Comparison

if TYPE_CHECKING:
    from rich.console import Console

SIGNIFICANT = 0.05
"""p-values below are starred."""


def print_evaluation(
    evaluation: Evaluation, console: "Console | None" = None, *, every: bool = False
) -> None:
    """Print the main measures of all systems side by side (``every``: all measures), and missed thresholds."""
    from rich.console import Console
    from rich.table import Table

    console = console or Console(highlight=False, soft_wrap=True)
    corpus = evaluation.corpus
    documents = len({line.document for line in corpus.lines})
    console.print(
        f"{corpus.name}: {len(corpus.lines):,} segments in {documents:,} document{'s' if documents != 1 else ''}, "
        f"{len(corpus.referenced):,} with a reference"
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for system in evaluation.systems:
        table.add_column(system.name, justify="right")
    starred = {(c.system, c.metric) for c in evaluation.comparisons if is_significant(c)}
    for name in evaluation.metrics():
        metric = BY_NAME[name]
        if every or metric.main or name in evaluation.thresholds:
            cells = [
                show_score(metric, system.value(name)) + ("*" if (system.name, name) in starred else "")
                for system in evaluation.systems
            ]
            table.add_row(metric.label, *cells)
    console.print(table)
    if starred:
        console.print(
            f"* differs from {evaluation.systems[0].name}, p < {SIGNIFICANT} by both tests", style="dim"
        )
    for text in shortfall_texts(evaluation):
        console.print(f"below threshold  {text}", style="yellow", markup=False)


def show_score(metric: Metric, value: float | None) -> str:
    """The value as the report shows it."""
    return metric.show(value)


def is_significant(comparison: Comparison) -> bool:
    """Whether both tests say that the difference is more than chance."""
    return max(comparison.p_bootstrap, comparison.p_randomisation) < SIGNIFICANT


def shortfall_texts(evaluation: Evaluation) -> Sequence[str]:
    """Each missed threshold as a line: system, measure, value, limit."""
    texts = []
    for shortfall in evaluation.shortfalls:
        metric = BY_NAME[shortfall.metric]
        sign = ">" if metric.better < 0 else "<"
        value = "was not measured" if shortfall.value is None else f"{metric.show(shortfall.value)} {sign}"
        texts.append(f"{shortfall.system}: {metric.label} {value} {metric.show(shortfall.threshold)}")
    return texts


def comparisons_by_metric(evaluation: Evaluation) -> Mapping[tuple[str, str], Comparison]:
    """The comparisons by (system, measure)."""
    return {(c.system, c.metric): c for c in evaluation.comparisons}
