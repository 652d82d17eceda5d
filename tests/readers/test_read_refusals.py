"""Bad input gives one clear sentence with the name of the file, and what to do."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest

from jianbao.errors import InputError, LimitError
from jianbao.readers import Limits, read_document

WritePdf = Callable[[str, list[list[tuple[float, float, float, str]]]], Path]


def _refusal(path: Path, limits: Limits | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read_document(path, limits=limits or Limits())
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert len(message.split(": ", 1)[1]) > 10
    return caught.value


def _file(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _docx(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    """A sound document with parts added or replaced."""
    buffer = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("全年粮食总产32.5万吨。")
    word.save(buffer)
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\xef\xbb\xbf \r\n\r\n"),
        ("spaces.html", b"<html><body><p> </p></body></html>"),
        ("binary.txt", bytes(range(256)) * 10),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
        ("text.docx", b"not a zip archive"),
        ("text.pdf", b"not a pdf"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj << /Type /Catalog"),
        ("report.doc", b"abc"),
        ("report", b"abc"),
    ],
)
def test_unreadable_files(tmp_path: Path, name: str, data: bytes) -> None:
    assert not isinstance(_refusal(_file(tmp_path, name, data)), LimitError)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "no such file" in str(_refusal(tmp_path / "none.txt"))
    assert "not a file" in str(_refusal(tmp_path))


def test_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
        file.seek(0)
        file.write("全年粮食总产32.5万吨。".encode())
    error = _refusal(path)
    assert isinstance(error, LimitError)
    assert "50 MB" in str(error)


def test_broken_word_document(tmp_path: Path) -> None:
    sound = _docx(tmp_path, {}).read_bytes()
    _refusal(_file(tmp_path, "broken.docx", sound[: len(sound) // 2]))
    _refusal(_docx(tmp_path, {"word/document.xml": b"<w:document"}))


def test_zip_bomb(tmp_path: Path) -> None:
    path = _docx(tmp_path, {"word/media/a.bin": bytes(30_000_000)})
    assert path.stat().st_size < 100_000
    assert isinstance(_refusal(path, Limits(max_unpacked=10_000_000)), LimitError)


def test_entity_bomb(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16"):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'.encode(encoding)
        assert "document type" in str(_refusal(_docx(tmp_path, {"word/document.xml": bomb})))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "..\\evil.xml", "word/../../evil.xml"])
def test_path_traversal(tmp_path: Path, name: str) -> None:
    assert "points out of its folder" in str(_refusal(_docx(tmp_path, {name: b"<x/>"})))


def test_other_archives_are_no_word_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("report.txt", "全年粮食总产32.5万吨。")
    assert "not a Word document" in str(_refusal(path))


def test_table_cells_are_limited(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_table(10, 10)
    for cell in (cell for row in word.tables[0].rows for cell in row.cells):
        cell.text = "12.4"
    word.save(str(tmp_path / "a.docx"))
    assert isinstance(_refusal(tmp_path / "a.docx", Limits(max_cells=50)), LimitError)
    page = _file(tmp_path, "a.html", b"<table>" + b"<tr><td>1</td><td>2</td></tr>" * 30 + b"</table>")
    assert isinstance(_refusal(page, Limits(max_cells=50)), LimitError)


def test_protected_pdf(tmp_path: Path, write_pdf: WritePdf) -> None:
    plain = write_pdf("a.pdf", [[(60.0, 700.0, 12.0, "全年粮食总产32.5万吨。")]])
    for name, user, readable in (("owner.pdf", "", True), ("user.pdf", "secret", False)):
        writer = pypdf.PdfWriter(clone_from=plain)
        writer.encrypt(user, "owner", algorithm="RC4-128")
        writer.write(tmp_path / name)
        if readable:
            assert read_document(tmp_path / name).text == "全年粮食总产32.5万吨。"
        else:
            assert "password" in str(_refusal(tmp_path / name))


def test_pdf_without_text(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "scan.pdf")
    assert "OCR" in str(_refusal(tmp_path / "scan.pdf"))


def test_pdf_pages_are_limited(write_pdf: WritePdf) -> None:
    path = write_pdf("a.pdf", [[(60.0, 700.0, 12.0, "第一页的文字。")]] * 3)
    assert isinstance(_refusal(path, Limits(max_pages=2)), LimitError)
