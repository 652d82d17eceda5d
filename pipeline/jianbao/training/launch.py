"""Starting a run: one process on a GPU; on CPU as many as the recipe asks for, each with one thread and core."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from jianbao.errors import JianbaoError

_log = logging.getLogger(__name__)


def cpu_environment(threads: int = 1) -> dict[str, str]:
    """The environment of a training process on CPU, for what is only read at the start of a process.

    oneDNN keeps a compiled kernel for each shape: there are some thousands in a run, more than its default cache.
    """
    return {
        **os.environ,
        "OMP_NUM_THREADS": str(threads),
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "8192",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }


def run_workers(arguments: Sequence[str], *, processes: int, out: Path) -> None:
    """Run ``python -m jianbao.training.worker ARGUMENTS`` in ``processes`` processes and wait for them.

    An interrupt writes the stop file, so that the run saves and ends. If one process fails, the others are ended.

    Raises:
        JianbaoError: a process failed; its message has been printed.
    """
    port = _free_port()
    workers = []
    for rank in range(processes):
        environment = cpu_environment() | {
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(port),
            "RANK": str(rank),
            "WORLD_SIZE": str(processes),
        }
        command = [sys.executable, "-m", "jianbao.training.worker", *arguments]
        workers.append(subprocess.Popen(command, env=environment))
    try:
        _wait(workers)
    except KeyboardInterrupt:
        (out / "stop").touch()
        _wait(workers)


def _wait(workers: Sequence["subprocess.Popen[bytes]"]) -> None:
    running = list(workers)
    while running:
        for worker in list(running):
            try:
                code = worker.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            running.remove(worker)
            if code:
                for other in running:
                    other.terminate()
                raise JianbaoError(
                    f"a training process ended with status {code}; see its message above, and run again to "
                    "resume from the last checkpoint"
                )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
