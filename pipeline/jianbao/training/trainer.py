"""The trainer: one process of a run, on CPU or CUDA; several of them share the work through gloo.

What a step does follows from the recipe's seed, the step and the process number alone, so that a run that was
stopped and resumed is the run that was not (as long as the rate depends on steps and not on minutes).
"""

import json
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.distributed as dist
from torch import Tensor

from jianbao.training.batches import Batch, BatchStream, Position
from jianbao.training.hardware import describe_hardware
from jianbao.training.losses import smoothed_cross_entropy
from jianbao.training.model import build_model, core_state, initialise, read_weights
from jianbao.training.optimisation import Average, DropoutPool, make_optimizer, rate_factor
from jianbao.training.packing import load
from jianbao.training.parts import write_parts
from jianbao.training.recipe import Recipe

CHECKPOINT, LOG, STOP = "checkpoint.pt", "log.jsonl", "stop"
_CUDA_CHUNK = 8192
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """Where a run reads and writes, and what differs from call to call.

    ``data``: folder of the token arrays. ``out``: checkpoint, log and stop file. ``init``: weights to start from
    where ``out`` has no checkpoint. ``parts``: a folder that gets the averaged weights in pieces at every save.
    """

    data: Path
    out: Path
    init: Path | None = None
    parts: Path | None = None
    rank: int = 0
    world: int = 1


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a run is: steps, place in the data, target tokens seen, minutes over all calls."""

    step: int = 0
    position: Position = field(default_factory=Position)
    tokens: int = 0
    minutes: float = 0.0


class _Control(NamedTuple):
    """What process 0 decides for all before each step."""

    rate: float
    stop: bool


class Trainer:
    """One process of a training run."""

    def __init__(self, recipe: Recipe, options: RunOptions) -> None:
        """Load the data, and the checkpoint of ``options.out`` or the weights to start from.

        Raises:
            InputError: there are no packed data.
            ModelError, SettingsError: the weights to start from are missing or do not fit.
        """
        self._schedule, self._options, self._seed = recipe.schedule, options, recipe.seed
        options.out.mkdir(parents=True, exist_ok=True)
        self._cuda = torch.cuda.is_available()
        self._device = torch.device("cuda" if self._cuda else "cpu")
        torch.manual_seed(recipe.seed)
        packed = load(options.data)
        self._pad = packed.pad
        self._stream = BatchStream(
            packed, self._schedule, seed=recipe.seed, rank=options.rank, world=options.world
        )
        attention = "sdpa" if self._cuda else "eager"
        self.model = build_model(recipe.architecture, pad=packed.pad, end=packed.end, attention=attention)
        self.progress = Progress()
        content = self._checkpoint()
        if content is None and options.init:
            initialise(self.model, read_weights(options.init), pad=packed.pad)
        self.model.to(self._device).train()
        self._optimizer = make_optimizer(self.model, self._schedule)
        self._average = Average(core_state(self.model.state_dict()), self._schedule.average)
        if content is not None:
            self._restore(content)
        # Equal in all processes until the masks part: reseeded at every step by step and process.
        self._dropout = DropoutPool(recipe.architecture.dropout, recipe.seed)
        self._weights = core_state(dict(self.model.state_dict(keep_vars=True)))
        self._trained = [p for p in self.model.parameters() if p.requires_grad]
        self._started = self._saved = time.monotonic()
        self._minutes_before = self.progress.minutes

    def run(self) -> Progress:
        """Train until the limit of steps or minutes, or until the stop file appears; save at the end."""
        with nullcontext() if self._cuda else self._dropout.installed():
            batches = self._stream.batches(self.progress.position)
            losses, tokens, since = torch.zeros((), device=self._device), 0, time.monotonic()
            while not (control := self._control()).stop:
                loss, rows = self._step(batches, control.rate)
                losses += loss * rows
                tokens += rows
                if self.progress.step % self._schedule.log_steps == 0:
                    self._report(losses, tokens, time.monotonic() - since, control.rate)
                    losses, tokens, since = torch.zeros((), device=self._device), 0, time.monotonic()
                if time.monotonic() - self._saved > 60 * self._schedule.save_minutes:
                    self.save()
        self.save()
        return self.progress

    def _step(self, batches: Iterator[tuple[Position, Batch]], rate: float) -> tuple[Tensor, int]:
        """One update from ``accumulate`` batches; returns the mean loss and the number of target tokens."""
        schedule, total, rows = self._schedule, torch.zeros((), device=self._device), 0
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        for part, (position, batch) in enumerate(islice(batches, schedule.accumulate)):
            self._dropout.reseed(self._seed, self.progress.step, part, self._options.rank)
            loss, count = self._loss(batch)
            (loss / schedule.accumulate).backward()  # type: ignore[no-untyped-call]
            total += loss.detach() * count
            rows += count
            self.progress.position = position
        self._share_gradients()
        torch.nn.utils.clip_grad_norm_(self._trained, schedule.clip)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += rows * self._options.world
        self._average.update(self._weights, self.progress.step)
        return total / rows, rows

    def _loss(self, batch: Batch) -> tuple[Tensor, int]:
        source, target = (torch.from_numpy(ids).to(self._device, non_blocking=True) for ids in batch)
        begun = torch.cat([torch.full_like(target[:, :1], self._pad), target[:, :-1]], 1)
        with torch.autocast(self._device.type, dtype=torch.bfloat16):
            mask = (source != self._pad).long()
            states = self.model.model(input_ids=source, attention_mask=mask, decoder_input_ids=begun)[0]
            hidden = states.reshape(-1, states.shape[-1]).to(torch.bfloat16)
            # Without the row of <pad>, which is never right and stays zero.
            weight = self.model.lm_head.weight[: self._pad].to(torch.bfloat16)
            return smoothed_cross_entropy(
                hidden,
                weight,
                target.reshape(-1),
                pad=self._pad,
                smoothing=self._schedule.smoothing,
                **({"chunk": _CUDA_CHUNK} if self._cuda else {}),
            )

    def _share_gradients(self) -> None:
        """Average the gradients over the processes."""
        if self._options.world == 1:
            return
        grads = [p.grad for p in self._trained if p.grad is not None]
        flat = torch.cat([g.reshape(-1) for g in grads])
        dist.all_reduce(flat)
        flat /= self._options.world
        parts = torch.split(flat, [g.numel() for g in grads])
        torch._foreach_copy_(grads, [part.view_as(g) for part, g in zip(parts, grads, strict=True)])

    def _control(self) -> _Control:
        """The rate of the next step, and whether to stop: as process 0 sees it."""
        schedule, minutes = self._schedule, (time.monotonic() - self._started) / 60
        self.progress.minutes = self._minutes_before + minutes
        spent = minutes / schedule.minutes if schedule.minutes else 0.0
        done = self.progress.step / schedule.steps if schedule.steps else 0.0
        passed = max(spent, done)
        rate = schedule.rate * rate_factor(schedule, self.progress.step, min(1.0, passed))
        stop = passed >= 1 or (self._options.out / STOP).exists()
        if self._options.world == 1:
            return _Control(rate, stop)
        shared = torch.tensor([rate, float(stop)], dtype=torch.float64)
        dist.broadcast(shared, 0)
        return _Control(float(shared[0]), bool(shared[1]))

    def _report(self, losses: Tensor, tokens: int, seconds: float, rate: float) -> None:
        """Add a line to the log."""
        if self._options.rank:
            return
        entry = {
            "step": self.progress.step,
            "loss": round(float(losses) / max(1, tokens), 4),
            "tokens": self.progress.tokens,
            "tokens_per_second": round(tokens * self._options.world / seconds),
            "rate": float(f"{rate:.4g}"),
            "minutes": round(self.progress.minutes, 2),
        }
        with (self._options.out / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
        _log.info("%s", " ".join(f"{key} {value}" for key, value in entry.items()))

    def save(self) -> None:
        """Write the checkpoint (process 0 only), and the parts where they are asked for."""
        self._saved = time.monotonic()
        if self._options.rank:
            return
        content = {
            "model": core_state(self.model.state_dict()),
            "average": self._average.weights,
            "optimizer": self._optimizer.state_dict(),
            "step": self.progress.step,
            "position": tuple(self.progress.position),
            "tokens": self.progress.tokens,
            "minutes": self.progress.minutes,
            "hardware": describe_hardware(self._options.world),
        }
        path = self._options.out / CHECKPOINT
        torch.save(content, path.with_suffix(".tmp"))
        os.replace(path.with_suffix(".tmp"), path)
        if self._options.parts:
            write_parts(self._average.weights, self._options.parts)
            if (log := self._options.out / LOG).is_file():
                shutil.copy(log, self._options.parts / LOG)

    def _checkpoint(self) -> dict[str, Any] | None:
        path = self._options.out / CHECKPOINT
        if not path.is_file():
            return None
        content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return content

    def _restore(self, content: dict[str, Any]) -> None:
        self.model.load_state_dict(content["model"], strict=False)
        self._optimizer.load_state_dict(content["optimizer"])
        self._average.weights = {k: v.to(self._device) for k, v in content["average"].items()}
        self.progress = Progress(
            step=content["step"],
            position=Position(*content["position"]),
            tokens=content["tokens"],
            minutes=content["minutes"],
        )
