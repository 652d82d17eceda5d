"""The learning rate, the moving average of the weights, and dropout from a pool of masks."""

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from jianbao.training.recipe import Schedule

_POOL = 1 << 24


def rate_factor(schedule: Schedule, step: int, progress: float) -> float:
    """The share of the peak rate at ``step``; ``progress`` is how much of the run has passed (0 to 1).

    Linear warm-up, constant until ``hold``, then a fall to ``floor``: as a cosine, or as 1 - sqrt (Hägele et al.
    2024, "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations").
    """
    warm = min(1.0, (step + 1) / max(1, schedule.warmup))
    if schedule.decay == "constant" or progress <= schedule.hold:
        return warm
    passed = min(1.0, (progress - schedule.hold) / (1 - schedule.hold))
    left = 0.5 * (1 + math.cos(math.pi * passed)) if schedule.decay == "cosine" else 1 - math.sqrt(passed)
    return warm * (schedule.floor + (1 - schedule.floor) * left)


def make_optimizer(model: Any, schedule: Schedule) -> torch.optim.AdamW:
    """AdamW; weight decay for matrices only."""
    trained = [p for p in model.parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in trained if p.dim() > 1], "weight_decay": schedule.weight_decay},
        {"params": [p for p in trained if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=schedule.rate, betas=(0.9, 0.98), eps=1e-9, fused=True)


class Average:
    """An exponential moving average of the weights; young ones weigh less, so that it need not start over."""

    def __init__(self, weights: dict[str, Tensor], decay: float) -> None:
        self.weights = {key: value.detach().clone() for key, value in weights.items()}
        self._decay = decay

    def update(self, weights: dict[str, Tensor], step: int) -> None:
        """Move towards ``weights``, which has the same keys; ``step`` counts from 1 in this run."""
        decay = min(self._decay, (1 + step) / (10 + step))
        with torch.no_grad():
            names = list(self.weights)
            torch._foreach_lerp_([self.weights[n] for n in names], [weights[n] for n in names], 1 - decay)


class DropoutPool:
    """Dropout masks cut out of one big random array: as good for training, and far cheaper than drawing each."""

    def __init__(self, share: float, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        mask = (torch.rand(_POOL, generator=generator) >= share).float() / (1 - share)
        self._full, self._half = mask, mask.bfloat16()
        self._places = random.Random(seed)

    def reseed(self, *key: int) -> None:
        """Start the masks of a step; equal keys give equal masks."""
        self._places.seed(":".join(map(str, key)))

    def __call__(self, x: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
        """Stands in for ``torch.nn.functional.dropout``; ``p`` only switches it on."""
        if not training or p == 0:
            return x
        at = self._places.randrange(_POOL - x.numel())
        pool = self._half if x.dtype == torch.bfloat16 else self._full
        return x * pool[at : at + x.numel()].view(x.shape)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Use this pool for the dropout of every module while the context lasts."""
        usual = functional.dropout
        functional.dropout = self  # type: ignore[assignment]
        try:
            yield
        finally:
            functional.dropout = usual
