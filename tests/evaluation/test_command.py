"""``jianbao evaluate`` as a user meets it, and COMET as a process that may not be there."""

import json
import sys
from pathlib import Path

import pytest

from jianbao.cli import main
from jianbao.errors import SettingsError
from jianbao.evaluation.comet import comet_scores

SCORER = (
    "import sys, json\n"
    "for line in sys.stdin:\n"
    "    row = json.loads(line)\n"
    "    print(json.dumps({'score': len(row['mt']) / 100 + (0.5 if 'ref' in row else 0)}))\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "zh.txt").write_text("企业3家。\n城市。\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("Three enterprises.\nThe city.\n", encoding="utf-8")
    (tmp_path / "b.en").write_text("Thirty enterprises.\nThe town.\n", encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("source\ttarget\n城市\ttown\n", encoding="utf-8")
    (tmp_path / "scorer.py").write_text(SCORER, encoding="utf-8")
    return tmp_path


def evaluate(files: Path, *extra: str) -> int:
    names = ["--source", str(files / "zh.txt"), "--hypothesis", f"ours={files / 'a.en'}"]
    return main(["evaluate", *names, "-o", str(files / "out"), *extra])


def scores(files: Path, system: int = 0) -> dict[str, dict[str, float]]:
    report = json.loads((files / "out" / "evaluation.json").read_text(encoding="utf-8"))
    told: dict[str, dict[str, float]] = report["systems"][system]["scores"]
    return told


def test_two_systems_without_a_reference(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(files, "--hypothesis", str(files / "b.en")) == 0
    shown = capsys.readouterr().out
    assert "ours" in shown
    assert "Figures right" in shown
    assert "evaluation.html" in shown
    assert scores(files)["figures.accuracy"]["value"] == 1
    assert scores(files, 1)["figures.accuracy"]["value"] == 0
    assert "quality.bleu" not in scores(files)


def test_thresholds_gate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(files, "--threshold", "figures.accuracy=1", "-q") == 0
    assert evaluate(files, "--threshold", "names.accuracy=1") == 1
    assert "was not measured" in capsys.readouterr().out


def test_the_glossary_given_is_the_only_judge(files: Path) -> None:
    assert evaluate(files, "-q") == 0
    assert evaluate(files, "--glossary", str(files / "terms.tsv"), "-q") == 0
    assert scores(files)["terms.exact_match"] == {"value": 0.0, "right": 0.0, "total": 1.0}


def test_json_on_standard_output(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(files, "--json") == 0
    assert json.loads(capsys.readouterr().out)["schema"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "give one of"),
        (["x.tsv", "--suite", "gold"], 2, "give one of"),
        (["--source", "x.txt"], 2, "go together"),
        (["gone.tsv"], 3, "cannot be read"),
        (["--suite", "nothing"], 2, "no suite 'nothing'"),
        (["x.tsv", "--threshold", "figures.accuracy"], 2, "MEASURE=VALUE"),
        (["x.tsv", "--glossary", "none"], 3, "x.tsv"),
    ],
)
def test_a_mistake_gets_one_sentence(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", *arguments]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_comet_in_a_process_of_its_own(files: Path) -> None:
    command = f"{sys.executable} {files / 'scorer.py'}"
    assert evaluate(files, "--comet", command, "-q") == 0
    assert scores(files)["quality.comet"]["value"] == pytest.approx(
        (len("Three enterprises.") + len("The city.")) / 2
    )
    assert comet_scores(command, [("企业", "firm", "company")]) == [0.54]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/nowhere/comet", "cannot be run"),
        (f"{sys.executable} -c 'raise SystemExit(\"no model\")'", "no model"),
        (f"{sys.executable} -c 'print(1)'", "must write lines"),
        (f"{sys.executable} -c 'pass'", "0 scores for 1 segments"),
    ],
)
def test_comet_that_is_not_there_is_said_clearly(command: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        comet_scores(command, [("企业", "firm", "")])


def test_evaluating_files_loads_no_model(files: Path) -> None:
    import subprocess

    code = (
        "import sys\nfrom jianbao.cli import main\n"
        f"main(['evaluate', '--source', {str(files / 'zh.txt')!r}, '--hypothesis', {str(files / 'a.en')!r},"
        f" '-o', {str(files / 'out')!r}, '-q'])\n"
        "print(sorted({'torch', 'transformers', 'ctranslate2', 'datasets'} & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
