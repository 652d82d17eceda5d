import pytest

from jianbao.segmenter import render_marker
from jianbao.segmenter.numbering import parse_han, read_bare_point, read_marker


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("一百零一", 101),
        ("二〇", 20),
        ("47", 47),
    ],
)
def test_parse_han(numeral: str, value: int) -> None:
    assert parse_han(numeral) == value


@pytest.mark.parametrize(
    ("text", "marker", "style", "ordinal"),
    [
        ("一、工作情况", "一、", "han", 1),
        ("十一、保障措施", "十一、", "han", 11),
        ("一、2018年工作情况", "一、", "han", 1),
        ("(二)重点工作", "(二)", "han_bracketed", 2),
        ("（十三）其他", "（十三）", "han_bracketed", 13),
        ("㈢审批", "㈢", "han_bracketed", 3),
        ("第一章　总　则", "第一章　", "chapter", 1),
        ("第二节 许可", "第二节 ", "section", 2),
        ("第三部分 任务", "第三部分 ", "part", 3),
        ("第七条之一 拒不提供的", "第七条之一 ", "article", 7),
        ("第一百二十三条 本法", "第一百二十三条 ", "article", 123),
        ("1.加强领导", "1.", "digit", 1),
        ("2、加强督查", "2、", "digit", 2),
        ("3、2017年打算", "3、", "digit", 3),
        ("(4)科技支出", "(4)", "digit_bracketed", 4),
        ("5)环保支出", "5)", "digit_bracketed", 5),
        ("①改造食堂", "①", "digit_bracketed", 1),
        ("三是规模有突破", "三是", "point", 3),
        ("首先，要抓落实", "首先，", "point", 1),
        ("其次要看成效", "其次", "point", 2),
        ("第二，坚持创新", "第二，", "point", 2),
        ("其三，保民生", "其三，", "point", 3),
        ("一要抓紧落实", "一", "point", 1),
        ("一要", "一要", "point", 1),
        ("问:谁来付费?", "问:", "question", 0),
        ("答：按户分摊。", "答：", "answer", 0),
        ("[3]指标按现价计算", "[3]", "note", 3),
        ("- 检查单位96家次", "- ", "bullet", 0),
        ("——动能增强", "——", "dash", 0),
        ("1.2 编制依据", "1.2 ", "decimal", 1),
    ],
)
def test_reads_markers(text: str, marker: str, style: str, ordinal: int) -> None:
    found = read_marker(text, 0, len(text))
    assert found is not None
    assert (text[found.start : found.end], found.style, found.ordinal) == (marker, style, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三产业协调发展",
        "一、二楼不出",
        "10.5%的增幅",
        "1.2万人",
        "2018年以来",
        "20*年,全县完成",
        "一是一、二是二的作风",
        "第一产业增加值",
        "第三条规定的情形",
        "第二十条第(一)项",
        "一要素保障",
        "三农工作",
        "-0.4",
        "首府建设",
        "",
    ],
)
def test_reads_no_marker(text: str) -> None:
    assert read_marker(text, 0, len(text)) is None


def test_bare_point_needs_its_turn() -> None:
    text = "三推动高新区发展。"
    found = read_bare_point(text, 0, len(text), ordinal=3)
    assert found is not None
    assert text[found.start : found.end] == "三"
    assert read_bare_point(text, 0, len(text), ordinal=2) is None
    counted = "三年来成绩显著。"
    assert read_bare_point(counted, 0, len(counted), ordinal=3) is None


@pytest.mark.parametrize(
    ("marker", "english"),
    [
        ("一、", "I. "),
        ("四、", "IV. "),
        ("十九、", "XIX. "),
        ("(二)", "(2) "),
        ("（十二）", "(12) "),
        ("㈢", "(3) "),
        ("1.", "1. "),
        ("2、", "2. "),
        ("(3)", "(3) "),
        ("4)", "(4) "),
        ("①", "(1) "),
        ("三是", "Third, "),
        ("三", "Third, "),
        ("一要", "First, "),
        ("首先，", "First, "),
        ("其次", "Second, "),
        ("最后，", "Finally, "),
        ("第二，", "Second, "),
        ("第四条 ", "Article 4. "),
        ("第七条之一 ", "Article 7-1. "),
        ("第一章　", "Chapter 1. "),
        ("第二节 ", "Section 2. "),
        ("第三部分 ", "Part 3. "),
        ("问:", "Q: "),
        ("答：", "A: "),
        ("[4]", "[4] "),
        ("1.2 ", "1.2 "),
        ("• ", "• "),
        ("- ", "• "),
        ("——", "— "),
        ("", ""),
        ("附件2：", "Annex 2. "),
        ("附件", "Annex. "),
        ("说明", ""),
    ],
)
def test_renders_markers(marker: str, english: str) -> None:
    assert render_marker(marker) == english
