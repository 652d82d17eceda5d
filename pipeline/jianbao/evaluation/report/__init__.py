"""What an evaluation looks like: on the terminal, as JSON, as a page."""

from pathlib import Path

from jianbao.evaluation.report.json_report import describe, to_json
from jianbao.evaluation.report.page import to_page
from jianbao.evaluation.report.terminal import print_evaluation
from jianbao.evaluation.results import Evaluation
from jianbao.writers import write_atomically

__all__ = ["describe", "print_evaluation", "to_json", "to_page", "write_reports"]

JSON_NAME, PAGE_NAME = "evaluation.json", "evaluation.html"


def write_reports(evaluation: Evaluation, directory: Path) -> tuple[Path, Path]:
    """Write ``evaluation.json`` and ``evaluation.html`` into ``directory``, which is made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    files = ((JSON_NAME, to_json(evaluation)), (PAGE_NAME, to_page(evaluation)))
    for name, content in files:
        write_atomically(directory / name, content)
    return directory / JSON_NAME, directory / PAGE_NAME
