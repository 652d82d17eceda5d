"""The command line: each module of :mod:`jianbao.commands` is one command; errors become one sentence."""

import argparse
import os
import sys
from collections.abc import Sequence

from jianbao import __version__, commands
from jianbao.errors import JianbaoError
from jianbao.registry import load_plugin, plugin_names

_DESCRIPTION = "English briefings from Chinese government reports that a reader can trust."
_EPILOG = """\
examples:
  jianbao brief report.docx -o out/          a briefing: out/report/briefing.html
  jianbao brief reports/ -o out/             a folder of reports; the same command again goes on from there
  jianbao translate --plain lines.txt -o -   one line in, one line out
  jianbao segment report.txt                 the outline of a report

exit codes: 0 ok, 1 quality below threshold, 2 usage or settings, 3 input, 4 model"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except JianbaoError as error:
        print(f"jianbao: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("jianbao: stopped; the same command goes on from here", file=sys.stderr)
        if argv is None:  # the process is ours: do not wait until the engine has decoded what it was given
            sys.stderr.flush()
            os._exit(130)
        return 130
    return code


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="jianbao",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"jianbao {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in plugin_names(commands):
        command = load_plugin(commands, name)
        subparser = subparsers.add_parser(
            name,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog=command.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.configure(subparser)
        subparser.set_defaults(run=command.run)
    return parser
