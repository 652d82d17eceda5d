"""The encoding ladder looks at the whole file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.errors import InputError
from jianbao.readers import read_document
from jianbao.readers._encoding import decode

_SIMPLIFIED = "县农业局2021年工作总结\n全年粮食总产32.5万吨，比上年增长3.2%，实现“九连增”。"
_TRADITIONAL = "縣農業局2021年工作總結\n全年糧食總產32.5萬噸，比上年增長3.2%，實現「九連增」。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified(encoding: str) -> None:
    assert decode(_SIMPLIFIED.encode(encoding), "a.txt")[0] == _SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le", "utf-16-be"])
def test_traditional(encoding: str) -> None:
    assert decode(_TRADITIONAL.encode(encoding), "a.txt") == (_TRADITIONAL, encoding)


def test_a_late_character_decides(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"2021 report\n" * 5000 + _SIMPLIFIED.encode("gb18030"))
    document = read_document(path)
    assert document.encoding == "gb18030"
    assert document.text.endswith("实现“九连增”。")


def test_damaged_bytes_do_not_cost_the_file() -> None:
    data = _SIMPLIFIED.encode() * 5
    text, encoding = decode(data[:100] + b"\xff\xfe" + data[100:-1], "a.txt")
    assert encoding == "utf-8"
    assert text.count("粮食") == 5


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 100,
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"\xd0\xcf\x11\xe0" + bytes(50),
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: "):
        decode(data, "a.txt")


_SENTENCES = st.lists(
    st.sampled_from(
        ["全年粮食总产32.5万吨。", "新增家庭农场45家，", "农民收入稳步增长。", "一、存在的问题\n", "Plan B "]
    ),
    min_size=2,
    max_size=20,
).map("".join)


@given(_SENTENCES, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-8-sig"]))
@settings(max_examples=60, deadline=None)
def test_what_was_encoded_is_decoded(text: str, encoding: str) -> None:
    if encoding == "utf-16-le" and all(ord(char) < 128 for char in text):
        return  # pure ASCII in UTF-16 is no Chinese report
    assert decode(text.encode(encoding), "a.txt")[0] == text
