"""Parts of a Word document that python-docx has no call for: links, bookmarks, page numbers, fixed file times."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from functools import cache
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from jianbao.writers._docx_styles import TABLE_STYLE, define_styles
from jianbao.writers._xml import xml_text

_EPOCH = datetime.datetime(1980, 1, 1)


@cache
def _styled() -> bytes:
    """An empty document with all styles: to define them takes longer than to write most reports."""
    document = docx.Document()
    define_styles(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def new_document(*, title: str, subject: str, author: str, comments: str, date: str) -> DocxDocument:
    """An empty A4 document with all styles, a page number at the foot, and its core properties set.

    ``date`` (ISO 8601; that of the report) stands as the time of creation, so that a file tells no other time.
    """
    document = docx.Document(io.BytesIO(_styled()))
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.title, properties.subject = xml_text(title)[:255], xml_text(subject)[:255]
    properties.author, properties.comments = xml_text(author)[:255], xml_text(comments)[:255]
    properties.last_modified_by, properties.keywords, properties.language = "Jianbao", "briefing", "en"
    try:
        created = datetime.datetime.fromisoformat(date).replace(tzinfo=None)
    except ValueError:
        created = _EPOCH
    properties.created = properties.modified = created
    foot = section.footer.paragraphs[0]
    foot.style = "Footer"
    _add_page_field(foot)
    return document


def to_bytes(document: DocxDocument) -> bytes:
    """The file, repacked with a fixed time on every part (zip cannot tell one before 1980)."""
    packed, result = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, old.read(name))
    return result.getvalue()


def new_paragraph(parent: DocxDocument | _Cell, style: str) -> Paragraph:
    """A new last paragraph of a document or cell."""
    paragraph = parent.add_paragraph()
    set_style(paragraph, style)
    return paragraph


def set_style(paragraph: Paragraph, style: str) -> None:
    """Set a paragraph's style by name, past python-docx's own way, which searches all styles every time."""
    paragraph._p.style = _style_id(style)


def _style_id(name: str) -> str:
    """The id that python-docx and its template give to a style: its name without spaces."""
    return name.replace(" ", "")


def add_text(
    paragraph: Paragraph, text: str, *, style: str = "", character_style: str = "", superscript: bool = False
) -> None:
    """Append ``text`` to a paragraph, without what XML cannot hold; ``style`` is set on the paragraph."""
    if style:
        set_style(paragraph, style)
    run = paragraph.add_run(xml_text(text))
    if character_style:
        run._r.style = _style_id(character_style)
    if superscript:
        run.font.superscript = True


def add_link(paragraph: Paragraph, text: str, anchor: str, *, superscript: bool = False) -> None:
    """Append a link to a bookmark of the same document."""
    run = paragraph.add_run(xml_text(text))
    run._r.style = "Link"
    if superscript:
        run.font.superscript = True
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    run._r.addprevious(link)
    link.append(run._r)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the paragraph the aim of links to ``name``; ``number`` must be unique in the document."""
    start: Any = OxmlElement("w:bookmarkStart")
    end: Any = OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = paragraph._p.pPr
    if first is None:
        paragraph._p.insert(0, start)
    else:
        first.addnext(start)
    paragraph._p.append(end)


def new_table(document: DocxDocument, header: Sequence[str], widths: Sequence[float]) -> Table:
    """A table with a header row that repeats on every page; ``widths`` in centimetres."""
    table: Table = document.add_table(rows=1, cols=len(header), style=TABLE_STYLE)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        add_text(cell.paragraphs[0], text, style="Table Head")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        column.cells[0].width = Cm(width)
    repeat_header(table)
    return table


def add_row(table: Any) -> tuple[_Cell, ...]:
    """The cells of a new last row, which no page break cuts."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return tuple(row.cells)


def repeat_header(table: Table) -> None:
    """Mark the first row as the header, for readers of the screen and for the next page."""
    mark: Any = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell; ``colour`` is six hexadecimal digits."""
    cell._tc.get_or_add_tcPr().append(_shading(colour))


def _add_page_field(paragraph: Paragraph) -> None:
    """The number of the page, as a field that the word processor fills in."""
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _shading(colour: str) -> Any:
    shading: Any = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    return shading
