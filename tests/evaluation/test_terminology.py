"""Every measure of terms on examples that were computed by hand."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.evaluation import Corpus
from jianbao.evaluation.alam import exact_match, term_edits, window_overlap, words
from jianbao.evaluation.occurrences import Occurrence, align_terms, terms_of
from jianbao.evaluation.terminology import (
    PSEUDO_REFERENCES,
    consistency,
    forbidden_spans,
    success_rate,
    tally,
    term_table,
)
from jianbao.glossary import Entry, Glossary

Make = Callable[..., Corpus]


def rate(glossary: Glossary, corpus: Corpus) -> float | None:
    terms = [terms_of(glossary, line.source) for line in corpus.lines]
    return success_rate(tally(corpus, corpus.systems[0].hypotheses, terms))


def aligned(glossary: Glossary, source: str, english: str) -> list[tuple[str, str, str]]:
    found = align_terms(terms_of(glossary, source), english)
    return [(o.entry.source, o.status, o.rendering) for o in found]


def occurrences(
    glossary: Glossary, pairs: Sequence[tuple[str, str]], document: str = "d"
) -> list[Occurrence]:
    return [
        o
        for i, (source, english) in enumerate(pairs)
        for o in align_terms(terms_of(glossary, source), english, line=i, document=document)
    ]


def test_success_rate_is_the_mean_over_documents_and_terms(glossary: Glossary, make_corpus: Make) -> None:
    # 城市 in a: 2 in the source, 1 in the English: 0.5. 营商环境 in a: 1 of 1. 城市 in b: min(3 / 1, 1) = 1.
    corpus = make_corpus(
        ["城市与城市。", "优化营商环境。", "城市。"],
        ["The city and the town.", "Improve the business environment.", "Cities, cities, cities."],
        documents=["a", "a", "b"],
    )
    assert rate(glossary, corpus) == pytest.approx((0.5 + 1 + 1) / 3)


def test_success_counts_over_the_whole_document(glossary: Glossary, make_corpus: Make) -> None:
    # 2 in the source; the English has none in the first segment and two in the second: min(2 / 2, 1).
    corpus = make_corpus(["城市。", "城市。"], ["The town.", "A city is a city."])
    assert rate(glossary, corpus) == 1.0


def test_success_passes_over_pairs_that_the_references_do_not_have(
    glossary: Glossary, make_corpus: Make
) -> None:
    # The reference says "town" for 城市: the pair is not valid. 营商环境 is, and is missing.
    corpus = make_corpus(
        ["城市的营商环境。"], ["The climate."], references=["The town's business environment."]
    )
    assert rate(glossary, corpus) == 0.0
    assert rate(glossary, make_corpus(["城市。"], ["A town."], references=["A town."])) is None


def test_success_does_not_count_a_term_inside_a_longer_one(glossary: Glossary, make_corpus: Make) -> None:
    # One "city" for 城市 is asked for; the only one belongs to "smart city".
    assert rate(glossary, make_corpus(["智慧城市和城市。"], ["A smart city and a town."])) == 0.5


def test_consistency_by_hand(glossary: Glossary) -> None:
    # 企业 is company, enterprise, enterprises, not found; 城市 is city once.
    pairs = [
        ("企业。", "A company."),
        ("企业和企业。", "An enterprise and enterprises."),
        ("企业、城市。", "A firm, a city."),
    ]
    found = occurrences(glossary, pairs)
    assert [o.key for o in found].count("") == 1
    # first: company is right 1 of 4, city 1 of 1.
    assert consistency(found, "first") == pytest.approx((2 / 5, (1 / 4 + 1) / 2))
    # most frequent: enterprise, whatever its number, 2 of 4.
    assert consistency(found, "frequent") == pytest.approx((3 / 5, (2 / 4 + 1) / 2))
    # predefined: the target of the glossary, enterprise, as well.
    assert consistency(found, "predefined") == pytest.approx((3 / 5, (2 / 4 + 1) / 2))


def test_a_failed_alignment_is_never_the_pseudo_reference(glossary: Glossary) -> None:
    # The first occurrence is not found: the first rendering found is the pseudo-reference, the failure is wrong.
    found = occurrences(
        glossary, [("企业。", "A firm."), ("企业。", "A company."), ("企业。", "The company.")]
    )
    assert consistency(found, "first") == pytest.approx((2 / 3, 2 / 3))
    assert consistency(found, "frequent") == pytest.approx((2 / 3, 2 / 3))


def test_terms_that_share_a_rendering_stay_two_terms() -> None:
    # The macro average is over terms: 企业 1 of 2, 公司 2 of 2, although both are "company".
    both = Glossary([Entry(source="企业", target="company"), Entry(source="公司", target="company")])
    found = occurrences(
        both,
        [("企业。", "A company."), ("企业。", "A firm."), ("公司。", "A company."), ("公司。", "A company.")],
    )
    assert consistency(found, "predefined") == pytest.approx((3 / 4, (1 / 2 + 1) / 2))


def test_consistency_is_within_a_document(glossary: Glossary) -> None:
    found = occurrences(glossary, [("企业。", "A company.")], "a") + occurrences(
        glossary, [("企业。", "A business.")], "b"
    )
    assert consistency(found, "first") == (1.0, 1.0)
    assert consistency([], "first") is None


@given(
    st.lists(
        st.sampled_from(["An enterprise.", "A company.", "Businesses.", "A firm."]), min_size=1, max_size=8
    )
)
def test_consistency_lies_between_bounds(glossary: Glossary, texts: list[str]) -> None:
    found = occurrences(glossary, [("企业。", text) for text in texts])
    scores = {mode: consistency(found, mode) for mode in PSEUDO_REFERENCES}
    for score in scores.values():
        assert score is not None
        assert 0 <= score[0] <= 1
        assert score[0] == score[1]  # one term in one document
    assert scores["frequent"] is not None
    assert all(scores["frequent"] >= other for other in scores.values() if other)


def test_inflection_hyphens_case_and_variants_count_as_right(glossary: Glossary) -> None:
    for english in ("High-tech enterprises", "high tech enterprise", "HIGH AND NEW TECHNOLOGY ENTERPRISES"):
        assert aligned(glossary, "高新技术企业", english) == [("高新技术企业", "right", english)]


def test_no_word_renders_two_terms(glossary: Glossary) -> None:
    assert aligned(glossary, "企业和企业", "The company.") == [
        ("企业", "right", "company"),
        ("企业", "missing", ""),
    ]
    assert [s for _, s, _ in aligned(glossary, "高新技术企业和企业", "high-tech enterprises")] == [
        "right",
        "missing",
    ]


def test_other_and_forbidden_renderings_are_told_apart(glossary: Glossary) -> None:
    assert aligned(glossary, "智慧城市", "An intelligent town.") == [
        ("智慧城市", "forbidden", "intelligent town")
    ]
    assert aligned(glossary, "营商环境", "A better doing environment.") == [
        ("营商环境", "other", "doing environment")
    ]
    assert aligned(glossary, "智慧城市", "Nothing of it.") == [("智慧城市", "missing", "")]


def test_guards_and_checked_entries_ask_for_nothing(glossary: Glossary) -> None:
    assert [m.entry.source for m in terms_of(glossary, "推进城市长期发展")] == []


def test_forbidden_renderings_inside_a_right_one_are_allowed(glossary: Glossary) -> None:
    terms = glossary.match("推进智慧城市")
    assert len(forbidden_spans(terms, "Push a wisdom city.")) == 2
    assert forbidden_spans(terms, "Promote a smart city.") == ()


def test_exact_match_counts_every_occurrence(glossary: Glossary) -> None:
    found = occurrences(
        glossary, [("城市和城市和城市。", "A city, cities."), ("营商环境", "environment for business")]
    )
    assert exact_match(found) == (2, 4)


def overlap(glossary: Glossary, source: str, english: str, reference: str, size: int) -> float | None:
    terms = terms_of(glossary, source)
    return window_overlap(
        (english, align_terms(terms, english)), (reference, align_terms(terms, reference)), size=size
    )


def test_window_overlap_by_hand(glossary: Glossary) -> None:
    source, reference = "营商环境", "We will improve the business environment of our county."
    # The window of two: improve, the | of, our. Of it the hypothesis has: the, of.
    assert overlap(glossary, source, "They hurt the business environment of a town.", reference, 2) == 2 / 4
    # The window of three: will, improve, the | of, our, county.
    assert (
        overlap(glossary, source, "We improve the business environment of a county.", reference, 3) == 4 / 6
    )
    # Not found in the hypothesis: 0. Not in the reference: the segment does not count.
    assert overlap(glossary, source, "The climate.", reference, 2) == 0
    assert overlap(glossary, source, "The business environment.", "The climate.", 2) is None


def test_window_overlap_counts_a_word_as_often_as_on_both_sides(glossary: Glossary) -> None:
    reference = "The more the business environment, the more the county."
    assert overlap(glossary, "营商环境", "The business environment, the city.", reference, 2) == 2 / 4


def test_window_overlap_pairs_occurrences_one_to_one(glossary: Glossary) -> None:
    # The best pairs are taken: (old town, city hall) with itself, and so the other.
    reference = "old city hall and new city park"
    assert overlap(glossary, "城市和城市", "new city park and old city hall", reference, 1) == 1.0


def tokens(text: str) -> list[str]:
    return text.split()


def test_term_edits_by_hand() -> None:
    reference = tokens("improve the business environment now")
    in_term = [False, False, True, True, False]
    assert term_edits(reference, reference, in_term) == (0, 0)
    # One substitution in the term: 1, weighted 2.
    assert term_edits(tokens("improve the trade environment now"), reference, in_term) == (1, 2)
    # One substitution outside.
    assert term_edits(tokens("raise the business environment now"), reference, in_term) == (1, 1)
    # Both words of the term missing: 2, weighted 4; a word too many costs 1 wherever it stands.
    assert term_edits(tokens("improve the now"), reference, in_term) == (2, 4)
    assert term_edits(tokens("improve the good business environment now"), reference, in_term) == (1, 1)
    # A shift of the term, and one of other words.
    assert term_edits(tokens("business environment improve the now"), reference, in_term)[0] == 1
    assert term_edits(tokens("now improve the business environment"), reference, in_term) == (1, 1)
    assert term_edits([], reference, in_term) == (5, 7)


def test_window_words_leave_punctuation_out() -> None:
    assert words("The R&D fund, 1,634 (new) co-operatives.") == [
        "the",
        "r",
        "d",
        "fund",
        "1,634",
        "new",
        "co-operatives",
    ]


def test_term_table_says_which_rendering_stands_where(glossary: Glossary) -> None:
    found = occurrences(
        glossary, [("企业", "Companies"), ("企业", "an enterprise"), ("企业", "firms"), ("企业", "company")]
    )
    (row,) = term_table(found)
    assert (row.source, row.occurrences, row.right) == ("企业", 4, 3)
    assert [(r.status, r.lines) for r in row.renderings] == [
        ("right", (0, 3)),
        ("right", (1,)),
        ("missing", (2,)),
    ]
