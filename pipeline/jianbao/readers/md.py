"""Markdown: headings, lists, tables and quotes by their marks; every mark is taken out of the text."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from jianbao.document import Metadata
from jianbao.readers import _markup
from jianbao.readers._encoding import decode
from jianbao.readers._lines import begins_anew, ends_closed, join, width
from jianbao.readers._page import Limits, Page, Piece

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_TABLE_LINE = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_ORDERED = re.compile(r"\s*\d{1,3}\\?[.)]\s")
_ALL_BOLD = re.compile(r"\s*(?:\*\*|__)(?:[^*_]|\*{4})+(?:\*\*|__)\s*$")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_FIELD = re.compile(r"^(title|date|source)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^(\d{1,3})\]:?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_SHORTEST_WRAP = 12  # full-width characters
_SHIELD = 0xE000  # private use: escaped marks hide there while the real ones are removed


def read(data: bytes, name: str, limits: Limits) -> Page:
    """Read a Markdown file; its front matter, if it has one, states its metadata.

    Raises:
        InputError: the bytes are no text.
    """
    text, encoding = decode(data, name)
    front = dict(_FIELD.findall(_front_matter(text)))
    stated = Metadata(title=front.get("title"), date=front.get("date"), source=front.get("source"))
    return Page(pieces=pieces(text), encoding=encoding, metadata=stated)


def _front_matter(text: str) -> str:
    match = _FRONT_MATTER.match(text)
    return match.group(1) if match else ""


def pieces(text: str, *, wrapped: bool = True) -> tuple[Piece, ...]:
    """The pieces of Markdown text; ``wrapped`` says that a line may go on in the next, as Markdown has it.

    Dropped: the marks, link targets, pictures, rules and front-matter fences.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    found = [Piece(text=line, kind="furniture") for line in _front_matter(text).split("\n")]
    body = _FRONT_MATTER.sub("", text)
    if _markup.has_html_remnants(body):
        body = _markup.strip_html(body)
    open_text = ""
    for line in [*_with_pipes(body.split("\n")), ""]:
        if wrapped and open_text and _continues(open_text, line):
            open_text = join(_HARD_BREAK.sub("", open_text), line)
            continue
        level = _underlined(line)
        if open_text and level:
            found.append(Piece(text=inline(open_text), kind="heading", level=level))
            open_text = ""
            continue
        if open_text:
            found.append(_piece(open_text))
        open_text = "" if _is_mark(line) else line
    return tuple(piece for piece in found if piece.text.strip())


def _with_pipes(lines: Sequence[str]) -> list[str]:
    """The lines, those of tables with their outer pipes, which Markdown lets writers leave out."""
    marked: list[str] = []
    in_table = False
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        heads = "|" in after and _TABLE_RULE.match(after) is not None
        in_table = "|" in line and (in_table or heads)
        marked.append(f"|{line}|" if in_table and not _TABLE_LINE.match(line) else line)
    return marked


def _is_mark(line: str) -> bool:
    """Whether the line only draws: a rule, a fence, the line under a table head, nothing."""
    return not line.strip() or any(p.match(line) for p in (_RULE, _FENCE, _TABLE_RULE))


def _underlined(line: str) -> int | None:
    """The level of the heading that this line underlines: 1 for ``===``, 2 for ``---``."""
    match = _UNDERLINE.match(line)
    return None if match is None else 1 if match.group(1)[0] == "=" else 2


def _continues(open_text: str, line: str) -> bool:
    """Whether ``line`` is the next line of the same paragraph: a soft break, which short lines do not have."""
    if width(open_text.strip()) < _SHORTEST_WRAP:
        return False
    if _is_mark(line) or _underlined(line) or _HARD_BREAK.search(open_text) or ends_closed(inline(open_text)):
        return False
    starts = (_HEADING, _TABLE_LINE, _BULLET, _QUOTE, _ORDERED)
    if any(pattern.match(line) for pattern in starts) or begins_anew(inline(line)):
        return False
    return not (_HEADING.match(open_text) or _TABLE_LINE.match(open_text) or _ALL_BOLD.match(open_text))


def _piece(line: str) -> Piece:
    """One logical line as a piece."""
    if heading := _HEADING.match(line):
        return Piece(text=inline(heading.group(2)), kind="heading", level=len(heading.group(1)))
    if _TABLE_LINE.match(line):
        return Piece(text=_row(line), kind="row")
    if _ALL_BOLD.match(line) and len(text := inline(line)) <= 40 and not text.endswith("。"):
        return Piece(text=text, kind="heading")
    return Piece(text=inline(_BULLET.sub("", _QUOTE.sub("", line, count=1), count=1)))


def _row(line: str) -> str:
    """The cells of a table line, separated by tabs."""
    shielded = _ESCAPE.sub(lambda m: chr(_SHIELD + ord(m.group(1))), line.strip()).strip("|")
    return "\t".join(inline(cell) for cell in shielded.split("|"))


def inline(text: str) -> str:
    """Text without inline marks: bold (also cut in two), italics, code, links, pictures, escapes."""
    text = _ESCAPE.sub(lambda m: chr(_SHIELD + ord(m.group(1))), _HARD_BREAK.sub("", text))
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = _NOTE.sub(r"[\1]", text)
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", text)
    text = re.sub(r"\*{2,}|_{2,}|~~|`+", "", text)
    text = re.sub(r"\*(?=\S)([^*\n]*?\S)\*", r"\1", text)
    text = re.sub(r"(?<![A-Za-z0-9])_(?=\S)([^_\n]*?\S)_(?![A-Za-z0-9])", r"\1", text)
    return re.sub(r"[\ue021-\ue07e]", lambda m: chr(ord(m.group()) - _SHIELD), text).strip()
