"""What a run works with: checkpoint, engine, glossary, translator, summarizer, each loaded when first used.

Nothing heavy is imported before it is needed: a run that finds all done loads no model and no stage.
"""

import hashlib
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao import __version__
from jianbao.checkpoints import Checkpoint, find_checkpoint
from jianbao.registry import load_plugin
from jianbao.settings import Settings, find_glossary

if TYPE_CHECKING:
    from jianbao.engines import Engine
    from jianbao.glossary import Glossary
    from jianbao.memory import Memory
    from jianbao.readers import Limits
    from jianbao.summarizers import Summarizer
    from jianbao.translator import Translator


class Workbench:
    """The parts of a run under ``settings``.

    ``journal`` is a file that stands in for the translation memory where that is switched off, so that a run that
    is killed can go on; it is deleted by :meth:`finish`. ``memory`` is used instead of any file.
    """

    def __init__(
        self, settings: Settings, *, journal: Path | None = None, memory: "Memory | None" = None
    ) -> None:
        """Keep the settings; load nothing yet."""
        self.settings = settings
        self._given = memory
        self._journal = None if settings.translation.memory else journal

    def close(self) -> None:
        """Close the memory, if it was opened."""
        memory = self.__dict__.pop("memory", None)
        if memory is not None:
            memory.close()

    def finish(self) -> None:
        """Close, and delete the journal: nothing is left to go on with."""
        self.close()
        if self._journal is not None:
            for suffix in ("", "-wal", "-shm"):
                self._journal.with_name(self._journal.name + suffix).unlink(missing_ok=True)

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint named by ``model.name``."""
        return find_checkpoint(self.settings.model.name)

    @cached_property
    def glossary(self) -> "Glossary":
        """All glossaries of the settings, the later ones winning."""
        from jianbao.glossary import Glossary

        return Glossary.load(*self._glossary_files)

    @cached_property
    def engine(self) -> "Engine":
        """The decoding engine with the checkpoint loaded."""
        from jianbao.engines import load_engine

        model = self.settings.model
        return load_engine(model.engine, self.checkpoint, device=model.device, threads=model.threads)

    @cached_property
    def memory(self) -> "Memory | None":
        """The translation memory; where it is switched off, the journal, if there is one."""
        if self._given is not None:
            return self._given
        from jianbao.memory import Memory

        translation = self.settings.translation
        if translation.memory:
            return Memory.open(Path(translation.memory_file) if translation.memory_file else None)
        return Memory.open(self._journal) if self._journal else None

    @cached_property
    def translator(self) -> "Translator":
        """The translator over engine, glossary and memory."""
        from jianbao.translator import Translator, decoding_options

        translation = self.settings.translation
        options = decoding_options(
            self.checkpoint.settings,
            beam_size=translation.beam_size or None,
            batch_tokens=translation.batch_tokens,
        )
        return Translator(
            self.engine, self.glossary, self.checkpoint.settings, memory=self.memory, options=options
        )

    @cached_property
    def summarizer(self) -> "Summarizer":
        """The writer of abstracts named by ``abstracts.method``."""
        from jianbao import summarizers

        abstracts = self.settings.abstracts
        plugin = load_plugin(summarizers, abstracts.method)
        extra = {"model": abstracts.model} if abstracts.model else {}
        summarizer: Summarizer = plugin.load(self.translator, self.glossary, **extra)
        return summarizer

    @cached_property
    def provenance(self) -> dict[str, str]:
        """What signs a run: the same source under the same provenance gives the same bytes."""
        settings = self.settings
        return {
            "jianbao": __version__,
            "model": f"{self.checkpoint.name} {self.checkpoint.hash}",
            "engine": settings.model.engine,
            "decoding": f"beam {settings.translation.beam_size or self.checkpoint.settings.beam_size}",
            "glossary": self.glossary.signature,
            "abstracts": " ".join(filter(None, [settings.abstracts.method, settings.abstracts.model])),
        }

    @cached_property
    def signature(self) -> str:
        """A hash of all that bears on the result, but for the source. It needs no model and no glossary loaded."""
        settings = self.settings
        parts = (
            (__version__, sys.version_info[:2], self.checkpoint.hash, self.checkpoint.settings),
            (settings.model.engine, settings.translation.beam_size, settings.abstracts, settings.output),
            [hashlib.sha256(path.read_bytes()).hexdigest() for path in self._glossary_files],
            self.memory.human_signature() if settings.translation.memory and self.memory else "",
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def _glossary_files(self) -> list[Path]:
        return [find_glossary(name) for name in self.settings.glossary.files]


def read_limits(settings: Settings) -> "Limits":
    """The reader's limits under ``settings``."""
    from jianbao.readers import Limits

    limits = settings.limits
    return Limits(max_bytes=int(limits.megabytes * 1_000_000), max_pages=limits.pages)
