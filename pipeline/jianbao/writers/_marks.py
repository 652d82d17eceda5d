"""Marked text: which spans of a source or translation are figures, terms, names or findings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jianbao.briefing import Passage
from jianbao.document import Constraint, Finding
from jianbao.matching import read_english
from jianbao.quantities import align_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of a text with its kind (figure, term, name, error, warning) and what to say of it.

    ``pair`` is the same on the source and the English side of one thing, and -1 where it has one side.
    """

    start: int
    end: int
    kind: str
    tip: str
    pair: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text under the same marks."""

    text: str
    kinds: tuple[str, ...] = ()
    tip: str = ""
    pair: int = -1


def marked_source(passage: Passage) -> tuple[Run, ...]:
    """The Chinese of a segment as runs."""
    return split_runs(
        passage.segment.text, [*_marks(passage)[0], *_finding_marks(passage.findings, source=True)]
    )


def marked_translation(passage: Passage) -> tuple[Run, ...]:
    """The English of a segment as runs."""
    return split_runs(
        passage.translation.text, [*_marks(passage)[1], *_finding_marks(passage.findings, source=False)]
    )


def split_runs(text: str, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """``text`` cut where a mark begins or ends; the runs joined give the text again."""
    valid = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in valid), *(m.end for m in valid)})
    runs = []
    for start, end in pairwise(cuts):
        active = [m for m in valid if m.start <= start and end <= m.end]
        runs.append(
            Run(
                text=text[start:end],
                kinds=tuple(dict.fromkeys(m.kind for m in active)),
                tip="\n".join(dict.fromkeys(m.tip for m in active)),
                pair=max((m.pair for m in active), default=-1),
            )
        )
    return tuple(runs)


def _marks(passage: Passage) -> tuple[list[Mark], list[Mark]]:
    """Marks of figures, terms and names that are right: in the source and in the translation."""
    shift = len(passage.segment.marker)
    source: list[Mark] = []
    english: list[Mark] = []
    for verdict in align_figures(passage.segment.text[shift:], passage.translation.text):
        quantity, figure = verdict.quantity, verdict.figure
        if quantity and figure and verdict.verdict in {"exact", "reformatted"}:
            pair = len(source)
            tip = f"{quantity.text} = {quantity.target}"
            source.append(
                Mark(
                    start=quantity.start + shift, end=quantity.end + shift, kind="figure", tip=tip, pair=pair
                )
            )
            english.append(Mark(start=figure.start, end=figure.end, kind="figure", tip=tip, pair=pair))
    for constraint, span in _found(passage.translation.constraints, passage.translation.text):
        pair, tip = len(source), f"{constraint.source} = {constraint.target}"
        source.append(
            Mark(start=constraint.start, end=constraint.end, kind=constraint.kind, tip=tip, pair=pair)
        )
        english.append(Mark(start=span[0], end=span[1], kind=constraint.kind, tip=tip, pair=pair))
    return source, english


def _found(constraints: Sequence[Constraint], text: str) -> Iterable[tuple[Constraint, tuple[int, int]]]:
    """Each term or name with the span of its rendering: the n-th occurrence for the n-th of its kind."""
    english = read_english(text)
    alike: defaultdict[tuple[str, ...], list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        if constraint.kind != "figure":
            alike[(constraint.target, *constraint.variants)].append(constraint)
    for renderings, members in alike.items():
        yield from zip(members, english.find_any(renderings), strict=False)


def _finding_marks(findings: Sequence[Finding], *, source: bool) -> Iterable[Mark]:
    for finding in findings:
        span = finding.source_span if source else finding.target_span
        if span:
            yield Mark(start=span[0], end=span[1], kind=finding.severity, tip=finding.message)
