"""What the page shows, arranged: the worst segments first, differences marked, tables cut to what can be read."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from jianbao.document import Finding
from jianbao.evaluation.abstracts import SectionResult
from jianbao.evaluation.figures import FigureRow
from jianbao.evaluation.metrics import BY_NAME, Metric, Score
from jianbao.evaluation.results import Evaluation, SystemResult
from jianbao.evaluation.terminology import TermRow

MOST_SEGMENTS, MOST_FIGURES, MOST_TERMS = 400, 1500, 1200
"""What a page holds at most; ``evaluation.json`` holds all."""
_GROUP_TITLES = {
    "quality": "Quality against the reference",
    "figures": "Figures",
    "terms": "Terminology",
    "names": "Names",
    "checks": "Checks",
    "confidence": "Confidence",
    "abstracts": "Abstracts",
}
_TOKEN = re.compile(r"\s+|[^\W_]+(?:[-'’.,][^\W_]+)*|.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with the classes that mark it ("" = none) and what to say of it."""

    text: str
    mark: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One system's English of a segment as it is shown."""

    system: str
    pieces: tuple[Piece, ...]
    chrf: float | None
    confidence: float | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """A segment with all systems' English; ``checks`` are the checks that found something in any."""

    index: int
    id: str
    place: str
    source: tuple[Piece, ...]
    reference: tuple[Piece, ...]
    shown: tuple[Shown, ...]
    checks: tuple[str, ...]
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value as a bar: ``width`` in percent of the longest, ``label`` beside it."""

    label: str
    width: float
    tone: str = ""


def headline(evaluation: Evaluation) -> list[tuple[Metric, list[tuple[str, Score, Bar]]]]:
    """The main measures, each with a bar for every system."""
    rows = []
    for name in evaluation.metrics():
        metric = BY_NAME[name]
        if metric.main:
            top = 1.0 if metric.share else 100.0
            rows.append(
                (
                    metric,
                    [
                        (s.name, s.scores[name], _bar(metric, s.value(name), top))
                        for s in evaluation.systems
                        if name in s.scores
                    ],
                )
            )
    return rows


def _bar(metric: Metric, value: float | None, top: float) -> Bar:
    tone = "bad" if metric.better < 0 else ""
    return Bar(
        label=metric.show(value), width=0.0 if value is None else max(0.0, 100 * value / top), tone=tone
    )


def score_groups(evaluation: Evaluation) -> list[tuple[str, list[str]]]:
    """The names of all measures that were taken, by group with its title."""
    names = list(evaluation.metrics())
    return [
        (_GROUP_TITLES[group], list(own))
        for group, own in groupby(names, key=lambda name: BY_NAME[name].group)
    ]


def group_rows(evaluation: Evaluation) -> list[tuple[str, str, int, list[list[tuple[Metric, Bar]]]]]:
    """Each section (or document): name, heading, number of segments and, for every system, its measures as bars."""
    first = evaluation.systems[0].groups
    if len(first) < 2:
        return []
    headings = [line.segment for line in evaluation.corpus.lines if line.segment.kind == "heading"]
    titles = {segment.section: segment.text for segment in reversed(headings)}
    rows = []
    for number, group in enumerate(first):
        cells = []
        for system in evaluation.systems:
            scores = system.groups[number].scores
            cells.append(
                [
                    (
                        BY_NAME[name],
                        _bar(BY_NAME[name], score.value, 100.0 if not BY_NAME[name].share else 1.0),
                    )
                    for name, score in scores.items()
                ]
            )
        rows.append((group.name, titles.get(group.name, ""), group.lines, cells))
    return rows


def figure_rows(evaluation: Evaluation) -> list[tuple[SystemResult, FigureRow]]:
    """The figures of all systems, the wrong ones first."""
    order = {"wrong_scale": 0, "wrong_value": 1, "missing": 2, "added": 3, "reformatted": 4, "exact": 5}
    rows = [(system, row) for system in evaluation.systems for row in system.figures]
    return sorted(rows, key=lambda pair: (order[pair[1].verdict], pair[1].line))[:MOST_FIGURES]


def term_rows(evaluation: Evaluation) -> list[tuple[SystemResult, TermRow]]:
    """The terms of all systems, those with the most wrong occurrences first."""
    rows = [(system, row) for system in evaluation.systems for row in system.terms]
    return sorted(rows, key=lambda p: (p[1].right - p[1].occurrences, -len(p[1].renderings)))[:MOST_TERMS]


def abstract_rows(evaluation: Evaluation) -> list[tuple[str, str, str, list[tuple[str, SectionResult]]]]:
    """Each section that has an abstract: id, Chinese title, reference, and every system's result."""
    rows = []
    for section in evaluation.corpus.sections:
        own = [(s.name, r) for s in evaluation.systems for r in s.abstracts if r.section == section.id]
        if own:
            rows.append((section.id, section.title, section.reference, list(own)))
    return rows


def segment_rows(evaluation: Evaluation) -> list[SegmentRow]:
    """The segments of the page, the worst of any system first."""
    count = len(evaluation.corpus.lines)
    worst = sorted(
        range(count), key=lambda i: max(s.segments[i].badness for s in evaluation.systems), reverse=True
    )
    return [_segment_row(evaluation, index) for index in worst[:MOST_SEGMENTS]]


def _segment_row(evaluation: Evaluation, index: int) -> SegmentRow:
    line = evaluation.corpus.lines[index]
    results = [system.segments[index] for system in evaluation.systems]
    findings = [finding for result in results for finding in result.findings]
    place = line.segment.section
    if len({own.document for own in evaluation.corpus.lines}) > 1 and line.document != place:
        place = f"{line.document} · {place}".removesuffix(" · ")
    return SegmentRow(
        index=index,
        id=line.segment.id,
        place=place,
        source=tuple(mark_findings(line.source, findings, source=True)),
        reference=(Piece(text=line.reference),) if line.reference else (),
        shown=tuple(
            Shown(
                system=system.name,
                pieces=tuple(_english(system.hypotheses[index], line.reference, result.findings)),
                chrf=result.chrf,
                confidence=result.confidence,
                findings=result.findings,
            )
            for system, result in zip(evaluation.corpus.systems, results, strict=True)
        ),
        checks=tuple(sorted({finding.check for finding in findings})),
        severity="error" if any(f.severity == "error" for f in findings) else "warning" if findings else "",
    )


def _english(english: str, reference: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The English with its findings marked and, where there is a reference, the words that it does not have."""
    changed = changed_spans(english, reference) if reference else []
    yield from _cut(
        english, [*_finding_marks(findings, source=False), *((s, e, "changed", "") for s, e in changed)]
    )


def mark_findings(text: str, findings: Sequence[Finding], *, source: bool) -> Iterator[Piece]:
    """The text cut where a finding begins or ends."""
    yield from _cut(text, _finding_marks(findings, source=source))


def _finding_marks(findings: Sequence[Finding], *, source: bool) -> list[tuple[int, int, str, str]]:
    spans = [(f.source_span if source else f.target_span, f) for f in findings]
    return [(*span, f.severity, f.message) for span, f in spans if span]


def _cut(text: str, marks: Sequence[tuple[int, int, str, str]]) -> Iterator[Piece]:
    cuts = sorted({0, len(text), *(c for m in marks for c in m[:2] if 0 <= c <= len(text))})
    for start, end in pairwise(cuts):
        active = [m for m in marks if m[0] <= start and end <= m[1]]
        classes = " ".join(dict.fromkeys(m[2] for m in active))
        tip = "; ".join(dict.fromkeys(m[3] for m in active if m[3]))
        yield Piece(text=text[start:end], mark=classes, tip=tip)


def changed_spans(english: str, reference: str) -> list[tuple[int, int]]:
    """The spans of ``english`` whose words do not stand at their place in ``reference``, case aside."""
    ours = list(_TOKEN.finditer(english))
    theirs = [m.group().lower() for m in _TOKEN.finditer(reference)]
    matcher = difflib.SequenceMatcher(a=theirs, b=[m.group().lower() for m in ours], autojunk=False)
    spans = []
    for operation, _, _, start, end in matcher.get_opcodes():
        if operation in {"replace", "insert"} and english[ours[start].start() : ours[end - 1].end()].strip():
            spans.append((ours[start].start(), ours[end - 1].end()))
    return spans
