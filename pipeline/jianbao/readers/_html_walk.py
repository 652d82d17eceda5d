"""The walk over an HTML tree: block elements become chunks, data tables become rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree
from lxml.html import HtmlElement

from jianbao.document import BlockKind
from jianbao.errors import LimitError
from jianbao.readers._page import Limits

_DROPPED = (
    "head",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "textarea",
    "option",
)
_INLINE = re.compile(  # what a browser runs into the line; every other element has lines of its own
    "a|abbr|b|bdo|big|cite|code|dfn|em|font|i|img|input|ins|kbd|label|mark|nobr|o:p|q|rp|rt|ruby|s|samp|small|span|"
    "strike|strong|sub|sup|time|tt|u|var|wbr"
)
_HEADING = re.compile(r"h[1-6]")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}[:：]")  # 来源： begins a new statement, though only styles part it
_WIDE_CELL = 200  # characters; a cell that long, or with several paragraphs, lays out a page
_SOURCE_BREAK = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The text of one block element; ``linked`` counts its characters that are links."""

    text: str
    element: HtmlElement
    kind: BlockKind = "paragraph"
    level: int | None = None
    linked: int = 0


def walk(root: HtmlElement, name: str, limits: Limits) -> list[Chunk]:
    """The chunks of a page in reading order. Scripts, styles and form values are dropped.

    Raises:
        LimitError: the tables have more cells than allowed.
    """
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    if sum(1 for _ in root.iter("td", "th")) > limits.max_cells:
        raise LimitError(f"{name}: has more than {limits.max_cells} table cells; split it or raise the limit")
    return [chunk for chunk in _chunks(root) if chunk.text]


def _chunks(root: HtmlElement) -> Iterator[Chunk]:
    buffer: list[tuple[str, bool]] = []  # text, and whether it is a link
    table: HtmlElement | None = None
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if table is not None and not (event == "end" and element is table):
            continue
        broken_heading = element.tag == "br" and _heading(element) is not None
        if not _INLINE.fullmatch(str(element.tag)) and not broken_heading:
            owner = element if event == "end" else element.getparent()
            yield from _flush(buffer, owner if owner is not None else element)
        if event == "start":
            if element.tag == "table" and _is_data(element):
                table = element
                yield from _rows(element)
            elif element.text:
                buffer.append((element.text, _in_link(element)))
            continue
        table = None if element is table else table
        if element.tail and element is not root:
            buffer.append((element.tail, _in_link(element.getparent())))
    yield from _flush(buffer, root)


def _flush(buffer: list[tuple[str, bool]], element: HtmlElement) -> Iterator[Chunk]:
    """The chunks of the buffered text (one, but one a line in ``pre``), which stood in ``element``."""
    preformatted = element.tag == "pre"
    text = ""
    for (part, is_link), (_, follows_link) in zip(buffer, [("", False), *buffer], strict=False):
        apart = text[-1:].strip() and ((is_link and follows_link) or _LABEL.match(part))
        text += f" {part}" if apart else part
    linked = sum(len(part.strip()) for part, is_link in buffer if is_link)
    buffer.clear()
    heading = _heading(element)
    kind: BlockKind = "paragraph" if heading is None else "heading"
    level = None if heading is None else int(str(heading.tag)[1])
    for line in text.splitlines() if preformatted else [text]:
        yield Chunk(text=_collapse(line), element=element, kind=kind, level=level, linked=linked)


def _heading(element: HtmlElement) -> HtmlElement | None:
    """The heading that the element is or stands in."""
    return next((e for e in (element, *element.iterancestors()) if _HEADING.fullmatch(str(e.tag))), None)


def _collapse(text: str) -> str:
    """White space as a browser shows it; a line end of the source between Chinese characters is no space."""
    return _SPACES.sub(" ", _SOURCE_BREAK.sub("", text)).strip()


def _in_link(element: HtmlElement | None) -> bool:
    return element is not None and (element.tag == "a" or any(e.tag == "a" for e in element.iterancestors()))


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data: at least two columns, and no cell that lays out a page."""
    cells = list(table.iter("td", "th"))
    if (
        next(table.iterdescendants("table"), None) is not None
        or max((len(r) for r in table.iter("tr")), default=0) < 2
    ):
        return False
    return not any(len(c.text_content().strip()) > _WIDE_CELL or len(c.findall(".//p")) > 3 for c in cells)


def _rows(table: HtmlElement) -> Iterator[Chunk]:
    """The rows of a data table, cells separated by tabs. A cell that spans rows is repeated in each of them."""
    for caption in table.iter("caption"):
        yield Chunk(text=_collapse(caption.text_content()), element=table)
    spanning: dict[int, tuple[str, int]] = {}  # column -> text, rows left
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(cells, spanning)
            text = _cell_text(cell)
            if (rows := _span(cell, "rowspan")) > 1:
                spanning[len(cells)] = (text, rows - 1)
            cells += [text] + [""] * (_span(cell, "colspan") - 1)
        _fill(cells, spanning)
        text = "\t".join(cells).rstrip("\t")
        linked = sum(len(link.text_content()) for link in row.iter("a"))
        yield Chunk(text=text if text.strip() else "", element=table, kind="row", linked=linked)


def _fill(cells: list[str], spanning: dict[int, tuple[str, int]]) -> None:
    """Append the cells that reach down from rows above into the next columns."""
    while len(cells) in spanning:
        column = len(cells)
        text, left = spanning.pop(column)
        if left > 1:
            spanning[column] = (text, left - 1)
        cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    """The stated span, within what browsers allow (HTML standard: at most 1,000 columns)."""
    stated = (cell.get(name) or "1").strip()
    return min(max(int(stated), 1), 1000) if stated.isdecimal() else 1


def _cell_text(cell: HtmlElement) -> str:
    for part in cell.iter("br", "p", "div"):
        part.tail = " " + (part.tail or "")
    return _collapse(cell.text_content())
