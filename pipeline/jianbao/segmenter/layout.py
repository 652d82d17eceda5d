"""Lines that look like headings but belong to the layout: contents lists, chunk numbers, cells of flat tables."""

import re
from collections.abc import Sequence

from jianbao.document import Block
from jianbao.segmenter.numbering import HEADING_STYLES, Marker, read_marker

_LEADER = re.compile(r"(?:[.…·．\s]{3,}|\t)\s*\d{1,3}$|[…·]{3,}$")
_CONTENTS = re.compile(r"目\s*[录次]")
_FIGURE_CELL = re.compile(r"[-+−]?[\d\s.,，]+[%％]?|[-—–/]+")
_LABELS = 3  # lines of labels before a figure
_LONGEST_LABEL = 36  # characters
_LONGEST_ENTRY = 48  # characters


def contents_lines(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """The indices of the blocks that make up a contents list.

    They follow a line 目录, or carry leaders or a page number, or are repeated word for word further on.
    """
    lines = [text[block.start : block.end].strip() for block in blocks]
    markers = [_heading_marker(text, block) for block in blocks]
    found = {index for index, line in enumerate(lines) if _LEADER.search(line) and markers[index]}
    for index, line in enumerate(lines):
        if _CONTENTS.fullmatch(line):
            found.update(_entries(lines, markers, index + 1))
    return frozenset(found | _repeated(lines, markers))


def _heading_marker(text: str, block: Block) -> Marker | None:
    marker = None if block.kind in ("furniture", "row") else read_marker(text, block.start, block.end)
    return marker if marker and marker.style in HEADING_STYLES else None


def _entries(lines: Sequence[str], markers: Sequence[Marker | None], first: int) -> list[int]:
    """The run of short numbered lines from ``first`` on, up to where the numbering starts over."""
    seen: set[tuple[str, int]] = set()
    entries: list[int] = []
    parents: tuple[str, int] = ("", 0)
    for index in range(first, len(lines)):
        marker = markers[index]
        if marker is None or len(lines[index]) > _LONGEST_ENTRY:
            break
        key = (marker.style, marker.ordinal)
        if marker.style in ("part", "chapter", "han"):
            parents = key
        if key in seen and key == parents:
            break
        seen.add(key)
        entries.append(index)
    return entries if len(entries) > 1 else []


def _repeated(lines: Sequence[str], markers: Sequence[Marker | None]) -> set[int]:
    """Runs of three or more numbered lines without text between that all stand again further on."""
    squeezed = ["".join(line.split()) for line in lines]
    last = {line: index for index, line in enumerate(squeezed)}
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(lines) + 1):
        if (
            index < len(lines)
            and markers[index]
            and index < last[squeezed[index]]
            and len(lines[index]) <= _LONGEST_ENTRY
        ):
            run.append(index)
            continue
        if len(run) > 2:
            found.update(run)
        run = []
    return found


def chunk_numbers(text: str, blocks: Sequence[Block]) -> dict[int, int]:
    """Numbers that a document site put before each chunk of a page ("2、率 92.7%…"): block index to end of number.

    They ascend by one from block to block, and at least one of them cuts a sentence in two.
    """
    ends: dict[int, int] = {}
    broken, expected = False, 0
    for index, block in enumerate(blocks):
        marker = read_marker(text, block.start, block.end)
        if block.kind != "paragraph" or marker is None or marker.style != "digit":
            continue
        if expected and marker.ordinal != expected:
            return {}
        previous = text[blocks[index - 1].end - 1] if index else "。"
        broken = broken or (bool(expected) and previous not in "。！？!?；;：:”）)")
        expected = marker.ordinal + 1
        ends[index] = marker.end
    return ends if broken and len(ends) * 2 > len(blocks) else {}


def table_cells(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """The indices of blocks that are cells of a table which lost its shape, one cell a line.

    Those are figures that stand alone, and the labels before and between them.
    """
    figures = [n for n, block in enumerate(blocks) if block.kind == "paragraph" and _is_figure(text, block)]
    cells = set(figures)
    for previous, figure in zip([-1, *figures], figures, strict=False):
        label = figure - 1
        while (
            label > previous
            and figure - label <= _LABELS
            and _is_label(text, blocks[label], blocks[label + 1])
        ):
            label -= 1
        if previous >= 0 or figure - label > 1:
            cells.update(range(label + 1, figure))
    return frozenset(cells)


def _is_figure(text: str, block: Block) -> bool:
    return block.start < block.end and _FIGURE_CELL.fullmatch(text, block.start, block.end) is not None


def _is_label(text: str, block: Block, following: Block) -> bool:
    line = text[block.start : block.end]
    joined = text.count("\n", block.end, following.start) == 1
    return (
        joined
        and block.kind == "paragraph"
        and 0 < len(line) <= _LONGEST_LABEL
        and line[-1] not in "。；;：:"
    )
