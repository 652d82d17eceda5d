"""HTML pages: the main content by the weight of its prose; what surrounds it becomes furniture, never lost."""

import re
from collections import Counter

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from jianbao.document import Metadata
from jianbao.errors import InputError
from jianbao.readers._encoding import decode
from jianbao.readers._html_walk import Chunk, walk
from jianbao.readers._page import Limits, Page, Piece

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "button", "select", "label"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|menu\w*|bread\w*|crumbs?|dqwz|share|bshare|bdshare\w*|foot\w*|copyright|side\w*|related|"
    r"pager|pagination|toolbar|search\w*|login|qrcode|ewm|wza)(?:$|[-_\s])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SITE_MARK = re.compile(r"\s*[-_|–—]+\s*")
_META_FIELDS = {
    "title": ("articletitle", "og:title"),
    "date": ("pubdate", "publishdate", "article:published_time", "pubtime"),
    "source": ("contentsource", "source"),
}


def read(data: bytes, name: str, limits: Limits) -> Page:
    """Read an HTML page in the encoding it has, which is not always the one it declares.

    Raises:
        InputError: the bytes are no text or no HTML.
        LimitError: it has more table cells than allowed.
    """
    match = _CHARSET.search(data[:4096])
    text, encoding = decode(data, name, match.group(1).decode("ascii", "ignore") if match else None)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(
            f"{name}: cannot be parsed as HTML; open it in a browser and save it again"
        ) from error
    metadata = _metadata(root)  # first: the walk drops the head
    chunks = walk(root, name, limits)
    return Page(pieces=_pieces(chunks, _main_content(chunks)), encoding=encoding, metadata=metadata)


def _is_prose(chunk: Chunk) -> bool:
    """Whether the chunk reads as running text: long enough, a sentence mark, not mostly links."""
    return (
        len(chunk.text) >= 30
        and chunk.linked * 2 < len(chunk.text)
        and any(c in chunk.text for c in "。；;，,")
    )


def _main_content(chunks: list[Chunk]) -> HtmlElement | None:
    """The deepest element that holds seven tenths of the page's prose, by characters and by paragraphs."""
    weights: Counter[HtmlElement] = Counter()
    counts: Counter[HtmlElement] = Counter()
    prose = [chunk for chunk in chunks if _is_prose(chunk)]
    for chunk in prose:
        around = list(chunk.element.iterancestors())
        for element in around if len(prose) == 1 else [chunk.element, *around]:
            weights[element] += len(chunk.text)
            counts[element] += 1
    total = sum(len(chunk.text) for chunk in prose)
    holders = [e for e in weights if weights[e] >= 0.7 * total and counts[e] >= 0.7 * len(prose)]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _pieces(chunks: list[Chunk], main: HtmlElement | None) -> tuple[Piece, ...]:
    """The chunks as pieces. Outside the main content only prose stays and, before it, text without links."""
    around = {main, *main.iterancestors()} if main is not None else set()
    pieces: list[Piece] = []
    reached = False
    for chunk in chunks:
        path = [chunk.element, *chunk.element.iterancestors()]
        inside = main is None or main in path
        reached = reached or inside
        keeps = inside or _is_prose(chunk) or not (reached or chunk.linked)
        if keeps and not any(_is_furniture(element) for element in path if element not in around):
            pieces.append(Piece(text=chunk.text, kind=chunk.kind, level=chunk.level))
        else:
            pieces.append(Piece(text=chunk.text.replace("\t", " "), kind="furniture"))
    return tuple(pieces)


def _is_furniture(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    hidden = _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None
    return element.tag in _FURNITURE_TAGS or bool(hidden) or _FURNITURE_NAMES.search(names) is not None


def _metadata(root: HtmlElement) -> Metadata:
    """What the head of the page states. The title stands beside the site's name and is the longer of the two."""
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if value := (meta.get("content") or "").strip():
            stated.setdefault(key, value)
    fields = {
        field: next((stated[k] for k in keys if k in stated), None) for field, keys in _META_FIELDS.items()
    }
    title = (
        fields["title"] or max(_SITE_MARK.split((root.findtext(".//title") or "").strip()), key=len) or None
    )
    return Metadata(title=title, date=fields["date"], source=fields["source"])
