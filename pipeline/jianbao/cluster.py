"""The same run on a Ray cluster: windows of documents are tasks, engines are actors, one per two cores or GPU.

Reading, ledger, outputs and the translation memory stay with the process that was started; actors ask for the memory
over the wire. Where a node dies, its windows go to other engines, and what was finished of them before comes from the
memory; a new engine starts as soon as there is room for one. Every node needs Jianbao, and the model where it is not
a shipped one.
"""

import importlib
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from jianbao.document import Outline
from jianbao.errors import JianbaoError, SettingsError
from jianbao.memory import Memory, Remembered
from jianbao.settings import Settings, find_glossary
from jianbao.window_work import Failed, Finished, work
from jianbao.workbench import Workbench

WINDOW_CHARACTERS = 15_000
"""Less than on one machine, so that there is work for many engines."""
_CORES = 2
_QUEUED = 2
"""Windows that wait at each engine, the one in work among them."""
_ATTEMPTS = 3
"""A window that ends its engine so many times is given up."""

T = TypeVar("T")


class Cluster:
    """A connection to a Ray cluster with an engine on every two cores, or on every GPU where there are any."""

    def __init__(self, address: str, bench: Workbench) -> None:
        """Connect to ``address``; the engines start with the first window.

        Raises:
            SettingsError: Ray is not installed, or there is no cluster at ``address``.
        """
        try:
            self._ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise SettingsError(
                "--ray needs Ray, which is not installed: pip install 'jianbao[ray]'"
            ) from error
        self._ours = not self._ray.is_initialized()
        if self._ours:
            try:
                _reach(address)
                self._ray.init(address=address, log_to_driver=False, logging_level="ERROR")
            except (OSError, RuntimeError, ValueError) as error:
                reason = str(error).partition("\n")[0]
                raise SettingsError(
                    f"no Ray cluster at {address} ({reason}); start one with ray start --head"
                ) from error
        self._memory = self._serve_memory(bench)
        self._share, self._count = self._shares()
        threads = bench.settings.model.threads or int(self._share.get("num_cpus", 1))
        settings = replace(bench.settings, model=replace(bench.settings.model, threads=threads))
        glossaries = [find_glossary(name).read_bytes() for name in bench.settings.glossary.files]
        self._parts = settings, glossaries, self._memory

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.kill(self._memory)
        if self._ours:
            self._ray.shutdown()

    def work(
        self, windows: Iterable[list[T]], outline: Callable[[T], Outline]
    ) -> Iterator[tuple[list[T], list[Finished | Failed]]]:
        """The outcomes of each window, as they come; only as many windows are taken as the engines have room for.

        Raises:
            SettingsError, ModelError: an engine cannot work.
        """
        pending: dict[Any, tuple[Any, _Attempt[T] | None]] = {}
        engines = [self._start(pending) for _ in range(self._count)]
        free: list[Any] = []
        again: list[_Attempt[T]] = []
        remaining = iter(windows)
        while True:
            while free and (attempt := again.pop() if again else _next(remaining)):
                engine = free.pop()
                outlines = [outline(item) for item in attempt.window]
                pending[engine.work.remote(outlines)] = engine, attempt
            if not any(attempt for _, attempt in pending.values()) and free:
                break
            (ready,), _ = self._ray.wait(list(pending), num_returns=1)
            engine, attempt = pending.pop(ready)
            try:
                outcomes = self._get(ready)
            except self._ray.exceptions.RayActorError as error:
                if engine in engines:  # the first to hear of its death
                    engines[engines.index(engine)] = self._start(pending)
                    free = [other for other in free if other != engine]
                if attempt and attempt.number < _ATTEMPTS:
                    again.append(replace(attempt, number=attempt.number + 1))
                elif attempt:
                    yield attempt.window, [Failed.by(error)] * len(attempt.window)
            else:
                free += [engine] * (1 if attempt else _QUEUED)
                if attempt:
                    yield attempt.window, outcomes
        for engine in engines:
            self._ray.kill(engine)

    def _start(self, pending: dict[Any, tuple[Any, Any]]) -> Any:
        """A new engine, which works once ``pending`` says that it is ready."""
        engine = self._ray.remote(**self._share)(_Engine).remote(*self._parts)
        pending[engine.ready.remote()] = engine, None
        return engine

    def _get(self, reference: Any) -> list[Finished | Failed]:
        try:
            outcomes: list[Finished | Failed] = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, JianbaoError):
                raise error.cause from error
            raise
        return outcomes

    def _shares(self) -> tuple[dict[str, float], int]:
        """What an engine takes of its node, and how many engines there is room for."""
        nodes = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
        gpus = sum(int(node.get("GPU", 0)) for node in nodes)
        if gpus:
            return {"num_gpus": 1}, gpus
        cores = [int(node["CPU"]) for node in nodes if node.get("CPU", 0) >= 1]
        if not cores:
            raise SettingsError("the Ray cluster has no processor to work with; add a node to it")
        share = min(_CORES, *cores)
        return {"num_cpus": share}, sum(count // share for count in cores)

    def _serve_memory(self, bench: Workbench) -> Any:
        """An actor of this node that holds the memory open."""
        strategies = importlib.import_module("ray.util.scheduling_strategies")
        here = self._ray.get_runtime_context().get_node_id()
        actor = self._ray.remote(
            num_cpus=0, scheduling_strategy=strategies.NodeAffinitySchedulingStrategy(here, soft=False)
        )(_MemoryServer)
        return actor.remote(bench.memory.path.resolve() if bench.memory else None)


def _reach(address: str) -> None:
    """Raise OSError where nobody listens at ``host:port``: Ray itself would try for minutes."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=10).close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt(Generic[T]):
    """A window, and how often it was given to an engine."""

    window: list[T]
    number: int = 1


def _next(windows: Iterator[list[T]]) -> _Attempt[T] | None:
    window = next(windows, None)
    return None if window is None else _Attempt(window=window)


class _MemoryServer:
    """The translation memory, for engines on other nodes."""

    def __init__(self, path: Path | None) -> None:
        self._memory = Memory.open(path) if path else None

    def get_many(self, keys: list[str]) -> dict[str, Remembered]:
        return self._memory.get_many(keys) if self._memory else {}

    def put_many(self, entries: dict[str, Remembered]) -> None:
        if self._memory:
            self._memory.put_many(entries)

    def human(self, sources: list[str]) -> dict[str, str]:
        return self._memory.human(sources) if self._memory else {}


class _RemoteMemory(Memory):
    """The part of a memory that a translator needs, from a :class:`_MemoryServer`."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def get_many(self, keys: Iterable[str]) -> dict[str, Remembered]:
        found: dict[str, Remembered] = self._ask(self._server.get_many, list(keys))
        return found

    def put_many(self, entries: Mapping[str, Remembered]) -> None:
        self._ask(self._server.put_many, dict(entries))

    def human(self, sources: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = self._ask(self._server.human, list(sources))
        return found

    def close(self) -> None:
        """Nothing to close here."""

    def _ask(self, method: Any, argument: object) -> Any:
        return importlib.import_module("ray").get(method.remote(argument))


class _Engine:
    """A workbench on a node, with a model loaded and the run's memory."""

    def __init__(self, settings: Settings, glossaries: Sequence[bytes], memory: Any) -> None:
        folder = Path(tempfile.mkdtemp(prefix="jianbao-"))
        files = [folder / f"{number}.tsv" for number in range(len(glossaries))]
        for path, content in zip(files, glossaries, strict=True):
            path.write_bytes(content)
        glossary = replace(settings.glossary, files=tuple(map(str, files)))
        self._bench = Workbench(replace(settings, glossary=glossary), memory=_RemoteMemory(memory))

    def ready(self) -> list[Finished | Failed]:
        """Load the model now, so that what is wrong with it is said before a window is lost."""
        _ = self._bench.translator
        return []

    def work(self, outlines: list[Outline]) -> list[Finished | Failed]:
        return list(work(outlines, self._bench))
