"""What an evaluation found: plain data, which the reports show and nothing recomputes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jianbao.document import Finding
from jianbao.evaluation.abstracts import SectionResult
from jianbao.evaluation.corpus import Corpus
from jianbao.evaluation.figures import FigureRow
from jianbao.evaluation.metrics import Score
from jianbao.evaluation.significance import Comparison
from jianbao.evaluation.terminology import TermRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentResult:
    """One system on one line. ``chrf`` is chrF++ (None without a reference), ``confidence`` a probability."""

    findings: tuple[Finding, ...]
    chrf: float | None
    confidence: float | None

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def badness(self) -> tuple[float, ...]:
        """Sorts the worst first when descending: errors, warnings, distance from the reference, doubt."""
        warnings = len(self.findings) - self.errors
        doubt = 0.0 if self.confidence is None else 1 - self.confidence
        return (self.errors, warnings, 0.0 if self.chrf is None else 100 - self.chrf, doubt)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """One system on the lines of one section or document."""

    name: str
    lines: int
    scores: dict[str, Score]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """One system on the whole corpus; ``segments`` are parallel to its lines."""

    name: str
    scores: dict[str, Score]
    figures: tuple[FigureRow, ...]
    terms: tuple[TermRow, ...]
    segments: tuple[SegmentResult, ...]
    groups: tuple[GroupResult, ...]
    abstracts: tuple[SectionResult, ...] = ()

    def value(self, metric: str) -> float | None:
        """The value of a measure, None if it was not taken."""
        return self.scores[metric].value if metric in self.scores else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A threshold that a system misses; ``value`` is None where the measure could not be taken."""

    system: str
    metric: str
    threshold: float
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of ``evaluate``. ``provenance`` says what signs it: versions, glossary, seed."""

    corpus: Corpus
    systems: tuple[SystemResult, ...]
    comparisons: tuple[Comparison, ...]
    shortfalls: tuple[Shortfall, ...] = ()
    thresholds: dict[str, float] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether no threshold is missed."""
        return not self.shortfalls

    def metrics(self) -> Iterator[str]:
        """The measures that at least one system has a value for, in the order of ``METRICS``."""
        from jianbao.evaluation.metrics import METRICS

        for metric in METRICS:
            if any(system.value(metric.name) is not None for system in self.systems):
                yield metric.name
