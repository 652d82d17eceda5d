"""Furniture is marked, content is not; a mixed line is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.document import Block
from jianbao.furniture import furniture_spans, mark_furniture
from jianbao.repeats import mark_repeats

_PROSE = "全县推广良种12.6万亩，测土配方施肥30万亩，农民人均收入增长8.1%。"


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start=start, end=start + len(line)))
        start += len(line) + 1
    return tuple(blocks)


def _kinds(lines: list[str], title: str | None = None) -> list[tuple[str, str]]:
    text = "\n".join(lines)
    marked = mark_repeats(text, mark_furniture(text, _blocks(text)), title)
    return [(block.kind[0], text[block.start : block.end]) for block in marked]


@pytest.mark.parametrize(
    "line",
    [
        "当前位置:首页 > 政务公开 > 规划计划",
        "您现在的位置：首页>>信息公开>>年报",
        "首页 » 数据 » 统计公报",
        "分享到：",
        "打印 关闭",
        "【字体：大 中 小】 【打印】 【关闭】",
        "发布日期：2021-03-22 09:30 信息来源：县农业局 浏览次数：[ 12 ]",
        "来源：新华社 记者 张某 发布时间：2021年3月2日",
        "责任编辑：李某",
        "上一篇：关于春耕的通知",
        "第 3 页 共 12 页",
        "- 3 -",
        "主办单位：青河县人民政府办公室",
        "版权所有：青河县人民政府 粤ICP备00000000号",
        "扫一扫在手机打开当前页",
        "•",
        "索 引 号：A001 主题分类：农业",
    ],
)
def test_whole_lines(line: str) -> None:
    assert furniture_spans(line, edge=True) == ((0, len(line)),)


@pytest.mark.parametrize(
    "line",
    [
        _PROSE,
        "一、总体情况",
        "青河县农业局",
        "2021年3月22日",
        "各乡镇人民政府：",
        "附件管理办法",
        "时间安排和工作步骤",
        "分享发展成果",
        "打印店、复印店应当登记备案。",
        "关闭小煤矿12处",
        "来源于财政的资金",
    ],
)
def test_content_lines(line: str) -> None:
    assert furniture_spans(line, edge=True) == ()
    assert furniture_spans(line, edge=False) == ()


def test_labels_count_at_the_edge_of_a_page_only() -> None:
    lines = ["时间：2021年3月2日", _PROSE, "时间：2021年5月", "地点：县会议中心", _PROSE, "来源：县农业局"]
    assert [kind for kind, _ in _kinds(lines)] == ["f", "p", "p", "p", "p", "f"]


def test_mixed_lines_are_cut() -> None:
    assert _kinds(["青河县农业局工作总结 发布时间：2021-03-22 来源：本网", _PROSE + "(记者 张某)"]) == [
        ("p", "青河县农业局工作总结"),
        ("f", "发布时间：2021-03-22 来源：本网"),
        ("p", _PROSE),
        ("f", "(记者 张某)"),
    ]


def test_lists_of_attachments_and_links() -> None:
    lines = [
        _PROSE,
        "附件：1.登记表.doc",
        "2.承诺书",
        "青河县农业局",
        "相关链接",
        "春耕生产会召开",
        "青河县农业局",
    ]
    assert "".join(kind for kind, _ in _kinds(lines)) == "pffpfff"


def test_contents_list() -> None:
    lines = [
        "管理办法",
        "目　录",
        "第一章 总则……1",
        "第二章 附则 5",
        "第一章 总则",
        _PROSE,
        "第二章 附则",
        _PROSE,
    ]
    assert "".join(kind for kind, _ in _kinds(lines, "管理办法")) == "pfffpppp"


def test_contents_without_chapters_in_the_text_stay() -> None:
    assert "".join(kind for kind, _ in _kinds(["目录", "第一章 总则", _PROSE])) == "ppp"


def test_titles_are_said_once() -> None:
    lines = [
        "政府工作报告",
        "青河县2021年政府工作报告",
        "青河县2021年政府工作报告",
        "一、政府工作报告回顾",
        _PROSE,
    ]
    assert "".join(kind for kind, _ in _kinds(lines, "青河县2021年政府工作报告")) == "fpfpp"


@given(
    st.lists(
        st.text(st.sampled_from("首页打印关闭来源时间：全县12-: >》【】()。，\t"), min_size=1, max_size=30),
        min_size=1,
    )
)
@settings(max_examples=200, deadline=None)
def test_marking_keeps_every_character(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = mark_furniture(text, _blocks(text))
    end = 0
    for block in blocks:
        assert end <= block.start <= block.end
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()
