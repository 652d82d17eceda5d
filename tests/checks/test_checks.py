"""Each check on right and on damaged translations."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.checks import CheckContext, check_names, run_checks
from jianbao.checks.length import usual_ratio
from jianbao.constraints import build_constraints
from jianbao.document import Finding, Segment, SegmentKind, Translation
from jianbao.errors import SettingsError
from jianbao.glossary import Entry, Glossary

GLOSSARY = Glossary(
    (
        Entry(source="智慧城市", target="smart city", forbidden=("wisdom city",)),
        Entry(source="营商环境", target="business environment"),
        Entry(source="新材料", target="new material"),
        Entry(source="党组", target="leading Party members group", forbidden=("Party committee",)),
        Entry(source="党委", target="Party committee"),
    )
)


def findings(
    source: str,
    english: str,
    *,
    kind: SegmentKind = "sentence",
    marker: str = "",
    names: Sequence[str] | None = None,
) -> tuple[Finding, ...]:
    segment = Segment(id="s1", section="", kind=kind, text=source, start=0, end=len(source), marker=marker)
    constraints = build_constraints(source, GLOSSARY)
    return run_checks(
        [segment], [Translation(segment="s1", text=english, constraints=constraints)], names=names
    )


def told(source: str, english: str, **options: str) -> list[tuple[str, str]]:
    return [(f.check, f.severity) for f in findings(source, english, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "english", "marker"),
    [
        ("企业达到1634家，增长4.5%。", "The number of enterprises reached 1,634, up 4.5 percent.", ""),
        ("第四条　企业应当按时申报。", "Article 4. Enterprises shall report on time.", "第四条　"),
        ("（三）占比不低于3%；", "(3) The share is not less than 3 percent;", "（三）"),
        ("1.完成投资2亿元。", "1. Investment of 200 million yuan was completed.", "1."),
        ("三是建设智慧城市。", "Third, we will build a smart city.", "三是"),
        ("①新材料产业增长。", "1. The new materials industry grew.", "①"),
        ("一、2023年工作总结", "I. Summary of Work in 2023", "一、"),
        ("合作共赢，越来越好。", "Win-win cooperation gets better and better.", ""),
    ],
)
def test_a_right_translation_passes_every_check(source: str, english: str, marker: str) -> None:
    assert told(source, english, marker=marker) == []


@pytest.mark.parametrize(
    ("english", "severity", "message"),
    [
        ("Investment of 2 billion yuan was completed.", "error", "power of ten"),
        ("Investment of 300 million yuan was completed.", "error", "another value"),
        ("Investment was completed in the whole year.", "error", "missing"),
        ("Investment of 200 million yuan was completed in 12 projects.", "warning", "no such figure"),
    ],
)
def test_figures(english: str, severity: str, message: str) -> None:
    (found,) = findings("全年完成投资2亿元。", english, names=["figures"])
    assert found.severity == severity
    assert message in found.message


def test_spans_of_a_figure_index_the_whole_segment() -> None:
    source, english = "（一）完成投资2亿元。", "(1) Investment of 3 billion yuan was completed."
    (found,) = findings(source, english, marker="（一）", names=["figures"])
    assert found.source_span
    assert found.target_span
    assert source[slice(*found.source_span)] == "2亿元"
    assert english[slice(*found.target_span)] == "3 billion yuan"


def test_a_wrong_number_of_an_article_is_seen() -> None:
    assert told("第四条　企业应当申报。", "Article 5. Enterprises shall report.", marker="第四条　") == [
        ("figures", "error")
    ]


def test_terms() -> None:
    assert told("建设智慧城市。", "Build a clever town.") == [("terms", "warning")]
    (found,) = findings("建设智慧城市。", "Build a wisdom city.")
    assert (found.severity, found.found) == ("error", "wisdom city")


def test_a_rendering_forbidden_for_one_term_may_be_right_for_another() -> None:
    assert told(
        "市委、党组和党委。", "The municipal Party committee, leading Party members group, Party committee."
    ) in (
        [],
        [("terms", "warning")],
    )
    assert ("terms", "error") in told("党组会议。", "A meeting of the Party committee.")
    assert ("terms", "error") not in told(
        "党组和党委会议。", "Meetings of the group and of the Party committee."
    )


def test_entries_that_are_only_checked_report_forbidden_renderings() -> None:
    glossary = Glossary([Entry(source="推进", target="advance", forbidden=("push forward",), use="check")])
    segment = Segment(id="s1", section="", kind="sentence", text="推进改革，推进开放。", start=0, end=10)
    context = CheckContext(glossary=glossary)
    for english, errors in (("Promote reform.", 0), ("Push forward reform.", 1)):
        found = run_checks([segment], [Translation(segment="s1", text=english)], context, names=["terms"])
        assert [f.severity for f in found] == ["error"] * errors


def test_untranslated() -> None:
    (found,) = findings("建设智慧城市。", "Build a smart city 城市.", names=["untranslated"])
    assert found.found == "城市"
    assert ("untranslated", "error") in told("建设智慧城市。", " ")


@pytest.mark.parametrize(
    ("english", "loops"),
    [
        ("We will build roads and parks and build roads and parks and rest.", True),
        ("We will will build roads.", True),
        ("The road, the road, the road.", True),
        ("The growth of the growth of the county.", True),
        ("It had had an effect on what that that did.", False),
        ("With industries, industries gather talent.", False),
        ("From 3 percent to 3.3 percent and 4.4 percent.", False),
        ("A win-win result year on year.", False),
    ],
)
def test_repetition(english: str, loops: bool) -> None:
    assert bool(findings("推动各项工作取得新进展。", english, names=["repetition"])) is loops


def test_repeated_cells_of_a_table_are_no_loop() -> None:
    assert findings("合计\t46\t46", "Total\t46\t46", kind="row", names=["repetition"]) == ()
    assert findings("合格\t合格", "Passed\tPassed", kind="row", names=["repetition"]) == ()


def test_a_source_that_repeats_itself_may_be_repeated() -> None:
    source = "坚持不懈抓好落实，坚持不懈抓好改革，坚持不懈抓好服务。"
    english = (
        "We keep working hard on delivery, keep working hard on reform, and keep working hard on service."
    )
    assert findings(source, english, names=["repetition"]) == ()


def test_length() -> None:
    source = "我们要坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，加快构建新发展格局。"
    assert findings(source, "We will move ahead.", names=["length"])[0].message.count("short") == 1
    assert "long" in findings(source, "word " * 80, names=["length"])[0].message
    assert (
        findings("工作总结", "Summary of the work of the whole bureau in the past year", names=["length"])
        == ()
    )


@given(st.floats(min_value=10, max_value=2000))
def test_the_usual_range_narrows_with_length(length: float) -> None:
    low, high = usual_ratio(length, CheckContext().length_ratio)
    longer = usual_ratio(length * 2, CheckContext().length_ratio)
    assert 0 < low < longer[0] < longer[1] < high


def test_omission() -> None:
    source = "我们要优化营商环境、建设智慧城市，发展新材料。"
    assert findings(source, "We will improve the business environment.", names=["omission"]) == ()
    (found,) = findings(source, "We will develop new materials.", names=["omission"])
    assert found.source_span
    assert source[slice(*found.source_span)] == "我们要优化营商环境、建设智慧城市"


def test_unknown_characters_need_a_model() -> None:
    source = "甪直镇建设智慧城市。"
    segment = Segment(id="s1", section="", kind="sentence", text=source, start=0, end=len(source))
    context = CheckContext(unknown_characters=lambda text: tuple(c for c in text if c in "甪慧"))
    constraints = [c for c in build_constraints(source, GLOSSARY) if c.source == "智慧城市"]
    translation = Translation(segment="s1", text="x", constraints=tuple(constraints))
    (found,) = run_checks([segment], [translation], context, names=["unknown_characters"])
    assert found.found == "甪"


def test_furniture_is_not_checked() -> None:
    assert findings("打印 关闭 12", "", kind="furniture") == ()


def test_names_of_checks() -> None:
    assert set(check_names()) == {
        "figures", "length", "omission", "repetition", "terms", "unknown_characters", "untranslated",
    }  # fmt: skip
    with pytest.raises(SettingsError, match="no plug-in 'spelling'"):
        run_checks([], [], names=["spelling"])


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(source: str, english: str) -> None:
    for found in findings(source, english):
        for text, span in ((source, found.source_span), (english, found.target_span)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
