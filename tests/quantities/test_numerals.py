from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.quantities import parse_numeral

DIGITS = "零一二三四五六七八九"


def below_ten_thousand(value: int) -> str:
    """A numeral as a careful writer spells it: 1005 is 一千零五."""
    text, gap = "", False
    for power, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + place
        gap = not digit
    return text


def chinese(value: int) -> str:
    """The Chinese numeral of a value below 10**16."""
    if value < 10**4:
        return below_ten_thousand(value) or "零"
    power, scale = (8, "亿") if value >= 10**8 else (4, "万")
    high, low = divmod(value, 10**power)
    gap = "零" if low and low < 10 ** (power - 1) else ""
    return chinese(high) + scale + (gap + chinese(low) if low else "")


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_numerals_round_trip(value: int) -> None:
    assert parse_numeral(chinese(value)) == value


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["", "万", "亿", "万亿", "千万"]))
def test_arabic_numerals_round_trip(value: Decimal, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千万": 10**7}[scale]
    assert parse_numeral(f"{value}{scale}") == value * factor
    assert parse_numeral(f"{value:,}{scale}") == value * factor


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", "23"),
        ("两万三千", "23000"),
        ("两万三", "23000"),
        ("两万零三", "20003"),
        ("一百五", "150"),
        ("三千二百", "3200"),
        ("十", "10"),
        ("百万", "1000000"),
        ("千亿", "100000000000"),
        ("三万亿", "3000000000000"),
        ("一亿亿", "10000000000000000"),
        ("九点六亿", "960000000"),
        ("二〇二二", "2022"),
        ("一九八四", "1984"),
        ("壹佰贰拾万", "1200000"),
        ("10350万", "103500000"),
        ("1亿3000万", "130000000"),
        ("１，２３４", None),
        ("1,634.5", "1634.5"),
        ("1 326", "1326"),
        ("418。6亿", "41860000000"),
        ("三五十", None),
        ("千千万万", None),
        ("三五", None),
        ("5%", None),
        ("", None),
    ],
)
def test_numerals(text: str, value: str | None) -> None:
    assert parse_numeral(text) == (None if value is None else Decimal(value))
