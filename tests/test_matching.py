"""Renderings in English text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.matching import EnglishText, find_forbidden, find_renderings


def found(rendering: str, english: str) -> list[str]:
    return [english[start:end] for start, end in find_renderings([rendering], english)]


@pytest.mark.parametrize(
    ("rendering", "english", "expected"),
    [
        ("high-tech enterprise", "High-Tech Enterprises and hi-tech firms", ["High-Tech Enterprises"]),
        ("high-tech", "a high tech zone and a hightech zone", ["high tech", "hightech"]),
        ("policymaking", "policy-making is policy making", ["policy-making", "policy making"]),
        ("policy", "policies", ["policies"]),
        ("innovation consortium", "Innovation consortia", ["Innovation consortia"]),
        ("deputy to the people's congress", "deputies to people’s congresses", ["deputies to people’s congresses"]),
        ("business incubator", "the business's incubators", ["business's incubators"]),
        ("SME", "12 SMEs", ["SMEs"]),
        ("research center", "two research centres", ["research centres"]),
        ("centralized labour program", "Centralised labor programmes", ["Centralised labor programmes"]),
        ("improving Party conduct", "We improved the Party conduct.", ["improved the Party conduct"]),
        ("advanced manufacturing", "We advance manufacturing.", []),
        ("Two Upholds", 'the "Two Upholds"', ["Two Upholds"]),
        ("statistical communique", "Statistical Communiqué", ["Statistical Communiqué"]),
        ("education, science and technology, and talent", "education, science and technology and talent",
         ["education, science and technology and talent"]),
        ("scientific and technological innovation", "sci-tech innovation", ["sci-tech innovation"]),
        ("small and medium-sized enterprise", "technology-based SMEs", ["SMEs"]),
        ("provincial-level key laboratory", "provincial key laboratories", ["provincial key laboratories"]),
        ("R&D spending", "R & D spending; research and development spending",
         ["R & D spending", "research and development spending"]),
    ],
)  # fmt: skip
def test_inflection_spelling_and_punctuation_do_not_count(
    rendering: str, english: str, expected: list[str]
) -> None:
    assert found(rendering, english) == expected


@pytest.mark.parametrize(
    ("rendering", "english"),
    [
        ("art", "start the party"),
        ("mu", "museum"),
        ("15", "1,500 and 2015 and 1.5"),
        ("5 percent", "4.5 percent"),
        ("US", "let us go"),
        ("Party building", "the Party. Building work"),
        ("first", "firstly"),
    ],
)
def test_words_and_numbers_are_not_cut(rendering: str, english: str) -> None:
    assert found(rendering, english) == []


def test_numbers_match_with_or_without_commas() -> None:
    assert found("1,634", "1634 firms and 1,634 deals") == ["1634", "1,634"]


def test_a_word_inside_a_known_phrase_is_still_found() -> None:
    assert found("technology", "science and technology") == ["technology"]


def test_the_longest_of_overlapping_spans_stays() -> None:
    english = "the municipal Party committee and the Party"
    spans = find_renderings(["Party", "municipal Party committee"], english)
    assert [english[a:b] for a, b in spans] == ["municipal Party committee", "Party"]


def test_nothing_is_found_for_renderings_without_words() -> None:
    assert find_renderings(["", "-", "the"], "the text - of it") == ()


def test_forbidden_renderings_inside_right_ones_are_excused() -> None:
    english = EnglishText(
        "The leading Party members group and the Party committee met; the Party committee left."
    )
    (wrong, *others) = find_forbidden(["Party committee"], ["leading Party members group"], english)
    assert len(others) == 1
    assert english.text[slice(*wrong)] == "Party committee"
    assert find_forbidden(["Party committee"], ["Party committee"], english) == ()


words = st.sampled_from(
    ["the", "Party", "policies", "centre", "1,634", "sci-tech", "SMEs", "R&D", "-", ",", "“x”", "'s"]
)


@given(st.lists(words, max_size=12).map(" ".join), st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_spans_lie_in_the_text_in_order(english: str, rendering: str) -> None:
    end = 0
    for start, stop in find_renderings([rendering, "Party"], english):
        assert end <= start < stop <= len(english)
        end = stop


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_searched(english: str, rendering: str) -> None:
    for start, stop in find_renderings([rendering], english):
        assert 0 <= start < stop <= len(english)


@given(st.lists(st.sampled_from(["city", "bureau", "policy", "talent", "2,300"]), min_size=1, max_size=5))
def test_a_rendering_is_found_in_itself(parts: list[str]) -> None:
    english = " ".join(parts)
    assert find_renderings([english], f"({english}).") == ((1, 1 + len(english)),)
