"""``jianbao memory``: what the translation memory holds, in and out as TMX, and what to forget."""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jianbao.errors import SettingsError

if TYPE_CHECKING:
    from jianbao.memory import Memory

_DAYS = 180
_NEVER = 100_000

HELP = "show, export, import or prune the translation memory"
EXAMPLES = """\
examples:
  jianbao memory stats
  jianbao memory export mine.tmx                 all translations as TMX 1.4b, for a translator's tool
  jianbao memory import corrected.tmx            what a person corrected wins over the machine from now on
  jianbao memory prune --unused-days 90          forget machine translations that nobody asked for since
  jianbao memory prune --keep-model gov-zh-en    forget those of all other models"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("stats", "export", "import", "prune"), help="what to do")
    parser.add_argument("file", nargs="?", type=Path, help="the TMX file to write or read")
    parser.add_argument(
        "--memory", type=Path, metavar="PATH", help="another memory than JIANBAO_MEMORY or your own"
    )
    parser.add_argument(
        "--unused-days", type=int, metavar="N", help="prune what was not used for N days (180)"
    )
    parser.add_argument(
        "--keep-model", action="append", metavar="NAME", help="prune what other models wrote; repeatable"
    )
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what was done."""
    from jianbao.memory import Memory

    if (arguments.file is None) == (arguments.action in {"export", "import"}):
        wanted = "needs a" if arguments.file is None else "takes no"
        raise SettingsError(f"jianbao memory {arguments.action} {wanted} file: see jianbao memory --help")
    with Memory.open(arguments.memory) as memory:
        action = {"stats": _stats, "export": _export, "import": _import, "prune": _prune}[arguments.action]
        result, sentence = action(memory, arguments)
    print(json.dumps(result, ensure_ascii=False, indent=2) if arguments.json else sentence)
    return 0


def _stats(memory: "Memory", arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    stats = memory.stats()
    lines = [
        f"{stats.path} ({stats.size / 1e6:.1f} MB)",
        f"{stats.human:>9,} translations by people",
        f"{stats.machine:>9,} by machine",
        *(f"{count:>9,}   of {engine}" for engine, count in stats.engines.items()),
    ]
    return dataclasses.asdict(stats) | {"path": str(stats.path)}, "\n".join(lines)


def _export(memory: "Memory", arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from jianbao.memory_tmx import write_tmx
    from jianbao.writers import write_atomically

    pairs = list(memory.pairs())
    write_atomically(arguments.file, write_tmx(pairs))
    return {"exported": len(pairs)}, f"{len(pairs):,} translations in {arguments.file}"


def _import(memory: "Memory", arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from jianbao.memory_tmx import read_tmx

    pairs = list(read_tmx(arguments.file))
    machine = {(source, english) for source, english, _ in memory.pairs()}
    corrected = [pair for pair in pairs if pair not in machine]
    count = memory.put_human(corrected, origin=arguments.file.name)
    same = len(pairs) - len(corrected)
    sentence = f"{count:,} translations by people imported from {arguments.file}"
    return {"imported": count, "unchanged": same}, sentence + (
        f"; {same:,} were there already" if same else ""
    )


def _prune(memory: "Memory", arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    keep = None
    if arguments.keep_model:
        from jianbao.checkpoints import find_checkpoint

        hashes = tuple(find_checkpoint(name).hash for name in arguments.keep_model)
        keep = [engine for engine in memory.stats().engines if engine.endswith(hashes)]
    days = arguments.unused_days
    if days is None:
        days = _NEVER if arguments.keep_model else _DAYS
    deleted = memory.prune(unused_days=days, keep_engines=keep)
    return {"deleted": deleted}, f"{deleted:,} machine translations forgotten"
