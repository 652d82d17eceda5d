"""Lines of plain text: where one begins something new, and how wrapped ones are joined."""

import re
from collections.abc import Sequence

_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|\d{1,2}\s*[、.．)）](?!\d)"
    r"|第\s*[一二三四五六七八九十百零\d]+\s*[章节節条條编編部]|[①-⑳]|[一二三四五六七八九十]+是|[•●■◆▪]|·\s|附件|目\s*[录錄次]$)"
)
_STOPS = tuple("。！？!?：:；;")
_LATIN = re.compile(r"[A-Za-z0-9,.;:%)\]]$")


def begins_anew(line: str) -> bool:
    """Whether the line opens with a numbering, a bullet or the like, so that it never continues the one before."""
    return _MARKER.match(line) is not None


def ends_closed(line: str) -> bool:
    """Whether the line ends in a mark that closes a sentence or announces a list."""
    return line.rstrip("”’\"'）)】》 　").endswith(_STOPS) or line.rstrip().endswith(_STOPS)


def join(left: str, right: str) -> str:
    """Two halves of a wrapped line: Chinese has no hyphen and no space at the break, Latin words keep a space."""
    left, right = left.rstrip(), right.lstrip()
    spaced = _LATIN.search(left) and re.match(r"[A-Za-z]", right) and re.search(r"[A-Za-z,.;:)]$", left)
    return f"{left} {right}" if spaced else left + right


def width(line: str) -> float:
    """The width of a line in full-width characters (ASCII counts half)."""
    return sum(0.5 if ord(char) < 0x2E80 else 1.0 for char in line.rstrip())


def join_wrapped(lines: Sequence[str]) -> list[str]:
    """Paragraphs from lines that were broken at the edge of a page.

    A line goes on in the next one if it reaches the edge (the width that full lines have) and neither closes a
    sentence short of it nor is followed by a numbering or an indent.
    """
    widths = sorted(width(line) for line in lines if line.strip())
    if not widths:
        return []
    edge = widths[int(len(widths) * 0.9)]
    paragraphs: list[str] = []
    open_line = ""
    for line in lines:
        if open_line and width(open_line) >= edge * 0.86 and not _starts_paragraph(line):
            paragraphs[-1] = join(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        open_line = line
    return paragraphs


def _starts_paragraph(line: str) -> bool:
    return not line.strip() or line.startswith(("\u3000\u3000", "    ")) or begins_anew(line)
