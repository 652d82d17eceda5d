"""The command line as a user meets it."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jianbao.cli import main
from jianbao.ledger import Ledger


def test_help_shows_every_command_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0
    shown = capsys.readouterr().out
    for word in ("brief", "translate", "segment", "models", "examples:", "exit codes"):
        assert word in shown


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["brief", "nowhere.txt"], 3, "nowhere.txt"),
        (["brief", "x.txt", "--set", "translation.beam=3"], 2, "translation.beam"),
        (["brief", "x.txt", "--profile", "slow"], 2, "slow"),
        (["models", "info", "no-such-model"], 4, "no-such-model"),
        (["segment", "nowhere.txt"], 3, "nowhere.txt"),
        (["translate"], 2, "nothing to translate"),
        (["translate", "--plain", "nowhere.txt"], 3, "nowhere.txt"),
        (["memory", "export"], 2, "needs a file"),
        (["memory", "import", "nowhere.tmx"], 3, "nowhere.tmx"),
        (["memory", "stats", "x.tmx"], 2, "takes no file"),
    ],
)
def test_a_mistake_gets_one_sentence_and_its_exit_code(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    extra = ["-o", str(tmp_path / "out")] if arguments[0] == "brief" else []
    assert main([*arguments, *extra]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("jianbao: ")
    assert error.count("\n") == 1


def test_a_quiet_run_says_why_a_document_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["brief", str(tmp_path / "empty.txt"), "-o", str(tmp_path / "out"), "-q"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("jianbao: ")
    assert "empty.txt" in shown.err


def test_a_wrong_glossary_column_names_file_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, glossary = tmp_path / "a.txt", tmp_path / "terms.tsv"
    report.write_text("一、工作\n全年新增企业3家。\n", encoding="utf-8")
    glossary.write_text("source\ttarge\n高新区\thigh-tech zone\n", encoding="utf-8")
    assert main(["brief", str(report), "-o", str(tmp_path / "out"), "--glossary", str(glossary)]) == 2
    error = capsys.readouterr().err
    assert "terms.tsv" in error
    assert "targe" in error


def test_segment_prints_the_outline(seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", str(seed)]) == 0
    shown = capsys.readouterr().out
    assert "2018年工作情况" in shown
    assert main(["segment", "--json", str(seed)]) == 0
    outline = json.loads(capsys.readouterr().out)
    chapters = [s for s in outline["sections"] if s["level"] == 1 and s["heading"]]
    assert len(chapters) == 2


def test_plain_lines_stay_lines(tmp_path: Path) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_text("同比增长5%。\n\n全年完成投资10350万元。\n", encoding="utf-8")
    assert main(["translate", "--plain", str(source), "-o", str(target), "--beam-size", "1", "-q"]) == 0
    lines = target.read_text(encoding="utf-8").split("\n")
    assert len(lines) == 4
    assert lines[1] == ""
    assert "103.5 million yuan" in lines[2]


def test_a_second_run_says_so_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("一、工作\n全年新增企业3家。\n", encoding="utf-8")
    command = ["brief", str(tmp_path), "-o", str(tmp_path / "out"), "--beam-size", "1"]
    with Ledger(tmp_path / "out"):
        assert main(command) == 2
    assert "another run is at work" in capsys.readouterr().err
    main(command)
    assert "done" in capsys.readouterr().out
    assert main([*command, "--json"]) in {0, 1}
    shown = json.loads(capsys.readouterr().out)
    assert shown["documents"][0]["reused"]
    assert shown["totals"]["documents"] == shown["totals"]["done"] == 1


def test_a_finished_report_costs_no_stage(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、工作\n全年新增企业3家。\n", encoding="utf-8")
    arguments = ["brief", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--beam-size", "1"]
    main([*arguments, "-q"])
    code = (
        "import sys\n"
        "from jianbao.cli import main\n"
        f"main({arguments!r})\n"
        "heavy = {'numpy', 'ctranslate2', 'sentencepiece', 'lxml', 'docx', 'rich', 'jianbao.translator'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "done before" in shown
    assert shown.splitlines()[-1] == "[]"


def test_a_memory_goes_out_and_comes_back_corrected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, tmx = tmp_path / "lines.txt", tmp_path / "m.tmx"
    lines.write_text("科技创新能力明显提升。\n全年新增企业3家。\n", encoding="utf-8")
    memory = ["--memory", str(tmp_path / "m.sqlite")]
    translate = ["translate", "--plain", str(lines), "--beam-size", "1", "-q", *memory]
    assert main(translate) == 0
    first = capsys.readouterr().out.splitlines()
    assert main(["memory", "export", str(tmx), *memory]) == 0
    assert "2 translations" in capsys.readouterr().out
    content = tmx.read_text(encoding="utf-8")
    assert first[1].lower() in content.lower()  # a sentence gets its capital after the memory
    start = content.index("<seg>", content.index("全年新增企业3家")) + len("<seg>")
    end = content.index("</seg>", start)
    tmx.write_text(content[:start] + "Three firms were added." + content[end:], encoding="utf-8")
    assert main(["memory", "import", str(tmx), *memory, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"imported": 1, "unchanged": 1}
    assert main(translate) == 0
    assert capsys.readouterr().out.splitlines() == [first[0], "Three firms were added."]
    assert main(["memory", "prune", "--unused-days", "30", *memory]) == 0
    assert "0 machine" in capsys.readouterr().out
    assert main(["memory", "prune", "--keep-model", "gov-zh-en", *memory]) == 0
    assert main(["memory", "stats", "--json", *memory]) == 0
    stats = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (stats["human"], stats["machine"]) == (1, 2)


@pytest.mark.slow
def test_ctrl_c_ends_at_once_with_a_sentence(tmp_path: Path) -> None:
    text = "一、工作\n" + "".join(f"全年新增企业{i}家，完成投资{i + 1}万元。\n" for i in range(1500))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "jianbao",
        "brief",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
        "--no-memory",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (tmp_path / "out" / ".jianbao-journal.sqlite3").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=5)
    assert process.returncode == 130
    assert said == "jianbao: stopped; the same command goes on from here\n"


def test_briefing_needs_neither_torch_nor_transformers(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("一、工作\n全年新增企业3家。\n", encoding="utf-8")
    code = (
        "import sys\n"
        "from jianbao.cli import main\n"
        f"main(['brief', {str(report)!r}, '-o', {str(tmp_path / 'out')!r}, '-q', '--beam-size', '1'])\n"
        "print(sorted({'torch', 'transformers', 'datasets'} & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
