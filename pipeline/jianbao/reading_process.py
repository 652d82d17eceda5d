"""The process that reads documents for :mod:`jianbao.isolation`: requests on standard input, answers on output.

Requests and answers are pickles. It holds nothing worth keeping, so it can be killed at any moment.
"""

import os
import pickle
import signal
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from jianbao.document import Outline
from jianbao.errors import InputError, JianbaoError, LimitError
from jianbao.readers import Limits, _assemble, read_document
from jianbao.segmenter import segment

_KINDS: dict[str, type[JianbaoError]] = {"input": InputError, "limit": LimitError}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A document to read. ``seconds`` of CPU and ``memory`` bytes (beyond those of the idle process) bound it."""

    path: Path
    limits: Limits
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outline, or why there is none.

    ``fatal``: the process ended over it, or must; ``timed_out``: it was ended since it took too long.
    """

    outline: Outline | None = None
    kind: Literal["input", "limit"] = "input"
    message: str = ""
    trace: str = ""
    fatal: bool = False
    timed_out: bool = False

    def error(self) -> JianbaoError:
        """The failure as the error that the reader raised."""
        error = _KINDS[self.kind](self.message)
        if self.trace:
            error.add_note(self.trace)
        return error


def main() -> None:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which closes the pipe
    requests, answers = _own_pipes()
    assert _assemble  # loaded now, so that it is not counted against the first document
    idle = _address_space()
    pickle.dump(None, answers)  # ready: what comes before is not counted against a document
    answers.flush()
    while True:
        try:
            request: Request = pickle.load(requests)
        except EOFError:
            return
        _bound(request, idle)
        answer = _answer(request)
        _unbound()
        pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()
        if answer.fatal:
            return


def _answer(request: Request) -> Answer:
    try:
        return Answer(outline=segment(read_document(request.path, limits=request.limits)))
    except Exception as error:
        if _is_exhaustion(error):
            message = (
                f"{request.path}: takes more than {request.memory / 1e6:g} MB of memory to read; "
                "split it or raise limits.memory_megabytes"
            )
            return Answer(kind="limit", message=message, fatal=True)
        if isinstance(error, JianbaoError):
            kind: Literal["input", "limit"] = "limit" if isinstance(error, LimitError) else "input"
            return Answer(kind=kind, message=str(error))
        return Answer(
            kind="input",
            message=(
                f"{request.path}: the reader stumbles over it ({type(error).__name__}: {error}); "
                "save it in another format"
            ),
            trace=traceback.format_exc(),
        )


def _is_exhaustion(error: BaseException | None) -> bool:
    """Whether memory ran out, also where a parser made another error of it."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the run; whatever a library prints goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _address_space() -> int:
    """The bytes of address space of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _bound(request: Request, idle: int) -> None:
    """Let the system refuse memory beyond the limit, and end the process if the run died and cannot."""
    try:
        import resource
    except ImportError:  # Windows: only the time is bounded, by the run
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_at_most(idle + request.memory, most), most))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, longest = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(used.ru_utime + used.ru_stime + request.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(seconds, longest), longest))


def _unbound() -> None:
    """Lift the limit on memory, so that the answer can be sent."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _at_most(wanted: int, hard: int) -> int:
    """A soft limit may not pass the hard one; -1 there means that there is none."""
    return wanted if hard < 0 else min(wanted, hard)
