"""Builders of the files that the reader tests read."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

_PLAIN_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""

# One page: its lines as (left, top, font size, text), in points from the lower left corner.
PageLines = Sequence[tuple[float, float, float, str]]
WritePdf = Callable[[str, Sequence[PageLines]], Path]


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode())} >> stream\n{content}\nendstream"


def _pdf(pages: Sequence[PageLines]) -> bytes:
    """A minimal PDF whose font has no glyphs: its codes are UTF-16, and a CMap says so."""
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_PLAIN_CMAP),
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {left} {top} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for left, top, size, text in lines
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(shown))
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj {content} endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.fixture
def write_pdf(tmp_path: Path) -> WritePdf:
    """Writes a PDF with a text layer and gives its path."""

    def write(name: str, pages: Sequence[PageLines]) -> Path:
        path = tmp_path / name
        path.write_bytes(_pdf(pages))
        return path

    return write
