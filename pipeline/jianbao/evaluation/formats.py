"""Read segments from a file: plain lines, TSV, JSONL, XLIFF 1.2 and 2.x, TMX 1.4."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from jianbao.errors import InputError

_NAMES = {
    "src": "source",
    "zh": "source",
    "mt": "target",
    "hypothesis": "target",
    "translation": "target",
    "en": "target",
    "ref": "reference",
    "doc": "document",
    "confidence": "score",
}
"""Other names of the columns, as several tools write them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One segment as a file states it; what the file does not state is empty.

    ``target`` is the translation that is to be judged, ``score`` the model's mean log probability.
    """

    source: str = ""
    target: str = ""
    reference: str = ""
    document: str = ""
    section: str = ""
    kind: str = ""
    marker: str = ""
    id: str = ""
    score: float | None = None


def read_rows(path: Path) -> list[Row]:
    """The segments of ``path``, by its suffix; any suffix that is not known is plain text, one segment a line.

    The lines of plain text are returned as sources. Two bare columns of TSV are source and target, a third one
    is the reference.

    Raises:
        InputError: the file cannot be read or is malformed; the message names file and line.
    """
    return _READERS.get(path.suffix.lower(), _read_lines)(path)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, a byte order mark and carriage returns removed.

    Raises:
        InputError: the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}; give a file that exists") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}); convert it first") from error


def _split(text: str) -> list[str]:
    """Lines end at line feeds alone: U+2028 and form feeds stand in real segments."""
    return text.removesuffix("\n").split("\n") if text else []


def _read_lines(path: Path) -> list[Row]:
    return [Row(source=line) for line in _split(read_text(path))]


def _read_tsv(path: Path) -> list[Row]:
    lines = _split(read_text(path))
    header = (
        [_NAMES.get(cell.strip().lower(), cell.strip().lower()) for cell in lines[0].split("\t")]
        if lines
        else []
    )
    names = {field.name for field in fields(Row)}
    if "source" in header:
        columns, body = header, list(enumerate(lines[1:], 2))
    else:
        columns, body = ["source", "target", "reference"], list(enumerate(lines, 1))
    rows = []
    for number, line in body:
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise InputError(
                f"{path}, line {number}: {len(cells)} cells for {len(columns)} columns; name the columns in a header"
            )
        values = {k: v for k, v in zip(columns, cells, strict=False) if k in names}
        rows.append(_row(values, f"{path}, line {number}"))
    return rows


def _read_jsonl(path: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(_split(read_text(path)), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where} is not JSON: {error.msg}; write one object a line") from error
        if not isinstance(values, dict):
            raise InputError(f"{where} is no JSON object; write one object a line")
        rows.append(_row(values, where))
    return rows


def _row(values: Mapping[str, Any], where: str) -> Row:
    """A row of named values; names that mean nothing here are passed over."""
    names = {field.name for field in fields(Row)}
    known: dict[str, Any] = {}
    for name, value in values.items():
        column = name if name in names else _NAMES.get(name, "")
        if column and value is not None:
            known.setdefault(column, value)
    score = known.pop("score", None)
    for name, value in known.items():
        if name == "id":
            known[name] = str(value)
        elif not isinstance(value, str):
            raise InputError(f"{where}: {name} must be text, not {value!r}")
    try:
        return Row(**known, score=None if score in (None, "") else float(score))
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: score must be a number, not {score!r}") from error


def _read_xliff(path: Path) -> list[Row]:
    from jianbao.evaluation.xml_formats import read_xliff

    return _numbered(read_xliff(path))


def _read_tmx(path: Path) -> list[Row]:
    from jianbao.evaluation.xml_formats import read_tmx

    return _numbered(read_tmx(path))


def _numbered(units: Iterable[Mapping[str, str]]) -> list[Row]:
    rows = [_row(unit, str(number)) for number, unit in enumerate(units, 1)]
    return [replace(row, id=row.id or str(number)) for number, row in enumerate(rows, 1)]


_READERS: dict[str, Callable[[Path], list[Row]]] = {
    ".tsv": _read_tsv,
    ".jsonl": _read_jsonl,
    ".xlf": _read_xliff,
    ".xliff": _read_xliff,
    ".tmx": _read_tmx,
}
BILINGUAL = frozenset(_READERS)
"""The suffixes of files that hold sources together with their translations."""
