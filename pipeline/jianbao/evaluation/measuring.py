"""Every measure of one system on a corpus that has been prepared once for all systems."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jianbao.checks import CheckContext, check_names, run_checks
from jianbao.constraints import build_constraints, missing
from jianbao.document import Constraint, Finding, Translation
from jianbao.evaluation import quality
from jianbao.evaluation.abstracts import abstract_scores, measure_abstracts
from jianbao.evaluation.alam import exact_match, mean, term_edits, window_overlap
from jianbao.evaluation.corpus import Corpus, System
from jianbao.evaluation.figures import FigureRow, count_verdicts, figure_accuracy, judge_figures
from jianbao.evaluation.metrics import METRICS, Score
from jianbao.evaluation.occurrences import Occurrence, align_terms, terms_of
from jianbao.evaluation.quality import Statistics, proportion
from jianbao.evaluation.results import GroupResult, SegmentResult, SystemResult
from jianbao.evaluation.terminology import (
    PSEUDO_REFERENCES,
    consistency,
    forbidden_spans,
    success_rate,
    tally,
    term_table,
)
from jianbao.glossary import Glossary, TermMatch
from jianbao.names import NameTable

_NEEDS_MODEL = frozenset({"unknown_characters"})
_GROUP_METRICS = ("figures.accuracy", "terms.exact_match", "quality.chrf++", "checks.errors")
_WINDOWS = (2, 3)
_TOKEN = re.compile(r"\S+")


class Prepared:
    """A corpus with all that is the same for every system: terms, constraints, aligned references."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self.corpus = corpus
        self.glossary = glossary
        self.references = [line.reference for line in corpus.lines]
        self.constraints: list[tuple[Constraint, ...]] = [()] * len(corpus.lines)
        for _, indices in corpus.documents():
            names = NameTable.learn("\n".join(corpus.lines[i].source for i in indices))
            for i in indices:
                self.constraints[i] = build_constraints(corpus.lines[i].source, glossary, names=names)
        self.terms = [
            _asked_for(terms_of(glossary, line.source), constraints)
            for line, constraints in zip(corpus.lines, self.constraints, strict=True)
        ]

    @cached_property
    def reference_terms(self) -> list[tuple[Occurrence, ...]]:
        """The terms of each line, aligned in its reference."""
        return [align_terms(t, r) if r else () for t, r in zip(self.terms, self.references, strict=True)]

    @cached_property
    def reference_words(self) -> list[tuple[list[str], list[bool]]]:
        """The words of each reference as TER compares them, and whether each belongs to a right term."""
        tokens = quality.ter_words(self.references)
        return [
            (words, _inside(reference, [o.span for o in found if o.span and o.status == "right"]))
            for words, reference, found in zip(tokens, self.references, self.reference_terms, strict=True)
        ]

    @cached_property
    def groups(self) -> dict[str, list[int]]:
        """The lines of each section, or of each document where there are several or no sections."""
        documents = {line.document for line in self.corpus.lines}
        groups: dict[str, list[int]] = {}
        for index, line in enumerate(self.corpus.lines):
            name = line.document if len(documents) > 1 else line.segment.section or line.document
            groups.setdefault(name, []).append(index)
        return groups


def _asked_for(terms: Sequence[TermMatch], constraints: Sequence[Constraint]) -> tuple[TermMatch, ...]:
    """The terms that the translator is asked for too: none inside a name ("市教育局" in "云溪市教育局") or figure."""
    asked = {(c.start, c.end) for c in constraints if c.kind == "term"}
    return tuple(term for term in terms if (term.start, term.end) in asked)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A system's result and the rows of counts that its comparison with others needs."""

    result: SystemResult
    statistics: dict[str, Statistics]


def measure(prepared: Prepared, system: System, comet: Sequence[float] = ()) -> Measured:
    """All measures of one system; ``comet`` are its segments' COMET scores where they were asked for."""
    lines, hypotheses = prepared.corpus.lines, system.hypotheses
    figures = [judge_figures(i, lines[i].source, hypotheses[i]) for i in range(len(lines))]
    occurrences = [
        align_terms(prepared.terms[i], hypotheses[i], line=i, document=line.document)
        for i, line in enumerate(lines)
    ]
    findings = _find(prepared, system)
    statistics = {
        "figures.accuracy": _rows(figures, figure_accuracy),
        "terms.exact_match": _rows(occurrences, exact_match),
        "names.accuracy": _rows(range(len(lines)), lambda i: _names(prepared.constraints[i], hypotheses[i])),
        "checks.errors": _rows(findings, lambda own: (any(f.severity == "error" for f in own), 1)),
    } | {
        f"checks.{name}": _rows(findings, lambda own, name=name: (any(f.check == name for f in own), 1))
        for name in check_names()
        if name not in _NEEDS_MODEL
    }
    scores: dict[str, Score] = _figure_scores([row for own in figures for row in own])
    scores |= _term_scores(prepared, hypotheses, occurrences)
    if prepared.corpus.referenced:
        own, edits = _against_references(prepared, hypotheses, occurrences)
        statistics |= own
        scores |= edits
    if comet:
        rows = np.array([[score, 1.0] for score in comet])
        statistics["quality.comet"] = Statistics(
            rows=rows, formula=lambda sums: 100 * sums[:, 0] / sums[:, 1]
        )
    segments = _segments(prepared, system, findings, statistics.get("quality.chrf++"))
    scores |= _confidence(segments)
    scores |= {name: _score(name, own) for name, own in statistics.items()}
    abstracts = measure_abstracts(prepared.corpus, system.name, hypotheses, prepared.glossary)
    scores |= abstract_scores(prepared.corpus, abstracts)
    result = SystemResult(
        name=system.name,
        scores={metric.name: scores[metric.name] for metric in METRICS if metric.name in scores},
        figures=tuple(row for own in figures for row in own),
        terms=term_table(o for own in occurrences for o in own),
        segments=segments,
        groups=_groups(prepared, statistics),
        abstracts=abstracts,
    )
    return Measured(result=result, statistics=statistics)


def _find(prepared: Prepared, system: System) -> list[list[Finding]]:
    # Ids are unique within a document only: the checks are given the numbers of the lines instead.
    segments = [replace(line.segment, id=str(i)) for i, line in enumerate(prepared.corpus.lines)]
    translations = [
        Translation(segment=s.id, text=text, constraints=c)
        for s, text, c in zip(segments, system.hypotheses, prepared.constraints, strict=True)
    ]
    names = [name for name in check_names() if name not in _NEEDS_MODEL]
    found: list[list[Finding]] = [[] for _ in segments]
    for finding in run_checks(segments, translations, CheckContext(glossary=prepared.glossary), names=names):
        found[int(finding.segment)].append(finding)
    return found


def _rows(items: Sequence[object], count: Callable[..., tuple[float, float]]) -> Statistics:
    pairs = [count(item) for item in items]
    return proportion([float(right) for right, _ in pairs], [float(total) for _, total in pairs])


def _names(constraints: Sequence[Constraint], english: str) -> tuple[int, int]:
    names = [c for c in constraints if c.kind == "name"]
    return len(names) - len(missing(names, english)), len(names)


def _score(name: str, statistics: Statistics) -> Score:
    if name.startswith("quality."):
        return Score(value=statistics.score, signature=statistics.signature)
    right, total = statistics.rows.sum(axis=0).tolist() if len(statistics.rows) else (0.0, 0.0)
    return Score(value=right / total if total else None, right=right, total=total)


def _figure_scores(rows: Sequence[FigureRow]) -> dict[str, Score]:
    total = figure_accuracy(rows)[1]
    return {
        f"figures.{verdict}": Score(value=count / total if total else None, right=count, total=total)
        for verdict, count in count_verdicts(rows).items()
    }


def _term_scores(
    prepared: Prepared, hypotheses: Sequence[str], occurrences: Sequence[Sequence[Occurrence]]
) -> dict[str, Score]:
    tallies = tally(prepared.corpus, hypotheses, prepared.terms)
    every = [o for own in occurrences for o in own]
    forbidden = sum(
        len(forbidden_spans(terms, text)) for terms, text in zip(prepared.terms, hypotheses, strict=True)
    )
    scores = {
        "terms.success_rate": Score(value=success_rate(tallies), total=sum(t.valid for t in tallies)),
        "terms.forbidden": Score(
            value=forbidden / len(every) if every else None, right=forbidden, total=len(every)
        ),
    }
    for mode in PSEUDO_REFERENCES:
        found = consistency(every, mode)
        for average, value in zip(("micro", "macro"), found or (None, None), strict=True):
            scores[f"terms.consistency_{mode}_{average}"] = Score(value=value)
    return scores


def _against_references(
    prepared: Prepared, hypotheses: Sequence[str], occurrences: Sequence[Sequence[Occurrence]]
) -> tuple[dict[str, Statistics], dict[str, Score]]:
    """The measures that need a reference; lines without one have rows of zeros and count for nothing."""
    used, count = list(prepared.corpus.referenced), len(hypotheses)
    measured = quality.measure_quality([hypotheses[i] for i in used], [prepared.references[i] for i in used])
    statistics = {
        f"quality.{name}": Statistics(
            rows=_spread(own.rows, used, count), formula=own.formula, signature=own.signature
        )
        for name, own in measured.items()
    }
    edits = np.zeros((count, 2))
    shares = []
    for i, words in zip(used, quality.ter_words([hypotheses[i] for i in used]), strict=True):
        reference, in_term = prepared.reference_words[i]
        plain, weighted = term_edits(words, reference, in_term)
        edits[i] = plain, len(reference)
        shares.append(weighted / len(reference))
    statistics["quality.ter"] = Statistics(
        rows=edits, formula=quality.ter_scores, signature=quality.ter_signature()
    )
    scores = {"terms.one_minus_term": Score(value=1 - sum(shares) / len(shares))}
    for size in _WINDOWS:
        overlaps = [
            window_overlap(
                (hypotheses[i], occurrences[i]),
                (prepared.references[i], prepared.reference_terms[i]),
                size=size,
            )
            for i in used
        ]
        scores[f"terms.window_overlap_{size}"] = Score(value=mean(overlaps))
    return statistics, scores


def _spread(rows: quality.Array, indices: Sequence[int], count: int) -> quality.Array:
    spread = np.zeros((count, rows.shape[1]))
    spread[indices] = rows
    return spread


def _inside(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Of each word of ``text``, parted by white space, whether one of ``spans`` touches it."""
    return [
        any(token.start() < end and start < token.end() for start, end in spans)
        for token in _TOKEN.finditer(text)
    ]


def _segments(
    prepared: Prepared, system: System, findings: Sequence[Sequence[Finding]], chrf: Statistics | None
) -> tuple[SegmentResult, ...]:
    logs = system.confidences or (None,) * len(findings)
    each = chrf.formula(chrf.rows) if chrf is not None else None
    return tuple(
        SegmentResult(
            findings=tuple(own),
            chrf=float(each[i]) if each is not None and prepared.references[i] else None,
            confidence=None if log is None else math.exp(min(log, 0.0)),
        )
        for i, (own, log) in enumerate(zip(findings, logs, strict=True))
    )


def _confidence(segments: Sequence[SegmentResult]) -> dict[str, Score]:
    known = [s.confidence for s in segments if s.confidence is not None]
    if not known:
        return {}
    pairs = [(s.confidence, s.chrf) for s in segments if s.confidence is not None and s.chrf is not None]
    correlation = rank_correlation(pairs)
    return {
        "confidence.mean": Score(value=sum(known) / len(known), total=len(known)),
        "confidence.correlation": Score(
            value=None if correlation is None else 100 * correlation, total=len(pairs)
        ),
    }


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation, ties given their mean rank; None where one side does not vary."""
    if len(pairs) < 3:
        return None
    first, second = (_ranks(np.array(side)) for side in zip(*pairs, strict=True))
    if not first.std() or not second.std():
        return None
    return float(np.corrcoef(first, second)[0, 1])


def _ranks(values: quality.Array) -> quality.Array:
    order = {value: [] for value in values.tolist()}  # type: dict[float, list[int]]
    for rank, value in enumerate(sorted(values.tolist())):
        order[value].append(rank)
    return np.array([sum(order[v]) / len(order[v]) for v in values.tolist()])


def _groups(prepared: Prepared, statistics: Mapping[str, Statistics]) -> tuple[GroupResult, ...]:
    results = []
    for name, indices in prepared.groups.items():
        scores: dict[str, Score] = {}
        for metric in _GROUP_METRICS:
            if metric in statistics:
                own = statistics[metric]
                part = Statistics(rows=own.rows[indices], formula=own.formula, signature=own.signature)
                scores[metric] = _score(metric, part)
        results.append(GroupResult(name=name, lines=len(indices), scores=scores))
    return tuple(results)
