"""Readers: one module per input format, named after it, turns the bytes of a file into the pieces of a page.

A plug-in has ``read(data: bytes, name: str, limits: Limits) -> Page``; what all formats share (repairs, script,
tables, furniture, metadata) happens here, once.
"""

import sys
from pathlib import Path

from jianbao.document import Document
from jianbao.errors import InputError, LimitError
from jianbao.readers._page import Limits
from jianbao.registry import load_plugin, plugin_names

__all__ = ["Limits", "read_document", "suffixes"]

_LIMITS = Limits()
_ALIASES = {"htm": "html", "markdown": "md"}


def suffixes() -> frozenset[str]:
    """The file suffixes that can be read, with their dot."""
    return frozenset(f".{name}" for name in (*plugin_names(sys.modules[__name__]), *_ALIASES))


def read_document(path: Path, *, limits: Limits = _LIMITS) -> Document:
    """Read the report in ``path``; its suffix names the format.

    Raises:
        InputError: the file is missing, empty, damaged, protected or of an unknown format.
        LimitError: it is larger than the limits allow.
    """
    if not path.is_file():
        reason = "not a file; give the path of a report" if path.exists() else "no such file; check the path"
        raise InputError(f"{path}: {reason}")
    suffix = path.suffix.lower()
    if suffix not in suffixes():
        raise InputError(
            f"{path}: cannot read {suffix or 'files without a suffix'}; use {', '.join(sorted(suffixes()))}"
        )
    from jianbao.readers._assemble import (
        assemble,  # the rules of a page: nobody pays who only asks for suffixes
    )

    data = _load(path, limits)
    format_name = _ALIASES.get(suffix[1:], suffix[1:])
    page = load_plugin(sys.modules[__name__], format_name).read(data, path.name, limits)
    document = assemble(page, path=path, format_name=format_name)
    if not document.text:
        raise InputError(f"{path}: holds no text; check that it is the right file")
    return document


def _load(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that is neither empty nor too large."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise InputError(f"{path}: is empty; check that it is the right file")
    if len(data) > limits.max_bytes:
        size, allowed = path.stat().st_size / 1e6, limits.max_bytes / 1e6
        raise LimitError(
            f"{path}: is {size:.0f} MB, more than the {allowed:.0f} MB allowed; split it or raise the limit"
        )
    return data
