"""Batches: which examples, in which order and shape. All follows from seed and position: runs resume exactly."""

import queue
import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jianbao.training.packing import Ids, Packed
from jianbao.training.recipe import Schedule

Indices = npt.NDArray[np.int64]
_MULTIPLE, _SPREAD = 4, 3


class Position(NamedTuple):
    """Where in the stream of batches a run stands: the number of the draw, and of the next batch in it."""

    draw: int = 0
    batch: int = 0


class Batch(NamedTuple):
    """Padded ids, int64 [rows, length], each row with its end of sentence."""

    source: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]


class Plan(NamedTuple):
    """The examples of one batch and the lengths that its sides are padded to."""

    source_length: int
    target_length: int
    rows: Indices


def draw_examples(weights: npt.NDArray[np.float32], count: int, rng: np.random.Generator) -> Indices:
    """``count`` indices by weight. Systematic sampling: each comes as often as it should, to within one."""
    total = np.cumsum(weights.astype(np.float64))
    points = (np.arange(count) + rng.random()) * (total[-1] / count)
    return rng.permutation(np.searchsorted(total, points, side="right").clip(max=len(weights) - 1))


def plan_draw(packed: Packed, schedule: Schedule, seed: int, draw: int) -> list[Plan]:
    """The batches of one draw, in order.

    Sides are padded to the schedule's rungs; the source rung stays within three of the target's, so that there are
    few shapes. A batch has ``batch_tokens`` tokens of its longer side; what does not fill one moves up to the
    next longer source, and is dropped at the end.
    """
    rng = np.random.default_rng((seed, draw))
    chosen = draw_examples(packed.weight, schedule.draw, rng)
    rungs = np.array(schedule.rungs)
    source, target = packed.source_lengths[chosen], packed.target_lengths[chosen]
    fits = np.maximum(source, target) <= rungs[-1]
    chosen, source, target = chosen[fits], source[fits], target[fits]
    target_rung = np.searchsorted(rungs, target)
    source_rung = np.searchsorted(rungs, source)
    target_rung = np.maximum(target_rung, source_rung - _SPREAD)
    source_rung = np.maximum(source_rung, target_rung - _SPREAD)
    shapes: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index, shape in enumerate(zip(target_rung.tolist(), source_rung.tolist(), strict=True)):
        shapes[shape].append(index)
    plans: list[Plan] = []
    left: list[int] = []
    for shape in sorted(shapes):
        t, s = shape
        rows = [*left, *shapes[shape]]
        size = batch_rows(schedule, int(max(rungs[t], rungs[s])))
        full = len(rows) // size * size
        for at in range(0, full, size):
            plans.append(Plan(int(rungs[s]), int(rungs[t]), chosen[rows[at : at + size]]))
        left = rows[full:] if (t, s + 1) in shapes else []
    order = rng.permutation(len(plans))
    return [plans[i] for i in order]


def batch_rows(schedule: Schedule, length: int) -> int:
    """Rows of a batch whose longer side is padded to ``length``: a multiple of 4, at least 4."""
    return max(_MULTIPLE, schedule.batch_tokens // length // _MULTIPLE * _MULTIPLE)


class BatchStream:
    """The endless stream of batches of one process out of ``world``.

    The processes take turns within runs of the same shape, so that all have the same work in each step.
    """

    def __init__(
        self, packed: Packed, schedule: Schedule, *, seed: int, rank: int = 0, world: int = 1
    ) -> None:
        self._packed, self._schedule, self._seed = packed, schedule, seed
        self._rank, self._world = rank, world

    def plans(self, start: Position) -> Iterator[tuple[Position, Plan]]:
        """Plans from ``start`` on, each with the position that follows it."""
        position = start
        while True:
            own = self._own(plan_draw(self._packed, self._schedule, self._seed, position.draw))
            for index in range(position.batch, len(own)):
                last = index + 1 == len(own)
                following = Position(position.draw + 1, 0) if last else Position(position.draw, index + 1)
                yield following, own[index]
            position = Position(position.draw + 1, 0)

    def _own(self, plans: list[Plan]) -> list[Plan]:
        """The share of this process: of ``world`` batches of one shape, one; the groups in order of their first."""
        waiting: defaultdict[tuple[int, int, int], list[Plan]] = defaultdict(list)
        own = []
        for plan in plans:
            group = waiting[plan.source_length, plan.target_length, len(plan.rows)]
            group.append(plan)
            if len(group) == self._world:
                own.append(group[self._rank])
                group.clear()
        return own

    def batches(self, start: Position, *, ahead: int = 8) -> Iterator[tuple[Position, Batch]]:
        """The batches from ``start`` on, laid out by a thread that keeps ``ahead`` of them ready."""
        ready: queue.Queue[tuple[Position, Batch]] = queue.Queue(ahead)
        stop = threading.Event()

        def fill() -> None:
            for following, plan in self.plans(start):
                item = (following, self.lay_out(plan))
                while not stop.is_set():
                    try:
                        ready.put(item, timeout=0.5)
                        break
                    except queue.Full:
                        continue
                if stop.is_set():
                    return

        threading.Thread(target=fill, daemon=True).start()
        try:
            while True:
                yield ready.get()
        finally:
            stop.set()

    def lay_out(self, plan: Plan) -> Batch:
        """The ids of a plan, padded."""
        packed = self._packed
        return Batch(
            _padded(_Side(packed.source, packed.source_at), plan.rows, plan.source_length, packed),
            _padded(_Side(packed.target, packed.target_at), plan.rows, plan.target_length, packed),
        )


class _Side(NamedTuple):
    flat: Ids
    at: npt.NDArray[np.int64]


def _padded(side: _Side, rows: Indices, length: int, packed: Packed) -> npt.NDArray[np.int64]:
    starts = side.at[rows]
    sizes, columns = side.at[rows + 1] - starts, np.arange(length)
    places = np.minimum(starts[:, None] + columns, len(side.flat) - 1)
    ids = np.where(columns < sizes[:, None], side.flat[places].astype(np.int64), packed.pad)
    ids[np.arange(len(rows)), sizes] = packed.end
    return ids
