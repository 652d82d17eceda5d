"""Tables that lost their lines: one cell per line, or columns held apart by tabs and spaces. They become rows."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from jianbao.readers._page import Piece

_VALUE = re.compile(r"[-+−—–]?\s*\d[\d,，.]*\s*[%％‰]?$|[-—–/]{1,3}$|N/?A$|[×√]$")
_CLOSED = re.compile(r"[。；;！？!?：:]$")
_ABOVE = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第\S{1,4}[章节節]|表\s*\d|[（(].{12,}[）)]$)"
)
_GROUP = re.compile(r"第\S{1,5}[条條]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")
_UNIT = re.compile(r"\s*[（(]?\s*(?:计量|計量)?(?:单位|單位)\s*[:：]\s*\S{1,12}\s*[）)]?\s*$")
_GAPS = {"\t": re.compile(r" *\t[ \t]*"), "  ": re.compile(r"[ \u3000]{2,}"), " ": re.compile(r" ")}
_FEWEST = {"\t": 2, "  ": 3, " ": 2}  # columns that each kind of gap must make
_LONGEST_CELL = 40  # characters


def mark_rows(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, with the cells of flattened tables gathered into pieces of kind ``row``.

    A table is a run of short lines without sentence ends, a quarter of them bare values (three at least), between
    blank lines or prose. Line ends between the cells of a row become tabs; nothing is dropped.
    """
    found: list[Piece] = []
    for is_cell, run in groupby(_columns(pieces), key=_is_cell):
        lines = list(run)
        if not is_cell:
            found += lines
            continue
        first, last = _bounds([piece.text for piece in lines])
        if last - first < 6 or not _holds_values([piece.text for piece in lines[first:last]]):
            found += lines
            continue
        found += lines[:first]
        found += [
            Piece(text="\t".join(row), kind="row")
            for row in group_cells([p.text.strip() for p in lines[first:last]])
        ]
        found += lines[last:]
    return tuple(_units(found))


def _is_cell(piece: Piece) -> bool:
    text = piece.text.strip()
    return piece.kind == "paragraph" and 0 < len(text) <= _LONGEST_CELL and not _CLOSED.search(text)


def _holds_values(cells: Sequence[str]) -> bool:
    values = sum(1 for cell in cells if _VALUE.match(cell.strip()))
    return values >= 3 and values * 4 >= len(cells)


def _bounds(lines: Sequence[str]) -> tuple[int, int]:
    """The part of a run that is the table: from behind the headings and notes before it to its last value."""
    values = [index for index, line in enumerate(lines) if _VALUE.match(line.strip())]
    if not values:
        return 0, 0
    first = 0
    while first < values[0] - 1 and _ABOVE.match(lines[first].strip()):
        first += 1
    return first, values[-1] + 1


def group_cells(cells: Sequence[str]) -> list[list[str]]:
    """Rows from the cells of a flattened table: a label and the values after it.

    The labels before a row are its column heads if there is exactly one for each of its columns (labels of groups,
    such as 第二十条第（一）项, aside); otherwise each stands alone: a guess might put a value under a wrong head.
    """
    rows: list[list[str]] = []
    labels: list[str] = []
    for is_value, run in groupby(cells, key=lambda cell: _VALUE.match(cell) is not None):
        group = list(run)
        if not is_value:
            labels = group
            continue
        rows += _heads(labels[:-1], len(group))
        rows.append([*labels[-1:], *group])
        labels = []
    return rows + [[label] for label in labels]


def _heads(labels: Sequence[str], values: int) -> Iterator[list[str]]:
    """The labels above a row: groups alone, then the heads of its columns if their number fits."""
    groups = 0
    while groups < len(labels) and _GROUP.match(labels[groups]):
        groups += 1
    yield from ([label] for label in labels[:groups])
    heads = list(labels[groups:])
    if values > 0 and len(heads) == values + 1:
        yield heads
    else:
        yield from ([head] for head in heads)


def _columns(pieces: Sequence[Piece]) -> list[Piece]:
    """Lines whose columns are held apart by tabs, wide gaps or, among figures, single spaces, as rows."""
    found: list[Piece] = []
    for (gap, count), run in groupby(pieces, key=_column_form):
        lines = list(run)
        texts = [piece.text.strip() for piece in lines]
        is_table = count >= 2 and len(lines) >= 3
        if is_table and gap == " ":
            is_table = all(_VALUE.match(cell) for text in texts[1:] for cell in text.split()[1:])
        if is_table:
            pattern = _GAPS[gap]
            found += [Piece(text="\t".join(pattern.split(text)), kind="row") for text in texts]
        else:
            found += lines
    return found


def _column_form(piece: Piece) -> tuple[str, int]:
    """What holds the columns of a line apart, and how many there are (0 if it has none)."""
    text = piece.text.strip()
    if piece.kind != "paragraph" or not text or _CLOSED.search(text):
        return "", 0
    for gap, pattern in _GAPS.items():
        cells = pattern.split(text)
        if len(cells) >= _FEWEST[gap] and max(map(len, cells)) <= _LONGEST_CELL:
            return gap, len(cells)
    return "", 0


def _units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A line that names the unit of the table under it belongs to the table."""
    solid = [piece for piece in pieces if piece.text.strip()]
    for piece, after in zip_longest(solid, solid[1:]):
        if (
            after is not None
            and after.kind == "row"
            and piece.kind == "paragraph"
            and _UNIT.match(piece.text)
        ):
            yield Piece(text=piece.text, kind="row")
        else:
            yield piece
