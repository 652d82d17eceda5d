"""Every format in, and the mistakes that people make."""

import json
from pathlib import Path

import pytest

from jianbao.cli import main
from jianbao.errors import InputError, SettingsError
from jianbao.evaluation import read_bilingual, read_parallel, read_sources
from jianbao.evaluation.formats import read_rows
from jianbao.evaluation.inputs import name_systems

XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="one.docx" source-language="zh" target-language="en" datatype="plaintext"><body>
<group id="g1" resname="1.2">
<trans-unit id="u1" restype="x-heading"><source>一、工作</source><target>I. Work</target></trans-unit>
<trans-unit id="u2"><source>企业<g id="1">3</g>家<ph id="2">&lt;br/&gt;</ph>。</source>
<target>Three <g id="1">companies</g><x id="2"/>.</target>
<alt-trans><source>企业。</source><target>Not this one.</target></alt-trans></trans-unit>
</group>
<trans-unit id="u3" translate="no"><source>打印</source></trans-unit>
</body></file>
<file original="two.docx" source-language="zh" target-language="en" datatype="plaintext"><body>
<trans-unit id="u1"><source>城市。</source></trans-unit>
</body></file></xliff>"""

XLIFF_2 = """<?xml version="1.0"?>
<xliff version="2.1" srcLang="zh" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"
 xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0">
<file id="f1" original="one.docx"><unit id="u1">
<mtc:matches><mtc:match ref="#1"><source>别的。</source><target>Other.</target></mtc:match></mtc:matches>
<segment id="a"><source>企业<pc id="1">3</pc>家。</source><target>Three <pc id="1">companies</pc>.</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>城市。</source><target>Cities.</target></segment>
</unit><unit id="u2" translate="no"><segment><source>打印</source></segment></unit></file></xliff>"""

TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="zh-CN" adminlang="en" datatype="plaintext" segtype="sentence"
 creationtool="x" creationtoolversion="1" o-tmf="x"/><body>
<tu tuid="7"><prop type="x-document">one</prop>
<tuv xml:lang="zh-CN"><seg>企业<bpt i="1">&lt;b&gt;</bpt>3<ept i="1"/>家。</seg></tuv>
<tuv xml:lang="en-US"><seg>Three companies.</seg></tuv></tu>
<tu><tuv xml:lang="EN"><seg>Cities.</seg></tuv><tuv xml:lang="zh"><seg>城市。</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Städte.</seg></tuv><tuv xml:lang="en"><seg>Cities.</seg></tuv></tu>
</body></tmx>"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_xliff_1(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path / "a.xlf", XLIFF_1))
    assert [(r.source, r.target, r.id, r.document, r.section, r.kind) for r in rows] == [
        ("一、工作", "I. Work", "u1", "one.docx", "1.2", "heading"),
        ("企业3家。", "Three companies.", "u2", "one.docx", "1.2", ""),
        ("城市。", "", "u1", "two.docx", "", ""),
    ]


def test_xliff_2(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path / "a.xliff", XLIFF_2))
    assert [(r.source, r.target, r.id) for r in rows] == [
        ("企业3家。", "Three companies.", "u1/a"),
        ("城市。", "Cities.", "u1/2"),
    ]


def test_tmx(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path / "a.tmx", TMX))
    assert [(r.source, r.target, r.id, r.document) for r in rows] == [
        ("企业3家。", "Three companies.", "7", "one"),
        ("城市。", "Cities.", "2", ""),
    ]


def test_no_entity_is_expanded(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "hidden")
    attack = TMX.replace(
        '<tmx version="1.4">', f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{secret.as_uri()}">]><tmx version="1.4">'
    ).replace("城市。", "城市&x;。")
    rows = read_rows(write(tmp_path / "a.tmx", attack))
    assert all("hidden" not in row.source for row in rows)


def test_tsv_with_and_without_header(tmp_path: Path) -> None:
    bare = read_rows(write(tmp_path / "a.tsv", "企业。\tA firm.\tA company.\n城市。\tCities.\n"))
    assert [(r.source, r.target, r.reference) for r in bare] == [
        ("企业。", "A firm.", "A company."),
        ("城市。", "Cities.", ""),
    ]
    named = read_rows(write(tmp_path / "b.tsv", "doc\tref\tsrc\tnote\n甲\tA company.\t企业。\tx\n"))
    assert [(r.source, r.reference, r.document) for r in named] == [("企业。", "A company.", "甲")]


def test_jsonl_keeps_tabs_and_odd_line_ends(tmp_path: Path) -> None:
    line = json.dumps({"zh": "指标\t增长", "mt": "Item\tGrowth\u2028", "score": -0.5, "id": 3, "note": [1]})
    (row,) = read_rows(write(tmp_path / "a.jsonl", f"{line}\n\n"))
    assert (row.source, row.target, row.score, row.id) == ("指标\t增长", "Item\tGrowth\u2028", -0.5, "3")


def test_parallel_text_with_documents_between_empty_lines(tmp_path: Path) -> None:
    source = write(tmp_path / "zh.txt", "\ufeff企业。\r\n城市。\r\n\r\n企业。\r\n")
    hypothesis = write(tmp_path / "en.txt", "A company.\nCities.\n\nA firm.\n")
    corpus = read_parallel(source, [("a", hypothesis)], write(tmp_path / "ref.txt", "A.\nB.\n\nC.\n"))
    assert [line.document for line in corpus.lines] == ["zh", "zh", "zh 2"]
    assert [line.segment.id for line in corpus.lines] == ["1", "2", "4"]
    assert corpus.systems[0].hypotheses == ("A company.", "Cities.", "A firm.")
    assert [line.reference for line in corpus.lines] == ["A.", "B.", "C."]
    assert [line.segment.start for line in corpus.lines] == [0, 4, 0]


def test_second_column_of_the_source_is_the_reference(tmp_path: Path) -> None:
    corpus = read_parallel(
        write(tmp_path / "a.tsv", "企业。\tA company.\n"), [("a", write(tmp_path / "h.en", "A firm.\n"))]
    )
    assert corpus.lines[0].reference == "A company."
    assert read_sources(tmp_path / "a.tsv").systems == ()


def run_folder(folder: Path, name: str, english: str) -> Path:
    own = folder / name
    own.mkdir(parents=True)
    rows = [
        {"id": "s1", "section": "0", "kind": "furniture", "source": "打印", "translation": "", "marker": ""},
        {"id": "s2", "section": "1", "kind": "heading", "source": "一、工作", "translation": "I. Work",
         "marker": "一、", "score": None},
        {"id": "s3", "section": "1", "kind": "sentence", "source": "企业3家。", "translation": english,
         "marker": "", "score": -0.25},
    ]  # fmt: skip
    write(own / "segments.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    abstract = {
        "section": "1",
        "sentences": [{"text": "Three companies.", "evidence": ["s3"], "method": "m"}],
    }
    write(
        own / "abstracts.jsonl", json.dumps(abstract) + "\n" + json.dumps(abstract | {"section": None}) + "\n"
    )
    return folder


def test_run_folders_side_by_side(tmp_path: Path) -> None:
    for run in ("run1", "run2"):
        for name in ("a", "b"):
            run_folder(tmp_path / run, name, f"Three companies, {run}.")
    corpus = read_bilingual(name_systems([str(tmp_path / "run1"), f"other={tmp_path / 'run2'}"]))
    assert [s.name for s in corpus.systems] == ["run1", "other"]
    assert [line.document for line in corpus.lines] == ["a", "a", "b", "b"]
    assert [line.segment.kind for line in corpus.lines] == ["heading", "sentence"] * 2
    assert corpus.lines[0].segment.marker == "一、"
    assert corpus.systems[0].confidences == (None, -0.25) * 2
    assert [s.id for s in corpus.sections] == ["a: 1", "b: 1"]
    assert corpus.sections[0].title == "一、工作"
    assert set(corpus.sections[0].abstracts) == {"run1", "other"}
    single = read_bilingual([("a", tmp_path / "run1" / "a")])
    assert [line.document for line in single.lines] == ["a", "a"]


def test_what_we_write_can_be_read(tmp_path: Path) -> None:
    report = write(tmp_path / "report.txt", "一、工作\n全年新增企业3家，增长4.5%。\n完成投资10350万元。\n")
    formats = [f"--format={name}" for name in ("xliff", "tmx", "segments_jsonl")]
    assert (
        main(["translate", str(report), "-o", str(tmp_path / "out"), "--profile", "fast", "-q", *formats])
        == 0
    )
    folder = tmp_path / "out" / "report"
    run, xliff, tmx = (
        read_bilingual([("a", path)]) for path in (folder, folder / "briefing.xlf", folder / "briefing.tmx")
    )
    for other in (xliff, tmx):
        assert [line.source for line in other.lines] == [line.source for line in run.lines]
        assert other.systems[0].hypotheses == run.systems[0].hypotheses
        assert {line.document for line in other.lines} == {"report"}
    assert [line.segment.kind for line in xliff.lines] == [line.segment.kind for line in run.lines]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.jsonl", '{"source": "企业"}\n{"source": \n', "line 2"),
        ("a.jsonl", '{"source": 3}\n', "must be text"),
        ("a.jsonl", '["source"]\n', "no JSON object"),
        ("a.jsonl", '{"source": "企业", "score": "high"}\n', "score"),
        ("a.tsv", "企业。\tA\tB\tC\n", "4 cells"),
        ("a.xlf", "<xliff version='1.1'/>", "1.2 or 2.x"),
        ("a.xlf", "<html/>", "not XLIFF"),
        ("a.xlf", "<xliff", "cannot be read"),
        ("a.tmx", "<xliff/>", "not TMX"),
    ],
)
def test_a_malformed_file_is_named_with_its_place(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_rows(write(tmp_path / name, text))
    assert name in str(caught.value)


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "zh.txt", "企业。\n城市。\n")
    with pytest.raises(InputError, match=r"has 1 segments and .*zh\.txt 2"):
        read_parallel(source, [("a", write(tmp_path / "en.txt", "A company.\n"))])
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_parallel(tmp_path / "latin.txt", [])
    with pytest.raises(InputError, match="cannot be read"):
        read_parallel(tmp_path / "none.txt", [])
    with pytest.raises(InputError, match=r"segments\.jsonl"):
        read_bilingual([("a", tmp_path)])
    with pytest.raises(InputError, match="neither a run folder"):
        read_bilingual([("a", source)])
    first = write(tmp_path / "a.tsv", "企业。\tA company.\n")
    with pytest.raises(InputError, match="segment 1"):
        read_bilingual([("a", first), ("b", write(tmp_path / "b.tsv", "城市。\tA city.\n"))])
    with pytest.raises(SettingsError, match="two systems are called 'a'"):
        name_systems([str(first), f"a={tmp_path / 'b.tsv'}"])
