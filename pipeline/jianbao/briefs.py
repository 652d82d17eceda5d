"""From documents to briefings: the run that ``jianbao brief`` and ``jianbao translate`` make.

Documents are read in a process of their own (:mod:`jianbao.isolation`) while those before them are translated, a
window of them in one call, because an engine is fast on large batches. One bad document costs one document, and
the ledger and the translation memory lose nothing in a kill.

What an engine says depends, in rare near ties, on what else is in its batch. So the windows depend on the inputs
alone, also where some of them are finished already: a run that was killed and goes on gives the same bytes as one
that was not.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.errors import InputError
from jianbao.inputs import Input, find_inputs
from jianbao.ledger import Entry, Ledger, State, digest_of
from jianbao.progress import Progress, no_progress
from jianbao.readers import suffixes
from jianbao.run_log import LOG_FILE, run_log
from jianbao.settings import Settings
from jianbao.windows import windows
from jianbao.workbench import Workbench, read_limits

if TYPE_CHECKING:
    from jianbao.document import Outline
    from jianbao.window_work import Failed, Finished

WINDOW_CHARACTERS = 60_000
"""Source characters translated in one call: enough for full batches, little enough to keep memory flat."""
JOURNAL_FILE = ".jianbao-journal.sqlite3"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one document; ``reused`` says that it was finished before and not touched."""

    entry: Entry
    directory: Path
    reused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One input of a run: finished before where there is an ``entry``, else to be done."""

    input: Input
    key: str
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A document that was read, on its way through the run."""

    task: _Task
    outline: "Outline"


def brief(
    documents: Sequence[str | Path],
    directory: Path,
    settings: Settings | None = None,
    *,
    progress: Progress = no_progress,
    ray: str = "",
) -> tuple[Result, ...]:
    """Write a briefing of each document to ``directory/NAME/``; the results are in input order.

    A document that is finished already, for the same content and settings, is left as it is. One that cannot be
    read, translated or written is ``failed`` and the rest go on; ``directory/jianbao.log`` has the tracebacks.
    ``ray`` is the address of a Ray cluster that does the work ("auto" finds a running one); "" is this machine.

    Raises:
        InputError: nothing to read at one of ``documents``.
        SettingsError, ModelError: the run cannot start, or another run is at work in ``directory``.
    """
    inputs = find_inputs(documents, suffixes(), leave_out=directory)
    with Ledger(directory) as ledger, run_log(directory):
        bench = Workbench(settings or Settings(), journal=directory / JOURNAL_FILE)
        try:
            results = _Run(directory, bench, ledger, progress, ray).results(inputs)
            bench.finish()
        finally:
            bench.close()
    return results


class _Run:
    """One run over the inputs of one output folder."""

    def __init__(
        self, directory: Path, bench: Workbench, ledger: Ledger, progress: Progress, ray: str
    ) -> None:
        self._directory = directory
        self._bench = bench
        self._ledger = ledger
        self._progress = progress
        self._ray = ray

    def results(self, inputs: Sequence[Input]) -> tuple[Result, ...]:
        """Do what is to be done; what became of each input stands in the ledger."""
        tasks = [self._task(item) for item in inputs]
        todo = [task for task in tasks if task.entry is None]
        if todo:
            self._ledger.record(*(_entry(task, "queued") for task in todo))
            if self._ray:
                self._work_on_cluster(tasks)
            else:
                self._work(tasks)
        results = []
        for task in tasks:
            entry = task.entry or self._ledger.find(task.input.name)
            assert entry is not None
            folder = self._directory / task.input.name
            results.append(Result(entry=entry, directory=folder, reused=task.entry is not None))
        return tuple(results)

    def _task(self, item: Input) -> _Task:
        key = f"{_content(item.path, self._bench)}-{self._bench.signature}"
        return _Task(input=item, key=key, entry=self._ledger.reusable(item.name, key))

    def _work(self, tasks: Sequence[_Task]) -> None:
        """Work on this machine, window by window."""
        from jianbao.window_work import work

        _ = self._bench.translator  # a missing model stops the run before any document is called failed
        for jobs in windows(self._read(tasks), WINDOW_CHARACTERS):
            outcomes = work([job.outline for job in jobs], self._bench, self._progress)
            for job, outcome in zip(jobs, outcomes, strict=True):
                self._finish(job, outcome)

    def _work_on_cluster(self, tasks: Sequence[_Task]) -> None:
        """Have a cluster work; windows come back in any order."""
        from jianbao.cluster import WINDOW_CHARACTERS as SMALLER
        from jianbao.cluster import Cluster

        with Cluster(self._ray, self._bench) as cluster:
            for jobs, outcomes in cluster.work(windows(self._read(tasks), SMALLER), lambda job: job.outline):
                for job, outcome in zip(jobs, outcomes, strict=True):
                    self._finish(job, outcome)

    def _read(self, tasks: Sequence[_Task]) -> Iterator[tuple[_Job | None, int]]:
        """Each document that can be read, with its length; of those finished before the length alone."""
        from jianbao.isolation import IsolatedReader, read_ahead

        limits = self._bench.settings.limits
        reader = IsolatedReader(
            read_limits(self._bench.settings),
            seconds=limits.seconds,
            memory=int(limits.memory_megabytes * 1_000_000),
        )
        outlines = read_ahead([task.input.path for task in tasks if task.entry is None], reader)
        for number, task in enumerate(tasks):
            self._progress("reading", number, len(tasks))
            outline = None if task.entry else next(outlines)
            if task.entry:
                yield None, task.entry.length
            elif isinstance(outline, InputError):
                self._fail(task, str(outline), "\n".join(getattr(outline, "__notes__", [])))
            elif outline is not None:
                yield _Job(task=task, outline=outline), len(outline.document.text)

    def _finish(self, job: _Job, outcome: "Finished | Failed") -> None:
        """Write the files of a document and put it in the ledger."""
        from jianbao.window_work import Failed, Finished
        from jianbao.writers import write_files

        name, length = job.task.input.name, len(job.outline.document.text)
        if isinstance(outcome, Finished):
            try:
                write_files(outcome.files, self._directory / name)
            except OSError as error:
                outcome = Failed.by(error)
        if isinstance(outcome, Failed):
            where = self._directory / LOG_FILE
            reason = f"{job.task.input.path}: fails with {outcome.said}; see {where}"
            return self._fail(job.task, reason, outcome.trace, length=length)
        missing = outcome.without_english
        entry = _entry(
            job.task,
            "partial" if missing else "done",
            reason=f"{name}: {missing} of {outcome.segments} segments have no English" if missing else "",
            length=length,
            outputs={file: digest_of(content) for file, content in outcome.files.items()},
            totals=outcome.totals,
        )
        return self._ledger.record(entry)

    def _fail(self, task: _Task, reason: str, trace: str, *, length: int = 0) -> None:
        """Put a failure in the ledger and, with its traceback, in the log."""
        log.error("%s\n%s", reason, trace)
        self._ledger.record(_entry(task, "failed", reason=reason, length=length))


def _content(path: Path, bench: Workbench) -> str:
    """A hash of the bytes of a document; nobody pays for one that is too large to be read."""
    try:
        if path.stat().st_size > bench.settings.limits.megabytes * 1_000_000:
            return "too-large"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def _entry(
    task: _Task,
    state: State,
    *,
    reason: str = "",
    length: int = 0,
    outputs: Mapping[str, str] | None = None,
    totals: Mapping[str, int] | None = None,
) -> Entry:
    return Entry(
        name=task.input.name,
        path=str(task.input.path),
        key=task.key,
        state=state,
        reason=reason,
        length=length,
        outputs=outputs or {},
        totals=totals or {},
    )
