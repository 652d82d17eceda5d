"""The data files of this package."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``name``.tsv without its header, each filled up to the header's number of columns."""
    lines = files("jianbao.names").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    width = lines[0].count("\t") + 1
    cells = (line.split("\t") for line in lines[1:])
    return tuple(tuple(row + [""] * (width - len(row))) for row in cells)
