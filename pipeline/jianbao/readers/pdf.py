"""PDF files with a text layer: lines joined into paragraphs, running heads and page numbers set aside."""

import io
import logging
import re
from collections import Counter

import pypdf

from jianbao.document import Metadata
from jianbao.errors import InputError, JianbaoError, LimitError
from jianbao.readers._page import Limits, Page, Piece
from jianbao.readers._pdf_lines import Line, page_lines, paragraphs

_PAGE_NUMBER = re.compile(
    r"\s*[-—–－·.]*\s*(?:第\s*)?\d{1,4}\s*(?:[页頁/]\s*(?:共?\s*\d{1,4}\s*[页頁]?)?)?\s*[-—–－·.]*\s*$"
)
_EDGE = 2  # lines at the top and the foot of a page that may be running heads


def read(data: bytes, name: str, limits: Limits) -> Page:
    """Read the text layer of a PDF.

    Raises:
        InputError: it is damaged, needs a password, or has no text layer.
        LimitError: it has more pages or text than allowed.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, in the error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: is password-protected; save it without a password")
        if len(reader.pages) > limits.max_pages:
            raise LimitError(f"{name}: has more than {limits.max_pages} pages; split it or raise the limit")
        pages = _pages(reader, name, limits)
        title = reader.metadata.title if reader.metadata else None
    except JianbaoError:
        raise
    except pypdf.errors.DependencyError as error:
        raise InputError(f"{name}: is encrypted; save it without a password") from error
    except Exception as error:  # pypdf raises whatever a damaged object makes it stumble over
        raise InputError(
            f"{name}: not a readable PDF; open it in a viewer and print it to a new PDF"
        ) from error
    if not any(pages):
        raise InputError(f"{name}: has no text layer, only pictures; recognise its text (OCR) first")
    return Page(pieces=_pieces(pages), encoding="pdf", metadata=Metadata(title=title or None))


def _pages(reader: pypdf.PdfReader, name: str, limits: Limits) -> list[list[Line]]:
    """The lines of every page."""
    pages, size = [], 0
    for number, page in enumerate(reader.pages):
        pages.append(page_lines(page, number))
        size += sum(len(line.text) for line in pages[-1])
        if size > limits.max_unpacked:
            raise LimitError(f"{name}: holds more text than allowed; split it or raise the limit")
    return pages


def _pieces(pages: list[list[Line]]) -> tuple[Piece, ...]:
    """Paragraphs across page borders; the running heads and page numbers, which would cut them, follow, each once."""
    running = _running_lines(pages)
    body: list[Line] = []
    furniture: list[str] = []
    for page in pages:
        for index, line in enumerate(page):
            at_edge = index < _EDGE or index >= len(page) - _EDGE
            if at_edge and (_PAGE_NUMBER.match(line.text) or _shape(line) in running):
                furniture.append(line.text)
            else:
                body.append(line)
    return (
        *(Piece(text=text) for text in paragraphs(body)),
        *(Piece(text=text, kind="furniture") for text in dict.fromkeys(furniture)),
    )


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _running_lines(pages: list[list[Line]]) -> frozenset[str]:
    """Lines that return at the edge of at least three pages and of more than half of them, numbers aside."""
    counts = Counter(
        shape for page in pages for shape in {_shape(line) for line in page[:_EDGE] + page[-_EDGE:]}
    )
    return frozenset(shape for shape, count in counts.items() if count >= 3 and count * 2 > len(pages))
