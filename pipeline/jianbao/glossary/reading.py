"""Read and validate a glossary file."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import cast, get_args

from jianbao.errors import GlossaryError
from jianbao.glossary.boundaries import fold
from jianbao.glossary.entry import Entry, Use

COLUMNS = ("source", "target", "variants", "forbidden", "domain", "note", "use")


def read_entries(path: Path) -> Iterator[Entry]:
    """Read one glossary file, in order.

    Raises:
        GlossaryError: the file is missing, not UTF-8 or malformed; the message names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GlossaryError(
            f"{path}: the glossary cannot be read ({error}); give a TSV file in UTF-8"
        ) from error
    if not lines:
        raise GlossaryError(f"{path}: the glossary is empty; its first line must be: source<TAB>target")
    columns = _read_header(lines[0], f"{path}, line 1")
    seen: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        entry = _read_entry(line, columns, where)
        key = fold(entry.source)
        first, target = seen.setdefault(key, (number, entry.target))
        if target != entry.target:
            raise GlossaryError(
                f"{where}: {entry.source!r} stands already on line {first} as {target!r}; "
                f"keep one and write the other as a variant"
            )
        if first == number:
            yield entry


def _read_header(line: str, where: str) -> list[str]:
    columns = [column.strip().lower() for column in line.split("\t")]
    for column in columns:
        if column not in COLUMNS:
            nearest = get_close_matches(column, COLUMNS, n=1, cutoff=0.5)
            advice = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(COLUMNS)}"
            raise GlossaryError(f"{where}: unknown column {column!r}; {advice}")
        if columns.count(column) > 1:
            raise GlossaryError(f"{where}: column {column!r} stands twice; remove one")
    for column in ("source", "target"):
        if column not in columns:
            raise GlossaryError(f"{where}: column {column!r} is missing; separate columns by tabs")
    return columns


def _read_entry(line: str, columns: list[str], where: str) -> Entry:
    cells = line.split("\t")
    if len(cells) > len(columns):
        raise GlossaryError(
            f"{where}: {len(cells)} cells for {len(columns)} columns; remove the tabs that are too many"
        )
    row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    use = row.get("use", "") or "force"
    if use not in get_args(Use):
        raise GlossaryError(f"{where}: use is {use!r}; write one of {', '.join(get_args(Use))}")
    entry = Entry(
        source=row.get("source", ""),
        target=row.get("target", ""),
        variants=_split(row.get("variants", "")),
        forbidden=_split(row.get("forbidden", "")),
        domain=row.get("domain", ""),
        note=row.get("note", ""),
        use=cast(Use, use),
    )
    _validate(entry, where)
    return entry


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _validate(entry: Entry, where: str) -> None:
    if not entry.source:
        raise GlossaryError(f"{where}: the source is empty; fill it in or delete the line")
    if not entry.target and entry.use != "guard":
        raise GlossaryError(
            f"{where}: the target of {entry.source!r} is empty; fill it in or delete the line"
        )
    for rendering in (*entry.renderings, *entry.forbidden):
        if any("\u3400" <= char <= "\u9fff" for char in rendering):
            raise GlossaryError(
                f"{where}: {rendering!r} holds Chinese characters; renderings must be English"
            )
    right = {fold(rendering) for rendering in entry.renderings}
    for rendering in entry.forbidden:
        if fold(rendering) in right:
            raise GlossaryError(f"{where}: {rendering!r} is both right and forbidden; remove one of the two")
