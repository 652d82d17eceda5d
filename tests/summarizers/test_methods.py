import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from jianbao import summarizers
from jianbao.abstract_lock import violations
from jianbao.document import Abstract, Metadata, Section, Segment, SegmentKind, Translation
from jianbao.errors import ModelError
from jianbao.glossary import Glossary
from jianbao.registry import plugin_names
from jianbao.summarizers import SectionText, Summarizer, faithful, lead, seq2seq

ENGLISH = {
    "市林业局2023年工作总结": "Work Summary of the Forestry Bureau for 2023",
    "一、绿化成效": "I. Results of greening",
    "全年造林面积达到3.2万亩,完成投资4500万元。": "Planted 32,000 mu of forest, with investment of 45 million yuan.",
    "森林覆盖率提高到41.5%,比上年提高0.6个百分点。": (
        "The forest coverage rate rose to 41.5 percent, up 0.6 percentage points over the previous year."
    ),
    "各位代表!": "Fellow deputies!",
    "新建湿地公园5个。": "Five wetland parks were built.",
    "二、存在问题": "II. Problems",
    "(一)管护经费": "(1) Funds for tending",
    "部分林区管护经费不足,缺口达到800万元。": (
        "Funds for tending are short in some forest areas, with a gap of 8 million yuan."
    ),
}
BRIEFS = {
    "全年造林面积达到3.2万亩,完成投资4500万元。": "Forests covered 32,000 mu, with investment of 45 million yuan.",
    "森林覆盖率提高到41.5%,比上年提高0.6个百分点。": "Forest coverage rose to 45.1 percent.",
    "新建湿地公园5个。": "Shenzhen built five wetland parks.",
}


class Scripted:
    """A translator whose every answer is written above: briefs with a wrong figure and a wrong name among them."""

    def brief(self, texts: Sequence[str]) -> list[Translation]:
        return [Translation(segment=str(i), text=BRIEFS.get(text, "")) for i, text in enumerate(texts)]

    def translate_texts(self, texts: Sequence[str]) -> list[Translation]:
        return [Translation(segment=str(i), text=ENGLISH.get(text, "")) for i, text in enumerate(texts)]


def part(section: Section, *texts: tuple[SegmentKind, str]) -> SectionText:
    segments = tuple(
        Segment(
            id=f"{section.id}:{i}",
            section=section.id,
            kind=kind,
            text=text,
            start=0,
            end=len(text),
            marker=section.marker if kind == "heading" else "",
        )
        for i, (kind, text) in enumerate(texts)
    )
    translations = tuple(Translation(segment=s.id, text=ENGLISH[s.text]) for s in segments)
    return SectionText(section=section, segments=segments, translations=translations)


def tree(id: str, marker: str, title: str, parent: str | None = None) -> Section:
    heading = f"{id}:0" if title else None
    return Section(id=id, parent=parent, level=id.count(".") + 1, marker=marker, title=title, heading=heading)


@pytest.fixture
def report() -> list[SectionText]:
    return [
        part(tree("0", "", ""), ("heading", "市林业局2023年工作总结")),
        part(
            tree("1", "一、", "绿化成效"),
            ("heading", "一、绿化成效"),
            ("sentence", "各位代表!"),
            ("sentence", "全年造林面积达到3.2万亩,完成投资4500万元。"),
            ("sentence", "森林覆盖率提高到41.5%,比上年提高0.6个百分点。"),
            ("sentence", "新建湿地公园5个。"),
        ),
        part(tree("2", "二、", "存在问题"), ("heading", "二、存在问题")),
        part(
            tree("2.1", "(一)", "管护经费", "2"),
            ("heading", "(一)管护经费"),
            ("sentence", "部分林区管护经费不足,缺口达到800万元。"),
        ),
    ]


def plugins() -> list[ModuleType]:
    names = plugin_names(summarizers)
    return [importlib.import_module(f"jianbao.summarizers.{name}") for name in names]


def test_every_method_has_a_loader() -> None:
    assert {"faithful", "lead", "seq2seq"} <= {m.__name__.rpartition(".")[2] for m in plugins()}
    assert all(callable(module.load) for module in plugins())


@pytest.mark.parametrize("module", [faithful, lead])
def test_one_abstract_a_section_with_evidence_that_exists(
    module: ModuleType, report: list[SectionText]
) -> None:
    summarizer: Summarizer = module.load(Scripted(), Glossary())
    abstracts = summarizer.abstracts(report)
    assert [a.section for a in abstracts] == [p.section.id for p in report]
    known = {s.id for p in report for s in p.segments}
    for abstract in (*abstracts, summarizer.summary("Work Summary", report, abstracts)):
        assert all(set(s.evidence) <= known for s in abstract.sentences)
    assert summarizer.abstracts([]) == []


def test_briefs_stand_where_they_are_true_and_translations_where_not(report: list[SectionText]) -> None:
    abstract = faithful.load(Scripted(), Glossary()).abstracts(report)[1]
    assert "Forests covered 32,000 mu" in abstract.text
    assert "41.5 percent" in abstract.text
    assert "45.1" not in abstract.text
    assert "Shenzhen" not in abstract.text
    assert "Fellow" not in abstract.text
    assert 1 <= len(abstract.sentences) <= 3
    methods = {method for s in abstract.sentences for method in s.method.split("+")}
    assert methods >= {"brief", "translation"}


def test_every_sentence_passes_the_lock(report: list[SectionText]) -> None:
    pairs = {s.id: (s.text, t.text) for p in report for s, t in zip(p.segments, p.translations, strict=True)}
    for abstract in faithful.load(Scripted(), Glossary()).abstracts(report):
        for sentence in abstract.sentences:
            assert violations(sentence.text, [pairs[e] for e in sentence.evidence], Glossary()) == ()


def test_a_chapter_without_prose_speaks_through_its_sections(report: list[SectionText]) -> None:
    abstracts = faithful.load(Scripted(), Glossary()).abstracts(report)
    assert abstracts[0].sentences == ()
    assert abstracts[2].sentences[0].evidence == ("2.1:1",)
    assert "8 million yuan" in abstracts[2].text


def test_a_section_of_a_heading_alone_says_what_it_covers(report: list[SectionText]) -> None:
    alone = faithful.load(Scripted(), Glossary()).abstracts([report[2]])[0]
    assert alone.text == "This section covers problems."
    assert alone.sentences[0].method == "heading"


def test_the_summary_says_what_the_document_is_and_covers_its_chapters(report: list[SectionText]) -> None:
    summarizer = faithful.load(Scripted(), Glossary())
    abstracts = summarizer.abstracts(report)
    metadata = Metadata(title="市林业局2023年工作总结", date="2024-01-05")
    summary = summarizer.summary("Work Summary of the Forestry Bureau", report, abstracts, metadata=metadata)
    assert summary.section is None
    assert summary.sentences[0].text == (
        'The report, "Work Summary of the Forestry Bureau", published on January 5, 2024, '
        "covers results of greening and problems."
    )
    branches = {s.evidence[0].split(":")[0].split(".")[0] for s in summary.sentences[1:]}
    assert branches == {"1", "2"}
    assert len(summary.sentences) <= 6


def test_the_summary_of_nothing_is_empty_or_the_title() -> None:
    summarizer = faithful.load(Scripted(), Glossary())
    assert summarizer.summary("", [], []).text == ""
    assert "Notice" in summarizer.summary("Notice", [], []).text


def test_seq2seq_without_a_model_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"abstracts\.model"):
        seq2seq.load(Scripted(), Glossary())


def test_seq2seq_locks_what_a_model_writes(report: list[SectionText]) -> None:
    class Writer(seq2seq.LanguageModel):
        def __init__(self) -> None:
            pass

        def write(self, heading: str, text: str) -> str:
            return "Investment in forest planted reached 45 million yuan. Investment reached 54 million yuan."

    glossary = Glossary()
    fallback = faithful.load(Scripted(), glossary)
    written = seq2seq.LanguageModelSummarizer(Writer(), fallback, glossary).abstracts(report)
    assert written[1].text == "Investment in forest planted reached 45 million yuan."
    assert written[1].sentences[0].evidence == ("1:2",)
    assert written[3] == fallback.abstracts(report)[3]


@pytest.mark.slow
def test_seq2seq_loads_a_directory_and_names_one_that_is_missing(
    tmp_path: Path, report: list[SectionText], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    words = {w: i for i, w in enumerate(["<unk>", "the", "forest", "grew", "by", "9", "percent", "."])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<unk>"
    ).save_pretrained(tmp_path)
    config = GPT2Config(vocab_size=len(words), n_positions=512, n_embd=8, n_layer=1, n_head=1)
    GPT2LMHeadModel(config).save_pretrained(tmp_path)
    summarizer = seq2seq.load(Scripted(), Glossary(), model=str(tmp_path))
    assert summarizer.abstracts(report[1:2]) == faithful.load(Scripted(), Glossary()).abstracts(report[1:2])
    with pytest.raises(ModelError, match="no-such-model"):
        seq2seq.load(Scripted(), Glossary(), model="no-such-model")
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "none"}))
    with pytest.raises(ModelError, match="config, weights and tokenizer"):
        seq2seq.load(Scripted(), Glossary(), model=str(tmp_path))


def test_abstracts_are_repeatable(report: list[SectionText]) -> None:
    def once() -> list[Abstract]:
        return faithful.load(Scripted(), Glossary()).abstracts(report)

    assert once() == once()
