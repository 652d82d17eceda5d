"""A whole evaluation: what it finds, that it is the same every time, and that its JSON is documented."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jianbao.document import Abstract, AbstractSentence
from jianbao.errors import InputError, SettingsError
from jianbao.evaluation import Corpus, Options, Section, System, evaluate
from jianbao.evaluation.measuring import rank_correlation
from jianbao.evaluation.metrics import METRICS
from jianbao.evaluation.report import describe, to_json
from jianbao.glossary import Glossary

SOURCES = (
    "高新技术企业达到1634家，增长4.5%。",
    "优化营商环境，建设智慧城市。",
    "全年完成投资10350万元。",
    "城市面貌焕然一新，人民生活更加幸福。",
)
REFERENCES = (
    "The number of high-tech enterprises reached 1,634, up 4.5 percent.",
    "We will improve the business environment and build a smart city.",
    "Investment of 103.5 million yuan was completed in the year.",
    "The city has taken on a new look, and people live happier lives.",
)
BROKEN = (
    "The number of high-tech enterprises reached 1,634, up 45 percent.",
    "We will improve the business climate and build a wisdom city.",
    "Investment of 1.035 billion yuan was completed in the 年.",
    "The city the city the city the city.",
)
README = Path(__file__).parents[2] / "eval" / "README.md"


@pytest.fixture
def corpus(make_corpus: Callable[..., Corpus]) -> Corpus:
    made = make_corpus(SOURCES, REFERENCES, BROKEN, references=REFERENCES)
    confident = replace(made.systems[0], confidences=(-0.1, -0.2, None, -0.4))
    abstract = Abstract(
        section="1",
        sentences=(AbstractSentence(text="High-tech enterprises reached 1,634.", evidence=("s0",)),),
    )
    wrong = Abstract(
        section="1",
        sentences=(AbstractSentence(text="Enterprises reached 9,999 in Paris.", evidence=("s2",)),),
    )
    section = Section(
        id="1",
        title="工作",
        lines=(0, 1, 2, 3),
        abstracts={"system0": abstract, "system1": wrong},
        reference="High-tech enterprises reached 1,634.",
    )
    return replace(made, systems=(confident, made.systems[1]), sections=(section,))


def test_a_right_translation_is_right_and_a_broken_one_is_not(corpus: Corpus, glossary: Glossary) -> None:
    right, broken = evaluate(corpus, glossary, options=Options(trials=100)).systems
    for name, value in {
        "quality.bleu": 100.0,
        "quality.ter": 0.0,
        "figures.accuracy": 1.0,
        "terms.success_rate": 1.0,
        "terms.one_minus_term": 1.0,
        "checks.errors": 0.0,
        "abstracts.faithful": 1.0,
        "abstracts.rouge_1": 1.0,
        "abstracts.lead_bias": 1.0,
    }.items():
        assert right.value(name) == pytest.approx(value), name
    assert broken.scores["figures.accuracy"].right == 1
    assert broken.scores["figures.wrong_scale"].right == 2
    assert broken.scores["terms.forbidden"].right == 1
    assert broken.value("checks.untranslated") == 0.25
    assert broken.value("checks.repetition") == 0.25
    assert broken.value("abstracts.faithful") == 0.0
    assert broken.value("abstracts.lead_bias") == 0.0
    assert broken.value("confidence.mean") is None
    assert right.segments[0].confidence == pytest.approx(0.9048, abs=1e-4)


def test_findings_belong_to_their_segments(corpus: Corpus, glossary: Glossary) -> None:
    broken = evaluate(corpus, glossary).systems[1]
    assert [{f.check for f in s.findings} for s in broken.segments] == [
        {"figures"},
        {"terms"},
        {"figures", "untranslated"},
        {"repetition"},
    ]
    assert broken.segments[2].badness > broken.segments[3].badness


def test_comparisons_are_with_the_first_system(corpus: Corpus, glossary: Glossary) -> None:
    comparisons = evaluate(corpus, glossary, options=Options(trials=100)).comparisons
    assert {(c.baseline, c.system) for c in comparisons} == {("system0", "system1")}
    assert {"quality.bleu", "figures.accuracy"} <= {c.metric for c in comparisons}
    assert evaluate(corpus, glossary, options=Options(trials=0)).comparisons == ()


def test_thresholds_judge_the_first_system(corpus: Corpus, glossary: Glossary) -> None:
    limits = {"figures.accuracy": 1.0, "checks.errors": 0.0, "quality.ter": 10}
    assert evaluate(corpus, glossary, thresholds=limits).passed
    turned = replace(corpus, systems=corpus.systems[::-1])
    missed = evaluate(turned, glossary, thresholds=limits).shortfalls
    assert [(s.system, s.metric) for s in missed] == [("system1", name) for name in limits]


def test_a_threshold_on_what_could_not_be_measured_is_missed(
    make_corpus: Callable[..., Corpus], glossary: Glossary
) -> None:
    result = evaluate(make_corpus(SOURCES, REFERENCES), glossary, thresholds={"quality.bleu": 1})
    assert not result.passed
    assert result.shortfalls[0].value is None


def test_an_unknown_measure_is_refused(corpus: Corpus, glossary: Glossary) -> None:
    with pytest.raises(SettingsError, match=r"figures\.acuracy.*did you mean 'figures\.accuracy'"):
        evaluate(corpus, glossary, thresholds={"figures.acuracy": 0.9})


def test_nothing_to_evaluate(glossary: Glossary) -> None:
    with pytest.raises(InputError, match="nothing to evaluate"):
        evaluate(Corpus(name="x", lines=(), systems=()), glossary)


def test_hypotheses_must_be_parallel(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="1 hypotheses for 4 lines"):
        replace(corpus, systems=(System(name="a", hypotheses=("x",)),))
    with pytest.raises(ValueError, match="one name"):
        replace(corpus, systems=(corpus.systems[0], corpus.systems[0]))


def test_the_same_evaluation_gives_the_same_bytes(corpus: Corpus, glossary: Glossary) -> None:
    assert to_json(evaluate(corpus, glossary)) == to_json(evaluate(corpus, glossary))


def keys(value: Any, path: str = "") -> set[str]:
    """All keys of the JSON as paths, free names (measures, verdicts) left out."""
    if isinstance(value, list):
        return set().union(*(keys(item, path) for item in value)) if value else set()
    if (
        not isinstance(value, dict)
        or path in {".provenance", ".thresholds"}
        or path.endswith((".scores", ".counts"))
    ):
        return set()
    return {f"{path}.{name}" for name in value} | set().union(
        *(keys(v, f"{path}.{k}") for k, v in value.items())
    )


def test_every_key_of_the_json_is_documented(corpus: Corpus, glossary: Glossary) -> None:
    found = keys(json.loads(to_json(evaluate(corpus, glossary, thresholds={"quality.ter": -1}))))
    text = README.read_text(encoding="utf-8").partition("## evaluation.json")[2]
    documented = set(re.findall(r"^\| `(\.[\w.+]+)` \|", text, re.MULTILINE))
    assert found
    assert found - documented == set()
    assert documented - found == set()


def test_every_measure_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    assert [m.name for m in METRICS if f"`{m.name}`" not in text] == []


def test_json_agrees_with_the_scores(corpus: Corpus, glossary: Glossary) -> None:
    evaluation = evaluate(corpus, glossary)
    told = describe(evaluation)["systems"][1]["scores"]
    assert told["figures.accuracy"] == {"value": 1 / 3, "right": 1.0, "total": 3.0}
    assert told["quality.bleu"]["signature"].startswith("nrefs:1|case:mixed")


def test_rank_correlation() -> None:
    assert rank_correlation([(1, 10), (2, 20), (3, 30)]) == pytest.approx(1)
    assert rank_correlation([(1, 3), (2, 2), (3, 1)]) == pytest.approx(-1)
    # Ties get their mean rank: ranks 0.5, 0.5, 2 and 0, 1, 2.
    assert rank_correlation([(1, 1), (1, 2), (2, 3)]) == pytest.approx(0.8660, abs=1e-4)
    assert rank_correlation([(1, 1), (1, 2), (1, 3)]) is None
