"""The translator on the shipped checkpoint: what holds whatever the English of the model is."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from jianbao.checkpoints import find_checkpoint
from jianbao.document import Segment, SegmentKind
from jianbao.engines import DecodingOptions, Engine, Hypothesis, load_engine
from jianbao.glossary import Entry, Glossary
from jianbao.guards import has_chinese
from jianbao.memory import Memory
from jianbao.quantities import align_figures
from jianbao.translator import Translator, decoding_options

GLOSSARY = Glossary([Entry(source="科技创新券", target="science and technology innovation vouchers")])
SETTINGS = find_checkpoint().settings


class Counting:
    """An engine that counts what reaches it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sources: list[str] = []

    @property
    def signature(self) -> str:
        return self.engine.signature

    def decode(self, sources: Sequence[str], options: DecodingOptions) -> list[tuple[Hypothesis, ...]]:
        self.sources += sources
        return self.engine.decode(sources, options)

    def unknown_characters(self, text: str) -> tuple[str, ...]:
        return self.engine.unknown_characters(text)


class Scripted(Counting):
    """An engine whose hypotheses are given, to drive the translator where a model seldom goes."""

    def __init__(self, *hypotheses: str) -> None:
        self.hypotheses = tuple(Hypothesis(text, -0.5 - 0.01 * i) for i, text in enumerate(hypotheses))
        self.sources = []

    @property
    def signature(self) -> str:
        return "scripted"

    def decode(self, sources: Sequence[str], options: DecodingOptions) -> list[tuple[Hypothesis, ...]]:
        self.sources += sources
        return [self.hypotheses for _ in sources]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("ct2", find_checkpoint(), device="cpu")


@pytest.fixture
def counting(engine: Engine) -> Counting:
    return Counting(engine)


@pytest.fixture
def translator(counting: Counting) -> Translator:
    return Translator(counting, GLOSSARY, SETTINGS)


def segments(*items: tuple[SegmentKind, str, str]) -> list[Segment]:
    """Segments of one document from (kind, marker, rest)."""
    built, start = [], 0
    for number, (kind, marker, rest) in enumerate(items):
        text = marker + rest
        built.append(
            Segment(
                id=f"1:{number}",
                section="1",
                kind=kind,
                text=text,
                start=start,
                end=start + len(text),
                marker=marker,
            )
        )
        start += len(text) + 1
    return built


def test_kinds_are_rendered_as_they_should(translator: Translator, counting: Counting) -> None:
    given = segments(
        ("furniture", "", "分享: 打印 关闭"),
        ("heading", "一、", "2018年工作情况"),
        ("sentence", "", "2018年,全市新增高新技术企业669家,增长4.5%。"),
        ("item", "二是", "加强科技创新。"),
        ("row", "", "指标\t2018年\t1,634\t"),
    )
    furniture, heading, sentence, item, row = translator.translate(given)
    assert (furniture.text, furniture.method) == ("", "none")
    assert heading.text.startswith("I. ")
    assert not heading.text.endswith(".")
    assert sentence.text.endswith(".")
    assert "669" in sentence.text
    assert sentence.score is not None
    assert sentence.score < 0
    assert item.text.startswith("Second, ")
    assert row.text.split("\t")[1:] == ["2018", "1,634", ""]
    assert [t.segment for t in (furniture, heading, sentence, item, row)] == [s.id for s in given]
    assert not any("分享" in source or "二是" in source for source in counting.sources)
    for segment, translation in zip(given, (furniture, heading, sentence, item, row), strict=True):
        assert all(segment.text[c.start : c.end] == c.source for c in translation.constraints)


def test_rules_speak_where_no_model_is_needed(translator: Translator, counting: Counting) -> None:
    texts = ["科技创新券", "2018", "http://www.example.gov.cn/a?b=1", "10350万元", "", "  "]
    english = [t.text for t in translator.translate_texts(texts)]
    assert english == [
        "Science and technology innovation vouchers",
        "2018",
        "http://www.example.gov.cn/a?b=1",
        "103.5 million yuan",
        "",
        "",
    ]
    assert counting.sources == []


def test_equal_texts_are_decoded_once(translator: Translator, counting: Counting) -> None:
    first, second = translator.translate_texts(["加强科技创新。", "加强科技创新。"])
    assert first.text == second.text
    assert counting.sources.count("加强科技创新。") <= 1


def test_long_sentences_keep_their_figures_and_leave_no_chinese(translator: Translator) -> None:
    text = (
        "全年完成技工贸总收入10350万元,同比增长4.5%,新增市级工程中心169家、省级60家,"
        "发放创新券6360万元,带动企业研发投入1.47亿元,签订合同66项;"
        "办理技术合同登记240项次,交易额超2.8亿元,同比增长121%,服务企业1634家。"
    )
    (translation,) = translator.translate_texts([text])
    verdicts = [v for v in align_figures(text, translation.text) if v.quantity is not None]
    right = [v for v in verdicts if v.verdict in {"exact", "reformatted"}]
    assert len(verdicts) == 11
    assert len(right) >= 9
    assert not has_chinese(translation.text)
    assert "<" not in translation.text


def test_odd_input_costs_nothing(translator: Translator) -> None:
    texts = ["𠮷☃😀鑫", "<t>x<e>", "。。。", "（", "发展" * 300, "\x00局\x00"]
    translations = translator.translate_texts(texts)
    assert len(translations) == len(texts)
    assert all(not has_chinese(t.text) for t in translations)
    assert translations[0].text
    assert translations[4].text


def test_progress_ends_at_the_total(translator: Translator) -> None:
    calls: list[tuple[int, int]] = []
    translator.translate_texts(
        ["加强服务。", "推动发展。"], progress=lambda done, total: calls.append((done, total))
    )
    assert calls[0] == (0, 2)
    assert calls[-1] == (2, 2)


def test_memory_gives_the_same_without_the_model(engine: Engine, tmp_path: Path) -> None:
    texts = ["全市新增高新技术企业669家。", "推动高质量发展。"]
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        first = Translator(engine, GLOSSARY, SETTINGS, memory).translate_texts(texts)
        counting = Counting(engine)
        assert Translator(counting, GLOSSARY, SETTINGS, memory).translate_texts(texts) == first
        assert counting.sources == []


def test_only_what_a_new_entry_touches_is_translated_again(engine: Engine, tmp_path: Path) -> None:
    texts = ["发放科技创新券。", "推动高质量发展。"]
    changed = Glossary([Entry(source="科技创新券", target="sci-tech vouchers")])
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        Translator(engine, GLOSSARY, SETTINGS, memory).translate_texts(texts)
        counting = Counting(engine)
        Translator(counting, changed, SETTINGS, memory).translate_texts(texts)
        assert counting.sources
        assert all("创新券" in source for source in counting.sources)


def test_options_and_settings_are_part_of_the_key(engine: Engine, tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        Translator(engine, GLOSSARY, SETTINGS, memory).translate_texts(["推动高质量发展。"])
        for settings, beam in ((SETTINGS, 2), (dataclasses.replace(SETTINGS, max_ratio=9.5), 4)):
            counting = Counting(engine)
            options = decoding_options(settings, beam_size=beam)
            Translator(counting, GLOSSARY, settings, memory, options).translate_texts(["推动高质量发展。"])
            assert counting.sources


def test_a_human_translation_wins(counting: Counting, tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite") as memory:
        memory.put_human(
            [("二是优化服务。", "Second, by hand."), ("推动发展", "Development by hand")],
            origin="reviewer.tmx",
        )
        translator = Translator(counting, GLOSSARY, SETTINGS, memory)
        whole, body = translator.translate(
            segments(("item", "二是", "优化服务。"), ("heading", "（一）", "推动发展"))
        )
    assert (whole.text, whole.method) == ("Second, by hand.", "memory")
    assert (body.text, body.method) == ("(1) Development by hand", "memory")
    assert counting.sources == []


def test_the_hypothesis_with_the_right_figure_wins() -> None:
    engine = Scripted("The city added 699 firms.", "The city added 669 firms.")
    (translation,) = Translator(engine, GLOSSARY, SETTINGS).translate_texts(["全市新增企业669家。"])
    assert translation.text == "The city added 669 firms."
    assert translation.method == "model"


def test_a_wrong_figure_is_retried_and_then_repaired() -> None:
    engine = Scripted("The city added 699 firms.")
    (translation,) = Translator(engine, GLOSSARY, SETTINGS).translate_texts(["全市新增企业669家。"])
    assert translation.text == "The city added 669 firms."
    assert translation.method == "repair"
    assert len(engine.sources) > 1


def test_an_engine_that_says_nothing_loses_no_text() -> None:
    (translation,) = Translator(Scripted(""), GLOSSARY, SETTINGS).translate_texts(["推动发展。"])
    assert translation.text
    assert not has_chinese(translation.text)


def test_annotation_is_only_shown_to_a_model_that_knows_it() -> None:
    text = "投资10350万元。"
    for settings, shown in ((SETTINGS, True), (dataclasses.replace(SETTINGS, annotation=False), False)):
        engine = Scripted("Investment was 103.5 million yuan.")
        Translator(engine, GLOSSARY, settings).translate_texts([text])
        assert ("<e>103.5 million yuan</t>" in engine.sources[0]) is shown


def test_a_brief_is_marked_for_the_model_and_finished() -> None:
    engine = Scripted("the city spent 103.5 million yuan")
    text = "今年以来,全市上下齐心协力,多方筹措资金,累计投资10350万元用于科技创新平台建设。"
    (brief,) = Translator(engine, GLOSSARY, SETTINGS).brief([text])
    assert engine.sources[0].startswith("<e>今年以来")
    assert brief.text == "The city spent 103.5 million yuan."


@pytest.mark.parametrize(
    "bad",
    [
        "The city spent 105 million yuan.",
        "The city spent spent 103.5 million yuan.",
        "The city spent 103.5 million yuan on 平台.",
        "The city spent 103.5 million yuan " + "and built new platforms of another kind " * 5 + "too.",
        "",
    ],
)
def test_a_brief_that_cannot_stand_is_empty(bad: str) -> None:
    text = "今年以来,全市上下齐心协力,多方筹措资金,累计投资10350万元用于科技创新平台建设。"
    (brief,) = Translator(Scripted(bad), GLOSSARY, SETTINGS).brief([text])
    assert brief.text == ""
    good = Scripted(bad, "The city spent 103.5 million yuan.")
    assert Translator(good, GLOSSARY, SETTINGS).brief([text])[0].text == "The city spent 103.5 million yuan."


def test_a_checkpoint_without_the_mode_gives_no_brief() -> None:
    engine = Scripted("Anything.")
    plain = dataclasses.replace(SETTINGS, brief_tag="")
    assert Translator(engine, GLOSSARY, plain).brief(["全市投资10350万元。"])[0].text == ""
