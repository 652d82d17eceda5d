"""Training: from a recipe and a corpus to the directory that ships.

``prepare`` builds the token arrays, ``train`` trains on them (and resumes), ``export`` writes the checkpoint
directory with its model card. Heavy libraries are imported when a stage needs them.
"""

from pathlib import Path

from jianbao.errors import InputError
from jianbao.training.recipe import Recipe, load_recipe

__all__ = ["Recipe", "export", "load_recipe", "prepare", "train"]


def prepare(recipe: Recipe, out: Path) -> Path:
    """Build the token arrays of ``recipe`` in ``out/data``; returns that folder.

    Raises:
        LeakError: training text repeats a held-out text.
        InputError: a file of the recipe is missing.
    """
    from jianbao.training.build import build_data

    build_data(recipe, out / "data")
    return out / "data"


def train(
    recipe_path: Path,
    out: Path,
    *,
    data: Path | None = None,
    init: Path | None = None,
    minutes: float | None = None,
    steps: int | None = None,
) -> Path:
    """Train by the recipe at ``recipe_path``, in ``out``; returns the checkpoint file.

    Goes on from the checkpoint in ``out``, else from ``init`` (or the recipe's ``init``): a Hugging Face directory
    or a checkpoint file. Builds the data in ``out/data`` where neither it nor ``data`` is there yet. ``minutes`` and
    ``steps`` replace the limits of the recipe; the file ``out/stop`` ends a run early.

    Raises:
        JianbaoError: what :func:`prepare` raises; the weights do not fit; a process failed.
    """
    from jianbao.training.launch import run_workers
    from jianbao.training.packing import DATA
    from jianbao.training.trainer import CHECKPOINT, STOP, RunOptions
    from jianbao.training.worker import run_worker, with_limits

    recipe = load_recipe(recipe_path)
    out.mkdir(parents=True, exist_ok=True)
    (out / STOP).unlink(missing_ok=True)
    data = data or out / "data"
    if not any((data / (DATA + suffix)).is_file() for suffix in ("", ".xz")):
        if data != out / "data":
            raise InputError(f"{data} has no {DATA}; give the folder that `--prepare-only` wrote")
        prepare(recipe, out)
    init = init or (recipe.path(recipe.init) if recipe.init else None)
    if recipe.schedule.processes > 1 and not _has_cuda():
        given = {"--init": init, "--minutes": minutes, "--steps": steps}
        more = [text for key, value in given.items() if value is not None for text in (key, str(value))]
        arguments = [str(recipe_path), "--data", str(data), "--out", str(out), *more]
        run_workers(arguments, processes=recipe.schedule.processes, out=out)
    else:
        limited = with_limits(recipe, minutes=minutes, steps=steps)
        run_worker(limited, RunOptions(data=data, out=out, init=init))
    return out / CHECKPOINT


def _has_cuda() -> bool:
    import torch

    return torch.cuda.is_available()


def export(recipe: Recipe, run: Path, out: Path, *, weights: Path | None = None) -> Path:
    """Write the checkpoint directory of ``recipe`` to ``out``, from the run in ``run`` (or from ``weights``).

    A ``jianbao.toml`` that stands in ``out`` is kept. The CTranslate2 form is checked against it, the
    development sets are measured, and the model card says so.

    Raises:
        ModelError: there is no checkpoint, or the two forms disagree.
    """
    from jianbao.training.exporting import export_run

    return export_run(recipe, run, out, weights=weights)
