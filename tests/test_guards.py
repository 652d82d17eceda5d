import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.guards import has_chinese, length_ratio, loops, without_tags


@pytest.mark.parametrize(
    "english",
    [
        "We will improve improve services.",
        "24 hours of style styles style styles",
        "the prevention and control of the prevention and control of floods",
        "to build a base for the sector, a base for the region, a base for the city and a base for the county",
    ],
)
def test_loops_are_seen(english: str) -> None:
    assert loops("加强防灾减灾能力建设。", english)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("全市新增企业30家、30个项目。", "The city added 30 firms and 30 projects."),
        ("说过的话要算数。", "They said that that was settled."),
        ("发明专利增长5%,商标增长5%,版权增长5%,标准增长5%。", "Patents rose 5 percent year on year, trademarks rose "
         "5 percent year on year, copyrights rose 5 percent year on year and standards rose 5 percent year on year."),
    ],
)  # fmt: skip
def test_what_the_source_repeats_may_be_repeated(source: str, english: str) -> None:
    assert not loops(source, english)


def test_length_ratio_needs_a_source_of_some_length() -> None:
    assert length_ratio("科技局", "Science and Technology Bureau") is None
    assert length_ratio("推动全市科技创新再上新台阶", "We will raise") == 1.0


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Income was <t>10350万元<e>103.5 million yuan</t>.", "Income was 103.5 million yuan."),
        ("Income was <t> 103.5 million yuan </t> .", "Income was 103.5 million yuan."),
        ("less than <5 percent", "less than <5 percent"),
    ],
)
def test_tags_are_taken_out(text: str, clean: str) -> None:
    assert without_tags(text) == clean


@given(st.text(alphabet="ab<>/te 中", max_size=40))
def test_no_tag_survives(text: str) -> None:
    assert not any(tag in without_tags(text) for tag in ("<t>", "<e>", "</t>"))


def test_chinese_is_seen() -> None:
    assert has_chinese("the 局 said")
    assert not has_chinese("naïve — “quoted”")
