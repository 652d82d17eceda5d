import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.document import Block, Document, Outline
from jianbao.readers import read_document
from jianbao.segmenter import outline_text, render_marker, segment

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "zhongshan-science-bureau-2018.txt"
MESSY = ROOT / "tests" / "data" / "messy"
GOLDEN = ROOT / "tests" / "golden" / "zhongshan-science-bureau-2018.outline.txt"
UPDATE = "JIANBAO_UPDATE_GOLDEN"

Reader = Callable[[str], Document]


def tree(outline: Outline) -> list[str]:
    return [f"{section.id} {section.marker}{section.title}" for section in outline.sections[1:]]


def segments(outline: Outline, section: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.marker, s.text[len(s.marker) :]) for s in outline.segments if s.section == section]


def assert_sound(outline: Outline) -> None:
    """The invariants that every outline keeps."""
    document = outline.document
    position = 0
    for item in outline.segments:
        assert item.text == document.text[item.start : item.end]
        assert item.text.strip() == item.text
        assert item.text
        assert item.text.startswith(item.marker)
        assert position <= item.start
        assert not document.text[position : item.start].strip()
        assert any(block.start <= item.start and item.end <= block.end for block in document.blocks)
        position = item.end
    assert not document.text[position:].strip()
    ids = [section.id for section in outline.sections]
    assert ids[0] == "0"
    assert len(set(ids)) == len(ids)
    for section in outline.sections:
        own = [item.id for item in outline.segments if item.section == section.id]
        assert own == [f"{section.id}:{n + 1}" for n in range(len(own))]
        if section.heading is not None:
            assert section.heading == own[0]
            assert section.parent == (section.id.rpartition(".")[0] or None)
            assert section.level == section.id.count(".") + 1
    order = [ids.index(item.section) for item in outline.segments]
    assert order == sorted(order)


def test_golden_outline_of_the_seed_report() -> None:
    outline = segment(read_document(SEED))
    assert_sound(outline)
    printed = outline_text(outline)
    if os.environ.get(UPDATE):
        GOLDEN.write_text(printed, encoding="utf-8")
    assert printed == GOLDEN.read_text(encoding="utf-8")


def test_the_update_switch_is_off() -> None:
    assert not os.environ.get(UPDATE), f"unset {UPDATE}: goldens are compared, not written"


def test_the_seed_report_has_two_chapters_of_eight_and_six_sections() -> None:
    outline = segment(read_document(SEED))
    children = [sum(s.parent == chapter for s in outline.sections) for chapter in ("1", "2")]
    assert [s.id for s in outline.sections if s.parent is None] == ["0", "1", "2"]
    assert children == [8, 6]
    points = [s.marker for s in outline.segments if s.section == "1.8" and s.kind == "item"]
    assert points == ["一是", "二是", "三", "四是", "五是"]


MESSY_TREES = {
    "02_breadcrumb-fontsize-opinion.txt": (
        "1 一、总体要求,目标任务|1.1 (一)总体要求|1.2 (二)目标任务|2 二、重点工作|2.1 (一)摸清底数|2.2 (二)挂牌公示"
        "|2.3 (三)落实养护|2.4 (四)严格执法|3 三、保障措施"
    ),
    "05_disclosure-flat-table-2022.txt": (
        "1 一、总体情况|2 二、主动公开政府信息情况|3 三、收到和处理政府信息公开申请情况"
        "|4 四、存在的主要问题及改进情况|5 五、其他需要报告的事项"
    ),
    "08_fullstop-decimals-congress-news.txt": "",
    "09_chunk-numbered-doc.txt": (
        "1 一、主要工作及成效|1.1 (一)医药卫生体制改革稳步推进|1.2 (二)公共卫生服务均等化水平提升"
        "|1.3 (三)全面两孩政策平稳实施|2 二、存在的主要问题|3 三、2017年工作打算|3.1 (一)抓改革|3.2 (二)抓项目"
        "|3.3 (三)抓队伍|3.4 (四)抓作风"
    ),
    "14_budget-thousands-commas.txt": (
        "1 一、2022年预算执行情况|1.1 (一)一般公共预算|1.2 (二)政府性基金预算|1.3 (三)国有资本经营预算"
        "|1.4 (四)社会保险基金预算|2 二、2023年预算草案"
    ),
    "18_bulletin-tables-notes.txt": "1 一、综合|2 二、农业|3 三、工业和建筑业",
    "20_markdown-bold-summary.txt": (
        "1 一、2023年工作总结|1.1 （一）公共文化服务提质|1.2 （二）文艺创作出新|1.3 （三）文物保护加强"
        "|2 二、存在的问题|3 三、2024年工作计划"
    ),
    "21_run-in-headings-speech.txt": (
        "1 一、成绩要肯定,差距要看清|2 二、任务要明确,重点要突出|3 三、办法要对头,责任要压实"
        "|4 四、作风要扎实,奖惩要兑现"
    ),
    "26_regulation-toc-chapters.txt": "1 第一章 总则|2 第二章 规划与许可|3 第三章 法律责任|4 第四章 附则",
    "29_html-remnants-policy-qa.txt": (
        "1 一、为什么要出台这个办法?|2 二、办法主要内容是什么?"
        "|2.1 (一)降低门槛|2.2 (二)简化流程|2.3 (三)提高补贴|3 三、问答"
    ),
}


@pytest.mark.parametrize("name", sorted(MESSY_TREES))
def test_messy_pages_have_sane_outlines(name: str) -> None:
    outline = segment(read_document(MESSY / name))
    assert_sound(outline)
    found = "|".join(line.replace(" ", "").replace("\u3000", "") for line in tree(outline))
    assert found == MESSY_TREES[name].replace(" ", "")


def test_headings_that_run_into_the_text(read_lines: Reader) -> None:
    text = (
        "一、主要工作\n"
        "(一)压实责任,夯实根基。一是抓学习。全年学习12次。二是抓整改。\n"
        "(二)培育动能,提升实力一是扶持企业。新增30家。二是引进平台。\n"
        "(三)优化环境 一是减证便民。二是一网通办。三推动高新区发展。三年来成效明显。\n"
        "(四)存在问题：一是人才少；二是投入低。\n"
        "二、下一步打算\n加快发展。"
    )
    outline = segment(read_lines(text))
    assert tree(outline) == [
        "1 一、主要工作",
        "1.1 (一)压实责任,夯实根基",
        "1.2 (二)培育动能,提升实力",
        "1.3 (三)优化环境",
        "1.4 (四)存在问题",
        "2 二、下一步打算",
    ]
    assert segments(outline, "1.2") == [
        ("heading", "(二)", "培育动能,提升实力"),
        ("item", "一是", "扶持企业。"),
        ("sentence", "", "新增30家。"),
        ("item", "二是", "引进平台。"),
    ]
    assert segments(outline, "1.3")[3:] == [
        ("item", "三", "推动高新区发展。"),
        ("sentence", "", "三年来成效明显。"),
    ]
    assert segments(outline, "1.4")[1] == ("item", "一是", "人才少；二是投入低。")


def test_one_is_inside_a_word_does_not_end_a_heading(read_lines: Reader) -> None:
    outline = segment(read_lines("一、坚持统一要求第一要务。工作扎实。二是有亮点。\n二、其他\n正文在此。"))
    assert tree(outline)[0] == "1 一、坚持统一要求第一要务"


def test_a_contents_list_makes_no_sections(read_lines: Reader) -> None:
    chapters = "第一章 总则\n第二章 罚则\n"
    text = f"某市管理条例\n目 录\n{chapters}第一章 总则\n第一条 为了管理,制定本条例。\n第二章 罚则\n第二条 违者罚款。"
    outline = segment(read_lines(text))
    assert tree(outline) == ["1 第一章 总则", "2 第二章 罚则"]
    assert segments(outline, "0")[2:] == [("item", "第一章 ", "总则"), ("item", "第二章 ", "罚则")]


def test_clauses_of_an_article_are_items(read_lines: Reader) -> None:
    text = "第一章 总则\n第一条 申请人应当具备下列条件：\n(一)遵纪守法；\n(二)有固定住所。\n第二条规定的情形除外。"
    outline = segment(read_lines(text))
    assert tree(outline) == ["1 第一章 总则"]
    assert [(kind, marker) for kind, marker, _ in segments(outline, "1")] == [
        ("heading", "第一章 "),
        ("item", "第一条 "),
        ("item", "(一)"),
        ("item", "(二)"),
        ("sentence", ""),
    ]


def test_articles_alone_are_items_of_the_front_section(read_lines: Reader) -> None:
    outline = segment(read_lines("某市办法\n第一条 为了管理,制定本办法。\n第二条 本办法自公布之日起施行。"))
    assert tree(outline) == []
    assert [kind for kind, _, _ in segments(outline, "0")] == ["heading", "item", "item"]


def test_lists_are_not_sections(read_lines: Reader) -> None:
    text = (
        "一、工作任务\n主要包括：\n(一)摸清底数；\n(二)挂牌公示；\n(三)落实养护。\n二、工作要求\n严格执行。"
    )
    assert tree(segment(read_lines(text))) == ["1 一、工作任务", "2 二、工作要求"]


def test_arabic_numbers_make_sections_only_where_nothing_higher_does(read_lines: Reader) -> None:
    body = "全年完成投资3.2亿元,增长10.5%。"
    plain = f"某局总结\n1.加强领导\n{body}\n2.狠抓项目\n{body}\n10.5%的增幅居全市前列。"
    assert tree(segment(read_lines(plain))) == ["1 1.加强领导", "2 2.狠抓项目"]
    nested = f"某局总结\n一、主要工作\n1.加强领导\n{body}\n2.狠抓项目\n{body}\n二、打算\n{body}"
    outline = segment(read_lines(nested))
    assert tree(outline) == ["1 一、主要工作", "2 二、打算"]
    assert segments(outline, "1")[1] == ("item", "1.", "加强领导")


def test_decimal_numbering_nests(read_lines: Reader) -> None:
    text = "应急预案\n1 总则\n1.1 编制目的\n为了应急,制定本预案。\n1.2 适用范围\n适用于全市。\n2 组织体系\n设指挥部。"
    assert tree(segment(read_lines(text))) == [
        "1 1 总则",
        "1.1 1.1 编制目的",
        "1.2 1.2 适用范围",
        "2 2 组织体系",
    ]


def test_an_annex_is_a_section_of_its_own(read_lines: Reader) -> None:
    annex = "附件1\n值班表\n一、安排\n每日2人。\n二、电话\n见公告。"
    outline = segment(read_lines(f"某通知\n一、要求\n请落实。\n附件：1.值班表\n某县办公室\n{annex}"))
    assert tree(outline) == ["1 一、要求", "2 附件1", "2.1 一、安排", "2.2 二、电话"]


def test_a_numeral_out_of_turn_is_no_heading(read_lines: Reader) -> None:
    text = (
        "一、总体情况\n稳中有进。\n十、百、千亿级企业梯队加快形成。总量居全省前列。\n二、主要问题\n问题不少。"
    )
    assert tree(segment(read_lines(text))) == ["1 一、总体情况", "2 二、主要问题"]


def test_contents_without_a_heading_are_known_by_their_repetition(read_lines: Reader) -> None:
    chapters = ["第一章 总则", "第二章 管理", "第三章 罚则"]
    body = "".join(f"{chapter}\n本章从略,另行规定。\n" for chapter in chapters)
    assert tree(segment(read_lines("某条例\n" + "\n".join(chapters) + "\n" + body))) == [
        f"{n + 1} {chapter}" for n, chapter in enumerate(chapters)
    ]


def test_a_point_inside_a_quotation_does_not_end_a_heading(read_lines: Reader) -> None:
    text = "一、落实“坚持一是学、二是干”要求。成效明显。\n二、打算\n继续努力。"
    assert tree(segment(read_lines(text))) == ["1 一、落实“坚持一是学、二是干”要求", "2 二、打算"]


def test_clauses_with_text_of_their_own_stay_items(read_lines: Reader) -> None:
    clauses = "(一)城市。城市指设区的市。\n(二)乡村。乡村指镇和村。\n"
    text = f"第一章 总则\n第一条 下列用语的含义：\n{clauses}第二章 附则\n第二条 即日施行。"
    assert tree(segment(read_lines(text))) == ["1 第一章 总则", "2 第二章 附则"]


def test_enumerations_of_numerals_are_not_headings(read_lines: Reader) -> None:
    text = "一、总体情况\n一、二、三产业协调发展。\n一、二楼住户不出资。\n二、主要问题\n问题不少。"
    assert tree(segment(read_lines(text))) == ["1 一、总体情况", "2 二、主要问题"]


def test_headings_inside_one_line(read_lines: Reader) -> None:
    text = (
        "县长在现场会上的讲话 同志们: 今天我讲两点。 一、成绩要肯定 去年,全县完成土石方512万方。"
        "三次产业结构优化。 二、任务要明确 今年目标是“112”:1就是1亿元。"
    )
    outline = segment(read_lines(text))
    assert tree(outline) == ["1 一、成绩要肯定", "2 二、任务要明确"]
    assert [(kind, body) for kind, _, body in segments(outline, "0")] == [
        ("heading", "县长在现场会上的讲话"),
        ("sentence", "同志们:"),
        ("sentence", "今天我讲两点。"),
    ]


def test_rows_furniture_and_stray_figures(read_lines: Reader) -> None:
    text = "~当前位置:首页\n某县统计公报\n一、综合\n全年平稳。\n|指标\t数值\n- - -\n农业\n12.5\n工业\n-3.1"
    outline = segment(read_lines(text))
    assert [kind for kind, _, _ in segments(outline, "1")] == [
        "heading",
        "sentence",
        "row",
        "furniture",
        *["row"] * 4,
    ]
    assert segments(outline, "0")[0] == ("furniture", "", "~当前位置:首页")


def test_stated_headings_nest_by_level() -> None:
    lines = [
        ("工作报告", 1),
        ("回顾", 2),
        ("全年增长。", None),
        ("经济", 3),
        ("稳中有进。", None),
        ("展望", 2),
    ]
    text, blocks = "", []
    for line, level in lines:
        kind = "paragraph" if level is None else "heading"
        blocks.append(Block(start=len(text), end=len(text) + len(line), kind=kind, level=level))  # type: ignore[arg-type]
        text += f"{line}\n"
    document = Document(
        id="t", path="t.md", format="md", encoding="utf-8", text=text, original=text, blocks=tuple(blocks)
    )
    outline = segment(document)
    assert_sound(outline)
    assert tree(outline) == ["1 回顾", "1.1 经济", "2 展望"]
    assert segments(outline, "0") == [("heading", "", "工作报告")]


MARKS = [
    "一、",
    "二、",
    "（一）",
    "(二)",
    "第一章 ",
    "第二条 ",
    "1.",
    "2、",
    "①",
    "一是",
    "二是",
    "三",
    "首先，",
    "问:",
    "- ",
]
STOPS = [
    "。",
    "！",
    "；",
    "，",
    "：",
    ".",
    "…",
    "“",
    "”",
    "《",
    "》",
    "（",
    ")",
    '"',
    " ",
    "\u3000",
    "\t",
    "\n",
    "\n\n",
    "——",
]
WORDS = [
    "工作总结",
    "各位代表：",
    "加快推进科技创新发展",
    "完成投资",
    "8.7%",
    "418。6",
    "0",
    "2018年",
    "目录",
    "a.doc",
]
LINES = ["|", "~", "#", "\u200b"]


@given(text=st.lists(st.sampled_from([*MARKS, *STOPS, *WORDS, *LINES]), max_size=60).map("".join))
def test_every_outline_is_sound(read_lines: Reader, text: str) -> None:
    outline = segment(read_lines(text))
    assert_sound(outline)
    for item in outline.segments:
        rendered = render_marker(item.marker)
        assert not item.marker or (rendered.endswith(" ") and rendered.strip())
        assert not any("\u4e00" <= char <= "\u9fff" for char in rendered)
    assert outline_text(outline).count("\n") == len(outline.sections)


@given(text=st.text(max_size=200))
def test_any_text_is_tiled(read_lines: Reader, text: str) -> None:
    assert_sound(segment(read_lines(text)))
