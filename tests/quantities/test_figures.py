from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.quantities import find_figures, find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("103.5 million yuan", "103500000", "yuan"),
        ("57 Million Mu", "57000000", "mu"),
        ("RMB100 million", "100000000", "yuan"),
        ("US$89.4 billion", "89400000000", "US dollar"),
        ("a hundred million yuan", "100000000", "yuan"),
        ("half a million", "500000", ""),
        ("two hundred and five thousand", "205000", ""),
        ("twenty-three", "23", ""),
        ("twenty-first", "21", "ordinal"),
        ("15th", "15", "ordinal"),
        ("4.5 percent", "4.5", "percent"),
        ("4.5%", "4.5", "percent"),
        ("2.5 percentage points", "2.5", "percentage point"),
        ("25 basis points", "25", "basis point"),
        ("one-third", str(Decimal(1) / 3), "ratio"),
        ("three quarters", "0.75", "ratio"),
        ("One in twenty", "0.05", "ratio"),
        ("two and a half years", "2.5", "year"),
        ("a 320-kilometer road", "320", "kilometer"),
        ("tenfold", "10", "times"),
        ("10-fold", "10", "times"),
        ("doubled", "2", "times"),
        ("the 1990s", "1990", "calendar year"),
        ("COVID-19", "19", "code"),
        ("5G", "5", "code"),
        ("Phase II", "2", "ordinal"),
        ("125 quadrillion", "125000000000000000", ""),
        ("a decade", "10", "year"),
    ],
)
def test_figures(text: str, value: str, unit: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_a_shared_scale_and_two_numbers_joined_by_and() -> None:
    low, high = find_figures("3 to 5 million yuan")
    assert Decimal(3_000_000) in [reading.value for reading in low.readings]
    assert high.value == 5_000_000
    assert [figure.value for figure in find_figures("between one million and three million")] == [
        10**6,
        3 * 10**6,
    ]


def test_words_that_need_no_source_are_not_firm() -> None:
    text = "First, both sides held one meeting in May; COVID-19 cases halved. (1) Phase II"
    assert [figure for figure in find_figures(text) if figure.firm] == []


AMOUNTS = st.one_of(
    st.integers(min_value=1, max_value=10**12).map(str),
    st.decimals(min_value="0.01", max_value="99999", places=2).map(str),
)
UNITS = ("元", "美元", "%", "个百分点", "公里", "亩", "吨", "家", "平方米", "倍", "港元", "欧元", "千瓦时")


@settings(max_examples=400)
@given(AMOUNTS, st.sampled_from(["", "万", "亿", "万亿"]), st.sampled_from(UNITS))
def test_renderings_read_back_with_the_same_value(number: str, scale: str, unit: str) -> None:
    (quantity,) = find_quantities(f"达到{number}{scale}{unit}，")
    for rendering in (quantity.target, *quantity.variants):
        (figure,) = find_figures(f"It is {rendering}, up.")
        assert figure.value == quantity.value, rendering
        assert figure.unit == quantity.unit or {figure.unit, quantity.unit} <= {"", "count"}, rendering


@settings(max_examples=200)
@given(st.text(alphabet="0123456789,.-%$ abdefhimnorstuvwyIVX()/:", max_size=60))
def test_spans_are_slices_and_do_not_overlap(text: str) -> None:
    found = find_figures(text)
    for figure in found:
        assert text[figure.start : figure.end] == figure.text
    for left, right in pairwise(found):
        assert left.end <= right.start
