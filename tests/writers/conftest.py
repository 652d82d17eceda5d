"""A briefing of an invented town, with everything a writer must be able to show."""

from collections.abc import Sequence

import pytest

from jianbao.briefing import assemble
from jianbao.document import (
    Abstract,
    AbstractSentence,
    Block,
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

Line = tuple[str, SegmentKind, str, str, str]

# Section, kind, marker, source, translation. A source that begins with "¶" begins a paragraph.
LINES: tuple[Line, ...] = (
    ("0", "furniture", "", "¶您的位置：首页 > 工作总结", ""),
    (
        "0",
        "heading",
        "",
        "¶云溪市科学技术局2021年工作总结",
        "Yunxi Municipal Science and Technology Bureau: Work Summary for 2021",
    ),
    ("0", "furniture", "", "¶发布日期：2022-02-11 来源：本站 字体：[大 中 小]", ""),
    (
        "0",
        "sentence",
        "",
        "¶2021年，在市委、市政府的坚强领导下，我局围绕高质量发展抓创新。",
        "In 2021, under the strong leadership of the municipal Party committee and the municipal government, "
        "our bureau pursued innovation with high-quality development as its focus.",
    ),
    ("1", "heading", "一、", "¶一、2021年工作情况", "I. Work in 2021"),
    (
        "1.1",
        "heading",
        "（一）",
        "¶（一）企业创新能力持续增强。",
        "(1) The capacity of enterprises to innovate kept growing.",
    ),
    (
        "1.1",
        "item",
        "一是",
        "¶一是壮大高新技术企业队伍，全市高新技术企业达到312家，同比增长18.5%。",
        "First, we enlarged the ranks of high-tech enterprises: the city now has 312 high-tech enterprises, "
        "up 18.5 percent year on year.",
    ),
    (
        "1.1",
        "item",
        "二是",
        "二是加大研发投入，全社会研发经费支出26.4亿元，占生产总值的2.71%。",
        "Second, we increased investment in R&D: total expenditure on R&D came to 26.4 billion yuan, "
        "or 2.71 percent of GDP.",
    ),
    (
        "1.1",
        "item",
        "三是",
        "三是落实税收优惠政策，为企业减免税款1.35亿元。",
        "Third, we put preferential tax policies into practice, which saved enterprises 135 million yuan in taxes.",
    ),
    (
        "1.2",
        "heading",
        "（二）",
        "¶（二）创新平台建设取得突破",
        "(2) Breakthroughs were made in building platforms for innovation",
    ),
    (
        "1.2",
        "sentence",
        "",
        "¶新增省级重点实验室3家、新型研发机构5家，甬江材料研究院落户我市。",
        "Three provincial key laboratories and five new-type R&D institutions were added, and the Yongjiang "
        "Institute of Materials settled in our city.",
    ),
    (
        "1.2",
        "sentence",
        "",
        "全年技术合同成交额15.2亿元，比上年增加4.6亿元。",
        "The turnover of technology contracts reached 1.52 billion yuan in the year, 460 million yuan more "
        "than in the year before.",
    ),
    ("1.2", "row", "", "¶指标\t2020年\t2021年", "Indicator\t2020\t2021"),
    ("1.2", "row", "", "¶发明专利授权量\t410件\t528件", "Invention patents granted\t410\t528"),
    (
        "1.2",
        "row",
        "",
        "¶技术合同成交额\t10.6亿元\t15.2亿元",
        "Turnover of technology contracts\t1.06 billion yuan\t1.52 billion yuan",
    ),
    ("1.3", "heading", "（三）", "¶（三）营商环境不断优化", "(3) The business environment kept improving"),
    (
        "1.3",
        "sentence",
        "",
        "¶推行“一件事一次办”，办理时限压缩60%以上，企业满意度达到98.7%。",
        'We introduced "one matter, handled once", cut the time limits for handling by more than 60 percent, '
        "and brought enterprise satisfaction to 98.7 percent.",
    ),
    ("2", "heading", "二、", "¶二、2022年工作打算", "II. Plans for 2022"),
    (
        "2",
        "item",
        "1.",
        "¶1.力争全社会研发经费支出占生产总值的比重提高到2.9%。",
        "1. We will strive to raise total expenditure on R&D to 2.9 percent of GDP.",
    ),
    (
        "2",
        "item",
        "2.",
        "¶2.建设云溪科创走廊*核心区*，用好<专项_资金>与“揭榜挂帅”等办法|机制。",
        "2. We will build the *core area* of the Yunxi Innovation Corridor and make good use of <special_funds>, "
        "the open competition mechanism & other means|mechanisms.",
    ),
    ("2", "furniture", "", "¶打印 关闭", ""),
)

TERMS = {
    "高质量发展": "high-quality development",
    "高新技术企业": "high-tech enterprises",
    "研发": "R&D",
    "新型研发机构": "new-type R&D institutions",
    "重点实验室": "key laboratories",
    "营商环境": "business environment",
    "揭榜挂帅": "open competition mechanism",
    "税收优惠政策": "preferential tax policies",
    "科创走廊": "science and technology innovation corridor",
}


def _constraints(text: str) -> tuple[Constraint, ...]:
    found: list[Constraint] = []
    for term in sorted(TERMS, key=len, reverse=True):
        start = text.find(term)
        if start >= 0 and not any(c.start < start + len(term) and start < c.end for c in found):
            found.append(
                Constraint(start=start, end=start + len(term), source=term, target=TERMS[term], kind="term")
            )
    return tuple(sorted(found, key=lambda c: c.start))


def _segments() -> tuple[str, tuple[Segment, ...]]:
    text, segments = "", []
    for number, (section, kind, marker, source, _) in enumerate(LINES, 1):
        if source.startswith("¶") and text:
            text += "\n"
        body = source.removeprefix("¶")
        segments.append(
            Segment(
                id=f"s{number}",
                section=section,
                kind=kind,
                text=body,
                start=len(text),
                end=len(text) + len(body),
                marker=marker,
            )
        )
        text += body
    return text, tuple(segments)


def _section(id: str, parent: str | None, marker: str, heading: Segment | None) -> Section:
    return Section(
        id=id,
        parent=parent,
        level=id.count(".") + 1,
        marker=marker,
        title=heading.text.removeprefix(marker) if heading else "",
        heading=heading.id if heading else None,
    )


def _sentence(text: str, *evidence: str) -> AbstractSentence:
    return AbstractSentence(text=text, evidence=evidence, method="test")


def _abstract(section: str | None, *sentences: AbstractSentence) -> Abstract:
    return Abstract(section=section, sentences=sentences)


def _finding(segment: Segment, english: str, source: str, target: str, **fields: str) -> Finding:
    start = segment.text.index(source)
    return Finding(
        check=fields["check"],
        severity="error" if fields["severity"] == "error" else "warning",
        segment=segment.id,
        message=fields["message"],
        expected=fields["expected"],
        found=target,
        source_span=(start, start + len(source)),
        target_span=(english.index(target), english.index(target) + len(target)) if target else None,
    )


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    """The example: 21 segments, 2 findings, a table, 6 sections on two levels, 3 lines of furniture."""
    text, segments = _segments()
    by_section = {s.section: s for s in reversed(segments) if s.kind == "heading" and s.section != "0"}
    sections = tuple(
        _section(
            id,
            id.rpartition(".")[0] or None,
            by_section[id].marker if id in by_section else "",
            by_section.get(id),
        )
        for id in ("0", "1", "1.1", "1.2", "1.3", "2")
    )
    document = Document(
        id="yunxi-2021",
        path="yunxi-2021.txt",
        format="txt",
        encoding="utf-8",
        text=text,
        original=text,
        blocks=(Block(start=0, end=len(text)),),
        metadata=Metadata(
            title="云溪市科学技术局2021年工作总结",
            issuer="云溪市科学技术局",
            date="2022-02-11",
            source="本站",
        ),
    )
    translations = tuple(
        Translation(
            segment=segment.id,
            text=english,
            constraints=_constraints(segment.text) if english else (),
            score=-0.31 if english else None,
            method="none" if not english else "repair" if segment.id == "s11" else "model",
        )
        for segment, (_, _, _, _, english) in zip(segments, LINES, strict=True)
    )
    return assemble(
        Outline(document=document, sections=sections, segments=segments),
        translations,
        abstracts=_abstracts(),
        summary=_abstract(
            None,
            _sentence("Yunxi's high-tech enterprises rose 18.5 percent to 312 in 2021.", "s7"),
            _sentence(
                "Technology contracts brought 1.52 billion yuan, 460 million yuan more than in 2020.",
                "s12",
                "s15",
            ),
            _sentence("For 2022 the bureau aims to raise expenditure on R&D to 2.9 percent of GDP.", "s19"),
        ),
        key_figures=_key_figures(),
        findings=_findings(segments, translations),
        headline="Yunxi Municipal Science and Technology Bureau: Work Summary for 2021",
        provenance={"jianbao": "0.1.0", "model": "test-zh-en", "glossary": "9f2c", "beam": "4"},
        issuer="Yunxi Municipal Science and Technology Bureau",
        source="this website",
    )


def _abstracts() -> Sequence[Abstract]:
    return (
        _abstract(
            "1.1",
            _sentence(
                "The city had 312 high-tech enterprises, and tax relief saved enterprises 135 million yuan.",
                "s7",
                "s9",
            ),
        ),
        _abstract(
            "1.2",
            _sentence(
                "Three provincial key laboratories and five new-type R&D institutions were added.", "s11"
            ),
            _sentence("The turnover of technology contracts reached 1.52 billion yuan.", "s12"),
        ),
        _abstract(
            "2",
            _sentence(
                "The bureau will raise expenditure on R&D and build an innovation corridor.", "s19", "s20"
            ),
        ),
    )


def _key_figures() -> Sequence[KeyFigure]:
    return (
        KeyFigure(indicator="High-tech enterprises", value="312", change="up 18.5 percent", segment="s7"),
        KeyFigure(indicator="Total expenditure on R&D", value="2.64 billion yuan", change="", segment="s8"),
        KeyFigure(
            indicator="Turnover of technology contracts",
            value="1.52 billion yuan",
            change="up 460 million yuan",
            segment="s12",
        ),
        KeyFigure(indicator="Enterprise satisfaction | rate", value="98.7 percent", change="", segment="s17"),
    )


def _findings(segments: Sequence[Segment], translations: Sequence[Translation]) -> Sequence[Finding]:
    return (
        _finding(
            segments[7],
            translations[7].text,
            "26.4亿元",
            "26.4 billion yuan",
            check="figures",
            severity="error",
            message="the figure is off by a power of ten",
            expected="26.4亿元 = 2.64 billion yuan",
        ),
        _finding(
            segments[19],
            translations[19].text,
            "科创走廊",
            "",
            check="terms",
            severity="warning",
            message="the term is not rendered as agreed",
            expected="科创走廊 = science and technology innovation corridor",
        ),
    )
