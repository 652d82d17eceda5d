"""From the pieces of a page to a Document: what every format shares."""

from pathlib import Path

from jianbao.document import Block, Document
from jianbao.furniture import mark_furniture
from jianbao.metadata import find_metadata, find_title
from jianbao.readers._flat_tables import mark_rows
from jianbao.readers._layout import arrange
from jianbao.readers._page import Page, Piece
from jianbao.readers._repairs import repair
from jianbao.repeats import mark_repeats
from jianbao.script import to_simplified


def assemble(page: Page, *, path: Path, format_name: str) -> Document:
    """The Document of a page: lines put right, repaired and joined, script simplified, furniture set aside."""
    pieces = repair(mark_rows(arrange(page.pieces)))
    original = "\n".join(piece.text for piece in pieces)
    text = to_simplified(original)
    blocks = mark_furniture(text, _blocks(pieces))
    title = find_title(text, blocks, page.metadata)
    blocks = mark_repeats(text, blocks, title)
    return Document(
        id=path.stem,
        path=str(path),
        format=format_name,
        encoding=page.encoding,
        text=text,
        original=original,
        blocks=blocks,
        metadata=find_metadata(text, blocks, page.metadata, title),
    )


def _blocks(pieces: tuple[Piece, ...]) -> tuple[Block, ...]:
    """The spans of the pieces in their text, one line each."""
    blocks, start = [], 0
    for piece in pieces:
        end = start + len(piece.text)
        blocks.append(Block(start=start, end=end, kind=piece.kind, level=piece.level))
        start = end + 1
    return tuple(blocks)
