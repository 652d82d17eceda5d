"""``jianbao models``: which checkpoints there are, and what one of them is."""

import argparse
import dataclasses
import json

HELP = "list the shipped models, or say what one is"
EXAMPLES = """\
examples:
  jianbao models list
  jianbao models info gov-zh-en
  jianbao models info ./my-checkpoint --json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "info"), help="what to show")
    parser.add_argument(
        "model", nargs="?", default="gov-zh-en", help="a shipped name, a directory or a hub id"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the table or the description."""
    from jianbao.checkpoints import find_checkpoint, list_checkpoints

    found = list_checkpoints() if arguments.action == "list" else (find_checkpoint(arguments.model),)
    rows = [
        {
            "name": checkpoint.name,
            "hash": checkpoint.hash,
            "path": str(checkpoint.path),
            "megabytes": round(checkpoint.weights.stat().st_size / 1e6, 1),
            "settings": dataclasses.asdict(checkpoint.settings),
        }
        for checkpoint in found
    ]
    if arguments.json:
        print(json.dumps(rows, indent=2))
    elif arguments.action == "list":
        for row in rows:
            print(f"{row['name']:24} {row['megabytes']:>7} MB  {row['hash']}  {row['path']}")
    else:
        for key, value in rows[0].items():
            if key != "settings":
                print(f"{key:12} {value}")
        for key, value in dataclasses.asdict(found[0].settings).items():
            print(f"  {key:20} {value}")
    return 0
