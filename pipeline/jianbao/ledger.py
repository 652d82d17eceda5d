"""The run ledger: the state of every document of an output folder, in SQLite, so that a kill loses nothing.

A document is named by its output folder. It is finished when the ledger says so *for the same key* (a hash of its
bytes and of all settings that bear on the result) and its files are still those that were written.
"""

import contextlib
import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jianbao.errors import SettingsError

State = Literal["queued", "done", "partial", "failed"]
LEDGER_FILE = ".jianbao-ledger.sqlite3"
LOCK_FILE = ".jianbao-lock.sqlite3"

_VERSION = 1
_COLUMNS = "name, path, key, state, reason, length, outputs, totals"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    length INTEGER NOT NULL, outputs TEXT NOT NULL, totals TEXT NOT NULL
) WITHOUT ROWID"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document's row.

    ``partial``: finished, but some of its segments have no English. ``reason`` says why it is partial or failed.
    ``length`` counts the characters of its text (0 if it could not be read), ``outputs`` maps file name to sha256,
    ``totals`` holds the counts of its quality box.
    """

    name: str
    path: str
    key: str
    state: State
    reason: str = ""
    length: int = 0
    outputs: Mapping[str, str]
    totals: Mapping[str, int]

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do for it: the same again would give the same."""
        return self.state in {"done", "partial"}


class Ledger:
    """The ledger of one output folder; every change is on disk when the call returns.

    It is one run's: a second one on the same folder is refused until :meth:`close`, or the end of the process.
    """

    def __init__(self, directory: Path) -> None:
        """Open or create the ledger in ``directory``, which is made if need be.

        A ledger that is damaged or of another version is set aside, with a warning, and a new one begun.

        Raises:
            SettingsError: the folder cannot be written to, or another run is at work in it.
        """
        self._directory = directory
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(directory)
            try:
                self._database = _open(directory / LEDGER_FILE)
            except BaseException:
                self._lock.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"the output folder {directory} cannot be written to ({error}); give another with -o"
            ) from error

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let other runs in."""
        self._database.close()
        self._lock.close()

    def record(self, *entries: Entry) -> None:
        """Store ``entries``, all or none, in the place of older ones of their names."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                f"INSERT OR REPLACE INTO documents ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                map(_row, entries),
            )
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise SettingsError(
                f"the ledger in {self._directory} cannot be written ({error}); make room, or give another -o"
            ) from error

    def find(self, name: str) -> Entry | None:
        """The entry of ``name``, if there is one."""
        return next(iter(self._entries("WHERE name = ?", name)), None)

    def entries(self) -> tuple[Entry, ...]:
        """All entries, by name."""
        return tuple(self._entries("ORDER BY name"))

    def reusable(self, name: str, key: str) -> Entry | None:
        """The entry of ``name`` if it is finished for ``key`` and its files stand unchanged on disk."""
        entry = self.find(name)
        if entry is None or not entry.finished or entry.key != key:
            return None
        folder = self._directory / name
        unchanged = all(_is_file_with(folder / file, digest) for file, digest in entry.outputs.items())
        return entry if unchanged else None

    def _entries(self, condition: str, *values: str) -> Iterable[Entry]:
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM documents {condition}", values)
        return [_entry(row) for row in rows]


def digest_of(data: bytes) -> str:
    """The sha256 of ``data``, in hex."""
    return hashlib.sha256(data).hexdigest()


def _is_file_with(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path.read_bytes()) == digest


def _row(entry: Entry) -> tuple[Any, ...]:
    outputs, totals = json.dumps(dict(entry.outputs)), json.dumps(dict(entry.totals))
    return entry.name, entry.path, entry.key, entry.state, entry.reason, entry.length, outputs, totals


def _entry(row: tuple[Any, ...]) -> Entry:
    name, path, key, state, reason, length, outputs, totals = row
    return Entry(
        name=name,
        path=path,
        key=key,
        state=state,
        reason=reason,
        length=length,
        outputs=json.loads(outputs),
        totals=json.loads(totals),
    )


def _lock(directory: Path) -> sqlite3.Connection:
    """An exclusive lock that the system lifts when the process ends, however it ends, on every platform."""
    connection = sqlite3.connect(
        directory / LOCK_FILE, timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" not in str(error):
            raise
        raise SettingsError(
            f"another run is at work in {directory}; wait for it to end, or give another folder with -o"
        ) from error
    return connection


def _open(path: Path) -> sqlite3.Connection:
    with contextlib.suppress(_UnusableError):
        return _connect(path)
    aside = path.with_name(f"{path.name}.{time.time_ns()}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    log.warning("the ledger %s is damaged or of another version: kept as %s, begun anew", path, aside.name)
    return _connect(path)


class _UnusableError(Exception):
    """The file is no ledger of this version."""


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version != _VERSION and tables != (0,):
            raise _UnusableError
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(_SCHEMA)
        for row in database.execute(f"SELECT {_COLUMNS} FROM documents"):
            _entry(row)
        database.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.OperationalError:
        database.close()
        raise
    except (sqlite3.DatabaseError, _UnusableError, ValueError) as error:
        database.close()
        raise _UnusableError from error
    return database
