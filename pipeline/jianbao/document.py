"""The data that passes between the stages, and nothing else.

All offsets are indices into ``Document.text`` unless a docstring says otherwise, and every span keeps
``document.text[span.start:span.end] == span.text``.
"""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["paragraph", "heading", "row", "furniture"]
SegmentKind = Literal["heading", "sentence", "item", "row", "furniture"]
ConstraintKind = Literal["figure", "term", "name"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself; ``date`` is ISO 8601 (``2019-03-22``). Unknown fields are None."""

    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line or paragraph of a document as its reader saw it. Between blocks stands only white space.

    ``level`` is the heading level where the format states one (html ``h1`` = 1, docx ``Heading 1`` = 1).
    The cells of a ``row`` are separated by tabs in the text.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read: ``text`` is what is segmented (simplified script), ``original`` the text as it stood.

    ``original`` has the length of ``text`` (script conversion is one to one), so that offsets hold in both.
    """

    id: str
    path: str
    format: str
    encoding: str
    text: str
    original: str
    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The unit that is translated, shown and reported: a heading, a sentence, a point, a table row.

    ``marker`` is the numbering at the head of ``text`` ("一、", "(二)", "三是", "第四条 "; empty if none):
    it is rendered by rule, never by the model. ``text`` includes it.
    """

    id: str
    section: str
    kind: SegmentKind
    text: str
    start: int
    end: int
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A node of the section tree, in text order. ``id`` is positional: "0" (before the first heading), "1", "1.2".

    ``heading`` is the id of the heading segment (None for the front matter), ``title`` its text without the
    marker. ``level`` counts from 1.
    """

    id: str
    parent: str | None
    level: int
    marker: str
    title: str
    heading: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A segmented document. The segments, in order, tile the text: only white space stands between them."""

    document: Document
    sections: tuple[Section, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A rendering that the translation must carry. Offsets are indices into the text it was built for.

    ``target`` is the rendering given to the model, ``variants`` are others that count as right,
    ``forbidden`` ones that are wrong.
    """

    start: int
    end: int
    source: str
    target: str
    kind: ConstraintKind
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A defect that a check saw in one segment. ``segment`` is its id; spans index source and translation."""

    check: str
    severity: Severity
    segment: str
    message: str
    expected: str = ""
    found: str = ""
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The English of one segment.

    ``score`` is the mean log probability of the chosen hypothesis (None where no model was asked).
    ``method`` says how it came to be: "model", "retry", "repair", "rule", "memory", "none" (furniture).
    ``constraints`` are those the segment had, with offsets into the segment's text.
    """

    segment: str
    text: str
    constraints: tuple[Constraint, ...] = ()
    score: float | None = None
    method: str = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstractSentence:
    """One English sentence of an abstract and the ids of the segments that it rests on."""

    text: str
    evidence: tuple[str, ...]
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """The abstract of a section, or of the whole report where ``section`` is None."""

    section: str | None
    sentences: tuple[AbstractSentence, ...]

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One row of the key-figures table, in English; ``segment`` is where it stands."""

    indicator: str
    value: str
    change: str
    segment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """All that a writer needs. ``translations`` runs parallel to ``outline.segments``.

    ``headline`` is the English title. ``provenance`` holds what signs the run (version, model, hash, options).
    """

    outline: Outline
    headline: str
    translations: tuple[Translation, ...]
    abstracts: tuple[Abstract, ...]
    summary: Abstract
    key_figures: tuple[KeyFigure, ...]
    findings: tuple[Finding, ...]
    provenance: dict[str, str] = field(default_factory=dict)
