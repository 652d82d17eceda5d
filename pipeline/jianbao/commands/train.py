"""``jianbao train``: from a recipe to a checkpoint directory."""

import argparse
import logging
from pathlib import Path

from jianbao.errors import SettingsError

HELP = "make a model from a recipe: build the data, train, export"
EXAMPLES = """\
examples:
  jianbao train models/gov-zh-en.toml --out run/ --minutes 120   build the data, train (or go on), stop
  jianbao train models/gov-zh-en.toml --out run/ --prepare-only  build the data alone
  jianbao train models/gov-zh-en.toml --out run/ --export    writes models/gov-zh-en
  touch run/stop                                                 save and end early"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("recipe", type=Path, help="a TOML recipe, such as models/gov-zh-en.toml")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run: data, checkpoint, log")
    step = parser.add_mutually_exclusive_group()
    step.add_argument("--prepare-only", action="store_true", help="build the token arrays and stop")
    step.add_argument(
        "--export",
        nargs="?",
        const="",
        metavar="DIR",
        help="write the checkpoint of the run to DIR (default: the recipe's name, beside it)",
    )
    parser.add_argument("--data", type=Path, help="token arrays built before (default: OUT/data)")
    parser.add_argument("--init", type=Path, help="weights to start from: a directory or a checkpoint file")
    parser.add_argument(
        "--minutes", type=float, help="end after so many minutes; the rate decays towards that"
    )
    parser.add_argument("--steps", type=int, help="end after so many steps")


def run(arguments: argparse.Namespace) -> int:
    """Prepare, train or export."""
    from jianbao.training import export, load_recipe, prepare, train

    if not arguments.recipe.is_file():
        raise SettingsError(
            f"no recipe at {arguments.recipe}; give a TOML file such as models/gov-zh-en.toml"
        )
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if arguments.prepare_only:
        print(prepare(load_recipe(arguments.recipe), arguments.out))
    elif arguments.export is not None:
        recipe = load_recipe(arguments.recipe)
        directory = Path(arguments.export) if arguments.export else recipe.path(recipe.name)
        print(export(recipe, arguments.out, directory))
    else:
        print(
            train(
                arguments.recipe,
                arguments.out,
                data=arguments.data,
                init=arguments.init,
                minutes=arguments.minutes,
                steps=arguments.steps,
            )
        )
    return 0
