"""``jianbao translate``: documents, or lines of plain text, into English without a briefing."""

import argparse
import sys
from pathlib import Path

from jianbao.commands._documents import run_documents
from jianbao.commands._options import add_cluster, add_output_style, add_settings, settings_of
from jianbao.errors import InputError, SettingsError

HELP = "translate reports, or plain lines, into English"
EXAMPLES = """\
examples:
  jianbao translate report.docx -o out/              out/report/translation.txt and segments.jsonl
  jianbao translate reports/ -o out/ --format tmx --format xliff
  jianbao translate --plain lines.txt -o lines.en    one line in, one line out
  cat lines.txt | jianbao translate --plain -        to standard output"""

_DEFAULT_FORMATS = ("txt", "segments_jsonl", "quality_json")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("documents", nargs="*", help="files, folders or globs")
    parser.add_argument("--plain", metavar="FILE", help="translate FILE line by line; - is standard input")
    parser.add_argument(
        "-o", "--output", help="output folder (default: out); with --plain a file, - is standard output"
    )
    parser.add_argument(
        "--format",
        action="append",
        metavar="NAME",
        help="what to write: txt, xliff, tmx, segments_jsonl …; repeatable",
    )
    add_cluster(parser)
    add_output_style(parser)
    add_settings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Translate the documents or the lines."""
    if arguments.plain and arguments.documents:
        raise SettingsError("--plain takes one file and no documents: run the two apart")
    if arguments.plain:
        return _run_plain(arguments)
    if not arguments.documents:
        raise SettingsError("nothing to translate: name documents, or a file of lines with --plain FILE")
    return _run_documents(arguments)


def _run_documents(arguments: argparse.Namespace) -> int:
    formats = ",".join(arguments.format or _DEFAULT_FORMATS)
    arguments.set += ["abstracts.method=none", f"output.formats={formats}"]
    return run_documents(arguments, Path(arguments.output or "out"))


def _run_plain(arguments: argparse.Namespace) -> int:
    from jianbao.progress import progress_bar
    from jianbao.workbench import Workbench
    from jianbao.writers import write_atomically

    lines = _read_lines(arguments.plain)
    bench = Workbench(settings_of(arguments))
    with progress_bar(quiet=arguments.quiet) as progress:
        translations = bench.translator.translate_texts(
            lines, progress=lambda done, total: progress("translating", done, total)
        )
    text = "".join(" ".join(t.text.split()) + "\n" for t in translations)
    if arguments.output in {None, "-"}:
        sys.stdout.write(text)
    else:
        write_atomically(Path(arguments.output), text.encode())
    return 0


def _read_lines(name: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return text.removesuffix("\n").split("\n") if text else []
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8: plain lines must be UTF-8, one segment a line") from error
