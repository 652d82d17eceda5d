"""What is particular to one format: Markdown, Word, JSON, XLIFF, TMX."""

import io
import json
import zipfile

import docx
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from jianbao.document import Briefing
from jianbao.writers import load_writer
from jianbao.writers._marks import Mark, split_runs
from jianbao.writers.md import escape

MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


@given(st.text(alphabet=st.sampled_from("ab1290 *_`[](){}<>|#+-.!\\~&;=:\n\t$%\"'中文、。")))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = html.fromstring(f"<div>{MARKDOWN.render(escape(text))}</div>").text_content()
    assert " ".join(shown.split()) == " ".join(text.split())


def test_figures_are_not_cluttered_with_escapes() -> None:
    assert escape("2.64 billion yuan (up 4.5 percent)") == "2.64 billion yuan (up 4.5 percent)"


def test_markdown_tables_have_equal_rows(briefing: Briefing) -> None:
    tokens = MARKDOWN.parse(load_writer("md").write(briefing).decode())
    widths: list[list[int]] = []
    for token in tokens:
        if token.type == "table_open":
            widths.append([])
        elif token.type == "tr_open":
            widths[-1].append(0)
        elif token.type in {"td_open", "th_open"}:
            widths[-1][-1] += 1
    assert len(widths) == 9
    assert all(len(set(table)) == 1 for table in widths)


def test_docx_has_styles_properties_and_header_rows(briefing: Briefing) -> None:
    document = docx.Document(io.BytesIO(load_writer("docx").write(briefing)))
    styles = [p.style.name for p in document.paragraphs if p.style]
    assert styles[0] == "Title"
    assert {"Subtitle", "Heading 1", "Heading 2", "Summary", "Abstract"} <= set(styles)
    assert document.core_properties.title == briefing.headline
    assert document.core_properties.created.isoformat().startswith("2022-02-11T00:00:00")
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "SimSun"
    for table in document.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    row = [cell.text for cell in document.tables[0].rows[1].cells]
    assert row[:3] == ["High-tech enterprises", "312", "up 18.5 percent"]


def test_docx_links_have_their_bookmarks(briefing: Briefing) -> None:
    body = docx.Document(io.BytesIO(load_writer("docx").write(briefing))).element.body
    marks = [e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))]
    links = {e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= set(marks)
    assert len(marks) == len(set(marks))


def test_docx_tells_no_time_of_writing(briefing: Briefing) -> None:
    with zipfile.ZipFile(io.BytesIO(load_writer("docx").write(briefing))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_segments_hold_offsets_kinds_and_findings(briefing: Briefing) -> None:
    lines = [json.loads(line) for line in load_writer("segments_jsonl").write(briefing).decode().splitlines()]
    text = briefing.outline.document.text
    assert len(lines) == len(briefing.outline.segments)
    assert all(text[line["start"] : line["end"]] == line["source"] for line in lines)
    assert {line["kind"] for line in lines} == {"furniture", "heading", "sentence", "item", "row"}
    (finding,) = lines[7]["findings"]
    assert finding["check"] == "figures"
    assert finding["found"] == "26.4 billion yuan"
    assert lines[6]["constraints"][0]["target"] == "high-tech enterprises"


def test_quality_counts_and_signs(briefing: Briefing) -> None:
    report = json.loads(load_writer("quality_json").write(briefing))
    assert report["status"] == "errors"
    assert report["counts"]["segments"] == report["counts"]["translated"] == 18
    assert report["counts"]["furniture"] == 3
    assert report["counts"]["checks"] == {"figures": 1, "terms": 1}
    assert report["counts"]["terms_right"] == report["counts"]["terms"] - 1
    assert report["signature"] == "jianbao:0.1.0|model:test-zh-en|glossary:9f2c|beam:4"
    assert [f["segment"] for f in report["findings"]] == ["s8", "s20"]
    assert set(report["findings"][0]) >= {"segment", "what", "expected", "found"}


def test_xliff_units_tell_what_needs_review(briefing: Briefing) -> None:
    root = etree.fromstring(load_writer("xliff").write(briefing))
    assert root.tag == f"{XLIFF}xliff"
    assert [child.tag for child in root[0]] == [f"{XLIFF}header", f"{XLIFF}body"]
    units = {unit.get("id"): unit for unit in root.iter(f"{XLIFF}trans-unit")}
    assert len(units) == len(briefing.outline.segments)
    assert units["s1"].get("translate") == "no"
    assert units["s1"].find(f"{XLIFF}target") is None
    assert [child.tag for child in units["s8"]] == [f"{XLIFF}source", f"{XLIFF}target", f"{XLIFF}note"]
    assert units["s8"].find(f"{XLIFF}target").get("state") == "needs-review-translation"  # type: ignore[union-attr]
    assert units["s7"].find(f"{XLIFF}target").get("state") == "translated"  # type: ignore[union-attr]


def test_tmx_holds_both_languages_and_no_furniture(briefing: Briefing) -> None:
    root = etree.fromstring(load_writer("tmx").write(briefing))
    assert root.get("version") == "1.4"
    assert root.find("header").get("srclang") == "zh-Hans"  # type: ignore[union-attr]
    assert len(root.findall(".//tu")) == 18
    for unit in root.iter("tu"):
        assert [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in unit.iter("tuv")] == [
            "zh-Hans",
            "en",
        ]


@given(
    st.text(max_size=30),
    st.lists(
        st.tuples(st.integers(-3, 33), st.integers(-3, 33), st.sampled_from(["term", "figure", "error"]))
    ),
)
def test_runs_joined_give_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start=start, end=end, kind=kind, tip=kind) for start, end, kind in spans]
    runs = split_runs(text, marks)
    assert "".join(run.text for run in runs) == text
    position = 0
    for run in runs:
        end = position + len(run.text)
        expected = {m.kind for m in marks if 0 <= m.start <= position and end <= m.end <= len(text)}
        assert set(run.kinds) == expected
        position = end
