"""Repairs: each mends its flaw, and none touches text without it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.readers._flat_tables import group_cells, mark_rows
from jianbao.readers._layout import arrange, split_run_together
from jianbao.readers._markup import looks_like_markdown, strip_html
from jianbao.readers._page import Piece
from jianbao.readers._repairs import drop_note_marks, repair, repair_decimals, repair_spaces

_TEXTS = st.text(
    st.sampled_from(
        "一二三四第章节条全县良种万亩元年月的和，。；：、（）“”《》,.;:()[]%- \t\u3000\u00a0\u200b0123456789AZx*\n"
    ),
    max_size=80,
)


def _ink(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_spaces_are_all_that_goes(text: str) -> None:
    repaired = repair_spaces(text)
    assert _ink(repaired) == _ink(text)
    assert repair_spaces(repaired) == repaired


@given(st.lists(_TEXTS, max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_stage_loses_a_word(texts: list[str]) -> None:
    pieces = repair(mark_rows(arrange([Piece(text=text) for text in texts])))
    words = sorted(re.findall(r"[\u4e00-\u9fffA-Z]", "".join(texts)))
    assert sorted(re.findall(r"[\u4e00-\u9fffA-Z]", "".join(piece.text for piece in pieces))) == words
    assert all(piece.text.strip() and "\n" not in piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("flawed", "mended"),
    [
        ("到 2020 年，建成 3 处", "到2020年，建成3处"),
        ("全县1 326株古树", "全县1326株古树"),
        ("增长 12.5% 。", "增长12.5%。"),
        ("发病率 98.5/10 万", "发病率98.5/10万"),
        ("综\u3000\u3000合", "综合"),
        ("第一章　总　则", "第一章 总则"),
        ("“有序” 、“稳定”", "“有序”、“稳定”"),
        ("全县\u00a0推广\u200b良种", "全县推广良种"),
        ("20xx 年，XX 乡", "20xx年，XX乡"),
        ("⻓期⽀持⼈⺠", "长期支持人民"),
        ("( 一 ) 总体情况 , 共 3 项", "(一)总体情况,共3项"),
    ],
)
def test_spaces(flawed: str, mended: str) -> None:
    assert repair_spaces(flawed) == mended


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为了加强管理",
        "优化创新环境 一是完善政策体系",
        "主要工作情况 2021年，我县",
        "2018-06-14 15:27 来源：县农业局",
        "1 范围",
        "表1 2021年产量",
        "Plan B 阶段",
    ],
)
def test_spaces_that_mean_something_stay(text: str) -> None:
    assert repair_spaces(text) == text


def test_decimals_need_proof() -> None:
    assert repair_decimals(["产值418。6亿元，增长8。7%。"]) == ["产值418.6亿元，增长8.7%。"]
    for text in (
        "指数为101。2021年，增长8。",
        "共有企业97。5家停产。",
        "得分90。12月，得分95。2021年底完成。",
    ):
        assert repair_decimals([text]) == [text]


def test_note_marks_need_their_notes() -> None:
    assert drop_note_marks(["总值[1]31亿元，", "其中[2]：", "[1]初步数。"]) == [
        "总值31亿元，",
        "其中：",
        "[1]初步数。",
    ]
    assert drop_note_marks(["粮办发[2018]23号", "见文献[7]。"]) == ["粮办发[2018]23号", "见文献[7]。"]


def test_rows_of_a_flattened_table() -> None:
    cells = ["产品", "2020年", "2021年", "小麦", "12.0", "12.4", "玉米", "8.1", "8.2", "合计", "20.1"]
    assert group_cells(cells) == [
        ["产品", "2020年", "2021年"],
        ["小麦", "12.0", "12.4"],
        ["玉米", "8.1", "8.2"],
        ["合计", "20.1"],
    ]


def test_heads_that_do_not_fit_stand_alone() -> None:
    assert group_cells(["申请人", "个人", "合计", "其中企业", "数量", "6", "7"]) == [
        ["申请人"],
        ["个人"],
        ["合计"],
        ["其中企业"],
        ["数量", "6", "7"],
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、总体情况", "二、主要做法", "三、存在问题", "四、下步打算", "五、附则", "六、其他"],
        ["各位代表：", "现在报告工作。", "2021", "一、回顾", "总体平稳", "二、打算", "稳中求进"],
    ],
)
def test_short_lines_are_not_always_a_table(lines: list[str]) -> None:
    assert all(piece.kind == "paragraph" for piece in mark_rows([Piece(text=line) for line in lines]))


def test_a_page_in_one_line() -> None:
    filler = "全县推广良种，农民人均收入稳步增长，各项工作取得新进展。" * 3
    text = f"农业局工作总结 同志们: 现将情况报告如下。 一、粮食生产 {filler} 二、主要问题,措施不力 20*年,{filler}"
    text += f" (一)人才紧缺。{filler}"
    parts = [(piece.kind, piece.text) for piece in split_run_together(text)]
    assert parts == [
        ("paragraph", "农业局工作总结"),
        ("paragraph", "同志们:"),
        ("paragraph", "现将情况报告如下。"),
        ("heading", "一、粮食生产"),
        ("paragraph", filler),
        ("heading", "二、主要问题,措施不力"),
        ("paragraph", f"20*年,{filler}"),
        ("paragraph", f"(一)人才紧缺。{filler}"),
    ]


def test_articles_in_one_line() -> None:
    filler = "在本市行政区域内从事采砂、运砂活动，应当依法取得许可，并接受监督检查。"
    text = f"第一章 总则 第一条 {filler} 违反本条例 第九条规定的，依法处罚；{filler} 第二条 {filler}{filler}"
    assert [(piece.kind, piece.text) for piece in split_run_together(text)] == [
        ("heading", "第一章 总则"),
        ("paragraph", f"第一条 {filler}"),
        ("paragraph", f"违反本条例 第九条规定的，依法处罚；{filler}"),
        ("paragraph", f"第二条 {filler}{filler}"),
    ]


def test_numbered_lists_are_not_chunks() -> None:
    lines = [f"{n}、全县推广良种，农民人均收入稳步增长。" * 6 for n in (1, 2, 3)]
    assert [piece.text for piece in arrange([Piece(text=line) for line in lines])] == lines


def test_broken_and_spaced_titles() -> None:
    pieces = [
        Piece(text=text)
        for text in ("青河县人民政府关于", "加强耕地保护的意见", "全 县 工 作 总 结", "正文开始。")
    ]
    assert [piece.text for piece in arrange(pieces)] == [
        "青河县人民政府关于加强耕地保护的意见",
        "全县工作总结",
        "正文开始。",
    ]


def test_signature_and_document_number_leave_the_text() -> None:
    pieces = [Piece(text="青政发〔2021〕5号各乡镇：遵照执行。" + "　" * 20 + "青河县人民政府")]
    assert [p.text for p in arrange(pieces)] == ["青政发〔2021〕5号", "各乡镇：遵照执行。", "青河县人民政府"]


def test_tags_that_are_no_tags_stay() -> None:
    assert (
        strip_html("增长<5%且>3%，<i>很好</i>&nbsp;&amp;nbsp;&ldquo;稳&rdquo;<br/>完")
        == "增长<5%且>3%，很好\xa0\xa0“稳”\n完"
    )


def test_hidden_parts_go_and_unclosed_ones_stay() -> None:
    assert strip_html("甲<!-- a -->乙<SCRIPT x>b</script>丙<style>c</style >丁") == "甲乙丙丁"
    assert strip_html("甲<!-- a <b>乙</b>") == "甲<!-- a 乙"


@pytest.mark.parametrize("unit", ["<!--", "<script>", "一、 ", "（ ", "来源： ", "**a", "1 "])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    start = time.process_time()
    repair(mark_rows(arrange([Piece(text=strip_html(unit * (60_000 // len(unit))))])))
    assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["20*年，全县 3*5 项", "一、总体要求\n#1 机组", "（1）基本情况 [1]"])
def test_plain_text_is_not_markdown(text: str) -> None:
    assert not looks_like_markdown(text)
