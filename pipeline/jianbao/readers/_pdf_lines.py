"""The lines of a PDF page, and where they stand: what tells a wrapped line from the end of a paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdf

from jianbao.readers._lines import begins_anew, ends_closed, join, width

_MARK = re.compile(r"[“”]")
_MISPLACED = re.compile(r"(?:“\s?”\s?)+“?|^”")
_STOP = re.compile(r"[^，,。；;：:、）)\s]{1,15}(?=[，,。；;：:、）)])")
_SLOT = re.compile(r"(?<![\x21-\x7e]) (?![\x21-\x7e])")
_SHORTFALL = 2.5  # font sizes that a full line may end before the edge: the width of figures is an estimate
_OPEN_SHORTFALL = 5.0  # the same for a line that closes no sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page; positions and ``size`` (of the font) in points, ``top`` from the foot of the page."""

    text: str
    left: float
    top: float
    size: float
    page: int

    @property
    def right(self) -> float:
        """Where the line ends, by the number of its characters."""
        return self.left + width(self.text.replace(" ", "")) * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    text: str
    left: float
    top: float
    size: float


def page_lines(page: pypdf.PageObject, number: int) -> list[Line]:
    """The lines of a page in the order of the file, which for reports is that of reading."""
    lines: list[list[_Part]] = [[]]

    def collect(part: str, matrix: list[float], text_matrix: list[float], _: object, size: float) -> None:
        for index, text in enumerate(part.split("\n")):
            if index:
                lines.append([])
            lines[-1].append(_part(text, matrix, text_matrix, size))

    page.extract_text(visitor_text=collect)
    return [line for parts in lines if (line := _line(parts, number)) is not None]


def _part(text: str, matrix: Sequence[float], text_matrix: Sequence[float], size: float) -> _Part:
    """A stretch of text with its place in points, from the matrices of PDF 32000-1, 9.4.4."""
    x, y = text_matrix[4], text_matrix[5]
    size = (size * abs(text_matrix[3] or text_matrix[1]) * abs(matrix[3] or matrix[1])) or 1.0
    left, top = x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]
    indent = len(text) - len(text.lstrip())
    return _Part(text=text, left=left + indent * size, top=top, size=size)


def _line(parts: Sequence[_Part], page: int) -> Line | None:
    """The line that the parts make, None if it is blank. It begins where its leftmost part does."""
    text = "".join(part.text for part in parts).strip()
    inked = [part for part in parts if part.text.strip()]
    if not inked:
        return None
    first = inked[0]
    left = min(part.left for part in inked)
    return Line(text=restore_quotes(text), left=left, top=first.top, size=first.size, page=page)


def restore_quotes(text: str) -> str:
    """Quotation marks that were drawn in one go, back in the gaps that were left for them.

    Some programs draw the quotes of a line together when they take them from another font: ``“ ”推进 三会一课 制度``.
    Only if there are as many gaps as marks; where the second gap of a pair closed up before a comma, it ends there.
    """
    if not _MISPLACED.search(text):
        return text
    marks = _MARK.findall(text)
    bare = _MARK.sub("", _MISPLACED.sub("", text)).strip()
    slots = [match.start() for match in _SLOT.finditer(bare)]
    if len(slots) == 1 and marks == ["“", "”"] and (stop := _STOP.match(bare, slots[0] + 1)):
        return f"{bare[: slots[0]]}“{stop.group()}”{bare[stop.end() :]}"
    if len(slots) != len(marks):
        return text
    left = iter(marks)
    return _SLOT.sub(lambda _: next(left), bare)


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The text of the lines, those of one paragraph joined.

    A line goes on in the next if it reaches the right edge and the next neither is indented, nor stands apart, nor
    is set in another size. Where paragraphs have no indent, a numbering begins a new one too. Lines of a title,
    which is larger than the text, are joined wherever they end.
    """
    if not lines:
        return []
    left, right, pitch, indented = _measure(lines)
    size = median(line.size for line in lines)
    found = [lines[0].text]
    for before, line in pairwise(lines):
        room = 1.4 * pitch * max(1.0, line.size / before.size)
        apart = before.page == line.page and not 0 < before.top - line.top <= room
        rests = ends_closed(before.text)
        full = before.right >= right - (_SHORTFALL if rests else _OPEN_SHORTFALL) * before.size
        begins = line.left > left + 0.7 * line.size or (not indented and begins_anew(line.text))
        same_size = abs(before.size - line.size) < 0.15 * before.size
        if same_size and (_is_title(before, line, size) or (full and not apart and not begins)):
            found[-1] = join(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _is_title(before: Line, line: Line, size: float) -> bool:
    """Whether two lines are one title: larger than the text, close together, the second without a numbering."""
    large, step = line.size > 1.2 * size, before.top - line.top
    return large and before.page == line.page and 0 < step < 1.8 * line.size and not begins_anew(line.text)


def _measure(lines: Sequence[Line]) -> tuple[float, float, float, bool]:
    """The edges of the text, the distance of its lines (points), and whether its paragraphs are indented."""
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    size = median(line.size for line in lines)
    left, right = lefts[len(lefts) // 20], rights[int(len(rights) * 0.9)]
    steps = [a.top - b.top for a, b in pairwise(lines) if a.page == b.page and a.top > b.top]
    indents = sum(1 for line in lines if 1.5 * size < line.left - left < 2.6 * size)
    return left, right, median(steps) if steps else 2 * size, indents >= max(2, len(lines) // 20)
