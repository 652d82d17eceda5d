"""The key-figures table, on sentences written for these tests."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.document import Document, Metadata, Outline, Section, Segment, Translation
from jianbao.glossary import Entry, Glossary
from jianbao.indicators import plural, render_indicator
from jianbao.key_figures import key_figures

GLOSSARY = Glossary(
    Entry(source=source, target=target)
    for source, target in {
        "地区生产总值": "GDP",
        "生产总值": "GDP",
        "规模以上工业增加值": "value added of industrial enterprises above designated size",
        "税收收入": "tax revenue",
        "高新技术企业": "high-tech enterprise",
        "发明专利": "invention patent",
        "技术合同": "technology contract",
        "固定资产投资": "fixed-asset investment",
        "城镇化率": "urbanization rate",
        "常住人口": "permanent resident population",
        "高新区": "high-tech zone",
    }.items()
)


def no_translation(phrases: Sequence[str]) -> Sequence[str]:
    return [""] * len(phrases)


def outline(*sentences: str, section_title: str = "2020年工作回顾", title: str = "白石市工作总结") -> Outline:
    text = "".join(sentences)
    segments, start = [], 0
    for number, sentence in enumerate(sentences):
        segments.append(
            Segment(
                id=f"s{number}",
                section="1",
                kind="sentence",
                text=sentence,
                start=start,
                end=start + len(sentence),
            )
        )
        start += len(sentence)
    document = Document(
        id="d",
        path="d.txt",
        format="txt",
        encoding="utf-8",
        text=text,
        original=text,
        blocks=(),
        metadata=Metadata(title=title),
    )
    section = Section(id="1", parent=None, level=1, marker="一、", title=section_title, heading=None)
    return Outline(document=document, sections=(section,), segments=tuple(segments))


def table(*sentences: str, **titles: str) -> list[tuple[str, str, str]]:
    report = outline(*sentences, **titles)
    translations = [Translation(segment=segment.id, text="English") for segment in report.segments]
    rows = key_figures(report, translations, GLOSSARY, no_translation)
    return [(row.indicator, row.value, row.change) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("全年税收收入36.5亿元。", ("Tax revenue", "3.65 billion yuan", "")),
        ("全市税收收入36.5亿元，同比增长7.2%。", ("Tax revenue", "3.65 billion yuan", "up 7.2 percent")),
        ("全市税收收入达到36.5亿元、下降7.2%。", ("Tax revenue", "3.65 billion yuan", "down 7.2 percent")),
        ("预计实现地区生产总值820亿元。", ("GDP", "82 billion yuan (estimate)", "")),
        (
            "地区生产总值突破820亿元，年均增长6%。",
            ("GDP", "more than 82 billion yuan", "up 6 percent a year"),
        ),
        (
            "地区生产总值从2015年的510亿元增长到2020年的820亿元。",
            ("GDP", "82 billion yuan", "from 51 billion yuan in 2015"),
        ),
        (
            "全市发明专利申请量2417件，比上年增长11%。",
            ("Invention patent applications", "2,417", "up 11 percent"),
        ),
        (
            "发明专利授权量908件，比2018年增长30%。",
            ("Invention patents granted", "908", "up 30 percent from 2018"),
        ),
        ("技术合同成交额超4.6亿元。", ("Turnover of technology contracts", "more than 460 million yuan", "")),
        ("固定资产投资增长9.1%。", ("Fixed-asset investment", "", "up 9.1 percent")),
        (
            "城镇化率61.4%，提高0.9个百分点。",
            ("Urbanization rate", "61.4 percent", "up 0.9 percentage points"),
        ),
        ("年末常住人口35.9万人，减少1100人。", ("Permanent resident population", "359,000", "down 1,100")),
        ("地区生产总值[2]158.4亿元。", ("GDP", "15.84 billion yuan", "")),
    ],
)
def test_a_sentence_gives_its_row(sentence: str, row: tuple[str, str, str]) -> None:
    assert table(sentence) == [row]


def test_one_sentence_gives_many_rows_and_each_its_own_change() -> None:
    assert table("高新技术企业210家，同比增长15%，税收收入36.5亿元，固定资产投资93亿元，增长4%。") == [
        ("High-tech enterprises", "210", "up 15 percent"),
        ("Tax revenue", "3.65 billion yuan", ""),
        ("Fixed-asset investment", "9.3 billion yuan", "up 4 percent"),
    ]


def test_in_all_takes_up_the_indicator_before() -> None:
    rows = table("新增高新技术企业58家，总量超过210家。")
    assert rows == [
        ("New high-tech enterprises", "58", ""),
        ("High-tech enterprises, total", "more than 210", ""),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "召开专题会议36次，整改问题210个。",
        "安排扶持资金3.2亿元。",
        "自主券、服务券、共享券6360万元。",
        "投入2亿元的产业基金已设立。",
        "税收收入418。",
        "税收收入增长15.6。",
        "违者处五千元以上五万元以下罚款。",
        "占地区生产总值的2.7%。",
        "",
    ],
)
def test_doubtful_figures_give_no_row(sentence: str) -> None:
    assert table(sentence) == []


def test_what_is_planned_is_called_a_target() -> None:
    assert table("地区生产总值增长6%左右。", section_title="2021年重点任务") == [
        ("GDP", "", "up about 6 percent (target)")
    ]
    assert table("力争税收收入达到40亿元。") == [("Tax revenue", "4 billion yuan (target)", "")]
    assert table("税收收入36.5亿元。", section_title="主要目标任务完成情况") == [
        ("Tax revenue", "3.65 billion yuan", "")
    ]


def test_a_zone_inside_the_place_is_named() -> None:
    row = ("Tax revenue (Zhongshan High-tech Zone)", "120 million yuan", "")
    assert table("中山高新区经济运行平稳，税收收入1.2亿元。") == [row]
    assert table("2020年中山高新区实现税收收入1.2亿元。") == [row]


def test_no_row_where_it_is_unclear_whose_figure_it_is() -> None:
    assert table("推进中山高新区建设，税收收入1.2亿元。") == []
    assert table("某某某示范园区经济运行平稳，税收收入1.2亿元。") == []


def test_the_reports_own_zone_and_the_whole_city_need_no_name() -> None:
    row = ("Tax revenue", "120 million yuan", "")
    assert table("推进中山高新区建设，全市税收收入1.2亿元。") == [row]
    assert table("中山高新区实现税收收入1.2亿元。", title="中山高新区工作总结") == [row]


def test_the_best_row_of_an_indicator_stays_and_the_limit_holds() -> None:
    assert table("税收收入36.5亿元。", "税收收入36.5亿元，同比增长7%。") == [
        ("Tax revenue", "3.65 billion yuan", "up 7 percent")
    ]
    report = outline("税收收入36.5亿元，固定资产投资93亿元，地区生产总值820亿元。")
    translations = [Translation(segment="s0", text="English")]
    assert len(key_figures(report, translations, GLOSSARY, no_translation, limit=2)) == 2


def test_the_translator_is_believed_only_where_it_holds_the_terms() -> None:
    glossary = Glossary(
        [Entry(source="跨境物流", target="cross-border logistics"), Entry(source="资产", target="asset")]
    )
    report = outline("跨境物流新资产达到3.2亿元。")
    translations = [Translation(segment="s0", text="English")]

    def indicators(english: str) -> list[str]:
        rows = key_figures(report, translations, glossary, lambda phrases: [english] * len(phrases))
        return [row.indicator for row in rows]

    assert indicators("New cross-border logistics assets.") == ["New cross-border logistics assets"]
    assert indicators("New logistics assets") == []
    assert indicators("Cross-border logistics assets are new") == []


def test_segments_without_english_give_no_row() -> None:
    report = outline("税收收入36.5亿元。")
    assert key_figures(report, [Translation(segment="s0", text="")], GLOSSARY, no_translation) == ()


@pytest.mark.parametrize(
    ("phrase", "english"),
    [
        ("高新技术企业数量", "high-tech enterprises"),
        ("省级高新技术企业", "provincial-level high-tech enterprise"),
        ("每万人发明专利拥有量", "invention patents held per 10,000 people"),
        ("服务业增加值占地区生产总值比重", "value added of the service sector as a share of GDP"),
        ("教育支出", "education expenditure"),
        ("说不清的东西", None),
    ],
)
def test_indicators(phrase: str, english: str | None) -> None:
    assert render_indicator(phrase, GLOSSARY) == english


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("technology company", "technology companies"),
        ("industrial enterprise above designated size", "industrial enterprises above designated size"),
        ("tax revenue", "tax revenue"),
        ("invention patents granted", "invention patents granted"),
        ("number of patents", "number of patents"),
        ("research branch", "research branches"),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


@given(
    st.text(
        alphabet="税收入同比增长达到亿元万家，。、0123456789%从年的地区生产总值第一下降计超过", max_size=60
    )
)
def test_any_text_is_read_without_error(text: str) -> None:
    for indicator, value, change in table(text):
        assert indicator
        assert value or change
