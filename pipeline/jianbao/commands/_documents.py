"""The run over documents that ``brief`` and ``translate`` share, once their arguments are settings."""

import argparse
from pathlib import Path

from jianbao.commands._options import settings_of


def run_documents(arguments: argparse.Namespace, directory: Path) -> int:
    """Work on ``arguments.documents`` into ``directory``, print what became of each, return the exit code."""
    from jianbao.briefs import brief
    from jianbao.commands._summary import exit_code, print_failures, print_json, print_summary
    from jianbao.progress import progress_bar

    settings = settings_of(arguments)
    with progress_bar(quiet=arguments.quiet or arguments.json) as progress:
        results = brief(arguments.documents, directory, settings, progress=progress, ray=arguments.ray)
    if arguments.json:
        print_json(results, settings.quality)
    elif arguments.quiet:
        print_failures(results)
    else:
        print_summary(results, settings.quality)
    return exit_code(results, settings.quality)
