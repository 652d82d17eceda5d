"""Training on a lent GPU machine that has torch and transformers and nothing else, for some minutes.

Three commands. On the machine with the corpus, ``pack`` puts a share of the token arrays and the weights to start
from into one small folder; on the GPU machine, ``train`` trains on it and leaves the averaged weights in pieces;
back here, ``join`` makes one checkpoint file of them. See models/README.md for the exact lines.
"""

import argparse
import dataclasses
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from jianbao.errors import JianbaoError
from jianbao.training.packing import Packed, load, save
from jianbao.training.recipe import Recipe, load_recipe

_INIT = "init.pt"


def pack_folder(recipe: Recipe, data: Path, out: Path, *, share: float, init: Path | None) -> float:
    """Fill ``out`` with what travels: compressed arrays, the weights in half precision; returns its size in MiB.

    ``share`` < 1 keeps all of the heavier half of the examples' weights, and that share of the rest at random,
    their weights raised to make up for it.
    """
    import torch

    from jianbao.training.model import read_weights

    save(_thinned(load(data), share, recipe.seed), out, compress=True)
    (out / _INIT).unlink(missing_ok=True)
    if init:
        torch.save({key: value.half() for key, value in read_weights(init).items()}, out / _INIT)
    return sum(path.stat().st_size for path in out.iterdir() if path.is_file()) / (1 << 20)


def _thinned(packed: Packed, share: float, seed: int) -> Packed:
    if share >= 1:
        return packed
    heavy = packed.weight > np.median(packed.weight)
    kept = heavy | (np.random.default_rng(seed).random(len(packed)) < share)
    chosen = packed.subset(np.flatnonzero(kept))
    raised = np.where(heavy[kept], chosen.weight, chosen.weight / share).astype(np.float32)
    return dataclasses.replace(chosen, weight=raised)


def train_folder(recipe: Recipe, folder: Path, out: Path, *, parts: Path, minutes: float) -> None:
    """Train in this process on the packed ``folder`` for ``minutes``, the learning rate decayed over them."""
    from jianbao.training.trainer import RunOptions
    from jianbao.training.worker import run_worker, with_limits

    init = folder / _INIT
    options = RunOptions(data=folder, out=out, parts=parts, init=init if init.is_file() else None)
    run_worker(with_limits(recipe, minutes=minutes, steps=0), options)


def main(arguments: Sequence[str]) -> int:
    """The command line; errors that the user can mend are one line on stderr."""
    parser = argparse.ArgumentParser(prog="jianbao.training.gpu_run", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pack = commands.add_parser("pack", help="recipe and data -> folder")
    pack.add_argument("recipe", type=Path)
    pack.add_argument("folder", type=Path)
    pack.add_argument("--data", type=Path, required=True)
    pack.add_argument("--share", type=float, default=1.0)
    pack.add_argument("--init", type=Path)
    train = commands.add_parser("train", help="folder -> parts")
    train.add_argument("recipe", type=Path)
    train.add_argument("folder", type=Path)
    train.add_argument("--out", type=Path, default=Path("run/gpu"))
    train.add_argument("--parts", type=Path, required=True)
    train.add_argument("--minutes", type=float, default=8.0)
    join = commands.add_parser("join", help="parts -> checkpoint file")
    join.add_argument("parts", type=Path)
    join.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        if given.command == "pack":
            recipe = load_recipe(given.recipe)
            size = pack_folder(recipe, given.data, given.folder, share=given.share, init=given.init)
            print(f"{given.folder}: {size:.1f} MiB")
        elif given.command == "train":
            recipe = load_recipe(given.recipe)
            train_folder(recipe, given.folder, given.out, parts=given.parts, minutes=given.minutes)
        else:
            from jianbao.training.parts import join_parts

            print(join_parts(given.parts, given.out))
    except JianbaoError as error:
        print(f"jianbao: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
