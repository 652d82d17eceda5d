"""Documents are read in a process of their own, so that one that hangs, crashes or eats memory costs only itself."""

import contextlib
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import Full, Queue
from typing import cast

from jianbao.document import Outline
from jianbao.errors import InputError, JianbaoError
from jianbao.readers import Limits
from jianbao.reading_process import Answer, Request

_START_SECONDS = 120.0
"""A process that is not ready by then never will be."""
_READ_AHEAD = 16
"""Documents read before they are wanted."""


class IsolatedReader:
    """Reads and segments documents in one long-lived process, which is replaced when it dies.

    ``seconds`` (of the clock) and ``memory`` (bytes) bound each document. Not for several threads at once.
    """

    def __init__(self, limits: Limits, *, seconds: float, memory: int) -> None:
        """Start nothing yet."""
        self._limits = limits
        self._seconds = seconds
        self._memory = memory
        self._process: _Process | None = None

    def __enter__(self) -> "IsolatedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def read(self, path: Path) -> Outline:
        """The outline of the document at ``path``.

        Raises:
            LimitError: it takes longer or more memory than allowed, or is beyond the limits of its reader.
            InputError: it cannot be read, or ends the process that reads it. A traceback, where there is one, is
                a note of the error.
        """
        request = Request(path=path, limits=self._limits, seconds=self._seconds, memory=self._memory)
        fresh = self._process is None
        answer = self._ask(request)
        if answer.fatal and not fresh and not answer.timed_out:
            answer = self._ask(request)  # the documents before it may have left the process in a bad way
        if answer.outline is None:
            raise answer.error()
        return answer.outline

    def _ask(self, request: Request) -> Answer:
        process = self._process = self._process or _Process()
        answer = process.ask(request)
        if answer.fatal:
            self.close()
        return answer


class _Process:
    """The running process and the pipes to it."""

    def __init__(self) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from jianbao.reading_process import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        _, timed_out = self._receive(_START_SECONDS)
        if timed_out or self._process.poll() is not None:
            self.kill()
            raise JianbaoError(
                f"the process that reads documents does not start; try {sys.executable} by hand"
            )

    def ask(self, request: Request) -> Answer:
        """The answer to ``request``; where the process dies over it, an answer that says so."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
        answer, timed_out = self._receive(request.seconds)
        if answer is not None:
            return answer
        cause = -self._process.wait()
        if timed_out or cause == getattr(signal, "SIGXCPU", None):
            message = (
                f"{request.path}: takes longer than {request.seconds:g} s to read; "
                "split it or raise limits.seconds"
            )
            return Answer(kind="limit", message=message, fatal=True, timed_out=True)
        how = signal.Signals(cause).name if cause in set(signal.Signals) else f"exit code {-cause}"
        message = f"{request.path}: crashes its reader ({how}); save it in another format"
        return Answer(kind="input", message=message, fatal=True)

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _receive(self, seconds: float) -> tuple[Answer | None, bool]:
        """What the process says within ``seconds`` (None if it ends before), and whether time was up."""
        assert self._process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            return cast(Answer | None, pickle.load(self._process.stdout)), False
        except (EOFError, pickle.UnpicklingError):
            return None, expired.is_set()
        finally:
            timer.cancel()


def read_ahead(paths: Iterable[Path], reader: IsolatedReader) -> Iterator[Outline | InputError]:
    """The outline of each document, or why there is none, read while the caller works on those before it.

    At most a few outlines are held, however many ``paths`` there are. Closing the iterator ends the reader.
    """
    results: Queue[Outline | BaseException | None] = Queue(_READ_AHEAD)
    stopped = threading.Event()

    def deliver(result: Outline | BaseException | None) -> None:
        while not stopped.is_set():
            with contextlib.suppress(Full):
                results.put(result, timeout=0.1)
                return

    def work() -> None:
        try:
            for path in paths:
                if stopped.is_set():
                    return
                try:
                    deliver(reader.read(path))
                except InputError as error:
                    deliver(error)
            deliver(None)
        except BaseException as error:  # is raised again where the results are wanted
            deliver(error)

    thread = threading.Thread(target=work, name="reading", daemon=True)
    thread.start()
    try:
        while (result := results.get()) is not None:
            if not isinstance(result, Outline | InputError):
                raise result
            yield result
    finally:
        stopped.set()
        while thread.is_alive():  # it may be about to start another process
            reader.close()
            thread.join(0.1)
        reader.close()
