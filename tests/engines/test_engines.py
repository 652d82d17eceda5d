"""What holds for every engine, run on the shipped checkpoint."""

import difflib

import pytest

import jianbao.engines
from jianbao.checkpoints import find_checkpoint
from jianbao.engines import DecodingOptions, Engine, load_engine
from jianbao.errors import ModelError, SettingsError
from jianbao.normalise import normalise_source
from jianbao.registry import plugin_names

SENTENCES = [
    "全市科技工作会议召开。",
    "我们要坚持稳中求进工作总基调,推动高质量发展。",
    "二是加强科技创新",
    "支持企业加大研发投入,加快科技成果转化。",
    "深入实施创新驱动发展战略",
]


@pytest.fixture(scope="module", params=plugin_names(jianbao.engines))
def engine(request: pytest.FixtureRequest) -> Engine:
    return load_engine(request.param, find_checkpoint(), device="cpu")


@pytest.fixture(scope="module")
def ct2() -> Engine:
    return load_engine("ct2", find_checkpoint(), device="cpu")


def test_order_is_that_of_the_sources(engine: Engine) -> None:
    options = DecodingOptions(batch_tokens=64)
    forward = engine.decode(SENTENCES, options)
    backward = engine.decode(SENTENCES[::-1], options)
    assert [h[0].text for h in forward] == [h[0].text for h in backward[::-1]]
    assert all(hypotheses[0].text for hypotheses in forward)


def test_hypotheses_run_from_the_best_down(engine: Engine) -> None:
    for hypotheses in engine.decode(SENTENCES, DecodingOptions(beam_size=4, n_best=3)):
        assert len(hypotheses) == 3
        scores = [hypothesis.score for hypothesis in hypotheses]
        assert scores == sorted(scores, reverse=True)
        assert all(score < 0 for score in scores)


def test_n_best_is_bounded_by_the_beam(engine: Engine) -> None:
    (hypotheses,) = engine.decode(SENTENCES[:1], DecodingOptions(beam_size=1, n_best=4))
    assert len(hypotheses) == 1
    assert hypotheses[0].score < 0


def test_empty_sources_stay_empty(engine: Engine) -> None:
    results = engine.decode(["", SENTENCES[0], "  "], DecodingOptions())
    assert [bool(hypotheses[0].text) for hypotheses in results] == [False, True, False]
    assert engine.decode([], DecodingOptions()) == []


def test_unknown_characters_and_overlong_input_are_survived(engine: Engine) -> None:
    results = engine.decode(["𠮷野家☃😀", "发展经济" * 400], DecodingOptions(beam_size=1, max_length=20))
    assert len(results) == 2


def test_signature_names_engine_and_weights(engine: Engine) -> None:
    assert find_checkpoint().hash in engine.signature


@pytest.mark.parametrize("name", plugin_names(jianbao.engines))
def test_a_device_that_is_not_there_is_an_error(name: str) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    with pytest.raises(ModelError, match="cuda"):
        load_engine(name, find_checkpoint(), device="cuda")


def test_an_engine_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="ct2, marian"):
        load_engine("onnx", find_checkpoint())


def test_ct2_agrees_with_the_reference(ct2: Engine) -> None:
    """Quantisation changes a word here and there; a wrong conversion changes every sentence."""
    marian = load_engine("marian", find_checkpoint(), device="cpu")
    sources = [normalise_source(sentence) for sentence in SENTENCES]
    ours = " ".join(h[0].text for h in ct2.decode(sources, DecodingOptions()))
    reference = " ".join(h[0].text for h in marian.decode(sources, DecodingOptions()))
    assert difflib.SequenceMatcher(a=ours.split(), b=reference.split()).ratio() > 0.9


def test_a_translation_does_not_depend_on_its_batch(ct2: Engine) -> None:
    together = ct2.decode(SENTENCES, DecodingOptions(batch_tokens=2048))
    alone = [ct2.decode([sentence], DecodingOptions())[0] for sentence in SENTENCES]
    assert [h[0].text for h in together] == [h[0].text for h in alone]


def test_characters_that_no_piece_covers_are_unknown(engine: Engine) -> None:
    assert engine.unknown_characters("发展，经济 2018年") == ()
    assert engine.unknown_characters("发展𠮷☃𠮷") == ("𠮷", "☃")
