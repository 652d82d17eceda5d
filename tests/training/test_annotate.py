import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.constraints import plain
from jianbao.training.annotate import Annotator, stands
from jianbao.training.corpus import Pair
from jianbao.training.lexicon import Lexicon, read_dictionary
from jianbao.training.recipe import Annotation
from jianbao.training.swaps import TermSwapper, swap_figures

PAIR = Pair(
    "白河县新建高新技术企业230家,投资1.2亿元,增长15%。",
    "Baihe County added 230 high-tech enterprises with an investment of 120 million yuan, up 15 percent.",
    "doc",
)
TERMS = Lexicon(
    [
        ("高新技术企业", "new and high technology company"),
        ("高新技术企业", "high-tech enterprise"),
        ("投资", "finance"),
    ]
)
WORDS = Lexicon([("新建", "build"), ("增长", "increase"), ("投资", "investment"), ("白河县", "Baihe County")])


def test_candidates_stand_on_both_sides() -> None:
    found = Annotator(Annotation(), TERMS, WORDS).candidates(PAIR)
    assert [(c.source, c.target) for c in found.figures] == [
        ("230", "230"), ("1.2亿元", "120 million yuan"), ("15%", "15 percent")
    ]  # fmt: skip
    assert [(c.source, c.target) for c in found.terms] == [("高新技术企业", "high-tech enterprise")]
    assert [(c.source, c.target) for c in found.words] == [("白河县", "Baihe County"), ("投资", "investment")]


def test_briefs_are_shown_what_they_leave_out() -> None:
    brief = PAIR._replace(target="Baihe invested in industry.")
    annotator = Annotator(Annotation(), TERMS, WORDS)
    assert not annotator.candidates(brief).figures
    assert len(annotator.candidates(brief, free=True).figures) == 3


def test_a_figure_inside_a_term_is_left_to_the_term() -> None:
    pair = Pair("贯彻党的十九大精神", "We acted on the 19th National Congress.", "x")
    annotator = Annotator(Annotation(), Lexicon([("党的十九大", "19th National Congress")]), Lexicon())
    found = annotator.candidates(pair)
    assert not found.figures
    assert [c.source for c in found.terms] == ["党的十九大"]


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_versions_are_the_source_with_annotations(seed: int) -> None:
    versions = Annotator(Annotation(dense=0.5), TERMS, WORDS).versions(PAIR, 3, random.Random(seed))
    assert versions
    assert len(set(versions)) == len(versions)
    for version in versions:
        assert "<t>" in version
        assert plain(version) == PAIR.source


@pytest.mark.parametrize(
    ("rendering", "english", "count"),
    [("15", "up 15 percent", 1), ("15", "150 of 1.15 and 15.5", 0), ("5 percent", "15 percent", 0),
     ("$30", "of $30, then $300", 1), ("three", "three, and threefold", 1)],
)  # fmt: skip
def test_stands(rendering: str, english: str, count: int) -> None:
    assert stands(rendering, english) == count


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_swapped_figures_still_agree(seed: int) -> None:
    swapped = swap_figures(PAIR, random.Random(seed))
    assert len(swapped.source) == len(PAIR.source)
    found = Annotator(Annotation(), Lexicon(), Lexicon()).candidates(swapped)
    assert len(found.figures) == 3


def test_swapped_places_change_on_both_sides() -> None:
    places = Lexicon([("白河县", "Baihe County"), *((f"{c}山县", f"{c}X County") for c in "青红蓝绿")])
    swapped = TermSwapper([places]).swap(PAIR, random.Random(1))
    assert "白河县" not in swapped.source or swapped == PAIR
    match = next(places.find(swapped.source))
    assert match.renderings[0] in swapped.target


def test_dictionary_glosses_lose_their_trappings(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "d.tsv"
    path.write_text("支持\tto support (a cause); to back\n某姓\tsurname Mou\n公\tpublic\n", encoding="utf-8")
    assert list(read_dictionary(path)) == [("支持", "support"), ("支持", "back")]
