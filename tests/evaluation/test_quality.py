"""Our sums and formulas against sacreBLEU's own scores."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from jianbao.evaluation.alam import term_edits
from jianbao.evaluation.quality import (
    Statistics,
    measure_quality,
    proportion,
    ter_signature,
    ter_words,
)
from jianbao.evaluation.significance import compare

SENTENCE = "the city will build 12 new parks and 3.5 km of roads , which cost 1.2 billion yuan in total ."
WORDS = SENTENCE.split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def noisy(texts: list[str], share: float, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join("x" if chance.random() < share else w for w in text.split()) for text in texts]


REFERENCES = [" ".join(random.Random(i).sample(WORDS, 12)) for i in range(80)]
GOOD, BAD = noisy(REFERENCES, 0.1, 1), noisy(REFERENCES, 0.5, 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS.filter(bool)), min_size=1, max_size=6))
def test_scores_are_those_of_sacrebleu(pairs: list[tuple[str, str]]) -> None:
    hypotheses, references = [h for h, _ in pairs], [r for _, r in pairs]
    measured = measure_quality(hypotheses, references)
    oracles = {"bleu": BLEU(), "chrf": CHRF(), "chrf++": CHRF(word_order=2)}
    for name, metric in oracles.items():
        score = metric.corpus_score(hypotheses, [references]).score
        assert measured[name].score == pytest.approx(score, abs=1e-6)
        assert measured[name].signature == str(metric.get_signature())


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS.filter(bool))
def test_edits_are_those_of_sacrebleu(hypothesis: str, reference: str) -> None:
    ours, theirs = ter_words([hypothesis, reference])
    edits, weighted = term_edits(ours, theirs, [False] * len(theirs))
    assert edits == weighted
    assert edits == TER().corpus_score([hypothesis], [[reference]]).num_edits
    assert term_edits(ours, theirs, [True] * len(theirs))[1] >= edits


def test_signature_of_ter() -> None:
    assert "case:lc" in ter_signature()
    assert "nrefs:1" in ter_signature()


def test_no_segment_no_score() -> None:
    assert proportion([], []).score is None
    assert proportion([0.0], [0.0]).score is None
    assert proportion([1.0, 0.0], [2.0, 2.0]).score == 0.25


def statistics(hypotheses: list[str]) -> Statistics:
    return measure_quality(hypotheses, REFERENCES)["bleu"]


def test_the_same_system_does_not_differ_from_itself() -> None:
    found = compare("bleu", ("a", statistics(GOOD)), ("b", statistics(list(GOOD))))
    assert found is not None
    assert found.difference == 0
    assert found.p_bootstrap == found.p_randomisation == 1.0


def test_a_clear_difference_is_significant_and_seeded() -> None:
    first, again = (
        compare("bleu", ("bad", statistics(BAD)), ("good", statistics(GOOD)), trials=400) for _ in range(2)
    )
    assert first == again
    assert first is not None
    assert first.difference > 0
    assert first.interval[0] > 0
    assert max(first.p_bootstrap, first.p_randomisation) == pytest.approx(1 / 401)


def test_p_values_agree_with_sacrebleu() -> None:
    # A small difference: both must be far from certain, and near each other.
    close = [g if i % 3 else b for i, (g, b) in enumerate(zip(GOOD, noisy(REFERENCES, 0.16, 3), strict=True))]
    for kind in ("bs", "ar"):
        _, rows = PairedTest(
            [("a", GOOD), ("b", close)], {"BLEU": BLEU()}, [REFERENCES], test_type=kind, n_samples=1000
        )()
        theirs = getattr(rows["BLEU"][1], "p_value", None)
        found = compare("bleu", ("a", statistics(GOOD)), ("b", statistics(close)), trials=1000)
        assert found is not None
        ours = found.p_bootstrap if kind == "bs" else found.p_randomisation
        assert ours == pytest.approx(theirs, abs=0.06)


def test_segments_with_nothing_to_count_change_nothing() -> None:
    first, second = proportion([1, 0, 1, 1], [1, 1, 1, 1]), proportion([1, 1, 1, 1], [1, 1, 1, 1])
    padded = [
        Statistics(rows=np.vstack([s.rows, np.zeros((50, 2))]), formula=s.formula) for s in (first, second)
    ]
    plain = compare("m", ("a", first), ("b", second))
    assert plain == compare("m", ("a", padded[0]), ("b", padded[1]))
