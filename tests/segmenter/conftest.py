"""Documents for the tests of the segmenter: one block a line."""

import re
from collections.abc import Callable

import pytest

from jianbao.document import Block, BlockKind, Document

type_of_line: dict[str, BlockKind] = {"|": "row", "#": "heading", "~": "furniture"}


def document_of(text: str) -> Document:
    """A document with one block a line, without the white space around it."""
    blocks = tuple(
        Block(start=match.start(), end=match.end(), kind=type_of_line.get(match[0][0], "paragraph"))
        for match in re.finditer(r"\S(?:[^\n]*\S)?", text)
    )
    return Document(
        id="test", path="test.txt", format="txt", encoding="utf-8", text=text, original=text, blocks=blocks
    )


@pytest.fixture(scope="session")
def read_lines() -> Callable[[str], Document]:
    return document_of
