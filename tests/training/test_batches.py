from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.errors import InputError
from jianbao.training.batches import BatchStream, Position, draw_examples, plan_draw
from jianbao.training.packing import Packed, Row, load, pack, save
from jianbao.training.recipe import Schedule

SCHEDULE = Schedule(batch_tokens=256, rungs=(8, 16, 24, 32), draw=600)


def packed(count: int = 300) -> Packed:
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(count):
        source = rng.integers(2, 50, rng.integers(2, 30)).tolist()
        rows.append(Row(source, source[::-1][: rng.integers(1, 30)], float(rng.integers(1, 4))))
    return pack(rows, pad=60, end=0, longest=40)


def test_packing_survives_saving(tmp_path: Path) -> None:
    data = packed()
    for compress, folder in ((False, tmp_path / "a"), (True, tmp_path / "b")):
        save(data, folder, compress=compress)
        again = load(folder)
        for name in ("source", "source_at", "target", "target_at", "weight"):
            assert np.array_equal(getattr(data, name), getattr(again, name))
        assert (again.pad, again.end) == (60, 0)
    with pytest.raises(InputError, match="--prepare-only"):
        load(tmp_path)


def test_too_long_and_empty_rows_are_left_out() -> None:
    rows = [Row([1] * 39, [1], 1.0), Row([1] * 40, [1], 1.0), Row([], [1], 1.0), Row([1], [1], 0.0)]
    assert len(pack(rows, pad=60, end=0, longest=40)) == 1


@given(st.lists(st.integers(1, 50), min_size=2, max_size=20), st.integers(0, 1000))
@settings(deadline=None)
def test_draws_follow_the_weights(weights: list[int], seed: int) -> None:
    array = np.array(weights, dtype=np.float32)
    counts = np.bincount(draw_examples(array, 500, np.random.default_rng(seed)), minlength=len(array))
    assert np.abs(counts - 500 * array / array.sum()).max() <= 1 + 1e-3


def test_batches_hold_whole_examples_in_few_shapes() -> None:
    data = packed()
    plans = plan_draw(data, SCHEDULE, 5, 0)
    assert sum(len(p.rows) for p in plans) > 0.7 * SCHEDULE.draw
    stream = BatchStream(data, SCHEDULE, seed=5)
    for plan in plans:
        assert {plan.source_length, plan.target_length} <= set(SCHEDULE.rungs)
        batch = stream.lay_out(plan)
        assert batch.source.shape == (len(plan.rows), plan.source_length)
        for row, index in zip(batch.target, plan.rows, strict=True):
            ids = data.target[data.target_at[index] : data.target_at[index + 1]].tolist()
            assert row.tolist() == [*ids, 0] + [60] * (plan.target_length - len(ids) - 1)


def test_the_stream_goes_on_where_it_was() -> None:
    stream = BatchStream(packed(), SCHEDULE, seed=5)
    whole = stream.plans(Position())
    for _ in range(40):
        position, _ = next(whole)
    again = stream.plans(position)
    for _ in range(60):
        (a, plan), (b, same) = next(whole), next(again)
        assert a == b
        assert np.array_equal(plan.rows, same.rows)


def test_processes_share_the_batches() -> None:
    data = packed()
    streams = [BatchStream(data, SCHEDULE, seed=5, rank=rank, world=2).plans(Position()) for rank in (0, 1)]
    for _ in range(20):
        (a, one), (b, two) = (next(stream) for stream in streams)
        assert a == b
        assert (one.source_length, one.target_length) == (two.source_length, two.target_length)
        assert not np.array_equal(one.rows, two.rows)
