"""The sentences of a section that an abstract may rest on, ready to be chosen from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.document import Segment, Translation
from jianbao.segmenter import render_marker
from jianbao.summarizers import SectionText
from jianbao.summarizers._features import is_bare
from jianbao.summarizers._selection import Selector

_ENGLISH_MARKER = re.compile(
    r"^(?:First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth),? (?=[A-Za-z\d])"
    r"|^\(?\d{1,2}[.)] |^[IVX]+\. |^Article \d+\.? |^Chapter \d+\.? "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence of prose; ``source`` and ``english`` are without its numbering.

    ``point`` counts the numbered points of the section.
    """

    segment: str
    source: str
    english: str
    translation: Translation
    point: int


def evidence_of(section: SectionText) -> tuple[Evidence, ...]:
    """The sentences and points of a section that say something, in order."""
    found: list[Evidence] = []
    point = 0
    for segment, translation in zip(section.segments, section.translations, strict=True):
        if segment.kind not in {"sentence", "item"}:
            continue
        point += segment.kind == "item"
        source = segment.text.removeprefix(segment.marker).strip()
        if not is_bare(source):
            english = without_marker(segment, translation)
            found.append(
                Evidence(
                    segment=segment.id, source=source, english=english, translation=translation, point=point
                )
            )
    return tuple(found)


def without_marker(segment: Segment, translation: Translation) -> str:
    """The English of a segment without its rendered numbering."""
    text = translation.text.strip()
    if segment.marker:
        text = text.removeprefix(render_marker(segment.marker).strip()).strip()
        text = _ENGLISH_MARKER.sub("", text)
    return text


def heading_of(section: SectionText) -> Evidence | None:
    """The heading of a section as evidence, or None."""
    for segment, translation in zip(section.segments, section.translations, strict=True):
        if segment.id == section.section.heading:
            english = without_marker(segment, translation)
            source = segment.text.removeprefix(segment.marker).strip()
            return Evidence(
                segment=segment.id, source=source, english=english, translation=translation, point=0
            )
    return None


def ranked(sentences: Sequence[Evidence], heading: str, selector: Selector) -> tuple[list[int], int]:
    """The sentences from the most worthwhile down, and how many of them the abstract should rest on."""
    sources = [sentence.source for sentence in sentences]
    points = [sentence.point for sentence in sentences]
    several = len(set(points)) > 1
    order = selector.rank(sources, heading, points if several else ())
    return order, selector.how_many(sources, heading)
