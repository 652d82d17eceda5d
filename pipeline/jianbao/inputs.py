"""Which documents a command works on: files, folders and globs, in a stable order, each with an output name."""

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One document to work on; ``name`` is the name of its output folder, unique in the run."""

    path: Path
    name: str


def find_inputs(
    arguments: Sequence[str | Path], suffixes: frozenset[str], *, leave_out: Path | None = None
) -> tuple[Input, ...]:
    """Expand files, folders (recursively, only files with one of ``suffixes``) and globs.

    A file is taken whatever its suffix, so that a wrong one is reported and not passed over in silence. Hidden
    files, and those under ``leave_out`` (where a run writes), are left out of folders and globs. Two documents of
    one stem get names that tell them apart.

    Raises:
        InputError: an argument matches nothing.
    """
    paths: dict[Path, None] = {}
    for argument in arguments:
        found = [
            p for p in _expand(str(argument), suffixes) if p == Path(argument) or not _is_under(p, leave_out)
        ]
        if not found:
            raise InputError(
                f"no document at {argument}: give a file, a glob, or a folder with {_listed(suffixes)} files"
            )
        paths.update(dict.fromkeys(found))
    return _named(tuple(paths))


def _expand(argument: str, suffixes: frozenset[str]) -> Iterable[Path]:
    path = Path(argument)
    if path.is_dir():
        return (
            p
            for p in sorted(path.rglob("*"))
            if p.is_file() and p.suffix.lower() in suffixes and not _hidden(p.relative_to(path))
        )
    if path.is_file():
        return (path,)
    return (Path(p) for p in sorted(glob.glob(argument, recursive=True)) if Path(p).is_file())


def _is_under(path: Path, folder: Path | None) -> bool:
    return folder is not None and path.resolve().is_relative_to(folder.resolve())


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _named(paths: Sequence[Path]) -> tuple[Input, ...]:
    """Stem; on a clash with the suffix appended; if that clashes too, with the parent folders before it."""
    candidates = (
        lambda p: p.stem,
        lambda p: p.name.replace(".", "-"),
        lambda p: "-".join(
            part for part in (*p.parent.parts, p.name) if part not in {"/", ".", ".."}
        ).replace(".", "-"),
    )
    names = {p: candidates[0](p) for p in paths}
    for candidate in candidates[1:]:
        taken = list(names.values())
        names = {p: candidate(p) if taken.count(name) > 1 else name for p, name in names.items()}
    return tuple(Input(path=p, name=name) for p, name in names.items())


def _listed(suffixes: frozenset[str]) -> str:
    return ", ".join(sorted(suffixes))
