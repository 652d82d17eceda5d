"""Traditional script becomes simplified, character for character, and only where the text is traditional."""

from hypothesis import given
from hypothesis import strategies as st

from jianbao.script import is_traditional, to_simplified


def test_traditional_text() -> None:
    text = "縣農業局關於發展現代農業的報告，後來乾旱少雨。"
    assert is_traditional(text)
    assert to_simplified(text) == "县农业局关于发展现代农业的报告，后来干旱少雨。"


def test_simplified_text_is_left_alone() -> None:
    text = "县农业局与“鼎泰豐”餐廳签订供应协议，皇后镇农户增收，发展干果、面粉加工。"
    assert not is_traditional(text)
    assert to_simplified(text) == text


@given(st.text(st.sampled_from("縣農業局發展報告後乾麵裡著於，。ABC12\n全县的"), max_size=60))
def test_length_is_kept(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
