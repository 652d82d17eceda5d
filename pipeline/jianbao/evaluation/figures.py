"""Every quantity of the source against the English: a verdict for each, over a whole corpus."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jianbao.quantities import align_figures
from jianbao.quantities.model import Verdict

RIGHT: frozenset[Verdict] = frozenset({"exact", "reformatted"})
VERDICTS: tuple[Verdict, ...] = ("exact", "reformatted", "wrong_scale", "wrong_value", "missing", "added")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """What became of one quantity. ``expected`` is its English in house style, ``found`` what stands there.

    Spans index the source and the English of line ``line``; an ``added`` figure has no source, a ``missing``
    quantity no English.
    """

    line: int
    verdict: Verdict
    source: str = ""
    expected: str = ""
    found: str = ""
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


def judge_figures(line: int, source: str, english: str) -> tuple[FigureRow, ...]:
    """A row for every quantity of ``source`` and for every figure of ``english`` that has no source."""
    rows = []
    for verdict in align_figures(source, english):
        quantity, figure = verdict.quantity, verdict.figure
        rows.append(
            FigureRow(
                line=line,
                verdict=verdict.verdict,
                source=quantity.text if quantity else "",
                expected=quantity.target if quantity else "",
                found=figure.text if figure else "",
                source_span=(quantity.start, quantity.end) if quantity else None,
                target_span=(figure.start, figure.end) if figure else None,
            )
        )
    return tuple(rows)


def count_verdicts(rows: Iterable[FigureRow]) -> dict[Verdict, int]:
    """How many rows have each verdict, all verdicts listed."""
    counts = Counter(row.verdict for row in rows)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def figure_accuracy(rows: Iterable[FigureRow]) -> tuple[int, int]:
    """(right, all) of the quantities of the source; figures that the English adds are no quantities of it."""
    verdicts = [row.verdict for row in rows if row.verdict != "added"]
    return sum(verdict in RIGHT for verdict in verdicts), len(verdicts)
