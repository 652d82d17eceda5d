"""One training process. Started by :mod:`jianbao.training.launch`: ``python -m jianbao.training.worker RECIPE …``."""

import argparse
import dataclasses
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jianbao.errors import JianbaoError
from jianbao.training.recipe import Recipe, load_recipe
from jianbao.training.trainer import Progress, RunOptions, Trainer


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line of a process."""
    parser = argparse.ArgumentParser(prog="jianbao.training.worker")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--parts", type=Path)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    return parser.parse_args(arguments)


def with_limits(recipe: Recipe, *, minutes: float | None, steps: int | None) -> Recipe:
    """``recipe`` with other limits; None keeps its own."""
    schedule = recipe.schedule
    if minutes is not None:
        schedule = dataclasses.replace(schedule, minutes=minutes)
    if steps is not None:
        schedule = dataclasses.replace(schedule, steps=steps)
    return dataclasses.replace(recipe, schedule=schedule)


def run_worker(recipe: Recipe, options: RunOptions) -> Progress:
    """Join the group of processes, where there is one, and train.

    Every process gets one thread: two that wait for one another are far slower as soon as the machine does
    anything else. Of several, each gets a core of its own where the system allows.
    """
    import torch
    import torch.distributed as dist

    torch.set_num_threads(1)
    if options.world > 1:
        _pin(options.rank)
        dist.init_process_group("gloo", rank=options.rank, world_size=options.world)
    try:
        return Trainer(recipe, options).run()
    finally:
        if options.world > 1:
            dist.destroy_process_group()


def _pin(rank: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[rank % len(cores)]})


def main(arguments: Sequence[str]) -> int:
    """Run one process; errors that the user can mend are one line on stderr."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = parse(arguments)
    try:
        recipe = with_limits(load_recipe(given.recipe), minutes=given.minutes, steps=given.steps)
        options = RunOptions(
            data=given.data,
            out=given.out,
            init=given.init,
            parts=given.parts,
            rank=int(os.environ.get("RANK", "0")),
            world=int(os.environ.get("WORLD_SIZE", "1")),
        )
        run_worker(recipe, options)
    except JianbaoError as error:
        print(f"jianbao: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
