from pathlib import Path

import pytest

from jianbao.errors import InputError
from jianbao.inputs import find_inputs

SUFFIXES = frozenset({".txt", ".docx"})


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_folder_gives_its_documents_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    _touch(tmp_path, "b.txt", "a.docx", "deep/c.TXT", ".hidden.txt", "~$a.docx", "notes.xlsx")
    found = find_inputs([tmp_path], SUFFIXES)
    assert [item.path.name for item in found] == ["a.docx", "b.txt", "c.TXT"]


def test_a_file_is_taken_whatever_its_suffix_and_only_once(tmp_path: Path) -> None:
    _touch(tmp_path, "a.xlsx")
    found = find_inputs([tmp_path / "a.xlsx", str(tmp_path / "*.xlsx")], SUFFIXES)
    assert [item.name for item in found] == ["a"]


def test_names_are_unique(tmp_path: Path) -> None:
    _touch(tmp_path, "x/a.txt", "y/a.txt", "y/a.docx", "b.txt")
    names = [item.name for item in find_inputs([tmp_path], SUFFIXES)]
    assert len(set(names)) == 4
    assert "b" in names
    assert "a-docx" in names


def test_nothing_found_is_an_error_that_names_the_argument(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        find_inputs([tmp_path / "missing"], SUFFIXES)


def test_the_output_folder_inside_the_input_folder_is_left_out(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "out/a/briefing.docx", "outer/b.txt")
    for argument in (tmp_path, tmp_path / "**" / "*.*"):
        found = find_inputs([argument], SUFFIXES, leave_out=tmp_path / "out")
        assert [item.name for item in found] == ["a", "b"]
    named = find_inputs([tmp_path / "out" / "a" / "briefing.docx"], SUFFIXES, leave_out=tmp_path / "out")
    assert [item.name for item in named] == ["briefing"]
