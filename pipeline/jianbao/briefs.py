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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.errors import InputError, ModelError, SettingsError
from jianbao.inputs import Input, find_inputs
from jianbao.ledger import Entry, Ledger, State, digest_of
from jianbao.progress import Progress, no_progress
from jianbao.readers import suffixes
from jianbao.run_log import run_log
from jianbao.settings import Settings
from jianbao.windows import windows
from jianbao.workbench import Workbench, read_limits

if TYPE_CHECKING:
    from jianbao.document import Outline, Translation

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Translated:
    """The English of a document's segments; ``asked`` counts those for which the model was asked."""

    translations: tuple["Translation", ...]
    asked: int

    @property
    def reused(self) -> int:
        """The segments that the memory gave, wholly; what a rule renders does not count."""
        return sum(t.method not in {"none", "rule"} for t in self.translations) - self.asked


def brief(
    documents: Sequence[str | Path],
    directory: Path,
    settings: Settings | None = None,
    *,
    progress: Progress = no_progress,
) -> tuple[Result, ...]:
    """Write a briefing of each document to ``directory/NAME/``; the results are in input order.

    A document that is finished already, for the same content and settings, is left as it is. One that cannot be
    read, translated or written is ``failed`` and the rest go on; ``directory/jianbao.log`` has the tracebacks.

    Raises:
        InputError: nothing to read at one of ``documents``.
        SettingsError, ModelError: the run cannot start, or another run is at work in ``directory``.
    """
    inputs = find_inputs(documents, suffixes(), leave_out=directory)
    with Ledger(directory) as ledger, run_log(directory):
        bench = Workbench(settings or Settings(), journal=directory / JOURNAL_FILE)
        try:
            run = _Run(directory, bench, ledger, progress)
            results = {result.entry.name: result for result in run.results(inputs)}
            bench.finish()
        finally:
            bench.close()
    return tuple(results[item.name] for item in inputs)


class _Run:
    """One run over the inputs of one output folder."""

    def __init__(self, directory: Path, bench: Workbench, ledger: Ledger, progress: Progress) -> None:
        self._directory = directory
        self._bench = bench
        self._ledger = ledger
        self._progress = progress

    def results(self, inputs: Sequence[Input]) -> Iterator[Result]:
        """The result of each input, as they come."""
        tasks = [self._task(item) for item in inputs]
        yield from (self._result(task.entry, reused=True) for task in tasks if task.entry)
        todo = [task for task in tasks if task.entry is None]
        if not todo:
            return
        self._ledger.record(*(_entry(task, "queued") for task in todo))
        _ = self._bench.translator  # a missing model stops the run before any document is called failed
        done = 0
        for window in windows(self._read(tasks), WINDOW_CHARACTERS):
            jobs = [item for item in window if isinstance(item, _Job)]
            entries = [item for item in window if isinstance(item, Entry)]
            entries += self._work(jobs, f"{done + 1}-{done + len(window)} of {len(todo)}")
            done += len(window)
            yield from map(self._result, entries)

    def _task(self, item: Input) -> _Task:
        key = f"{_content(item.path, self._bench)}-{self._bench.signature}"
        return _Task(input=item, key=key, entry=self._ledger.reusable(item.name, key))

    def _result(self, entry: Entry, *, reused: bool = False) -> Result:
        return Result(entry=entry, directory=self._directory / entry.name, reused=reused)

    def _read(self, tasks: Sequence[_Task]) -> Iterator[tuple[_Job | Entry | None, int]]:
        """Each document read, or its failure, with its length; of those finished before the length alone."""
        from jianbao.isolation import IsolatedReader, read_ahead

        limits = self._bench.settings.limits
        reader = IsolatedReader(
            read_limits(self._bench.settings),
            seconds=limits.seconds,
            memory=int(limits.memory_megabytes * 1_000_000),
        )
        outlines = read_ahead([task.input.path for task in tasks if task.entry is None], reader)
        for task in tasks:
            if task.entry is not None:
                yield None, task.entry.length
                continue
            outline = next(outlines)
            if isinstance(outline, InputError):
                yield self._failed(task, outline, reason=str(outline)), 0
            else:
                yield _Job(task=task, outline=outline), len(outline.document.text)

    def _work(self, jobs: Sequence[_Job], which: str) -> Iterator[Entry]:
        """Translate ``jobs`` together and finish them one by one."""
        results = self._translate(jobs, which)
        self._prepare(jobs, results)
        for number, (job, translated) in enumerate(zip(jobs, results, strict=True)):
            self._progress(f"writing documents {which}", number, len(jobs))
            if isinstance(translated, Entry):
                yield translated
                continue
            try:
                entry = self._finish(job, translated)
            except (SettingsError, ModelError):
                raise
            except Exception as error:  # it is this document's: the others go on
                yield self._failed(job.task, error, length=len(job.outline.document.text))
            else:
                self._ledger.record(entry)
                yield entry

    def _translate(self, jobs: Sequence[_Job], which: str) -> list[_Translated | Entry]:
        """All jobs in one call; if that fails, one by one, to find the document that it fails on."""
        try:
            return [*self._translate_together(jobs, which)]
        except (SettingsError, ModelError):
            raise
        except Exception as error:
            if len(jobs) == 1:
                return [self._failed(jobs[0].task, error, length=len(jobs[0].outline.document.text))]
        return [result for job in jobs for result in self._translate([job], which)]

    def _prepare(self, jobs: Sequence[_Job], results: Sequence[_Translated | Entry]) -> None:
        """Brief the sentences of all abstracts in one batch; what fails here fails again with its document."""
        from jianbao.composing import prepare

        pairs = [
            (job.outline, result.translations)
            for job, result in zip(jobs, results, strict=True)
            if isinstance(result, _Translated)
        ]
        try:
            prepare(pairs, self._bench)
        except (SettingsError, ModelError):
            raise
        except Exception as error:
            log.warning("the abstracts are written without batching: %s", error, exc_info=error)

    def _translate_together(self, jobs: Sequence[_Job], which: str) -> list[_Translated]:
        segments = [s for job in jobs for s in job.outline.segments]
        asked: set[int] = set()
        translations = self._bench.translator.translate(
            segments,
            lambda done, total: self._progress(f"translating documents {which}", done, total),
            asked=asked,
        )
        results, start = [], 0
        for job in jobs:
            end = start + len(job.outline.segments)
            own = sum(start <= index < end for index in asked)
            results.append(_Translated(translations=tuple(translations[start:end]), asked=own))
            start = end
        return results

    def _finish(self, job: _Job, translated: _Translated) -> Entry:
        """Compose and write the briefing of ``job``."""
        from jianbao.composing import compose
        from jianbao.quality import measure
        from jianbao.writers import write_all

        briefing = compose(job.outline, translated.translations, self._bench)
        folder = self._directory / job.task.input.name
        written = write_all(briefing, folder, self._bench.settings.output.formats)
        quality = measure(briefing)
        totals = {name: count for name, count in quality.as_dict().items() if isinstance(count, int)}
        failed = quality.segments - quality.translated
        return _entry(
            job.task,
            "partial" if failed else "done",
            reason=f"{failed} of {quality.segments} segments have no English" if failed else "",
            length=len(job.outline.document.text),
            outputs={path.name: digest_of(path.read_bytes()) for path in written},
            totals=totals | {"asked": translated.asked, "reused": translated.reused},
        )

    def _failed(self, task: _Task, error: Exception, *, reason: str = "", length: int = 0) -> Entry:
        """The entry of a document that failed, in the ledger and, with the traceback, in the log."""
        said = " ".join(str(error).split()) or type(error).__name__
        reason = reason or (
            f"{task.input.path}: fails with {type(error).__name__} ({said}); "
            f"see {self._directory / 'jianbao.log'}"
        )
        log.error("%s", reason, exc_info=error)
        entry = _entry(task, "failed", reason=reason, length=length)
        self._ledger.record(entry)
        return entry


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
    outputs: dict[str, str] | None = None,
    totals: dict[str, int] | None = None,
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
