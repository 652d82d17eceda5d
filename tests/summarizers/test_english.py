import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.document import Section, Segment, Translation
from jianbao.summarizers import SectionText
from jianbao.summarizers._joining import Piece, common_words, paragraph, standing_alone
from jianbao.summarizers._shorten import closed, count_words, is_sentence, shortened
from jianbao.summarizers._verbs import gerund, past, third, verb
from jianbao.summarizers._voice import Tense, recast, subject_of, tense_of

WORDS = st.lists(
    st.sampled_from(
        ["The", "city", "built", "12", "parks", ",", "which", "will", "(in", "part)", "to", "3.5", "and"]
    ),
    max_size=50,
).map(" ".join)


def section(title: str, *texts: str, parent: str | None = None, level: int = 1) -> SectionText:
    segments = tuple(
        Segment(id=f"1:{i}", section="1", kind="sentence", text=text, start=0, end=len(text))
        for i, text in enumerate(texts)
    )
    return SectionText(
        section=Section(id="1", parent=parent, level=level, marker="", title=title, heading=None),
        segments=segments,
        translations=tuple(Translation(segment=s.id, text="") for s in segments),
    )


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("improve", ("improved", "improving", "improves")),
        ("build", ("built", "building", "builds")),
        ("carry", ("carried", "carrying", "carries")),
        ("set", ("set", "setting", "sets")),
        ("plan", ("planned", "planning", "plans")),
        ("oversee", ("oversaw", "overseeing", "oversees")),
    ],
)
def test_verbs_and_their_forms(base: str, forms: tuple[str, str, str]) -> None:
    assert (past(base), gerund(base), third(base)) == forms
    for form in forms:
        found = verb(form)
        assert found is not None
        assert found.base == base


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("Strengthening oversight of funds", "past", "The bureau strengthened oversight of funds."),
        ("Strengthen oversight of funds", "plan", "The bureau will strengthen oversight of funds."),
        ("to actively explore new ways", "plan", "The bureau will actively explore new ways."),
        (
            "Strengthen oversight, and improve services",
            "past",
            "The bureau strengthened oversight, and improved services.",
        ),
        ("We will open 3 laboratories.", "plan", "The bureau will open 3 laboratories."),
        ("Planned projects were completed.", "past", "Planned projects were completed."),
        ("Support for small firms rose.", "past", "Support for small firms rose."),
        ("Our city opened 3 parks.", "past", "The city opened 3 parks."),
        ("Exports reached 3 million yuan.", "plan", "Exports reached 3 million yuan."),
        ("Protect rivers and lakes", "rule", "The bureau is to protect rivers and lakes."),
    ],
)
def test_recasting(text: str, tense: Tense, expected: str) -> None:
    assert recast(text, "The bureau", tense) == expected


def test_the_body_that_speaks() -> None:
    heading = Segment(id="0:0", section="0", kind="heading", text="某市水务局工作总结", start=0, end=9)
    front = SectionText(
        section=Section(id="0", parent=None, level=1, marker="", title="", heading=None),
        segments=(heading,),
        translations=(Translation(segment="0:0", text=""),),
    )
    assert subject_of([front]) == "The bureau"
    assert subject_of([section("", "我省产业发展加快,全省出口增长。")]) == "The province"
    assert subject_of([section("", "加快发展。")]) == "The government"


@pytest.mark.parametrize(
    ("title", "text", "tense"),
    [
        ("2023年工作总结", "加强管理。", "past"),
        ("2024年工作计划", "新增企业23家,增长8.5%。", "plan"),
        ("某市绿化条例", "新增企业23家。", "rule"),
        ("科技创新", "累计认定企业126家,产值增长8.5%,获批国家级平台2个。", "past"),
        ("科技创新", "加强平台建设,完善政策,力争新认定企业20家以上。", "plan"),
    ],
)
def test_tense_comes_from_headings_then_from_the_words(title: str, text: str, tense: Tense) -> None:
    assert tense_of(section(title, text), {}) == tense


def test_tense_is_inherited() -> None:
    chapter = Section(id="2", parent=None, level=1, marker="二、", title="2024年工作计划", heading=None)
    part = section("提升创新能力", "新增企业23家,增长8.5%。", parent="2", level=2)
    assert tense_of(part, {"2": chapter}) == "plan"


def test_shortening_keeps_figures_and_drops_tails() -> None:
    text = (
        "The city built 36 laboratories and 12 pilot bases (see the annex), which strengthened the foundation of "
        "innovation across the region, thereby laying a solid basis for the growth of strategic emerging industries."
    )
    short = shortened(text, 20)
    assert short == "The city built 36 laboratories and 12 pilot bases (see the annex)." or "36" in short
    assert "annex" not in shortened("The city built 36 large laboratories in total, which served firms.", 9)
    assert count_words(short) <= 20


@given(WORDS, st.integers(min_value=5, max_value=30))
def test_what_is_shortened_is_a_sentence_within_the_limit(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert not short or (is_sentence(short) and count_words(short) <= longest)


@given(st.text(max_size=60))
def test_closing_twice_is_closing_once(text: str) -> None:
    assert closed(closed(text)) == closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "To build a new centre for science.",
        "Promoting the growth of new industries.",
        "Expand the coverage of services was expanded.",
        "The city built a new centre for.",
        'The city built a "new centre for science.',
        "Three new parks and 12 laboratories.",
        "Ly promoting reform, the city built 3 parks.",
        "GDP reached four, 14.2 trillion yuan.",
        "Campaigns on road safety, it will promote projects.",
        "The bureau built 3 parks; two more are planned.",
    ],
)
def test_fragments_are_no_sentences(text: str) -> None:
    assert not is_sentence(text)


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text=text, evidence=(f"1:{i}",), method="brief") for i, text in enumerate(texts)]


def test_short_briefs_become_one_sentence_and_openings_vary() -> None:
    made = paragraph(
        pieces(
            "The bureau opened 3 laboratories.",
            "The bureau trained 250 technicians.",
            "The number of patents rose by 12 percent.",
            "Spending on research reached 3 million yuan.",
        ),
        "The bureau",
        common_words(["the spending on it"]),
        lambda _: True,
    )
    assert [p.text for p in made] == [
        "The bureau opened 3 laboratories, and trained 250 technicians.",
        "The number of patents rose by 12 percent, and spending on research reached 3 million yuan.",
    ]
    assert made[0].evidence == ("1:0", "1:1")


def test_what_may_not_be_joined_stays_apart() -> None:
    three = pieces("The city grew.", "The city built.", "The city cared.")
    made = paragraph(three, "The city", common_words([]), lambda _: False)
    assert [p.text for p in made] == ["The city grew.", "It also built.", "It cared."]
    assert standing_alone(made[1].text, "The city") == "The city built."


def test_a_name_keeps_its_capital() -> None:
    made = paragraph(
        pieces("The city grew fast.", "Dongguan built 3 parks.", "Exports fell."),
        "The bureau",
        common_words([]),
        lambda _: True,
    )
    assert all("dongguan" not in p.text for p in made)
