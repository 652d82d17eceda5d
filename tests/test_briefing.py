"""Putting a briefing together, and the views that the writers share."""

from collections.abc import Sequence

import pytest

from jianbao.briefing import (
    assemble,
    blocks,
    english_date,
    furniture,
    notes,
    original_title,
    parts,
    passages,
    places,
    signature,
    source_line,
)
from jianbao.document import (
    Abstract,
    AbstractSentence,
    Briefing,
    Constraint,
    Document,
    Finding,
    KeyFigure,
    Metadata,
    Outline,
    Section,
    Segment,
    SegmentKind,
    Translation,
)
from jianbao.quality import measure

TEXT = "首页 > 公开\n清河县统计局公报\n一、工业\n产值3亿元。利润2亿元。\n指标\t数值\n产值\t3亿元\n打印"
SPANS: tuple[tuple[str, str, SegmentKind, str], ...] = (
    ("首页 > 公开", "0", "furniture", ""),
    ("清河县统计局公报", "0", "heading", "Bulletin of the Qinghe County Statistics Bureau"),
    ("一、工业", "1", "heading", "I. Industry."),
    ("产值3亿元。", "1", "sentence", "Output value was 300 million yuan."),
    ("利润2亿元。", "1", "sentence", "Profit was 2 million yuan."),
    ("指标\t数值", "1", "row", "Indicator\tValue"),
    ("产值\t3亿元", "1", "row", "Output value\t300 million yuan"),
    ("打印", "1", "furniture", ""),
)
PAGE = Metadata(issuer="清河县统计局", date="2021-03-05", source="本网")
BUREAU = Constraint(
    start=0, end=6, source="清河县统计局", target="Qinghe County Statistics Bureau", kind="name"
)


def outline(metadata: Metadata) -> Outline:
    segments, end = [], 0
    for number, (text, section, kind, _) in enumerate(SPANS):
        start = TEXT.index(text, end)
        end = start + len(text)
        marker = "一、" if text.startswith("一、") else ""
        segments.append(
            Segment(
                id=f"s{number}", section=section, kind=kind, text=text, start=start, end=end, marker=marker
            )
        )
    sections = (
        Section(id="0", parent=None, level=1, marker="", title="", heading=None),
        Section(id="1", parent=None, level=1, marker="一、", title="工业", heading="s2"),
    )
    document = Document(
        id="qinghe",
        path="qinghe.txt",
        format="txt",
        encoding="utf-8",
        text=TEXT,
        original=TEXT,
        blocks=(),
        metadata=metadata,
    )
    return Outline(document=document, sections=sections, segments=tuple(segments))


def build(
    findings: Sequence[Finding] = (),
    metadata: Metadata = PAGE,
    key_figures: Sequence[KeyFigure] = (),
    **names: str,
) -> Briefing:
    translations = [
        Translation(segment=f"s{n}", text=english, constraints=(BUREAU,) if n == 1 else ())
        for n, (_, _, _, english) in enumerate(SPANS)
    ]
    sentence = AbstractSentence(text="Output value was 300 million yuan.", evidence=("s3",))
    return assemble(
        outline(metadata),
        translations,
        abstracts=(Abstract(section="1", sentences=(sentence,)),),
        summary=Abstract(section=None, sentences=()),
        key_figures=key_figures,
        findings=findings,
        headline="Bulletin",
        provenance={"jianbao": "0.1.0", "beam": "4"},
        **names,
    )


def finding(segment: str, severity: str = "error", check: str = "figures", expected: str = "") -> Finding:
    return Finding(
        check=check,
        severity="error" if severity == "error" else "warning",
        segment=segment,
        message="the figure is missing",
        expected=expected,
    )


def test_passages_are_numbered_without_furniture() -> None:
    assert [p.number for p in passages(build())] == [0, 1, 2, 3, 4, 5, 6, 0]


def test_a_line_break_opens_a_paragraph() -> None:
    opened = [p.segment.text for p in passages(build()) if p.opens_paragraph]
    assert "产值3亿元。" in opened
    assert "利润2亿元。" not in opened


def test_parts_hold_title_abstract_and_passages() -> None:
    front, industry = parts(build())
    assert [p.number for p in front.passages] == [1]
    assert front.abstract is None
    assert industry.title == "I. Industry"
    assert industry.heading is not None
    assert industry.abstract is not None
    assert [p.number for p in industry.passages] == [3, 4, 5, 6]
    assert [len(block) for block in blocks(industry.passages)] == [1, 1, 2]


def test_furniture_is_kept_apart() -> None:
    assert [p.segment.text for p in furniture(build())] == ["首页 > 公开", "打印"]


def test_places_name_section_and_number() -> None:
    assert places(build())["s3"] == "I · 3"
    assert places(build())["s1"] == "1"


def test_source_line_is_english() -> None:
    assert source_line(build()) == "Qinghe County Statistics Bureau · March 5, 2021 · Source: this website"
    assert source_line(build(issuer="The Bureau", source="The Daily")).startswith("The Bureau · ")
    assert source_line(build(metadata=Metadata())) == ""
    assert source_line(build(metadata=Metadata(date="2021年"))) == "2021年"


def test_title_comes_from_metadata_then_heading() -> None:
    assert original_title(build(metadata=Metadata(title="公报"))) == "公报"
    assert original_title(build(metadata=Metadata())) == "清河县统计局公报"


def test_dates() -> None:
    assert english_date("2019-03-22") == "March 22, 2019"
    assert english_date("2019-3") == "2019-3"


def test_findings_of_one_kind_are_told_together_errors_first() -> None:
    told = [
        finding("s3", "warning", "unknown_characters"),
        finding("s3", expected="甲 = A"),
        finding("s3", expected="乙 = B"),
        finding("s3", expected="甲 = A"),
    ]
    passage = next(p for p in passages(build(told)) if p.segment.id == "s3")
    assert [n.text for n in notes(passage)] == [
        "the figure is missing: 甲 = A (2 times); 乙 = B",
        "the figure is missing",
    ]
    assert [n.check for n in notes(passage)] == ["figures", "unknown characters"]


def test_signature_leaves_names_out() -> None:
    assert signature(build()) == "jianbao:0.1.0|beam:4"


def test_quality_counts_what_stands_in_the_english() -> None:
    quality = measure(build([finding("s4")]))
    assert (quality.segments, quality.translated, quality.furniture) == (6, 6, 2)
    assert (quality.figures, quality.figures_right) == (3, 2)
    assert (quality.terms, quality.terms_right) == (1, 1)
    assert quality.status == "errors"
    assert quality.checks == {"figures": 1}


def test_an_untranslated_segment_is_never_ok() -> None:
    whole = build()
    assert measure(whole).status == "ok"
    holed = assemble(
        whole.outline,
        [
            Translation(segment=t.segment, text="" if t.segment == "s3" else t.text)
            for t in whole.translations
        ],
        abstracts=(),
        summary=whole.summary,
        key_figures=(),
        findings=(),
        headline="",
        provenance={},
    )
    assert measure(holed).status == "errors"


def test_translations_must_run_parallel() -> None:
    whole = build()
    with pytest.raises(ValueError, match="parallel"):
        assemble(
            whole.outline,
            whole.translations[1:],
            abstracts=(),
            summary=whole.summary,
            key_figures=(),
            findings=(),
            headline="",
            provenance={},
        )


def test_unknown_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="'s99'"):
        build([finding("s99")])
    with pytest.raises(ValueError, match="'s98'"):
        build(key_figures=[KeyFigure(indicator="GDP", value="1", change="", segment="s98")])
