import logging
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.errors import InputError, SettingsError
from jianbao.memory import Memory, Remembered, default_path
from jianbao.memory_tmx import read_tmx, write_tmx


def entry(text: str, engine: str = "e1") -> Remembered:
    return Remembered(source="源", text=text, score=-0.5, method="model", engine=engine)


def test_what_was_put_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.put_many({"a": entry("one"), "b": entry("two")})
        memory.put_many({"b": entry("three")})
    with Memory.open(path) as memory:
        assert memory.get_many(["a", "b", "c"]) == {"a": entry("one"), "b": entry("three")}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.dictionaries(st.text(min_size=1), st.text(), max_size=30))
def test_any_text_comes_back_as_it_was(tmp_path: Path, texts: dict[str, str]) -> None:
    encodable = {k: v for k, v in texts.items() if (k + v).isprintable()}
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.put_many({key: entry(text) for key, text in encodable.items()})
        assert {k: e.text for k, e in memory.get_many(encodable).items()} == encodable


def test_more_keys_than_a_statement_takes(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.put_many({str(i): entry(str(i)) for i in range(1700)})
        assert len(memory.get_many(str(i) for i in range(3000))) == 1700


def test_human_translations_are_found_by_normalised_source(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        assert (
            memory.put_human([("科技局（筹）", "the preparatory bureau"), ("  ", "x")], origin="a.tmx") == 1
        )
        assert memory.human(["科技局(筹)", "财政局"]) == {"科技局(筹)": "the preparatory bureau"}


def test_stats_and_prune(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.put_many({"a": entry("one"), "b": entry("two", "e2")})
        memory.put_human([("源", "source")], origin="t")
        stats = memory.stats()
        assert (stats.machine, stats.human, stats.engines) == (2, 1, {"e1": 1, "e2": 1})
        assert stats.size > 0
        assert memory.prune(unused_days=30) == 0
        assert memory.prune(keep_engines=["e2"]) == 1
        assert set(memory.get_many("ab")) == {"b"}
        assert memory.stats().human == 1


def test_prune_by_age_spares_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.put_many({"old": entry("1"), "read": entry("2")})
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE machine SET used = 10000")
    with Memory.open(path) as memory:
        memory.get_many(["read"])
        assert memory.prune(unused_days=30) == 1
        assert set(memory.get_many(["old", "read"])) == {"read"}


def test_a_damaged_file_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"no database at all " * 100)
    with caplog.at_level(logging.WARNING), Memory.open(path) as memory:
        memory.put_many({"a": entry("one")})
        assert memory.get_many(["a"])
    assert "damaged" in caplog.text
    (aside,) = tmp_path.glob("memory.sqlite.damaged-*")
    assert aside.read_bytes().startswith(b"no database")


def test_a_file_damaged_in_the_middle_is_an_error_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        memory.put_many({str(i): entry("x" * 500) for i in range(200)})
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)
    with Memory.open(path) as memory, pytest.raises(SettingsError, match="JIANBAO_MEMORY"):
        memory.get_many(str(i) for i in range(200))


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE precious (x)")
    with pytest.raises(SettingsError, match="another program"):
        Memory.open(path)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("precious",)]


def test_a_path_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        Memory.open(tmp_path)


def test_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_MEMORY", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"


_WRITER = """
import sys
from pathlib import Path
from jianbao.memory import Memory, Remembered
with Memory.open(Path(sys.argv[1])) as memory:
    for number in range(20):
        entry = Remembered(source="源", text=sys.argv[2], score=-0.5, method="model")
        memory.put_many({f"{sys.argv[2]}{number}": entry})
"""


def test_processes_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name]) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Memory.open(path) as memory:
        assert memory.stats().machine == 40


def test_tmx_goes_round(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes(write_tmx([("增长<5%", "up by <5 percent & more", "e1"), ("局", "bureau", "t")]))
    assert list(read_tmx(path)) == [("增长<5%", "up by <5 percent & more"), ("局", "bureau")]


def test_tmx_of_other_tools(tmp_path: Path) -> None:
    path = tmp_path / "tool.tmx"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>'
        '<tu><tuv lang="EN-US"><seg>the <bpt i="1">{\\b</bpt>bureau<ept i="1">}</ept></seg></tuv>'
        '<tuv xml:lang="ZH-CN"><seg>科技<hi>局</hi></seg></tuv></tu>'
        '<tu><tuv xml:lang="zh"><seg>无英文</seg></tuv></tu></body></tmx>',
        encoding="utf-16",
    )
    assert list(read_tmx(path)) == [("科技局", "the bureau")]


@pytest.mark.parametrize("content", ["<html/>", "<tmx", ""])
def test_what_is_no_tmx_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(content)
    with pytest.raises(InputError, match="TMX"):
        list(read_tmx(path))


def test_entities_of_a_tmx_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    path = tmp_path / "x.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file://{secret}">]><tmx><body><tu><tuv xml:lang="zh"><seg>局</seg></tuv>'
        '<tuv xml:lang="en"><seg>bureau &x;</seg></tuv></tu></body></tmx>'
    )
    assert all("SECRET" not in english for _, english in read_tmx(path))
