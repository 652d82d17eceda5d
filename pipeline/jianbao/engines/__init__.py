"""Engines turn normalised (and annotated) Chinese into English hypotheses. One module here is one engine.

A plug-in module offers ``load(checkpoint, *, device="auto", threads=0) -> Engine``; ``threads=0`` means one per
physical core, ``device`` is ``auto``, ``cpu`` or ``cuda``.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from jianbao.checkpoints import Checkpoint
from jianbao.registry import load_plugin

SCORE_DIGITS = 4
"""Decimals of a score: those behind them depend on what else was in the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingOptions:
    """How to search. ``batch_tokens`` bounds the padded source tokens of a batch, ``max_length`` the output tokens.

    ``n_best`` hypotheses are returned for each source (at most ``beam_size``). ``no_repeat_ngram`` 0 is off;
    ``repetition_penalty`` 1.0 is off.
    """

    beam_size: int = 4
    n_best: int = 1
    batch_tokens: int = 2048
    max_length: int = 256
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0

    @property
    def signature(self) -> str:
        """All that can change a translation, in one line (the batch size cannot)."""
        return (
            f"b{self.beam_size} n{self.n_best} l{self.max_length} "
            f"r{self.repetition_penalty} g{self.no_repeat_ngram}"
        )


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate translation and its score: the mean log probability of its tokens."""

    text: str
    score: float


class Engine(Protocol):
    """What every engine does."""

    @property
    def signature(self) -> str:
        """Names the engine, its precision and the weights: equal signatures give equal translations."""
        ...

    def decode(self, sources: Sequence[str], options: DecodingOptions) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; the order is kept and each tuple runs from the best hypothesis down.

        An empty source gives one empty hypothesis. Input beyond the model's positions is cut.
        """
        ...

    def unknown_characters(self, text: str) -> tuple[str, ...]:
        """The characters of a source text that the vocabulary lacks, each once: the model cannot see them."""
        ...


def load_engine(name: str, checkpoint: Checkpoint, *, device: str = "auto", threads: int = 0) -> Engine:
    """Load engine ``name`` (``ct2``, ``marian``) with the weights of ``checkpoint``.

    Raises:
        SettingsError: there is no such engine.
        ModelError: the checkpoint does not load, or the device is not there.
    """
    module = load_plugin(importlib.import_module(__name__), name)
    return cast(Engine, module.load(checkpoint, device=device, threads=threads))
