"""From a document to its outline: the section tree, and the segments that tile the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jianbao.document import Block, Document, Outline, Section, Segment, SegmentKind
from jianbao.segmenter.headings import Heading, find_headings
from jianbao.segmenter.layout import chunk_numbers, contents_lines, table_cells
from jianbao.segmenter.numbering import Marker, Style, read_bare_point, read_marker
from jianbao.segmenter.sentences import split_sentences, trim
from jianbao.segmenter.titles import document_titles

FRONT = "0"
"""The id of the section before the first heading."""

_ITEM_STYLES: frozenset[Style] = frozenset(
    {"article", "han", "han_bracketed", "digit", "digit_bracketed", "point", "question", "answer"}
)
_LINE_STYLES: frozenset[Style] = frozenset({"note", "dash", "bullet"})
_COUNTED_STYLES: frozenset[Style] = frozenset({"han", "han_bracketed", "digit", "digit_bracketed"})
_WORD = re.compile(r"[^\W_]")


def segment(document: Document) -> Outline:
    """The outline of ``document``: its sections, and its text as headings, sentences, items, rows and furniture.

    Segments never cross a block; between them stands only white space.
    """
    text = document.text
    builder = _Builder(text)
    chunks = chunk_numbers(text, document.blocks)
    blocks = _shortened(text, document.blocks, chunks)
    titles = document_titles(document, blocks)
    bodies = _shortened(text, blocks, titles)
    contents = contents_lines(text, bodies)
    cells = table_cells(text, bodies)
    headings: dict[int, list[Heading]] = {}
    for heading in find_headings(text, bodies, {*contents, *cells}):
        headings.setdefault(heading.block, []).append(heading)
    for n, block in enumerate(bodies):
        if n in chunks:
            builder.add_trimmed("furniture", document.blocks[n].start, chunks[n])
        if n in titles:
            builder.add_trimmed("heading", blocks[n].start, titles[n])
        if block.start == block.end:
            continue
        if block.kind == "furniture" or not _WORD.search(text, block.start, block.end):
            builder.add_trimmed("furniture", block.start, block.end)
        elif block.kind == "row" or n in cells:
            builder.add_trimmed("row", block.start, block.end)
        elif n in contents:
            builder.add_contents_line(block)
        else:
            builder.add_block(block, headings.get(n, []))
    return Outline(document=document, sections=tuple(builder.sections), segments=tuple(builder.segments))


def _shortened(text: str, blocks: Sequence[Block], starts: Mapping[int, int]) -> list[Block]:
    """The blocks without white space at their ends, those in ``starts`` beginning there."""
    spans = [trim(text, starts.get(n, block.start), block.end) for n, block in enumerate(blocks)]
    return [
        replace(block, start=span[0], end=span[1]) if span else replace(block, start=block.end)
        for block, span in zip(blocks, spans, strict=True)
    ]


@dataclass(slots=True)
class _Builder:
    """Collects segments and sections in text order."""

    text: str
    segments: list[Segment] = field(default_factory=list)
    sections: list[Section] = field(
        default_factory=lambda: [Section(id=FRONT, parent=None, level=1, marker="", title="", heading=None)]
    )
    open: list[tuple[Section, Heading]] = field(default_factory=list)
    children: dict[str | None, int] = field(default_factory=dict)
    count: int = 0
    last: dict[Style, int] = field(default_factory=dict)

    def add(self, kind: SegmentKind, start: int, end: int, marker: Marker | None = None) -> None:
        """Append a segment to the current section."""
        self.count += 1
        section = self.sections[-1].id
        self.segments.append(
            Segment(
                id=f"{section}:{self.count}",
                section=section,
                kind=kind,
                text=self.text[start:end],
                start=start,
                end=end,
                marker=self.text[marker.start : min(marker.end, end)] if marker else "",
            )
        )

    def add_trimmed(self, kind: SegmentKind, start: int, end: int) -> None:
        """Append a segment without the white space at its ends."""
        span = trim(self.text, start, end)
        if span:
            self.add(kind, *span)

    def add_contents_line(self, block: Block) -> None:
        """Append a line of a contents list: an item, so that its numbering is rendered by rule."""
        self.add("item", block.start, block.end, read_marker(self.text, block.start, block.end))

    def add_block(self, block: Block, headings: Sequence[Heading]) -> None:
        """Append the headings of a block and the sentences before and between them."""
        position = block.start
        for heading in headings:
            self.add_sentences(position, heading.start, at_start=position == block.start)
            self.add_heading(heading)
            position = heading.end
        self.add_sentences(position, block.end, at_start=position == block.start)

    def add_heading(self, heading: Heading) -> None:
        """Open a section below the last open one that ranks higher, and append its heading."""
        while self.open and not self.open[-1][1].contains(heading):
            self.open.pop()
        parent = self.open[-1][0] if self.open else None
        key = parent.id if parent else None
        self.children[key] = self.children.get(key, 0) + 1
        identity = f"{parent.id}.{self.children[key]}" if parent else str(self.children[key])
        title = self.text[heading.marker.end if heading.marker else heading.start : heading.end]
        section = Section(
            id=identity,
            parent=key,
            level=len(self.open) + 1,
            marker=self.text[heading.marker.start : heading.marker.end] if heading.marker else "",
            title=re.sub(r"\s+", " ", title.strip().rstrip("。：:．")),
            heading=f"{identity}:1",
        )
        self.sections.append(section)
        self.open.append((section, heading))
        self.count = 0
        self.last.clear()
        self.add("heading", heading.start, heading.end, heading.marker)

    def add_sentences(self, start: int, end: int, *, at_start: bool) -> None:
        """Append the sentences of text[start:end]; ``at_start`` says whether a block begins here."""
        for left, right in split_sentences(self.text, start, end):
            marker = self._item_marker(left, right, at_start=at_start and left == start)
            self.add("item" if marker else "sentence", left, right, marker)
            if marker and marker.ordinal:
                self.last[marker.style] = marker.ordinal

    def _item_marker(self, start: int, end: int, *, at_start: bool) -> Marker | None:
        marker = read_marker(self.text, start, end)
        if marker is None:
            following = self.last.get("point", 0) + 1
            return read_bare_point(self.text, start, end, ordinal=following) if following > 1 else None
        if at_start:
            return marker if marker.style in _ITEM_STYLES | _LINE_STYLES else None
        if marker.style == "article" and not self.text[marker.end - 1].isspace():
            return None
        if marker.style in _COUNTED_STYLES and marker.ordinal not in (1, self.last.get(marker.style, 0) + 1):
            return None
        return marker if marker.style in _ITEM_STYLES else None
