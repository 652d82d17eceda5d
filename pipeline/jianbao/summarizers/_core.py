"""The core of a long Chinese sentence: the clauses that say most, as a short text that a model renders well."""

import re

from jianbao.normalise import normalise_source
from jianbao.summarizers._features import count_figures

LONGEST = 48
"""Characters of a core; a sentence no longer than this is its own core."""

_CLAUSE = re.compile(r"[^,;:。!?]+[,;:。!?]?")
_DEPENDENT = re.compile(
    r"^(?:其中|同?比|增长|增幅|增速|下降|占|居|为|使|让|并|且|而|但|以及|较|比|达|约|从而|进一步|有效|全面|不断|带动|累计|排名?|位[居列]"
    r"|同时|此外|另外|也|还|均|分别|年均)"
)
_GIST = re.compile(
    r"建成|完成|获批|认定|新增|增长|达到?|突破|实现|投入|资金|企业|项目|首个|全国|力争|印发|出台|启动|引进"
)
_GENERAL = re.compile(
    r"坚持|贯彻|以.*为|围绕|按照|在.*领导下|牢固|深入学习|精神|高度重视|进一步|大力|积极|着力|切实"
)


def core(sentence: str, longest: int = LONGEST) -> str:
    """The run of whole clauses of ``sentence``, at most ``longest`` characters, that tells most.

    Quotes, titles and brackets are never cut. A sentence without such a run comes back whole.
    """
    text = normalise_source(sentence)
    if len(text) <= longest:
        return text
    clauses = [m.group() for m in _CLAUSE.finditer(text)]
    best, best_value = text, float("-inf")
    for first in range(len(clauses)):
        if _DEPENDENT.match(clauses[first]):
            continue
        for last in range(first + 1, len(clauses) + 1):
            run = "".join(clauses[first:last])
            if len(run) > longest:
                break
            value = _value(run) - 0.1 * first
            if len(run) >= 8 and _is_closed(run) and value > best_value:
                best, best_value = run, value
    return re.sub(r"[,;:]$", "", best) + "。" if best is not text and best[-1] != "。" else best


def _value(run: str) -> float:
    """How much a run of clauses tells: figures most, then deeds, then length; phrases of attitude cost."""
    return (
        2.0 * min(count_figures(run), 3)
        + len(set(_GIST.findall(run)))
        - 1.5 * len(_GENERAL.findall(run))
        + len(run) / LONGEST
    )


def _is_closed(run: str) -> bool:
    return (
        all(run.count(a) == run.count(b) for a, b in ("“”", "《》", "()", "「」")) and run.count('"') % 2 == 0
    )
