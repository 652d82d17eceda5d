"""The run ledger: the state of every document of an output folder, in SQLite, so that a kill loses nothing.

A document is named by its output folder. It is done when the ledger says so *for the same key* (a hash of its
bytes and of all settings that bear on the result) and its files are still those that were written.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["queued", "done", "partial", "failed"]
LEDGER_FILE = ".jianbao-ledger.sqlite3"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '', outputs TEXT NOT NULL DEFAULT '{}', totals TEXT NOT NULL DEFAULT '{}'
)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document's row. ``outputs`` maps file name to sha256; ``totals`` holds the counts of its quality box."""

    name: str
    path: str
    key: str
    state: State
    reason: str = ""
    outputs: Mapping[str, str]
    totals: Mapping[str, int]


class Ledger:
    """The ledger of one output folder; every change is on disk when the call returns."""

    def __init__(self, directory: Path) -> None:
        """Open or create the ledger in ``directory``, which is made if need be."""
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._database = sqlite3.connect(directory / LEDGER_FILE, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute(_SCHEMA)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def record(self, entry: Entry) -> None:
        """Store ``entry`` in the place of an older one of its name."""
        self._database.execute(
            "INSERT OR REPLACE INTO documents (name, path, key, state, reason, outputs, totals)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                entry.name,
                entry.path,
                entry.key,
                entry.state,
                entry.reason,
                json.dumps(dict(entry.outputs)),
                json.dumps(dict(entry.totals)),
            ),
        )

    def find(self, name: str) -> Entry | None:
        """The entry of ``name``, if there is one."""
        row = self._database.execute(
            "SELECT name, path, key, state, reason, outputs, totals FROM documents WHERE name = ?", (name,)
        ).fetchone()
        if row is None:
            return None
        return Entry(
            name=row[0],
            path=row[1],
            key=row[2],
            state=row[3],
            reason=row[4],
            outputs=json.loads(row[5]),
            totals=json.loads(row[6]),
        )

    def finished(self, name: str, key: str) -> Entry | None:
        """The entry of ``name`` if it is done for ``key`` and its files stand unchanged on disk."""
        entry = self.find(name)
        if entry is None or entry.state != "done" or entry.key != key:
            return None
        folder = self._directory / name
        unchanged = all(_is_file_with(folder / file, digest) for file, digest in entry.outputs.items())
        return entry if unchanged else None


def digest_of(data: bytes) -> str:
    """The sha256 of ``data``, in hex."""
    return hashlib.sha256(data).hexdigest()


def _is_file_with(path: Path, digest: str) -> bool:
    return path.is_file() and digest_of(path.read_bytes()) == digest
