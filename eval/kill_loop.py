"""Kills a run of ``jianbao brief`` at random moments, goes on, and compares with a run that nobody killed.

    python eval/kill_loop.py REPORTS --kills 50 [--profile fast] [--no-memory]

Every killed run is followed by the same command, until as many kills as asked for have hit a run at work; then the
command runs to its end. Whenever a run ends by itself, its outputs are compared and it starts over. The exit code is
0 if all outputs were byte-identical to those of the undisturbed run.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Tally:
    """What happened: kills that hit a run at work, runs brought to their end, files that differed."""

    kills: int = 0
    completed: int = 0
    differing: list[str] = field(default_factory=list)


def kill_loop(reports: Path, folder: Path, *, kills: int, options: list[str], seed: int) -> Tally:
    """Run, kill, go on; ``folder`` holds all outputs and memories."""
    chance = random.Random(seed)
    start = time.monotonic()
    _command(reports, folder / "whole", options).wait()
    longest = time.monotonic() - start
    expected = fingerprint(folder / "whole" / "out")
    tally = Tally()
    while tally.kills < kills:
        shutil.rmtree(folder / "killed", ignore_errors=True)
        while True:
            process = _command(reports, folder / "killed", options)
            try:
                # the last kill of a loop is not reached: that run ends by itself
                process.wait(chance.uniform(0.1, 0.7) * longest if tally.kills < kills else None)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                tally.kills += 1
                continue
            break
        tally.completed += 1
        found = fingerprint(folder / "killed" / "out")
        names = sorted(expected.keys() | found.keys())
        tally.differing += [name for name in names if expected.get(name) != found.get(name)]
        print(
            f"{tally.kills} kills, {tally.completed} runs completed, {len(tally.differing)} files differ",
            flush=True,
        )
    return tally


def fingerprint(directory: Path) -> dict[str, str]:
    """The sha256 of every output file, by its path in ``directory``; what the run keeps for itself is left out."""
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.name.startswith(".jianbao")
    }


def _command(reports: Path, folder: Path, options: list[str]) -> "subprocess.Popen[bytes]":
    """The command with a memory of its own, in a process group of its own."""
    folder.mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "jianbao",
        "brief",
        str(reports),
        "-o",
        str(folder / "out"),
        "-q",
        *options,
    ]
    environment = os.environ | {"JIANBAO_MEMORY": str(folder / "memory.sqlite")}
    return subprocess.Popen(command, env=environment, start_new_session=True)


def main() -> int:
    """Run the loop and print the tally."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path, help="a folder of short reports")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments, options = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_loop(
            arguments.reports, Path(folder), kills=arguments.kills, options=options, seed=arguments.seed
        )
    for name in tally.differing:
        print("differs:", name)
    return 1 if tally.differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
