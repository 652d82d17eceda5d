from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.segmenter import join_units, split_units

NASTY = '。！？；，、：“”《》（）()",.;1234567890 年中国其中增长\n\t…'


def units(text: str, limit: int, protected: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[start:end] for start, end in split_units(text, limit=limit, protected=protected)]


def test_a_short_text_is_one_unit() -> None:
    assert units("完成投资5亿元。", 20) == ["完成投资5亿元。"]
    assert units("", 20) == [""]


def test_cuts_at_semicolons_first() -> None:
    text = "加快园区建设，新开工项目86个；打通断头路7条，改造老旧小区14个；流转土地11万亩。"
    assert units(text, 32) == [
        "加快园区建设，新开工项目86个；",
        "打通断头路7条，改造老旧小区14个；流转土地11万亩。",
    ]


def test_cuts_at_commas_before_enumerations() -> None:
    text = "涵盖高端装备、新材料、信息技术、生物医药等领域,安排扶持资金10350万元"
    assert units(text, 30) == ["涵盖高端装备、新材料、信息技术、生物医药等领域,", "安排扶持资金10350万元"]


def test_figures_stay_with_what_they_measure() -> None:
    text = "全市生产总值达到481.87亿元，同比增长8.7%，居全省前列，科技企业孵化器累计达到65家，其中国家级5家"
    assert units(text, 40) == [
        "全市生产总值达到481.87亿元，同比增长8.7%，居全省前列，",
        "科技企业孵化器累计达到65家，其中国家级5家",
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("组织开展“学思想，强党性，重实践，建新功”主题教育活动", "“学思想，强党性，重实践，建新功”"),
        (
            "修订印发《关于支持企业，促进创新，加快转化的若干措施》文件",
            "《关于支持企业，促进创新，加快转化的若干措施》",
        ),
        ("收入完成46,318万元，支出241,579万元，结余9,814万元", "241,579"),
    ],
)
def test_never_cuts_inside_quotes_titles_and_figures(text: str, whole: str) -> None:
    assert any(whole in unit for unit in units(text, 8))


def test_protected_spans_are_kept() -> None:
    text = "广州，深圳，香港，澳门科技创新走廊建设加快推进"
    assert units(text, 12)[0] != text
    assert units(text, 12, ((0, 19),)) == [text]


def test_limit_must_be_positive() -> None:
    with pytest.raises(ValueError, match="limit is 0"):
        split_units("文本", limit=0)


@given(st.text(alphabet=NASTY, max_size=120), st.integers(1, 40), st.integers(0, 60), st.integers(0, 60))
def test_units_tile_and_respect_protection(text: str, limit: int, left: int, length: int) -> None:
    protected = ((left, left + length),)
    spans = split_units(text, limit=limit, protected=protected)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert all(not left < start < left + length for start, _ in spans)
    assert all(start < end for start, end in spans) or spans == ((0, 0),)


@given(
    st.lists(st.text(alphabet="中国创新发展", min_size=1, max_size=9), min_size=1, max_size=30),
    st.integers(10, 40),
)
def test_no_unit_exceeds_the_limit_where_pauses_allow_it(clauses: list[str], limit: int) -> None:
    assert all(len(unit) <= limit for unit in units("，".join(clauses), limit))


@pytest.mark.parametrize(
    ("sources", "translations", "joined"),
    [
        (
            ["加强监管，", "优化服务。"],
            ["Strengthening oversight.", "Improving services."],
            "Strengthening oversight, improving services.",
        ),
        (
            ["加强监管；", "优化服务。"],
            ["Oversight was strengthened.", "Services improved."],
            "Oversight was strengthened; services improved.",
        ),
        (
            ["建设园区，", "中山发展。"],
            ["Parks were built,", "Zhongshan grew."],
            "Parks were built, Zhongshan grew.",
        ),
        (
            ["建设园区，", "PCT申请。"],
            ["Parks were built.", "PCT filings rose."],
            "Parks were built, PCT filings rose.",
        ),
        (["我们前进，", "我们创新。"], ["We advanced.", "We innovated."], "We advanced; we innovated."),
        (
            ["目标是：", "增长。"],
            ["The goals are:", "Growth of 5 percent."],
            "The goals are: growth of 5 percent.",
        ),
        (
            ["一是改革；", "二是开放。"],
            ["First, we will reform;", "Second, we will open up."],
            "First, we will reform. Second, we will open up.",
        ),
        (["空，", "有。"], ["", "Something."], "Something."),
        (["挖潜，", "采矿。"], ["Tapping potential.", "Mining grew."], "Tapping potential, mining grew."),
    ],
)
def test_joins_units(sources: list[str], translations: list[str], joined: str) -> None:
    assert join_units(sources, translations) == joined


def test_long_parts_become_sentences() -> None:
    first = "The city built a number of new parks and attracted many large companies;"
    second = "the county opened three new roads and renovated fourteen old residential compounds."
    assert join_units(["甲；", "乙。"], [first, second]) == f"{first[:-1]}. {second[0].upper()}{second[1:]}"


def test_join_needs_a_translation_for_each_unit() -> None:
    with pytest.raises(ValueError, match="zip"):
        join_units(["一，", "二"], ["One"])
