"""A clause of the source of which nothing arrives has been left out."""

import re
from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.constraints import missing
from jianbao.document import Constraint, Finding, Segment, Translation

NAME = "omission"
_CLAUSE = re.compile(r"[^，,；;。！？!?：:\t]+")
_FEWEST = 2
"""Figures, terms and names that a clause must hold, a term or name among them: one alone may have been put in
other words, and figures alone have a check of their own."""


def check(segment: Segment, translation: Translation, _context: CheckContext) -> Iterator[Finding]:
    """A warning for each clause whose figures, terms and names are two or more and all missing."""
    if not translation.text.strip():
        return
    absent = set(missing(translation.constraints, translation.text))
    for clause in _CLAUSE.finditer(segment.text):
        inside = [c for c in translation.constraints if clause.start() <= c.start and c.end <= clause.end()]
        named = any(c.kind != "figure" for c in inside)
        if named and len(inside) >= _FEWEST and absent.issuperset(inside):
            yield _finding(segment, clause.span(), inside)


def _finding(segment: Segment, span: tuple[int, int], inside: list[Constraint]) -> Finding:
    return Finding(
        check=NAME,
        severity="warning",
        segment=segment.id,
        message="a clause seems to be left out",
        expected=f"{segment.text[slice(*span)]} ({', '.join(c.target for c in inside)})",
        source_span=span,
    )
