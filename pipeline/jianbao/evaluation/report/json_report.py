"""``evaluation.json``: all that was found, for programs. The schema is documented in ``eval/README.md``."""

import json
from dataclasses import asdict
from typing import Any

from jianbao.evaluation.figures import FigureRow, count_verdicts
from jianbao.evaluation.metrics import Score
from jianbao.evaluation.results import Evaluation, GroupResult, SegmentResult, SystemResult
from jianbao.evaluation.terminology import TermRow
from jianbao.writers.quality_json import describe_finding

SCHEMA = 1
"""Raised by one whenever a field changes its meaning or goes away."""


def to_json(evaluation: Evaluation) -> bytes:
    """The report as indented JSON in UTF-8."""
    return (json.dumps(describe(evaluation), ensure_ascii=False, indent=1) + "\n").encode()


def describe(evaluation: Evaluation) -> dict[str, Any]:
    """The report as plain data; shares are between 0 and 1, lines are counted from 0."""
    corpus = evaluation.corpus
    return {
        "schema": SCHEMA,
        "status": "passed" if evaluation.passed else "below threshold",
        "provenance": evaluation.provenance,
        "corpus": {
            "name": corpus.name,
            "segments": len(corpus.lines),
            "references": len(corpus.referenced),
            "documents": len({line.document for line in corpus.lines}),
        },
        "thresholds": evaluation.thresholds,
        "shortfalls": [asdict(shortfall) for shortfall in evaluation.shortfalls],
        "comparisons": [asdict(comparison) for comparison in evaluation.comparisons],
        "lines": [
            {
                "id": line.segment.id,
                "document": line.document,
                "section": line.segment.section,
                "kind": line.segment.kind,
                "source": line.source,
                "reference": line.reference,
            }
            for line in corpus.lines
        ],
        "systems": [_system(evaluation, index) for index in range(len(evaluation.systems))],
    }


def _system(evaluation: Evaluation, index: int) -> dict[str, Any]:
    system, hypotheses = evaluation.systems[index], evaluation.corpus.systems[index].hypotheses
    return {
        "name": system.name,
        "scores": {name: _score(score) for name, score in system.scores.items()},
        "groups": [_group(group) for group in system.groups],
        "figures": {
            "counts": count_verdicts(system.figures),
            "rows": [_figure(row) for row in system.figures],
        },
        "terms": [_term(row) for row in system.terms],
        "segments": [
            _segment(text, segment) for text, segment in zip(hypotheses, system.segments, strict=True)
        ],
        "abstracts": _abstracts(system),
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        name: value for name, value in asdict(score).items() if value not in (None, "") or name == "value"
    }


def _group(group: GroupResult) -> dict[str, Any]:
    return {
        "name": group.name,
        "segments": group.lines,
        "scores": {name: _score(score) for name, score in group.scores.items()},
    }


def _figure(row: FigureRow) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if value not in (None, "")}


def _term(row: TermRow) -> dict[str, Any]:
    return asdict(row)


def _segment(hypothesis: str, segment: SegmentResult) -> dict[str, Any]:
    return {
        "hypothesis": hypothesis,
        "chrf++": segment.chrf,
        "confidence": segment.confidence,
        "findings": [describe_finding(finding) for finding in segment.findings],
    }


def _abstracts(system: SystemResult) -> list[dict[str, Any]]:
    return [asdict(result) for result in system.abstracts]
