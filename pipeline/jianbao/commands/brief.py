"""``jianbao brief``: from reports to briefings."""

import argparse
from pathlib import Path

from jianbao.commands._documents import run_documents
from jianbao.commands._options import add_cluster, add_output_style, add_settings

HELP = "turn reports into English briefings"
EXAMPLES = """\
examples:
  jianbao brief report.docx -o out/                  out/report/briefing.html and more
  jianbao brief reports/ 'more/*.pdf' -o out/        the same command again goes on where it stopped
  jianbao brief report.txt -o out/ --profile fast
  jianbao brief report.txt -o out/ --glossary my-terms.tsv --set output.formats=html,xliff"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("documents", nargs="+", help="files, folders or globs (.txt .md .html .docx .pdf)")
    parser.add_argument("-o", "--output", type=Path, default=Path("out"), help="output folder (default: out)")
    parser.add_argument(
        "--summarizer",
        metavar="MODEL",
        help="write abstracts with this language model (directory or hub id), locked to the evidence",
    )
    add_cluster(parser)
    add_output_style(parser)
    add_settings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the briefings and print what became of each document."""
    if arguments.summarizer:
        arguments.set += ["abstracts.method=seq2seq", f"abstracts.model={arguments.summarizer}"]
    return run_documents(arguments, arguments.output)
