"""``jianbao evaluate``: the terms, the figures and the quality of translations, ours or anybody's."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.commands._options import add_output_style
from jianbao.errors import SettingsError

if TYPE_CHECKING:
    from jianbao.evaluation import Corpus
    from jianbao.glossary import Glossary

HELP = "measure translations: terms, figures, quality, abstracts; ours or anybody's"
EXAMPLES = """\
examples:
  jianbao evaluate out/ -o evaluation/                      a run folder of jianbao brief or translate
  jianbao evaluate vendor.xlf -o evaluation/                XLIFF, TMX, TSV (source, target, reference), JSONL
  jianbao evaluate ours=out/ vendor=vendor.xlf              two systems on the same sources, side by side
  jianbao evaluate --source zh.txt --hypothesis a=a.en --hypothesis b=b.en --reference en.txt
  jianbao evaluate vendor.tmx --glossary terms.tsv --threshold figures.accuracy=0.98
  jianbao evaluate --suite gold                             exits with 1 when a threshold is missed"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "translations",
        nargs="*",
        metavar="[NAME=]PATH",
        help="run folders or bilingual files, one system each",
    )
    parser.add_argument(
        "--source", type=Path, metavar="FILE", help="sources, one segment a line (or .tsv, .jsonl …)"
    )
    parser.add_argument(
        "--hypothesis",
        action="append",
        default=[],
        metavar="[NAME=]FILE",
        help="translations of --source by one system, line by line; repeatable; the first is the baseline",
    )
    parser.add_argument("--reference", type=Path, metavar="FILE", help="reference translations, line by line")
    parser.add_argument("--suite", metavar="NAME", help="a suite of eval/suites, or a .toml file of your own")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("evaluation"), help="folder (default: evaluation)"
    )
    parser.add_argument(
        "--glossary",
        action="append",
        default=[],
        metavar="FILE",
        help="judge by this glossary (a shipped name or .tsv) instead of the shipped ones; repeatable",
    )
    parser.add_argument(
        "--threshold",
        action="append",
        default=[],
        metavar="MEASURE=VALUE",
        help="exit with 1 if the first system misses it, e.g. terms.success_rate=0.9; repeatable",
    )
    parser.add_argument(
        "--comet", default="", metavar="COMMAND", help="score with COMET in a process of its own"
    )
    parser.add_argument(
        "--trials", type=int, default=1000, help="samples of the significance tests; 0 = no tests"
    )
    parser.add_argument("--seed", type=int, default=12345, help="of the significance tests")
    parser.add_argument("--all", action="store_true", help="print every measure, not only the main ones")
    add_output_style(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate, write the reports, print the table."""
    from jianbao.evaluation import Options, evaluate
    from jianbao.evaluation.report import print_evaluation, to_json, write_reports

    thresholds = dict(_threshold(text) for text in arguments.threshold)
    options = Options(trials=arguments.trials, seed=arguments.seed, comet=arguments.comet)
    corpus, glossary, limits = _corpus(arguments)
    evaluation = evaluate(corpus, glossary, options=options, thresholds=limits | thresholds)
    files = write_reports(evaluation, arguments.output)
    if arguments.json:
        print(to_json(evaluation).decode(), end="")
    elif not arguments.quiet:
        print_evaluation(evaluation, every=arguments.all)
        print(f"open {files[1]}")
    return 0 if evaluation.passed else 1


def _corpus(arguments: argparse.Namespace) -> tuple["Corpus", "Glossary", dict[str, float]]:
    """What the arguments name: the corpus, the glossary that judges it, the thresholds of the suite."""
    from jianbao.evaluation import read_bilingual, read_parallel
    from jianbao.evaluation.inputs import name_systems
    from jianbao.evaluation.running import suite_corpus
    from jianbao.evaluation.suites import find_suite
    from jianbao.progress import progress_bar

    ways = [bool(arguments.suite), bool(arguments.translations), bool(arguments.source)]
    if sum(ways) != 1:
        raise SettingsError("give one of: translations to evaluate, --source with --hypothesis, --suite")
    if bool(arguments.source) != bool(arguments.hypothesis):
        raise SettingsError("--source and --hypothesis go together: give both")
    if arguments.suite:
        suite = find_suite(arguments.suite)
        with progress_bar(quiet=arguments.quiet or arguments.json) as progress:
            corpus, glossary = suite_corpus(suite, progress)
        if arguments.glossary:
            glossary = _glossary(arguments.glossary)
        return corpus, glossary, dict(suite.thresholds)
    if arguments.source:
        corpus = read_parallel(arguments.source, name_systems(arguments.hypothesis), arguments.reference)
    else:
        corpus = read_bilingual(name_systems(arguments.translations), arguments.reference)
    return corpus, _glossary(arguments.glossary), {}


def _glossary(names: list[str]) -> "Glossary":
    from jianbao.glossary import Glossary
    from jianbao.settings import GlossarySettings, find_glossary

    return Glossary.load(*(find_glossary(name) for name in names or GlossarySettings().files))


def _threshold(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        raise SettingsError(
            f"--threshold {text!r} is not of the form MEASURE=VALUE, as figures.accuracy=0.98"
        ) from error
