from pathlib import Path

from jianbao.ledger import Entry, Ledger, digest_of


def _entry(**changes: object) -> Entry:
    fields: dict[str, object] = {
        "name": "a",
        "path": "in/a.txt",
        "key": "k1",
        "state": "done",
        "outputs": {"briefing.md": digest_of(b"text")},
        "totals": {"segments": 3},
    }
    return Entry(**(fields | changes))  # type: ignore[arg-type]


def test_a_finished_document_is_known_after_reopening(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "briefing.md").write_bytes(b"text")
    ledger = Ledger(tmp_path)
    ledger.record(_entry())
    ledger.close()
    again = Ledger(tmp_path)
    assert again.finished("a", "k1") == _entry()
    assert again.finished("a", "k2") is None
    assert again.finished("b", "k1") is None
    again.close()


def test_a_changed_or_missing_output_is_not_finished(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    ledger = Ledger(tmp_path)
    ledger.record(_entry())
    assert ledger.finished("a", "k1") is None
    (tmp_path / "a" / "briefing.md").write_bytes(b"other")
    assert ledger.finished("a", "k1") is None
    ledger.close()


def test_only_the_state_done_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.record(_entry(state="failed", reason="the file is empty", outputs={}))
    assert ledger.finished("a", "k1") is None
    found = ledger.find("a")
    assert found is not None
    assert found.reason == "the file is empty"
    ledger.close()
