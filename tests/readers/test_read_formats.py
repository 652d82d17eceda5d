"""One report, written by us, in every format: the same lines come out."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml.etree import SubElement, _Element

from jianbao.document import Document
from jianbao.readers import read_document, suffixes

WritePdf = Callable[[str, list[list[tuple[float, float, float, str]]]], Path]

_TITLE = "青河县农业局2021年工作总结和2022年工作计划"
_OPENING = "2021年，我局坚持稳中求进，全年粮食总产达到32.5万吨，比上年增长3.2%，各项工作取得新进展。"
_TEXT = "全县推广良种12.6万亩，测土配方施肥30万亩，新增家庭农场45家，农民人均收入增长8.1%。"


def _lines(document: Document, *kinds: str) -> list[str]:
    return [
        document.text[b.start : b.end]
        for b in document.blocks
        if b.kind in (kinds or ("paragraph", "heading"))
    ]


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_suffixes() -> None:
    assert suffixes() == {".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"}


def test_text_lines_are_blocks(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", f"{_TITLE}\r\n\r\n　　{_OPENING}\r\n一、粮食生产\r\n{_TEXT}\r\n")
    document = read_document(path)
    assert (document.id, document.format, document.encoding) == ("a", "txt", "utf-8")
    assert _lines(document) == [_TITLE, _OPENING, "一、粮食生产", _TEXT]
    assert document.metadata.issuer == "青河县农业局"


def test_wrapped_text_is_joined(tmp_path: Path) -> None:
    paragraph = _OPENING + _TEXT + _OPENING + _TEXT + _OPENING + _TEXT
    wrapped = "\n".join(re.findall(r".{1,30}", paragraph))
    document = read_document(_write(tmp_path / "a.txt", f"{_TITLE}\n{wrapped}\n{wrapped}\n"))
    assert _lines(document) == [_TITLE, paragraph, paragraph]


def test_columns_held_apart_by_tabs_are_rows(tmp_path: Path) -> None:
    table = "指标\t产量\t增长\n小麦\t12.4\t3.1%\n玉米\t8.2\t-0.5%"
    document = read_document(_write(tmp_path / "a.txt", f"{_OPENING}\n{table}\n{_TEXT}"))
    assert _lines(document, "row") == table.split("\n")


def test_markdown(tmp_path: Path) -> None:
    text = f"""---
title: 别的标题
source: "县农业局"
---
# {_TITLE}

{_OPENING[:20]}
{_OPENING[20:]}

一、**粮食**生产
---------------

* {_TEXT}[^1]
1\\. _第一项_ 工作与[附表](a.html "x")，见 `代码`。

产品 | 产量
:-- | --:
小麦\\|大麦 | 12.4

```
a_b ** c
```
[^1]: 初步数。
"""
    document = read_document(_write(tmp_path / "a.markdown", text))
    assert document.metadata.title == _TITLE
    assert document.metadata.source == "县农业局"
    assert _lines(document) == [
        _TITLE,
        _OPENING,
        "一、粮食生产",
        _TEXT,
        "1. 第一项 工作与附表，见 代码。",
        "a_b c",
        "[1] 初步数。",
    ]
    assert _lines(document, "row") == ["产品\t产量", "小麦|大麦\t12.4"]
    assert [block.level for block in document.blocks if block.kind == "heading"] == [1, 2]


_PAGE = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{_TITLE} - 青河县政府网</title><meta name="PubDate" content="2022-01-05 09:00"><style>p {{}}</style></head>
<body class="nav-top"><div class="header"><a href="/">青河县政府</a></div><script>var 脚本 = "<p>正文</p>";</script>
<ul class="nav"><li><a href="#">首页</a></li><li><a href="#">政务公开</a></li></ul>
<div class="wrap"><h1>青河县农业局2021年工作总结<br>和2022年工作计划</h1>
<p class="info"><span>来源：县农业局</span><span>浏览次数：12</span> 【<a>打印</a>】</p>
<div class="content"><p>　　{_OPENING[:12]}
   {_OPENING[12:]}</p><h2>一、粮食生产</h2><p><b>全县</b>推广&nbsp;良种{_TEXT[6:]}</p>
<table><tr><th rowspan="2">产品</th><th colspan="2">产量</th></tr><tr><th>2020年</th><th>2021年</th></tr>
<tr><td>小麦</td><td><p>12.0</p></td><td>12.4</td></tr></table>
<p>二、存在的问题</p><p>{_TEXT}</p></div></div>
<div class="footer">版权所有：青河县政府 <a>联系我们</a></div></body></html>"""


def test_html_page_in_the_encoding_it_declares(tmp_path: Path) -> None:
    document = read_document(_write(tmp_path / "a.html", _PAGE, "gb18030"))
    assert document.encoding == "gb18030"
    assert document.metadata.title == _TITLE
    assert document.metadata.date == "2022-01-05"
    assert document.metadata.source == "县农业局"
    assert _lines(document) == [_TITLE, _OPENING, "一、粮食生产", _TEXT, "二、存在的问题", _TEXT]
    assert _lines(document, "row") == ["产品\t产量", "产品\t2020年\t2021年", "小麦\t12.0\t12.4"]
    furniture = _lines(document, "furniture")
    assert "首页" in furniture
    assert "版权所有：青河县政府 联系我们" in furniture
    assert "脚本" not in document.text
    levels = {document.text[b.start : b.end]: b.level for b in document.blocks if b.kind == "heading"}
    assert levels == {_TITLE: 1, "一、粮食生产": 2}


def test_html_page_that_declares_the_wrong_encoding(tmp_path: Path) -> None:
    document = read_document(_write(tmp_path / "a.htm", _PAGE, "utf-8"))
    assert document.metadata.title == _TITLE


def test_html_of_tables_and_breaks(tmp_path: Path) -> None:
    page = f"""<table><tr><td><a>首页</a> | <a>公开</a></td></tr><tr><td><table><tr><td>{_TITLE}</td></tr>
    <tr><td>{_OPENING}<br><br>&nbsp;&nbsp;<b>一、粮食生产</b><br>{_TEXT}<br></td></tr></table></td></tr></table>"""
    document = read_document(_write(tmp_path / "a.html", page))
    assert _lines(document) == [_TITLE, _OPENING, "一、粮食生产", _TEXT]


def test_html_headings_round_one_long_paragraph(tmp_path: Path) -> None:
    long = _TEXT * 20
    lines = ["一、粮食生产", long, "二、存在的问题", _TEXT, "稳中求进"]
    page = "".join(f"<div>{line}</div>" for line in lines)
    assert _lines(read_document(_write(tmp_path / "a.html", f"<div>{page}</div>"))) == lines


def test_text_with_markdown_marks_keeps_its_lines(tmp_path: Path) -> None:
    text = f"**{_TITLE}**\n全县粮食生产的总体情况和主要做法如下\n{_OPENING}\n**一、粮食生产**\n{_TEXT}"
    document = read_document(_write(tmp_path / "a.txt", text))
    assert _lines(document) == [
        _TITLE,
        "全县粮食生产的总体情况和主要做法如下",
        _OPENING,
        "一、粮食生产",
        _TEXT,
    ]


def test_html_page_under_the_name_of_a_text_file(tmp_path: Path) -> None:
    document = read_document(_write(tmp_path / "a.txt", _PAGE, "gb18030"))
    assert _lines(document)[:2] == [_TITLE, _OPENING]


def _report() -> docx.document.Document:
    word = docx.Document()
    word.add_paragraph(_TITLE, style="Title")
    word.add_paragraph(_OPENING)
    word.add_heading("一、粮食生产", 1)
    table = word.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("产品", "产量", "小麦", "12.4"), strict=True
    ):
        cell.text = text
    word.add_heading("（一）良种推广", 2)
    word.add_paragraph(_TEXT)
    word.sections[0].footer.paragraphs[0].text = "青河县农业局办公室"
    return word


def test_word_document_in_order(tmp_path: Path) -> None:
    _report().save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    found = [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("heading", None, _TITLE),
        ("paragraph", None, _OPENING),
        ("heading", 1, "一、粮食生产"),
        ("row", None, "产品\t产量"),
        ("row", None, "小麦\t12.4"),
        ("heading", 2, "（一）良种推广"),
        ("paragraph", None, _TEXT),
        ("furniture", None, "青河县农业局办公室"),
    ]
    assert document.metadata.title == _TITLE


def _add(parent: _Element, tag: str, text: str = "", **attributes: str) -> _Element:
    """A new last child, its tag and attributes in the namespace of Word."""
    child = SubElement(parent, qn(f"w:{tag}"), {qn(f"w:{name}"): value for name, value in attributes.items()})
    child.text = text
    return child


def test_automatic_numbering_is_written_out(tmp_path: Path) -> None:
    word = docx.Document()
    numbering = word.part.numbering_part.element
    abstract = _add(numbering, "abstractNum", abstractNumId="77")
    level = _add(abstract, "lvl", ilvl="0")
    for tag, value in (("start", "1"), ("numFmt", "chineseCounting"), ("lvlText", "%1、")):
        _add(level, tag, val=value)
    _add(_add(numbering, "num", numId="78"), "abstractNumId", val="77")
    for text in ("总体情况", "主要问题"):
        properties = _add(word.add_paragraph(text)._p.get_or_add_pPr(), "numPr")
        _add(properties, "ilvl", val="0")
        _add(properties, "numId", val="78")
    word.save(str(tmp_path / "a.docx"))
    assert _lines(read_document(tmp_path / "a.docx")) == ["一、总体情况", "二、主要问题"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("全年产量")._p
    _add(_add(_add(paragraph, "del"), "r"), "delText", "旧数")
    _add(_add(_add(paragraph, "ins"), "r"), "t", "32.5万吨")
    word.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").text == "全年产量32.5万吨"


def test_pdf_lines_are_joined_across_pages(write_pdf: WritePdf) -> None:
    body = _OPENING + _TEXT + _OPENING + _TEXT
    lines = [body[:28], *(body[start : start + 30] for start in range(28, len(body), 30))]
    first = [
        (60.0, 780.0, 10.0, "青河县农业局"),
        (150.0, 740.0, 22.0, _TITLE[:14]),
        (150.0, 710.0, 22.0, _TITLE[14:]),
    ]
    first += [(60.0 + (24 if n == 0 else 0), 680.0 - 20 * n, 12.0, line) for n, line in enumerate(lines[:3])]
    second = [(60.0, 780.0, 10.0, "青河县农业局")]
    second += [(60.0, 740.0 - 20 * n, 12.0, line) for n, line in enumerate(lines[3:])]
    second += [
        (84.0, 600.0, 12.0, "一、粮食生产"),
        (84.0, 580.0, 12.0, _TEXT[:28]),
        (60.0, 560.0, 12.0, _TEXT[28:]),
    ]
    third = [(60.0, 780.0, 10.0, "青河县农业局"), (84.0, 740.0, 12.0, "二、存在的问题")]
    pages = [[*page, (290.0, 40.0, 10.0, f"- {n} -")] for n, page in enumerate((first, second, third), 1)]
    document = read_document(write_pdf("a.pdf", pages))
    assert _lines(document) == [_TITLE, body, "一、粮食生产", _TEXT, "二、存在的问题"]
    assert _lines(document, "furniture") == ["青河县农业局", "- 1 -", "- 2 -", "- 3 -"]


def test_pdf_radicals_and_stray_quotes_are_mended(write_pdf: WritePdf) -> None:
    lines = [(60.0, 700.0, 12.0, "“ ”全县⼈⺠推进 三会一课 制度建设，⻓期坚持。")]
    assert read_document(write_pdf("a.pdf", [lines])).text == "全县人民推进“三会一课”制度建设，长期坚持。"


def test_pdf_table_lines_are_rows(write_pdf: WritePdf) -> None:
    texts = [_TEXT, "一、粮食生产", "产品 产量 增长", "小麦 12.4 3.1%", "玉米 8.2 -0.5%"]
    document = read_document(
        write_pdf("a.pdf", [[(60.0, 700.0 - 20 * n, 12.0, t) for n, t in enumerate(texts)]])
    )
    assert _lines(document, "row") == ["产品\t产量\t增长", "小麦\t12.4\t3.1%", "玉米\t8.2\t-0.5%"]


def test_word_file_is_a_zip_that_python_docx_wrote(tmp_path: Path) -> None:
    """The refusal tests change such an archive; this one says that unchanged it is read."""
    buffer = io.BytesIO()
    _report().save(buffer)
    copy = tmp_path / "copy.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
    assert _TEXT in read_document(copy).text


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_traditional_script_is_simplified_and_kept(tmp_path: Path, name: str) -> None:
    line = "全縣推廣良種12.6萬畝，農民人均收入增長8.1%，各項工作取得新進展。"
    document = read_document(_write(tmp_path / name, line, "big5hkscs"))
    assert document.encoding == "big5"
    assert document.text == "全县推广良种12.6万亩，农民人均收入增长8.1%，各项工作取得新进展。"
    assert document.original == line
