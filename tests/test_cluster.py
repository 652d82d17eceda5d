"""The same job on a local Ray cluster of two nodes, one of which is killed."""

import dataclasses
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jianbao.briefs import brief
from jianbao.errors import SettingsError
from jianbao.settings import Settings, load_settings

REPORT = """云泽县科技局{year}年工作总结
{year}年，全县新增高新技术企业{count}家，实现技术合同交易额1.{count}亿元，同比增长18%。
一、主要工作
（一）培育创新主体。全年兑现奖励资金{count}60万元。
"""


@pytest.fixture
def nodes() -> Iterator[tuple[Any, Any]]:
    ray: Any = pytest.importorskip("ray")
    cluster = pytest.importorskip("ray.cluster_utils").Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    second = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    yield cluster, second
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    fast = load_settings("fast", environment={})
    memory = dataclasses.replace(fast.translation, memory_file=str(tmp_path / "memory.sqlite"))
    return dataclasses.replace(fast, translation=memory)


def _reports(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = REPORT.format(year=2000 + number, count=number + 3)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.mark.slow
def test_a_node_is_lost_and_no_document(
    tmp_path: Path, nodes: tuple[Any, Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianbao.cluster.WINDOW_CHARACTERS", 100)  # a window for every document
    cluster, second = nodes
    reports = _reports(tmp_path / "in", 24)
    out = tmp_path / "out"

    def kill_second() -> None:
        while len(list(out.glob("*/quality.json"))) < 4:
            time.sleep(0.05)
        cluster.remove_node(second, allow_graceful=False)

    killer = threading.Thread(target=kill_second)
    killer.start()
    results = brief([reports], out, settings, ray=cluster.address)
    killer.join()
    states = [result.entry.state for result in results]
    assert states == ["done"] * 24 + ["failed"]
    assert all(result.reused for result in brief([reports], out, settings)[:24])
    here = brief([reports], tmp_path / "here", settings)
    assert [r.entry.totals["asked"] for r in here[:24]] == [0] * 24  # the memory came home
    for path in (tmp_path / "here").glob("*/*"):
        assert path.read_bytes() == (out / path.relative_to(tmp_path / "here")).read_bytes(), path


@pytest.mark.slow
def test_no_cluster_is_an_error_with_advice(tmp_path: Path, settings: Settings) -> None:
    pytest.importorskip("ray")
    with pytest.raises(SettingsError, match="ray start"):
        brief([_reports(tmp_path / "in", 1)], tmp_path / "out", settings, ray="127.0.0.1:1")


def test_without_ray_the_option_says_what_to_install(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(SettingsError, match=r"pip install 'jianbao\[ray\]'"):
        brief([_reports(tmp_path / "in", 1)], tmp_path / "out", settings, ray="auto")
