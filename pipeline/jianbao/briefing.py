"""A briefing put together, and the views of it that every writer shares: parts, passages, source line."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.document import (
    Abstract,
    Briefing,
    Finding,
    KeyFigure,
    Outline,
    Section,
    Segment,
    Severity,
    Translation,
)
from jianbao.segmenter import render_marker

# Entries of the provenance that hold the metadata in English and sign nothing.
METADATA_KEYS = frozenset({"issuer", "source"})

_SOURCES = {"本网": "this website", "本站": "this website", "本网站": "this website"}
_TITLE_END = re.compile(r"[\s.。;；:：,，]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A segment with all that belongs to it.

    ``number`` counts the translated segments of the report from 1 (0 for furniture). ``opens_paragraph`` says
    that a line break stands before it in the source.
    """

    number: int
    segment: Segment
    translation: Translation
    findings: tuple[Finding, ...]
    opens_paragraph: bool

    @property
    def severity(self) -> str:
        """The gravest severity of its findings, or "" where it has none."""
        severities = {finding.severity for finding in self.findings}
        return "error" if "error" in severities else "warning" if severities else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Findings of one kind in one passage, to be told in one line: ``details`` are what each expected and found."""

    severity: Severity
    check: str
    message: str
    details: tuple[str, ...]

    @property
    def text(self) -> str:
        """The note as a sentence, without its severity."""
        details = f": {'; '.join(self.details)}" if self.details else ""
        return f"{self.message}{details}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section ready to be written: its English title, abstract and passages (heading and furniture apart)."""

    section: Section
    title: str
    address: str
    heading: Passage | None
    abstract: Abstract | None
    passages: tuple[Passage, ...]


def assemble(
    outline: Outline,
    translations: Sequence[Translation],
    *,
    abstracts: Sequence[Abstract],
    summary: Abstract,
    key_figures: Sequence[KeyFigure],
    findings: Sequence[Finding],
    headline: str,
    provenance: dict[str, str],
    issuer: str = "",
    source: str = "",
) -> Briefing:
    """All results of a run as one briefing.

    ``issuer`` and ``source`` are the English of the metadata of the same name; where they are not given, a name
    that the report itself holds serves. They are kept in the provenance.

    Raises:
        ValueError: the translations do not run parallel to the segments, or an id is unknown.
    """
    ids = [segment.id for segment in outline.segments]
    if [translation.segment for translation in translations] != ids:
        raise ValueError("translations must run parallel to the segments of the outline")
    known = set(ids)
    named = {f.segment for f in findings} | {k.segment for k in key_figures}
    named |= {i for a in (*abstracts, summary) for s in a.sentences for i in s.evidence}
    if unknown := sorted(named - known):
        raise ValueError(f"unknown segment {unknown[0]!r} in findings, key figures or evidence")
    metadata = outline.document.metadata
    english = {
        "issuer": issuer or _known_name(metadata.issuer, translations),
        "source": source
        or _SOURCES.get(metadata.source or "", "")
        or _known_name(metadata.source, translations),
    }
    return Briefing(
        outline=outline,
        headline=headline,
        translations=tuple(translations),
        abstracts=tuple(abstracts),
        summary=summary,
        key_figures=tuple(key_figures),
        findings=tuple(findings),
        provenance=provenance | {key: value for key, value in english.items() if value},
    )


def _known_name(chinese: str | None, translations: Sequence[Translation]) -> str:
    """The rendering that the report's own constraints give to ``chinese``, or ""."""
    constraints = (c for t in translations for c in t.constraints)
    return next((c.target for c in constraints if c.source == chinese), "")


def passages(briefing: Briefing) -> tuple[Passage, ...]:
    """Every segment in text order with its number, translation and findings, furniture among them."""
    by_segment: dict[str, list[Finding]] = {}
    for finding in briefing.findings:
        by_segment.setdefault(finding.segment, []).append(finding)
    text = briefing.outline.document.text
    result: list[Passage] = []
    number, end = 0, 0
    for segment, translation in zip(briefing.outline.segments, briefing.translations, strict=True):
        is_furniture = segment.kind == "furniture"
        number += not is_furniture
        result.append(
            Passage(
                number=0 if is_furniture else number,
                segment=segment,
                translation=translation,
                findings=tuple(by_segment.get(segment.id, ())),
                opens_paragraph=not end or "\n" in text[end : segment.start],
            )
        )
        end = segment.end
    return tuple(result)


def parts(briefing: Briefing) -> tuple[Part, ...]:
    """The sections in text order; one without heading, abstract and passages is left out."""
    grouped: dict[str, list[Passage]] = {}
    for passage in passages(briefing):
        if passage.segment.kind != "furniture":
            grouped.setdefault(passage.segment.section, []).append(passage)
    abstracts = {abstract.section: abstract for abstract in briefing.abstracts}
    addresses = _addresses(briefing.outline.sections)
    result = []
    for section in briefing.outline.sections:
        members = grouped.get(section.id, [])
        heading = next((p for p in members if p.segment.id == section.heading), None)
        abstract = abstracts.get(section.id)
        if members or abstract:
            result.append(
                Part(
                    section=section,
                    title=as_title(heading.translation.text) if heading else "",
                    address=addresses[section.id],
                    heading=heading,
                    abstract=abstract if abstract and abstract.sentences else None,
                    passages=tuple(p for p in members if p is not heading),
                )
            )
    return tuple(result)


def furniture(briefing: Briefing) -> tuple[Passage, ...]:
    """The segments set aside as page furniture, in text order."""
    return tuple(p for p in passages(briefing) if p.segment.kind == "furniture")


def blocks(members: Sequence[Passage]) -> tuple[tuple[Passage, ...], ...]:
    """The passages of a part one by one, but table rows that stand together as one block."""
    result: list[tuple[Passage, ...]] = []
    for passage in members:
        if passage.segment.kind == "row" and result and result[-1][0].segment.kind == "row":
            result[-1] = (*result[-1], passage)
        else:
            result.append((passage,))
    return tuple(result)


def notes(passage: Passage) -> tuple[Note, ...]:
    """The findings of a passage, those of one check and message together, errors first."""
    details: dict[tuple[Severity, str, str], list[str]] = {}
    for finding in sorted(passage.findings, key=lambda finding: finding.severity):
        told = [finding.expected, f"found {finding.found}" if finding.found else ""]
        key = (finding.severity, finding.check, finding.message)
        details.setdefault(key, []).append(", ".join(part for part in told if part))
    return tuple(
        Note(
            severity=severity,
            check=check.replace("_", " "),
            message=message,
            details=_counted(told),
        )
        for (severity, check, message), told in details.items()
    )


def _counted(details: Sequence[str]) -> tuple[str, ...]:
    """The details without repetition; one that comes several times says so."""
    counts = Counter(detail for detail in details if detail)
    return tuple(f"{detail} ({count} times)" if count > 1 else detail for detail, count in counts.items())


def cells(text: str) -> tuple[str, ...]:
    """The cells of a table row, source or translation."""
    return tuple(cell.strip() for cell in text.split("\t"))


def places(briefing: Briefing) -> dict[str, str]:
    """Where each translated segment stands, for a reader: ``"I (4) · 61"``."""
    addresses = _addresses(briefing.outline.sections)
    return {
        p.segment.id: f"{addresses.get(p.segment.section, '')} · {p.number}".removeprefix(" · ")
        for p in passages(briefing)
        if p.number
    }


def as_title(text: str) -> str:
    """A heading without the stop it may carry where it runs into its text."""
    return _TITLE_END.sub("", text)


def original_title(briefing: Briefing) -> str:
    """The Chinese title: as the page states it, else the first heading, else the name of the file."""
    document = briefing.outline.document
    first = next((s.text for s in briefing.outline.segments if s.kind == "heading"), document.id)
    return document.metadata.title or first


def source_line(briefing: Briefing) -> str:
    """Issuer, date and source in English, as far as they are known, parted by middle dots."""
    metadata = briefing.outline.document.metadata
    issuer = briefing.provenance.get("issuer") or metadata.issuer or ""
    source = briefing.provenance.get("source") or metadata.source or ""
    shown = [issuer, english_date(metadata.date or ""), f"Source: {source}" if source else ""]
    return " · ".join(part for part in shown if part)


def english_date(iso: str) -> str:
    """``2019-03-22`` as ``March 22, 2019``; whatever is no ISO date comes back as it is."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date:%B} {date.day}, {date.year}"


def signature(briefing: Briefing) -> str:
    """The provenance in one line, in the manner of sacreBLEU signatures: ``key:value|key:value``."""
    return "|".join(f"{k}:{v}" for k, v in briefing.provenance.items() if v and k not in METADATA_KEYS)


def _addresses(sections: Sequence[Section]) -> dict[str, str]:
    result: dict[str, str] = {}
    for section in sections:
        own = render_marker(section.marker).strip().rstrip(".,") if section.marker else ""
        above = result.get(section.parent or "", "")
        result[section.id] = f"{above} {own}".strip()
    return result
