"""Whole runs through the public function, on the shipped model."""

import dataclasses
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jianbao.briefs import brief
from jianbao.errors import InputError
from jianbao.memory import Memory
from jianbao.settings import Settings, load_settings

REPORT = """云泽县科技局2021年工作总结
发布日期：2022-01-10  来源：县科技局
2021年，全县新增高新技术企业12家，实现技术合同交易额1.35亿元，同比增长18%。
一、主要工作
（一）培育创新主体。全年兑现奖励资金860万元。
（二）建设创新平台。新建市级工程技术研究中心3家。
二、下一步打算
2022年，力争高新技术企业总数达到80家。
打印 关闭
"""


@pytest.fixture(scope="module")
def fast() -> Settings:
    return load_settings("fast", environment={})


def _segments(directory: Path) -> list[dict[str, object]]:
    lines = (directory / "segments.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, fast: Settings) -> Path:
    folder = tmp_path_factory.mktemp("run")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    results = brief([folder / "report.txt", folder / "empty.txt"], folder / "out", fast)
    assert [r.entry.state for r in results] == ["done", "failed"]
    assert "empty.txt" in results[1].entry.reason
    return folder


def test_a_briefing_has_all_its_files_and_every_figure(finished: Path) -> None:
    directory = finished / "out" / "report"
    assert {"briefing.md", "briefing.html", "briefing.docx", "segments.jsonl", "quality.json"} <= {
        path.name for path in directory.iterdir()
    }
    briefing = (directory / "briefing.md").read_text(encoding="utf-8")
    for figure in ("135 million yuan", "18 percent", "8.6 million yuan", "80"):
        assert figure in briefing


def test_furniture_is_set_aside_and_nothing_is_lost(finished: Path) -> None:
    segments = _segments(finished / "out" / "report")
    furniture = [s["source"] for s in segments if s["kind"] == "furniture"]
    assert "打印 关闭" in furniture
    assert all(s["translation"] == "" for s in segments if s["kind"] == "furniture")
    joined = "".join(str(s["source"]) for s in segments)
    assert "".join(joined.split()) == "".join(REPORT.split())


def test_the_same_command_again_does_nothing_and_a_change_is_noticed(finished: Path, fast: Settings) -> None:
    out = finished / "out"
    before = (out / "report" / "briefing.html").stat().st_mtime_ns
    (again,) = brief([finished / "report.txt"], out, fast)
    assert again.reused
    assert (out / "report" / "briefing.html").stat().st_mtime_ns == before


def test_a_changed_report_is_done_again(tmp_path: Path, fast: Settings) -> None:
    report = tmp_path / "report.txt"
    for investment in ("860万元", "870万元"):
        report.write_text(f"一、工作\n全年兑现奖励资金{investment}。\n", encoding="utf-8")
        (result,) = brief([report], tmp_path / "out", fast)
        assert not result.reused
    assert "8.7 million yuan" in (tmp_path / "out" / "report" / "briefing.md").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(finished: Path, tmp_path: Path, fast: Settings) -> None:
    again = dataclasses.replace(fast, translation=dataclasses.replace(fast.translation, memory=False))
    brief([finished / "report.txt"], tmp_path, again)
    for path in (tmp_path / "report").iterdir():
        assert path.read_bytes() == (finished / "out" / "report" / path.name).read_bytes(), path.name
    assert not list(tmp_path.glob(".jianbao-journal*"))


def test_bad_documents_cost_themselves(tmp_path: Path, fast: Settings) -> None:
    (tmp_path / "in").mkdir()
    entity = '<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>'
    with zipfile.ZipFile(tmp_path / "in" / "bomb.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", entity)
    (tmp_path / "in" / "cut.pdf").write_bytes(b"%PDF-1.7 cut")
    (tmp_path / "in" / "good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "hang.txt").write_text(REPORT * 20_000, encoding="utf-8")
    (tmp_path / "in" / "unwritable.txt").write_text("一、工作\n全年新增企业3家。\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "unwritable").write_text("a file where a folder must be")
    limited = dataclasses.replace(fast, limits=dataclasses.replace(fast.limits, seconds=2.0))
    results = brief([tmp_path / "in"], tmp_path / "out", limited)
    states = {result.entry.name: result.entry.state for result in results}
    assert states.pop("good") == "done"
    assert set(states.values()) == {"failed"}
    reasons = {result.entry.name: result.entry.reason for result in results}
    for name, said in {
        "bomb": "clean copy",
        "cut": "PDF",
        "hang": "limits.seconds",
        "unwritable": "log",
    }.items():
        assert said in reasons[name]
        assert name in reasons[name]
    assert "FileExistsError" in (tmp_path / "out" / "jianbao.log").read_text(encoding="utf-8")
    (tmp_path / "out" / "unwritable").unlink()
    again = {result.entry.name: result for result in brief([tmp_path / "in"], tmp_path / "out", limited)}
    assert again["good"].reused
    assert again["unwritable"].entry.state == "done"


def test_totals_add_up(finished: Path, fast: Settings) -> None:
    (result,) = brief([finished / "report.txt"], finished / "out", fast)
    segments = _segments(finished / "out" / "report")
    totals = result.entry.totals
    assert totals["segments"] + totals["furniture"] == len(segments)
    assert totals["translated"] == sum(bool(s["translation"]) for s in segments)
    assert totals["asked"] + totals["reused"] == sum(s["method"] not in {"rule", "none"} for s in segments)


def test_a_glossary_change_asks_the_model_only_for_what_it_touches(tmp_path: Path, fast: Settings) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("source\ttarget\n创新主体\tinnovation players\n", encoding="utf-8")
    brief([tmp_path / "report.txt"], tmp_path / "out", fast)
    glossary = dataclasses.replace(fast.glossary, files=(*fast.glossary.files, str(tmp_path / "terms.tsv")))
    (result,) = brief(
        [tmp_path / "report.txt"], tmp_path / "out", dataclasses.replace(fast, glossary=glossary)
    )
    assert not result.reused
    assert result.entry.totals["asked"] == 1
    assert result.entry.totals["reused"] > 1


def test_a_correction_by_a_person_wins_in_finished_documents(tmp_path: Path, fast: Settings) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    memory = tmp_path / "memory.sqlite"
    own = dataclasses.replace(
        fast, translation=dataclasses.replace(fast.translation, memory_file=str(memory))
    )
    brief([tmp_path / "report.txt"], tmp_path / "out", own)
    with Memory.open(memory) as opened:
        opened.put_human(
            [("全年兑现奖励资金860万元。", "Awards of 8.6 million yuan were paid.")], origin="me"
        )
    (result,) = brief([tmp_path / "report.txt"], tmp_path / "out", own)
    assert not result.reused
    assert result.entry.totals["asked"] == 0
    assert any("Awards of 8.6 million yuan" in str(s["translation"]) for s in _segments(result.directory))


@pytest.mark.slow
def test_kills_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(4):
        text = REPORT.replace("12家", f"{number + 3}家").replace("860万元", f"{number + 2}70万元")
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    script = Path(__file__).parent.parent / "eval" / "kill_loop.py"
    command = [
        sys.executable,
        str(script),
        str(tmp_path / "in"),
        "--kills",
        "8",
        "--seed",
        "7",
        "--profile",
        "fast",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 kills" in done.stdout
    assert "differs" not in done.stdout


def test_nothing_to_read_stops_the_run(tmp_path: Path, fast: Settings) -> None:
    with pytest.raises(InputError, match="nowhere"):
        brief([tmp_path / "nowhere"], tmp_path / "out", fast)
