"""Weighs candidate translations of one unit: what they carry, what is wrong with them, how likely they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.constraints import missing
from jianbao.document import Constraint
from jianbao.guards import has_chinese, length_ratio, loops, without_tags
from jianbao.quantities import FigureVerdict, align_figures

_COSTS = {
    "figure": 3.0,
    "added": 2.0,
    "name": 1.0,
    "term": 0.6,
    "chinese": 2.0,
    "loop": 3.0,
    "short": 1.5,
    "long": 1.5,
}
"""What a fault costs, in units of the score (mean log probability): figures before names before terms."""
_EMPTY = -100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A piece of a segment that is translated in one go; the offsets of ``constraints`` index ``source``."""

    source: str
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A translation of a unit, judged.

    ``method`` is that of ``Translation``. ``missing`` are the terms and names it lacks, ``figures`` the verdicts
    on figures that are wrong, missing or added, ``faults`` the names of its other faults.
    """

    text: str
    score: float
    method: str
    missing: tuple[Constraint, ...] = ()
    figures: tuple[FigureVerdict, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return bool(self.text) and not (self.missing or self.figures or self.faults)

    @property
    def grave(self) -> bool:
        """Whether it must not stand if anything better can be had: a wrong figure, a loop, lost text, Chinese."""
        return not self.text or bool(self.figures or self.faults)

    @property
    def value(self) -> float:
        """The score less the cost of all faults; the highest value wins."""
        if not self.text:
            return _EMPTY
        costs = [_COSTS[constraint.kind] for constraint in self.missing]
        costs += [_COSTS["added" if v.verdict == "added" else "figure"] for v in self.figures]
        costs += [_COSTS[fault] for fault in self.faults]
        return self.score - sum(costs)


def judge(unit: Unit, text: str, score: float, method: str, settings: CheckpointSettings) -> Candidate:
    """Judge one English text for ``unit``; annotation tags left in it are taken out first."""
    english = without_tags(text)
    verdicts = align_figures(unit.source, english)
    faults = []
    if has_chinese(english):
        faults.append("chinese")
    if loops(unit.source, english):
        faults.append("loop")
    ratio = length_ratio(unit.source, english)
    if ratio is not None and ratio < settings.min_ratio:
        faults.append("short")
    if ratio is not None and ratio > settings.max_ratio:
        faults.append("long")
    return Candidate(
        text=english,
        score=score,
        method=method,
        missing=missing([c for c in unit.constraints if c.kind != "figure"], english),
        figures=tuple(v for v in verdicts if v.verdict not in {"exact", "reformatted"}),
        faults=tuple(faults),
    )


def best(candidates: Sequence[Candidate]) -> Candidate:
    """The candidate of the highest value, the first of equals."""
    return max(candidates, key=lambda candidate: candidate.value)
