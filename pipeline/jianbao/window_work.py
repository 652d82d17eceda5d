"""The work on one window of documents: their segments translated together, then each made into its files.

Nothing here knows of folders or ledgers, so that it can be done anywhere.
"""

import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianbao.composing import compose, prepare
from jianbao.document import Outline, Translation
from jianbao.errors import ModelError, SettingsError
from jianbao.progress import Progress, no_progress
from jianbao.quality import measure
from jianbao.workbench import Workbench
from jianbao.writers import render_all

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A document's files by name, and its counts.

    ``segments`` leaves furniture out; ``totals`` are those of the quality box with ``asked``, the segments for which
    the model was asked, and ``reused``, those that the memory gave.
    """

    files: Mapping[str, bytes]
    segments: int
    without_english: int
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A document that could not be finished: the error in a few words, and its traceback."""

    said: str
    trace: str

    @classmethod
    def by(cls, error: Exception) -> "Failed":
        """The failure that ``error`` makes."""
        said = f"{type(error).__name__} ({' '.join(str(error).split())})"
        return cls(said=said, trace="".join(traceback.format_exception(error)))


def work(
    outlines: Sequence[Outline], bench: Workbench, progress: Progress = no_progress
) -> Iterator[Finished | Failed]:
    """What becomes of each document, in order, one by one.

    Raises:
        SettingsError, ModelError: no document can be worked on.
    """
    translated = _translate(outlines, bench, progress)
    _prepare(outlines, translated, bench)
    for number, (outline, own) in enumerate(zip(outlines, translated, strict=True)):
        progress("writing", number, len(outlines))
        yield own if isinstance(own, Failed) else _attempt_finish(outline, own, bench)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Translated:
    translations: tuple[Translation, ...]
    asked: int

    @property
    def reused(self) -> int:
        """The segments that the memory gave, wholly; what a rule renders does not count."""
        return sum(t.method not in {"none", "rule"} for t in self.translations) - self.asked


def _translate(
    outlines: Sequence[Outline], bench: Workbench, progress: Progress
) -> list[_Translated | Failed]:
    """All documents in one call; if that fails, one by one, to find the document that it fails on."""
    try:
        return [*_translate_together(outlines, bench, progress)]
    except (SettingsError, ModelError):
        raise
    except Exception as error:
        if len(outlines) == 1:
            return [Failed.by(error)]
    return [result for outline in outlines for result in _translate([outline], bench, progress)]


def _translate_together(
    outlines: Sequence[Outline], bench: Workbench, progress: Progress
) -> Iterator[_Translated]:
    asked: set[int] = set()
    translations = bench.translator.translate(
        [segment for outline in outlines for segment in outline.segments],
        lambda done, total: progress("translating", done, total),
        asked=asked,
    )
    start = 0
    for outline in outlines:
        end = start + len(outline.segments)
        own = sum(index in asked for index in range(start, end))
        yield _Translated(translations=tuple(translations[start:end]), asked=own)
        start = end


def _prepare(
    outlines: Sequence[Outline], translated: Sequence[_Translated | Failed], bench: Workbench
) -> None:
    """Ask the model at once for what the abstracts need; what fails here fails again with its document."""
    pairs = [
        (outline, own.translations)
        for outline, own in zip(outlines, translated, strict=True)
        if isinstance(own, _Translated)
    ]
    try:
        prepare(pairs, bench)
    except (SettingsError, ModelError):
        raise
    except Exception as error:
        log.warning("the abstracts are written without batching: %s", error, exc_info=error)


def _attempt_finish(outline: Outline, own: _Translated, bench: Workbench) -> Finished | Failed:
    try:
        briefing = compose(outline, own.translations, bench)
        quality = measure(briefing)
        totals = {name: count for name, count in quality.as_dict().items() if isinstance(count, int)}
        return Finished(
            files=render_all(briefing, bench.settings.output.formats),
            segments=quality.segments,
            without_english=quality.segments - quality.translated,
            totals=totals | {"asked": own.asked, "reused": own.reused},
        )
    except (SettingsError, ModelError):
        raise
    except Exception as error:  # it is this document's: the others go on
        return Failed.by(error)
