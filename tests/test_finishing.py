import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.finishing import finish, tidy


@pytest.mark.parametrize(
    ("english", "source", "finished"),
    [
        ("the city added 30 firms", "全市新增企业30家。", "The city added 30 firms."),
        ("the city added 30 firms,", "全市新增企业30家；", "The city added 30 firms."),
        ("What is to be done?", "怎么办？", "What is to be done?"),
        ("The main tasks are as follows.", "主要任务如下：", "The main tasks are as follows:"),
        ("It was held in the U.S.", "在美国举行。", "It was held in the U.S."),
        ('"two centers" were built.', "建成“两个中心”。", '"Two centers" were built.'),
        ("Output rose . it was a good year .", "产值增长。是个好年份。", "Output rose. It was a good year."),
        ("5 firms were added", "新增5家。", "5 firms were added."),
        ("", "全市。", ""),
    ],
)
def test_a_sentence_begins_and_ends_as_one(english: str, source: str, finished: str) -> None:
    assert finish(english, source) == finished


def test_a_heading_has_no_full_stop() -> None:
    assert finish("strengthening innovation.", "加强创新。", heading=True) == "Strengthening innovation"


@pytest.mark.parametrize(
    ("english", "marker", "finished"),
    [
        ("We will cut costs.", "Third, ", "Third, we will cut costs."),
        ("Strengthening services.", "First, ", "First, strengthening services."),
        ("Zhongshan will cut costs.", "Third, ", "Third, Zhongshan will cut costs."),
        ("R&D grew.", "Third, ", "Third, R&D grew."),
        ("we will cut costs.", "(2) ", "(2) We will cut costs."),
        ("", "(2) ", "(2)"),
    ],
)
def test_what_follows_a_numbering(english: str, marker: str, finished: str) -> None:
    assert finish(english, "降低成本。", marker=marker) == finished


@pytest.mark.parametrize(
    ("loose", "tight"),
    [
        ('the " double first-class " plan', 'the "double first-class" plan'),
        ("up ( year on year ) , by 5 percent", "up (year on year), by 5 percent"),
        ("trade, , finance,.", "trade, finance."),
        ("1,634 firms: 4.5 percent", "1,634 firms: 4.5 percent"),
    ],
)
def test_spaces_and_marks(loose: str, tight: str) -> None:
    assert tidy(loose) == tight


@given(st.text(alphabet='abcXYZ 12.,;:"()!?', max_size=60))
def test_finishing_twice_changes_nothing_and_loses_no_letter(english: str) -> None:
    once = finish(english, "全市。")
    assert finish(once, "全市。") == once
    assert [c for c in once.lower() if c.isalnum()] == [c for c in english.lower() if c.isalnum()]
