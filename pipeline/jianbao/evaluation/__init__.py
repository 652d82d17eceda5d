"""The evaluation harness: are the terms, the figures and the English right? For any zh-en translation.

Offline and deterministic. ``read_parallel`` or ``read_bilingual`` make a corpus from files, ``evaluate`` measures
it, ``report.write_reports`` shows what was found.
"""

from jianbao.evaluation.corpus import Corpus, Line, Section, System
from jianbao.evaluation.harness import Options, evaluate
from jianbao.evaluation.inputs import read_bilingual, read_parallel, read_sources
from jianbao.evaluation.results import Evaluation, SystemResult

__all__ = [
    "Corpus", "Evaluation", "Line", "Options", "Section", "System", "SystemResult", "evaluate", "read_bilingual",
    "read_parallel", "read_sources",
]  # fmt: skip
