"""Word documents (.docx): paragraphs and tables in document order, heading levels from the styles."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from jianbao.document import BlockKind, Metadata
from jianbao.errors import InputError, LimitError
from jianbao.readers._docx_numbering import Numbering
from jianbao.readers._page import Limits, Page, Piece
from jianbao.readers._zip import check_archive

_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_LINES = frozenset((qn("w:p"), qn("w:txbxContent")))
_UNSEEN = frozenset(
    (qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)


def read(data: bytes, name: str, limits: Limits) -> Page:
    """Read a Word document; automatic numbering is written out, tracked changes are read as accepted.

    Raises:
        InputError: it is damaged, protected, or carries what no honest document does.
        LimitError: it unpacks to more than allowed, or has too many cells.
    """
    check_archive(data, name, limits)
    try:
        word = docx.Document(io.BytesIO(data))
        pieces = (
            tuple(_furniture(word, "header"))
            + tuple(_pieces(word, name, limits))
            + tuple(_furniture(word, "footer"))
        )
        title = word.core_properties.title or None
    except LimitError:
        raise
    except Exception as error:  # python-docx raises whatever a broken part makes it stumble over
        raise InputError(
            f"{name}: not a readable Word document; open it in Word and save it again as .docx"
        ) from error
    return Page(pieces=pieces, encoding="utf-8", metadata=Metadata(title=title))


def _pieces(word: WordDocument, name: str, limits: Limits) -> Iterator[Piece]:
    numbering = Numbering(word)
    cells = 0
    for item in word.iter_inner_content():
        if isinstance(item, Table):
            for row in _rows(item):
                cells += row.text.count("\t") + 1
                if cells > limits.max_cells:
                    raise LimitError(
                        f"{name}: has more than {limits.max_cells} table cells; split it or raise the limit"
                    )
                yield row
            continue
        kind, level = _heading(item)
        lines = (numbering.label(item) + _text(item)).split("\n")
        yield from (Piece(text=line, kind=kind, level=level) for line in lines)


def _heading(paragraph: Paragraph) -> tuple[BlockKind, int | None]:
    """Whether the style, one it is based on, or an outline level makes the paragraph a heading, and which."""
    style = paragraph.style
    outline = [paragraph._p]
    while style is not None:
        name = (style.name or "").lower()
        for prefix in ("heading ", "标题 ", "標題 "):
            if name.startswith(prefix) and name[len(prefix) :].isdecimal():
                return "heading", int(name[len(prefix) :])
        if name in ("title", "标题", "標題"):
            return "heading", None
        outline.append(style.element)
        style = getattr(style, "base_style", None)
    for element in outline:
        for stated in element.iter(qn("w:outlineLvl")):
            level = int(stated.get(qn("w:val"), "9"))
            return ("heading", level + 1) if level < 9 else ("paragraph", None)
    return "paragraph", None


def _text(paragraph: Paragraph) -> str:
    """The text as shown: insertions in, deletions out; text boxes follow on lines of their own."""
    return _element_text(paragraph._p)


def _element_text(element: _Element) -> str:
    parts: list[str] = []
    stack: list[_Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[str(node.tag)])
        elif node.tag not in _UNSEEN:
            nested = node is not element and node.tag in _LINES
            edge = ["\n"] if nested else []
            stack += [*edge, *reversed(list(node.iterchildren())), *edge]
    return "".join(parts)


def _rows(table: Table) -> Iterator[Piece]:
    """The rows of a table. A cell merged over columns stands once, one merged over rows is repeated."""
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            cells.append("" if cell._tc is previous else " ".join(_element_text(cell._tc).split()))
            previous = cell._tc
        if any(cells):
            yield Piece(text="\t".join(cells).rstrip("\t"), kind="row")


def _furniture(word: WordDocument, place: str) -> Iterator[Piece]:
    """The running heads or feet, each once."""
    seen: set[str] = set()
    for section in word.sections:
        for paragraph in getattr(section, place).paragraphs:
            if (text := _text(paragraph).strip()) and text not in seen:
                seen.add(text)
                yield Piece(text=text, kind="furniture")
