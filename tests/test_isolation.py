"""Documents that hang, crash or eat memory cost only themselves."""

import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianbao.document import Outline
from jianbao.errors import InputError, LimitError
from jianbao.isolation import IsolatedReader, read_ahead
from jianbao.readers import Limits, read_document
from jianbao.segmenter import segment

REPORT = "一、工作\n全年新增企业3家，完成投资860万元。\n"
LONG = "一、工作\n" + "全年新增企业3家，完成投资860万元，同比增长18%。\n" * 40_000


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader(Limits(), seconds=60, memory=1_000_000_000) as made:
        yield made


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _reading() -> set[int]:
    """The processes that read for this one."""
    children = [
        pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()
    ]
    return {int(pid) for pid in children if b"reading_process" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_the_outline_is_that_of_reading_here(tmp_path: Path, reader: IsolatedReader, seed: Path) -> None:
    for path in (_write(tmp_path / "a.txt", REPORT), seed):
        assert reader.read(path) == segment(read_document(path))


def test_a_reason_arrives_whole(tmp_path: Path, reader: IsolatedReader) -> None:
    with pytest.raises(InputError, match=r"empty\.txt: is empty"):
        reader.read(_write(tmp_path / "empty.txt", ""))
    small = IsolatedReader(Limits(max_bytes=10), seconds=60, memory=1_000_000_000)
    with small, pytest.raises(LimitError, match="more than"):
        small.read(_write(tmp_path / "a.txt", REPORT))


def test_one_that_takes_too_long_is_stopped_and_the_next_one_read(tmp_path: Path) -> None:
    slow, quick = _write(tmp_path / "slow.txt", LONG), _write(tmp_path / "a.txt", REPORT)
    with IsolatedReader(Limits(), seconds=1, memory=1_000_000_000) as reader:
        with pytest.raises(LimitError, match=r"slow\.txt: takes longer than 1 s .* limits\.seconds"):
            reader.read(slow)
        assert len(reader.read(quick).segments) == 2


def test_one_that_eats_memory_is_stopped_and_the_next_one_read(tmp_path: Path) -> None:
    large, quick = _write(tmp_path / "large.txt", LONG), _write(tmp_path / "a.txt", REPORT)
    with IsolatedReader(Limits(), seconds=60, memory=25_000_000) as reader:
        with pytest.raises(LimitError, match=r"large\.txt: takes more than 25 MB of memory"):
            reader.read(large)
        assert len(reader.read(quick).segments) == 2


def test_one_that_kills_its_process_is_named_and_the_next_one_read(
    tmp_path: Path, reader: IsolatedReader
) -> None:
    large, quick = _write(tmp_path / "large.txt", LONG), _write(tmp_path / "a.txt", REPORT)
    reader.read(quick)
    (first,) = _reading()

    def kill_each() -> None:  # as the system does when memory runs out; the document gets a second chance
        for _ in range(2):
            time.sleep(1)
            for child in _reading():
                os.kill(child, signal.SIGKILL)

    killer = threading.Thread(target=kill_each)
    killer.start()
    with pytest.raises(InputError, match=r"large\.txt: crashes its reader \(SIGKILL\)"):
        reader.read(large)
    killer.join()
    assert len(reader.read(quick).segments) == 2
    assert _reading() != {first}


def test_bombs_are_refused(tmp_path: Path, reader: IsolatedReader) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<!DOCTYPE d [<!ENTITY e0 "x">{entities}]><d>&e9;</d>'
    for name, part in (("entities.docx", bomb), ("zip.docx", "0" * 300_000_000)):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", part)
        with pytest.raises(InputError, match=name):
            reader.read(tmp_path / name)


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_nesting_gives_an_outline_or_a_reason(
    tmp_path: Path, reader: IsolatedReader, depth: int
) -> None:
    path = _write(tmp_path / "deep.html", "<div>" * depth + REPORT + "</div>" * depth)
    (result,) = read_ahead([path], reader)
    assert result.segments if isinstance(result, Outline) else "deep.html" in str(result)


def test_reading_ahead_keeps_the_order_and_a_bounded_number(tmp_path: Path, reader: IsolatedReader) -> None:
    paths = [_write(tmp_path / f"{i}.txt", REPORT if i % 5 else "") for i in range(60)]
    taken = []

    def counted() -> Iterator[Path]:
        for path in paths:
            taken.append(path)
            yield path

    outlines = read_ahead(counted(), reader)
    results = [next(outlines)]
    time.sleep(1)
    assert len(taken) < 40
    results += outlines
    assert [isinstance(result, Outline) for result in results] == [bool(i % 5) for i in range(60)]
    assert [r.document.id for r in results if isinstance(r, Outline)] == [str(i) for i in range(60) if i % 5]


def test_closing_ends_the_process(tmp_path: Path, reader: IsolatedReader) -> None:
    outlines = read_ahead([_write(tmp_path / f"{i}.txt", REPORT) for i in range(3)], reader)
    next(outlines)
    assert _reading()
    outlines.close()  # type: ignore[attr-defined]
    assert not _reading()
