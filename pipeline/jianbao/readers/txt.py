"""Plain text: one piece per line. Pages saved as text, with HTML or Markdown left in, come out clean as well."""

from jianbao.readers import _markup, html, md
from jianbao.readers._encoding import decode
from jianbao.readers._page import Limits, Page, Piece


def read(data: bytes, name: str, limits: Limits) -> Page:
    """Read a text file in any common encoding.

    Raises:
        InputError: the bytes are no text.
    """
    text, encoding = decode(data, name)
    if _markup.is_html_page(text):
        return html.read(data, name, limits)
    if _markup.has_html_remnants(text):
        text = _markup.strip_html(text)
    if _markup.looks_like_markdown(text):
        return Page(pieces=md.pieces(text, wrapped=False), encoding=encoding)
    return Page(pieces=tuple(Piece(text=line) for line in text.splitlines()), encoding=encoding)
