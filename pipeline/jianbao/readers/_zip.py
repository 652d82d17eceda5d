"""What a .docx archive must be before anything parses it: whole, small enough, without traps."""

import io
import zipfile
from pathlib import PurePosixPath

from jianbao.errors import InputError, LimitError
from jianbao.readers._page import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_PARTS = 5_000


def check_archive(data: bytes, name: str, limits: Limits) -> None:
    """Refuse archives that are damaged, encrypted, bombs, or step out of their folder; unpacks to memory only.

    Raises:
        InputError, LimitError: as said, with what to do.
    """
    if data.startswith(_OLE):
        raise InputError(f"{name}: is password-protected or an old .doc; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, name, limits)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(archive.read(entry), name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise InputError(
            f"{name}: not a readable Word document; open it in Word and save it again as .docx"
        ) from error


def _check_entries(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise InputError(
            f"{name}: a zip archive but not a Word document; unpack it and give the report in it"
        )
    if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > limits.max_unpacked:
        allowed = limits.max_unpacked / 1e6
        raise LimitError(
            f"{name}: unpacks to more than the {allowed:.0f} MB allowed; split it or raise the limit"
        )
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise InputError(
                f"{name}: has a part that points out of its folder; do not open it, ask for a clean copy"
            )
        if entry.flag_bits & 0x1:
            raise InputError(f"{name}: is password-protected; save it without a password")


def _check_xml(part: bytes, name: str) -> None:
    """No part of a Word document has a document type; one that has can hold an entity bomb."""
    if b"<!DOCTYPE" in part.replace(b"\0", b"").upper():
        raise InputError(
            f"{name}: has a document type declaration in its XML; do not open it, ask for a clean copy"
        )
