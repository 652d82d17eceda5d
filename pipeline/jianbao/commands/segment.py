"""``jianbao segment``: the outline of documents."""

import argparse
import dataclasses
import json

from jianbao.commands._options import add_settings, settings_of

HELP = "print the outline of reports: sections, headings, how many sentences each"
EXAMPLES = """\
examples:
  jianbao segment report.txt
  jianbao segment --json report.docx | jq .segments[0]"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("documents", nargs="+", help="files, folders or globs")
    parser.add_argument(
        "--json", action="store_true", help="sections and segments as JSON, one document a line"
    )
    add_settings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the outlines."""
    from jianbao.inputs import find_inputs
    from jianbao.readers import read_document, suffixes
    from jianbao.segmenter import outline_text, segment
    from jianbao.workbench import read_limits

    limits = read_limits(settings_of(arguments))
    for item in find_inputs(arguments.documents, suffixes()):
        outline = segment(read_document(item.path, limits=limits))
        if arguments.json:
            plain = {
                "document": item.name,
                "metadata": dataclasses.asdict(outline.document.metadata),
                "sections": [dataclasses.asdict(s) for s in outline.sections],
                "segments": [dataclasses.asdict(s) for s in outline.segments],
            }
            print(json.dumps(plain, ensure_ascii=False))
        else:
            print(outline_text(outline))
    return 0
