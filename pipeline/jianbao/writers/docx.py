"""``briefing.docx``: the briefing for a word processor, with real styles, headings, tables and links."""

from collections.abc import Sequence

from docx.document import Document as DocxDocument
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from jianbao import briefing as view
from jianbao.briefing import Part, Passage
from jianbao.document import Abstract, Briefing
from jianbao.quality import measure
from jianbao.writers._docx_parts import (
    add_link,
    add_row,
    add_text,
    bookmark,
    new_document,
    new_paragraph,
    new_table,
    repeat_header,
    set_style,
    shade,
    to_bytes,
)
from jianbao.writers._docx_styles import TABLE_STYLE
from jianbao.writers._marks import Run, marked_source, marked_translation

FILENAME = "briefing.docx"
_STATUS = {
    "ok": ("every check passed", "E3F0E6"),
    "warnings": ("no errors, but warnings", "FBEFD3"),
    "errors": ("errors found", "FBE6E2"),
}
_FINDING_STYLES = {"error": "Error", "warning": "Warning"}


def write(briefing: Briefing) -> bytes:
    """The package as a file; its parts carry a fixed time, so that equal briefings give equal bytes."""
    metadata = briefing.outline.document.metadata
    document = new_document(
        title=briefing.headline,
        subject=view.original_title(briefing),
        author=briefing.provenance.get("issuer") or metadata.issuer or "",
        comments=view.signature(briefing),
        date=metadata.date or "",
    )
    numbers = {p.segment.id: p.number for p in view.passages(briefing)}
    _add_front(document, briefing, numbers)
    for part in view.parts(briefing):
        _add_part(document, part, numbers)
    _add_quality(document, briefing)
    if aside := view.furniture(briefing):
        document.add_heading("Set aside", 1)
        add_text(document.add_paragraph(), "Lines of the page that are not part of the report:")
        for passage in aside:
            add_text(new_paragraph(document, "List Bullet"), passage.segment.text)
    return to_bytes(document)


def _add_front(document: DocxDocument, briefing: Briefing, numbers: dict[str, int]) -> None:
    add_text(new_paragraph(document, "Title"), briefing.headline)
    add_text(new_paragraph(document, "Subtitle"), view.original_title(briefing))
    if line := view.source_line(briefing):
        add_text(new_paragraph(document, "Source Line"), line)
    if briefing.summary.sentences:
        document.add_heading("Executive summary", 1)
        _add_abstract(new_paragraph(document, "Summary"), briefing.summary, numbers)
    if briefing.key_figures:
        document.add_heading("Key figures", 1)
        _add_key_figures(document, briefing, numbers)


def _add_key_figures(document: DocxDocument, briefing: Briefing, numbers: dict[str, int]) -> None:
    places = view.places(briefing)
    table = new_table(document, ("Indicator", "Value", "Change", "Where"), (7.2, 4.6, 3.4, 2.2))
    for row in briefing.key_figures:
        cells = add_row(table)
        for cell, text in zip(cells, (row.indicator, row.value, row.change, ""), strict=True):
            add_text(cell.paragraphs[0], text, style="Table Text")
        cells[1].paragraphs[0].runs[0].bold = True
        add_link(cells[3].paragraphs[0], places[row.segment], _anchor(numbers[row.segment]))
    new_paragraph(document, "Spacer")


def _anchor(number: int) -> str:
    return f"passage_{number}"


def _add_abstract(paragraph: Paragraph, abstract: Abstract, numbers: dict[str, int]) -> None:
    for index, sentence in enumerate(abstract.sentences):
        add_text(paragraph, f"{' ' if index else ''}{sentence.text}")
        for position, segment in enumerate(sentence.evidence):
            add_text(paragraph, ", " if position else "\u2009", superscript=True)
            add_link(paragraph, str(numbers[segment]), _anchor(numbers[segment]), superscript=True)


def _add_part(document: DocxDocument, part: Part, numbers: dict[str, int]) -> None:
    if part.heading:
        heading = document.add_heading(level=min(part.section.level, 4))
        add_text(heading, part.title)
        bookmark(heading, _anchor(part.heading.number), part.heading.number)
        original = new_paragraph(document, "Original Heading")
        _add_runs(original, marked_source(part.heading))
        for paragraph in _findings(part.heading):
            add_text(new_paragraph(document, paragraph[0]), paragraph[1])
    if part.abstract:
        _add_abstract(new_paragraph(document, "Abstract"), part.abstract, numbers)
    prose: list[Passage] = []
    for block in view.blocks(part.passages):
        if block[0].segment.kind != "row":
            prose.extend(block)
            continue
        _add_passages(document, prose)
        prose = []
        _add_row_tables(document, block)
    _add_passages(document, prose)


def _add_passages(document: DocxDocument, members: Sequence[Passage]) -> None:
    if not members:
        return
    table = new_table(document, ("No.", "Translation", "Source"), (1.1, 9.3, 7.0))
    for passage in members:
        number, english, chinese = add_row(table)
        add_text(number.paragraphs[0], str(passage.number), style="Passage Number")
        bookmark(number.paragraphs[0], _anchor(passage.number), passage.number)
        _add_runs(english.paragraphs[0], marked_translation(passage), style="Translation")
        _add_runs(chinese.paragraphs[0], marked_source(passage), style="Original")
        _add_findings(english, passage)
    new_paragraph(document, "Spacer")


def _add_runs(paragraph: Paragraph, runs: Sequence[Run], style: str = "") -> None:
    """The text; what a finding points at is set in its colour."""
    if style:
        set_style(paragraph, style)
    for run in runs:
        severity = next((kind for kind in run.kinds if kind in _FINDING_STYLES), "")
        add_text(paragraph, run.text, character_style=f"{_FINDING_STYLES[severity]} Mark" if severity else "")


def _findings(passage: Passage) -> list[tuple[str, str]]:
    """Style and text of the paragraphs that tell what was found in a passage."""
    return [
        (_FINDING_STYLES[note.severity], f"{note.severity.capitalize()}, {note.check}: {note.text}.")
        for note in view.notes(passage)
    ]


def _add_findings(cell: _Cell, passage: Passage) -> None:
    for style, text in _findings(passage):
        add_text(new_paragraph(cell, style), text)


def _add_row_tables(document: DocxDocument, rows: Sequence[Passage]) -> None:
    """The table in English, then in Chinese, its first row as the header; findings below."""
    for english, texts in (
        (True, [r.translation.text for r in rows]),
        (False, [r.segment.text for r in rows]),
    ):
        grid = [view.cells(text) for text in texts]
        table = document.add_table(rows=0, cols=max(map(len, grid)), style=TABLE_STYLE)
        for index, line in enumerate(grid):
            for cell, text in zip(add_row(table), line, strict=False):
                add_text(cell.paragraphs[0], text, style="Table Text" if index else "Table Head")
            if english:
                bookmark(
                    table.rows[index].cells[0].paragraphs[0], _anchor(rows[index].number), rows[index].number
                )
        repeat_header(table)
        new_paragraph(document, "Spacer")
    for passage in rows:
        for style, text in _findings(passage):
            add_text(new_paragraph(document, style), f"No. {passage.number}. {text}")


def _add_quality(document: DocxDocument, briefing: Briefing) -> None:
    quality = measure(briefing)
    document.add_heading("Quality", 1)
    table: Table = new_table(document, ("Measure", "Count"), (8.0, 9.4))
    rows = [
        ("Status", _STATUS[quality.status][0]),
        ("Segments translated", f"{quality.translated:,} of {quality.segments:,}"),
        ("Figures right", f"{quality.figures_right:,} of {quality.figures:,}"),
        ("Terms and names right", f"{quality.terms_right:,} of {quality.terms:,}"),
        ("Errors", f"{quality.errors:,}"),
        ("Warnings", f"{quality.warnings:,}"),
        *((f"Findings: {check.replace('_', ' ')}", f"{count:,}") for check, count in quality.checks.items()),
        ("Words", f"{quality.words:,}"),
    ]
    for label, value in rows:
        for cell, text in zip(add_row(table), (label, value), strict=True):
            add_text(cell.paragraphs[0], text, style="Table Text")
    shade(table.rows[1].cells[1], _STATUS[quality.status][1])
    if signed := view.signature(briefing):
        add_text(new_paragraph(document, "Source Line"), f"Signature: {signed}")
