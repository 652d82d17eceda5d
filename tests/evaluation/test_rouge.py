import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.evaluation.rouge import rouge_l, rouge_n

TEXTS = st.lists(st.sampled_from(["the", "city", "built", "3", "parks"]), max_size=12).map(" ".join)


def test_rouge_by_hand() -> None:
    # candidate "the cat sat on the mat", reference "the cat lay on the mat": unigrams 5/6; bigrams 3/5
    assert rouge_n("The cat sat on the mat.", "The cat lay on the mat.", 1).f1 == pytest.approx(5 / 6)
    assert rouge_n("The cat sat on the mat.", "The cat lay on the mat.", 2).f1 == pytest.approx(3 / 5)
    assert rouge_l("The cat sat on the mat.", "The cat lay on the mat.").f1 == pytest.approx(5 / 6)


def test_a_repeated_word_counts_as_often_as_it_stands_in_both() -> None:
    score = rouge_n("the the the the", "the cat is on the mat", 1)
    assert score.precision == pytest.approx(2 / 4)
    assert score.recall == pytest.approx(2 / 6)


def test_order_matters_to_rouge_l_only() -> None:
    assert rouge_n("b a", "a b", 1).f1 == 1.0
    assert rouge_l("b a", "a b").f1 == pytest.approx(0.5)


def test_nothing_scores_nothing() -> None:
    assert rouge_n("", "a", 1).f1 == rouge_l("a", "").f1 == rouge_n("a", "a", 2).f1 == 0.0


@given(TEXTS, TEXTS)
def test_f1_is_symmetric_and_bounded(a: str, b: str) -> None:
    for score, back in ((rouge_n(a, b, 2), rouge_n(b, a, 2)), (rouge_l(a, b), rouge_l(b, a))):
        assert 0.0 <= score.f1 <= 1.0
        assert score.f1 == pytest.approx(back.f1)


@given(TEXTS.filter(bool))
def test_a_text_equals_itself(text: str) -> None:
    assert rouge_n(text, text, 1).f1 == rouge_l(text, text).f1 == 1.0
