"""Writers: each module is one output format, with ``FILENAME`` and ``write(briefing) -> bytes``.

The bytes depend on the briefing alone: the same briefing gives the same file.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, cast

from jianbao.document import Briefing
from jianbao.registry import load_plugin, plugin_names


class Writer(Protocol):
    """What a module of this package must hold."""

    FILENAME: str

    def write(self, briefing: Briefing) -> bytes:
        """The whole file."""


def writer_names() -> tuple[str, ...]:
    """The names of all output formats."""
    return plugin_names(sys.modules[__name__])


def load_writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        SettingsError: there is no such format.
    """
    return cast(Writer, load_plugin(sys.modules[__name__], name))


def render_all(briefing: Briefing, formats: Iterable[str] | None = None) -> dict[str, bytes]:
    """The content of every file of the briefing in ``formats`` (all if None), by file name.

    Raises:
        SettingsError: a format does not exist (before anything is rendered).
    """
    writers = [load_writer(name) for name in (writer_names() if formats is None else formats)]
    return {writer.FILENAME: writer.write(briefing) for writer in writers}


def write_all(briefing: Briefing, directory: Path, formats: Iterable[str] | None = None) -> tuple[Path, ...]:
    """Write the briefing in ``formats`` (all if None) into ``directory``, which is made if need be.

    A file is either the old one or the whole new one, also after a crash.

    Raises:
        SettingsError: a format does not exist (before anything is written).
    """
    return write_files(render_all(briefing, formats), directory)


def write_files(files: Mapping[str, bytes], directory: Path) -> tuple[Path, ...]:
    """Write ``files``, content by name, into ``directory``, which is made if need be; each whole or not at all."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_atomically(directory / name, content)
    return tuple(directory / name for name in files)


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` in ``path`` by way of a file beside it: a crash leaves the old file or the whole new one.

    What a kill leaves of the other file is overwritten next time.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
