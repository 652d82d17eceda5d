"""How each segment is to be translated: what a rule or a person gives, and the units that are left for the model."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jianbao.constraints import build_constraints
from jianbao.document import Constraint, Segment
from jianbao.glossary import Glossary
from jianbao.guards import CHINESE
from jianbao.judging import Unit
from jianbao.names import NameTable
from jianbao.normalise import normalise_target
from jianbao.segmenter import render_marker
from jianbao.titles import render_title
from jianbao.unit_translator import cut

_TRAILING = "。.;；：:,， "

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A cell of a row, or the whole of another segment; ``marker`` is its numbering in English.

    ``fixed`` is the English of ``source`` where a rule or a person gives it, and ``method`` says which ("rule",
    "memory"); otherwise it is translated as ``units``.
    """

    source: str
    marker: str = ""
    fixed: str | None = None
    method: str = "rule"
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The parts of one segment, in order; none where there is nothing to translate."""

    segment: Segment
    constraints: tuple[Constraint, ...] = ()
    parts: tuple[Part, ...] = ()


def body(segment: Segment) -> str:
    """The text of a segment without its numbering."""
    return segment.text.removeprefix(segment.marker).strip()


def make_plans(
    segments: Sequence[Segment], glossary: Glossary, human: Mapping[str, str], *, unit_limit: int
) -> list[Plan]:
    """A plan for each segment; names are the same everywhere in a document.

    ``human`` holds the English that a person gave, by whole segment or by :func:`body`. A segment that cannot be
    read for constraints is planned without them.
    """
    plans = []
    for document in _documents(segments):
        names = NameTable.learn("\n".join(segment.text for segment in document))
        for segment in document:
            try:
                plans.append(
                    _plan(segment, build_constraints(segment.text, glossary, names=names), human, unit_limit)
                )
            except Exception:  # one odd segment must not cost the run
                log.exception("segment %s is translated without constraints", segment.id)
                plans.append(_plan(segment, (), human, unit_limit))
    return plans


def _documents(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The segments of each document: offsets run up within one, and begin anew with the next."""
    document: list[Segment] = []
    for segment in segments:
        if document and segment.start < document[-1].end:
            yield document
            document = []
        document.append(segment)
    if document:
        yield document


def _plan(
    segment: Segment, constraints: tuple[Constraint, ...], human: Mapping[str, str], unit_limit: int
) -> Plan:
    if segment.kind == "furniture" or not segment.text.strip():
        return Plan(segment=segment)
    if segment.text in human:
        parts = [Part(source=segment.text, fixed=human[segment.text], method="memory")]
    elif segment.kind == "row":
        parts, start = [], 0
        for cell in segment.text.split("\t"):
            parts.append(_part(cell, constraints, human, unit_limit=unit_limit, offset=start))
            start += len(cell) + 1
    else:
        parts = [_part(segment.text, constraints, human, unit_limit=unit_limit, marker=segment.marker)]
    return Plan(segment=segment, constraints=constraints, parts=tuple(parts))


def _part(
    text: str,
    constraints: Sequence[Constraint],
    human: Mapping[str, str],
    *,
    unit_limit: int,
    offset: int = 0,
    marker: str = "",
) -> Part:
    """``text`` stands at ``offset`` of its segment, to which the offsets of ``constraints`` belong."""
    rest = text.removeprefix(marker)
    start = offset + len(text) - len(rest.lstrip())
    source = rest.strip()
    end = start + len(source)
    unit = Unit(
        source=source,
        constraints=tuple(
            replace(c, start=c.start - start, end=c.end - start)
            for c in constraints
            if start <= c.start and c.end <= end
        ),
    )
    rendered = render_marker(marker)
    if source in human:
        return Part(source=source, marker=rendered, fixed=human[source], method="memory")
    fixed = _by_rule(unit)
    if fixed is not None:
        return Part(source=source, marker=rendered, fixed=fixed)
    return Part(source=source, marker=rendered, units=tuple(cut(unit, unit_limit)))


def _by_rule(unit: Unit) -> str | None:
    """The English of a text without Chinese, a lone constraint or a title; None where a model must speak."""
    if not CHINESE.search(unit.source):
        return normalise_target(unit.source)
    core = unit.source.rstrip(_TRAILING)
    whole = next((c.target for c in unit.constraints if (c.start, c.end) == (0, len(core))), None)
    return whole or render_title(core)
