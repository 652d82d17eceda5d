"""The translation memory: every unit that was ever finished, and every translation that a person corrected.

An SQLite file in WAL mode, so that several processes may use it and a kill at any moment loses nothing that was
put. Machine entries are found by a key that holds all that shaped them (source, constraints, model, options);
human ones by their normalised source alone, and they win.
"""

import contextlib
import hashlib
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import platformdirs

from jianbao.errors import SettingsError
from jianbao.normalise import normalise_source

BRIEF = "brief"
"""The method of entries that are briefs of their source and not translations."""

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS machine (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, text TEXT NOT NULL, score REAL, method TEXT NOT NULL,
    engine TEXT NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS human (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, text TEXT NOT NULL, origin TEXT NOT NULL
) WITHOUT ROWID;
"""
_CHUNK = 500  # SQLite bounds the variables of a statement
_DAY = 86400

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A finished unit: its normalised source, its English, and how that came to be (see ``Translation``).

    ``engine`` is the signature of the engine that wrote it; it serves to prune.
    """

    source: str
    text: str
    score: float | None
    method: str
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryStats:
    """How much a memory holds: entries of either kind, entries per engine, and the size of the file in bytes."""

    path: Path
    machine: int
    human: int
    engines: dict[str, int]
    size: int


def default_path() -> Path:
    """``JIANBAO_MEMORY`` where it is set, else a file in the user's data folder."""
    chosen = os.environ.get("JIANBAO_MEMORY")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("jianbao")) / "memory.sqlite"


class Memory:
    """An open memory. ``with Memory.open() as memory`` closes it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use :meth:`open`."""
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None = None) -> "Memory":
        """Open the memory at ``path`` (default: :func:`default_path`), creating it where there is none.

        A damaged file is set aside under another name, with a warning, and a new one is begun.

        Raises:
            SettingsError: the file cannot be made, or belongs to another program or a newer version.
        """
        path = default_path() if path is None else path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(path, _connect(path))
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                aside = _set_aside(path)
                log.warning(
                    "the translation memory %s is damaged (%s): kept as %s, begun anew", path, error, aside
                )
                return cls(path, _connect(path))
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"the translation memory {path} cannot be opened ({error}); name another with JIANBAO_MEMORY"
            ) from error

    def __enter__(self) -> "Memory":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was put is safe without it."""
        self._connection.close()

    def get_many(self, keys: Iterable[str]) -> dict[str, Remembered]:
        """The machine entries under ``keys``, as far as there are any."""
        found: dict[str, Remembered] = {}
        today = int(time.time() // _DAY)
        for chunk in _chunks(keys):
            marks = ",".join("?" * len(chunk))
            rows = self._rows(
                f"SELECT key, source, text, score, method, engine, used FROM machine WHERE key IN ({marks})",
                chunk,
            )
            stale = [(today, row[0]) for row in rows if row[6] < today]
            if stale:
                with self._writing():
                    self._connection.executemany("UPDATE machine SET used = ? WHERE key = ?", stale)
            for key, source, text, score, method, engine, _ in rows:
                found[key] = Remembered(source=source, text=text, score=score, method=method, engine=engine)
        return found

    def put_many(self, entries: Mapping[str, Remembered]) -> None:
        """Store machine entries, all or none; one that is there already is replaced."""
        today = int(time.time() // _DAY)
        with self._writing():
            self._connection.executemany(
                "INSERT OR REPLACE INTO machine VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(key, e.source, e.text, e.score, e.method, e.engine, today) for key, e in entries.items()],
            )

    def human(self, sources: Iterable[str]) -> dict[str, str]:
        """The human translations of those ``sources`` that have one, keyed by the source as given."""
        wanted = {source: normalise_source(source) for source in sources}
        found: dict[str, str] = {}
        for chunk in _chunks(set(wanted.values())):
            marks = ",".join("?" * len(chunk))
            found.update(self._rows(f"SELECT key, text FROM human WHERE key IN ({marks})", chunk))
        return {source: found[key] for source, key in wanted.items() if key in found}

    def put_human(self, pairs: Iterable[tuple[str, str]], *, origin: str) -> int:
        """Store translations made or corrected by a person, and return their number; ``origin`` names the source."""
        rows = [(normalise_source(s), s, t, origin) for s, t in pairs if s.strip() and t.strip()]
        with self._writing():
            self._connection.executemany("INSERT OR REPLACE INTO human VALUES (?, ?, ?, ?)", rows)
        return len(rows)

    def human_signature(self) -> str:
        """A hash of all human entries: what was made with others may have to be made again."""
        digest = hashlib.sha256()
        for row in self._rows("SELECT key, text FROM human ORDER BY key"):
            digest.update(repr(row).encode())
        return digest.hexdigest()[:16]

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """All (source, English, origin), human ones first, without briefs; a machine entry's origin is its engine."""
        yield from self._connection.execute("SELECT source, text, origin FROM human ORDER BY source")
        yield from self._connection.execute(
            "SELECT source, text, engine FROM machine WHERE method <> ? ORDER BY source, key", (BRIEF,)
        )

    def stats(self) -> MemoryStats:
        """Counts and size."""
        engines = dict(self._rows("SELECT engine, count(*) FROM machine GROUP BY engine ORDER BY engine"))
        (human,) = self._rows("SELECT count(*) FROM human")[0]
        size = self.path.stat().st_size
        return MemoryStats(
            path=self.path, machine=sum(engines.values()), human=human, engines=engines, size=size
        )

    def prune(self, *, unused_days: int = 180, keep_engines: Iterable[str] | None = None) -> int:
        """Delete and count machine entries unused for ``unused_days``, or of engines not in ``keep_engines``.

        Human entries always stay.
        """
        keep = None if keep_engines is None else sorted(set(keep_engines))
        condition, values = "used < ?", [int(time.time() // _DAY) - unused_days]
        if keep is not None:
            condition += f" OR engine NOT IN ({','.join('?' * len(keep))})"
        with self._writing():
            deleted = self._connection.execute(
                f"DELETE FROM machine WHERE {condition}", [*values, *(keep or [])]
            )
        self._connection.execute("VACUUM")
        return deleted.rowcount

    def _rows(self, query: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; IMMEDIATE, so that a second writer waits instead of failing half way."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from error

    def _failure(self, error: sqlite3.Error) -> SettingsError:
        return SettingsError(
            f"the translation memory {self.path} fails ({error}); move it away, or name another with JIANBAO_MEMORY"
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # safe against a kill of the process
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if version > _VERSION or (version == 0 and tables - {"machine", "human"}):
            raise sqlite3.OperationalError("it was written by another program or a newer version")
        connection.executescript(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
