import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jianbao.errors import SettingsError
from jianbao.ledger import LEDGER_FILE, Entry, Ledger, digest_of


def _entry(**changes: object) -> Entry:
    fields: dict[str, object] = {
        "name": "a",
        "path": "in/a.txt",
        "key": "k1",
        "state": "done",
        "length": 40,
        "outputs": {"briefing.md": digest_of(b"text")},
        "totals": {"segments": 3},
    }
    return Entry(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["done", "partial"])
def test_a_finished_document_is_known_after_reopening(tmp_path: Path, state: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "briefing.md").write_bytes(b"text")
    with Ledger(tmp_path) as ledger:
        ledger.record(_entry(state=state))
    with Ledger(tmp_path) as again:
        assert again.reusable("a", "k1") == _entry(state=state)
        assert again.reusable("a", "k2") is None
        assert again.reusable("b", "k1") is None


def test_a_changed_or_missing_output_is_not_finished(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with Ledger(tmp_path) as ledger:
        ledger.record(_entry())
        assert ledger.reusable("a", "k1") is None
        (tmp_path / "a" / "briefing.md").write_bytes(b"other")
        assert ledger.reusable("a", "k1") is None


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_an_unfinished_document_is_not_reused(tmp_path: Path, state: str) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.record(_entry(state=state, reason="the file is empty", outputs={}))
        assert ledger.reusable("a", "k1") is None
        found = ledger.find("a")
        assert found is not None
        assert found.reason == "the file is empty"


def test_many_entries_are_stored_at_once_and_the_later_one_wins(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.record(*(_entry(name=f"{i}", state="queued") for i in range(1000)))
        ledger.record(_entry(name="7"))
        entries = ledger.entries()
    assert len(entries) == 1000
    assert [e.name for e in entries if e.finished] == ["7"]


def test_a_second_run_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(SettingsError, match="another run is at work"):
        Ledger(tmp_path)
    Ledger(tmp_path).close()


def _not_sqlite(path: Path) -> None:
    path.write_bytes(b"no ledger at all " * 100)


def _cut_short(path: Path) -> None:
    with Ledger(path.parent) as ledger:
        ledger.record(*(_entry(name=str(i)) for i in range(500)))
    path.write_bytes(path.read_bytes()[:9000])


def _of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE documents (name TEXT PRIMARY KEY)")
        raw.execute("PRAGMA user_version = 99")
    raw.close()


@pytest.mark.parametrize("damage", [_not_sqlite, _cut_short, _of_another_version])
def test_an_unusable_ledger_is_set_aside(
    tmp_path: Path,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    damage(tmp_path / LEDGER_FILE)
    before = (tmp_path / LEDGER_FILE).read_bytes()
    with caplog.at_level(logging.WARNING), Ledger(tmp_path) as ledger:
        assert ledger.entries() == ()
        ledger.record(_entry())
    assert "begun anew" in caplog.text
    (aside,) = tmp_path.glob(f"{LEDGER_FILE}.*")
    assert aside.read_bytes() == before
    with Ledger(tmp_path) as ledger:
        assert len(ledger.entries()) == 1


def test_a_folder_that_cannot_be_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsError, match="another with -o"):
        Ledger(tmp_path / "file")
