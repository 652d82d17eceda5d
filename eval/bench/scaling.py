"""``jianbao brief`` itself: over more and more documents, on one core and on all, and over finished ones."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jianbao.readers import read_document

CHARACTERS = 400
"""Length of the documents: reports cut at line ends, so that there are enough of them for a run of minutes."""


def measure_scaling(reports: Sequence[Path], folder: Path, counts: Sequence[int]) -> dict[str, Any]:
    """Time, CPU and peak memory of a run, by the number of documents; start-up over finished ones."""
    documents = _documents(reports, folder / "all")
    runs = [_measure(documents, folder, count) for count in counts if count <= len(documents)]
    middle = sorted(counts)[len(counts) // 2]
    cores = [
        {"cores": n} | _measure(documents, folder, middle, cores=sorted(os.sched_getaffinity(0))[:n])
        for n in range(1, len(os.sched_getaffinity(0)) + 1)
    ]
    again = [_run(folder / f"in{counts[-1]}", folder / f"out{counts[-1]}", folder) for _ in range(3)]
    single = [_run(folder / f"in{counts[0]}", folder / f"out{counts[0]}", folder) for _ in range(3)]
    count = min(counts[-1], len(documents))
    return {
        "runs": runs,
        "cores": cores,
        "finished_start_seconds": min(run["seconds"] for run in single),
        "finished_seconds_per_document": min(run["seconds"] for run in again) / count,
    }


def _documents(reports: Sequence[Path], folder: Path) -> list[Path]:
    folder.mkdir()
    documents = []
    for report in reports:
        text = ""
        for line in read_document(report).text.splitlines():
            text += line + "\n"
            if len(text) >= CHARACTERS:
                documents.append(folder / f"{len(documents):03}.txt")
                documents[-1].write_text(text, encoding="utf-8")
                text = ""
    return documents


def _measure(
    documents: Sequence[Path], folder: Path, count: int, cores: Sequence[int] | None = None
) -> dict[str, Any]:
    """A fresh run over documents taken evenly from all."""
    name = f"{count}" + (f"-{len(cores)}" if cores else "")
    chosen = [documents[i * len(documents) // count] for i in range(count)]
    inputs = folder / f"in{name}"
    inputs.mkdir()
    for path in chosen:
        (inputs / path.name).symlink_to(path)
    measured = _run(inputs, folder / f"out{name}", folder, cores=cores)
    characters = sum(len(path.read_text(encoding="utf-8")) for path in chosen)
    measured |= {"documents": count, "characters": characters}
    print(measured, flush=True)
    return measured


def _run(inputs: Path, out: Path, folder: Path, cores: Sequence[int] | None = None) -> dict[str, Any]:
    command = [sys.executable, "-m", "jianbao", "brief", str(inputs), "-o", str(out), "-q"]
    environment = os.environ | {"JIANBAO_MEMORY": str(folder / f"{out.name}.sqlite")}
    clock = time.perf_counter()
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    if cores:
        os.sched_setaffinity(process.pid, cores)  # before it has threads
    peak: list[float] = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - clock
    watcher.join()
    return {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_mb": peak[0] or usage.ru_maxrss / 1024,
    }


def _watch(group: int, peak: list[float]) -> None:
    """The largest resident memory of all processes of a group together, in MB, looked at ten times a second."""
    while True:
        total, alive = 0, False
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                alive = True
                total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        peak[0] = max(peak[0], total / 1e6)
        if not alive:
            return
        time.sleep(0.1)
