"""Suites: what they may say, and that those which ship hold together."""

import json
from pathlib import Path

import pytest

from jianbao.cli import main
from jianbao.errors import InputError, SettingsError
from jianbao.evaluation import evaluate
from jianbao.evaluation.formats import read_rows
from jianbao.evaluation.running import section_lines, suite_corpus
from jianbao.evaluation.suites import find_suite, read_suite, suites_dir

GOLD = suites_dir().parent / "gold" / "gold.jsonl"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_suite_can_be_read_or_says_what_it_lacks() -> None:
    for path in suites_dir().glob("*.toml"):
        try:
            suite = read_suite(path)
        except InputError:
            # Only suites over data that is not ours may lack theirs.
            if not path.stem.startswith("shared-"):
                raise
        else:
            assert suite.description
            assert suite.thresholds


def test_the_gold_set_is_large_and_whole() -> None:
    rows = read_rows(GOLD)
    assert len(rows) >= 300
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.source and row.reference and row.document for row in rows)
    assert {row.kind for row in rows} == {"heading", "sentence", "item", "row"}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for term, rendering in row["terms"].items():
            assert term in row["source"].replace("“", '"').replace("”", '"') or term in row["source"]
            assert rendering in row["reference"]
        assert row["source"].count("\t") == row["reference"].count("\t")


def test_a_perfect_translation_passes_the_gold_suite() -> None:
    suite = find_suite("gold-references")
    corpus, glossary = suite_corpus(suite)
    evaluation = evaluate(corpus, glossary, thresholds=suite.thresholds)
    assert evaluation.shortfalls == ()


def test_a_damaged_translation_misses_it(tmp_path: Path) -> None:
    damaged = [
        row.reference.replace(" percent", " percentage points", 1).replace("million", "billion")
        for row in read_rows(GOLD)
    ]
    hypothesis = write(
        tmp_path / "bad.jsonl", "".join(json.dumps({"source": "x", "mt": d}) + "\n" for d in damaged)
    )
    text = (suites_dir() / "gold-references.toml").read_text(encoding="utf-8")
    text = text.replace('hypothesis = "../gold/gold.jsonl"', f'hypothesis = "{hypothesis}"')
    suite = read_suite(write(tmp_path / "own.toml", text.replace('"../gold/gold.jsonl"', f'"{GOLD}"')))
    corpus, glossary = suite_corpus(suite)
    missed = {s.metric for s in evaluate(corpus, glossary, thresholds=suite.thresholds).shortfalls}
    assert {"figures.accuracy", "checks.errors", "quality.chrf++"} <= missed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source = ", "not valid TOML"),
        ('description = "x"', "exactly one of source"),
        ('source = "a.tsv"\nreport = "a.txt"', "exactly one of source"),
        ('source = "a.tsv"\nthreshold = 1', "unknown key 'threshold'"),
        ('source = "a.tsv"\n[thresholds]\n"figures.acuracy" = 1', "did you mean"),
        ('source = "a.tsv"\n[thresholds]\n"figures.accuracy" = "high"', "must be a number"),
        ('source = "a.tsv"\n[[systems]]\nprofile = "fast"', "no name"),
        ('source = "a.tsv"\n[[systems]]\nname = "a"\nmodel = "x"', "unknown key 'model'"),
    ],
)
def test_a_wrong_suite_is_refused(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path / "a.tsv", "企业。\tA company.\n")
    with pytest.raises(SettingsError, match=said):
        read_suite(write(tmp_path / "s.toml", text))


def test_a_suite_without_its_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.tsv, which is not here"):
        read_suite(write(tmp_path / "s.toml", 'source = "gone.tsv"'))


def test_entities_are_read_as_characters(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv", "企业。\tIt's a company.\n")
    write(tmp_path / "h.en", "It&#39;s a company.\n")
    suite = read_suite(
        write(
            tmp_path / "s.toml",
            'source = "a.tsv"\n[[systems]]\nname = "h"\nhypothesis = "h.en"\nentities = true',
        )
    )
    assert suite_corpus(suite)[0].systems[0].hypotheses == ("It's a company.",)


def test_sections_are_split_into_sentences() -> None:
    lines = section_lines("a01", "一、标题。第一句。第二句！\n")
    assert [(line.segment.kind, line.source) for line in lines] == [
        ("heading", "一、标题。"),
        ("sentence", "第一句。"),
        ("sentence", "第二句！"),
    ]


def test_a_suite_translates_and_its_exit_code_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "a.tsv", "全年完成投资10350万元。\tInvestment of 103.5 million yuan was completed.\n")
    text = 'source = "a.tsv"\n[[systems]]\nname = "fast"\nprofile = "fast"\n[thresholds]\n"{}" = {}'
    passes = write(tmp_path / "s.toml", text.format("figures.accuracy", 0.9))
    fails = write(tmp_path / "t.toml", text.format("quality.bleu", 101))
    out = str(tmp_path / "out")
    assert main(["evaluate", "--suite", str(passes), "-o", out, "-q"]) == 0
    assert main(["evaluate", "--suite", str(fails), "-o", out]) == 1
    assert "below threshold" in capsys.readouterr().out
    assert (
        json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8"))["status"]
        == "below threshold"
    )
