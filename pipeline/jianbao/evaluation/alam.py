"""Terms in their place: exact-match accuracy, window overlap and TERm (Alam et al. 2021).

Source: Alam, Anastasopoulos, Besacier, Cross, Gallé, Koehn and Nikoulina 2021, On the Evaluation of Machine
Translation for Terminology Consistency (arXiv 2106.11891), the measures of the WMT21 terminology task.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from jianbao.evaluation.occurrences import Occurrence
from jianbao.evaluation.ter import EditDistance

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
Aligned = tuple[str, Sequence[Occurrence]]
"""An English text with the terms aligned in it."""
TERM_WEIGHT = 2
"""What an edit of a word of a term costs in TERm; any other edit costs 1."""


def exact_match(occurrences: Iterable[Occurrence]) -> tuple[int, int]:
    """Terms rendered as the glossary says, in whatever inflection, and all terms; their ratio is the accuracy."""
    statuses = [occurrence.status for occurrence in occurrences]
    return statuses.count("right"), len(statuses)


def window_overlap(hypothesis: Aligned, reference: Aligned, *, size: int) -> float | None:
    """How much of a term's surroundings in the reference surrounds it in the hypothesis, for one segment.

    Each side is a text with the occurrences aligned in it. The window of a term are the ``size`` words before and
    after it, punctuation aside, in lower case. A term that is right on both sides has the share of the
    reference's window that stands in the hypothesis's, each word as often as on both sides; the result is the
    mean over these terms, 0 where there is none. None where the reference has no term: the segment does not
    count. The measure of a corpus is the ``mean`` of its segments.
    """
    shares: list[float] = []
    wanted = _right(reference[1])
    if not wanted:
        return None
    offered = _right(hypothesis[1])
    for source, spans in wanted.items():
        ours = [_window(hypothesis[0], span, size) for span in offered.get(source, ())]
        shares += _pair([[_shared(_window(reference[0], span, size), own) for own in ours] for span in spans])
    return sum(shares) / len(shares) if shares else 0.0


def words(text: str) -> list[str]:
    """The words of an English text in lower case, punctuation left out."""
    return _WORD.findall(text.lower())


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are not None; None where there are none."""
    numbers = [value for value in values if value is not None]
    return sum(numbers) / len(numbers) if numbers else None


def term_edits(
    hypothesis: Sequence[str], reference: Sequence[str], in_term: Sequence[bool]
) -> tuple[int, int]:
    """TER edits of a segment, plain and weighted: (edits, edits with those of term words counted twice).

    ``in_term`` says of each word of the reference whether it belongs to a term. The edits are those of TER
    (Snover et al. 2006) as sacreBLEU counts them: shifts first, greedily, then insertions, deletions and
    substitutions. Deleting or substituting a word of a term costs 2. A shift of a block that holds a word of a
    term costs 2 as well. TER is edits over words of the reference, TERm the same with weighted edits.
    """
    from sacrebleu.metrics import lib_ter

    if not reference:
        return len(hypothesis), len(hypothesis)
    distance = EditDistance(reference)
    terms = {word for word, inside in zip(reference, in_term, strict=True) if inside}
    words, plain, weighted, checked = list(hypothesis), 0, 0, 0
    while True:
        gain, shifted, checked = lib_ter._shift(words, list(reference), distance, checked)
        if gain <= 0 or checked >= lib_ter._MAX_SHIFT_CANDIDATES:
            break
        plain += 1
        weighted += TERM_WEIGHT if terms.intersection(_moved(words, shifted)) else 1
        words = shifted
    edits, trace = distance.trace(words)
    return plain + edits, weighted + _weigh(trace, in_term)


def _weigh(trace: str, in_term: Sequence[bool]) -> int:
    """The cost of the edits of a trace that rewrites the hypothesis as the reference (lib_ter's letters)."""
    cost, position = 0, 0
    for operation in trace:
        # "i" inserts a word of the reference, "d" drops one of the hypothesis, "s" replaces, " " keeps.
        if operation == "d":
            cost += 1
            continue
        if operation != " ":
            cost += TERM_WEIGHT if in_term[position] else 1
        position += 1
    return cost


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The words of the shorter of the two blocks that a shift exchanges: the one that moved."""
    differing = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    if not differing:
        return []
    start, end = differing[0], differing[-1] + 1
    old, new = list(before[start:end]), list(after[start:end])
    for length in range(1, len(old)):
        if old[length:] + old[:length] == new:
            return old[:length] if 2 * length <= len(old) else old[length:]
    return old


def _right(occurrences: Iterable[Occurrence]) -> dict[str, list[tuple[int, int]]]:
    """The spans of the right renderings, by term."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for occurrence in occurrences:
        if occurrence.status == "right" and occurrence.span:
            spans.setdefault(occurrence.entry.source, []).append(occurrence.span)
    return spans


def _window(text: str, span: tuple[int, int], size: int) -> Counter[str]:
    """The ``size`` words on each side of ``span``."""
    before = words(text[: span[0]])[-size:]
    return Counter([*before, *words(text[span[1] :])[:size]])


def _shared(reference: Counter[str], hypothesis: Counter[str]) -> float:
    """The share of the reference's window that the other holds; 1 where it is empty, as nothing is missed."""
    return (reference & hypothesis).total() / reference.total() if reference else 1.0


def _pair(shares: Sequence[Sequence[float]]) -> list[float]:
    """Pair rows with columns one to one, the best shares first, and return the shares of the pairs."""
    ranked = sorted(((s, -i, -j) for i, row in enumerate(shares) for j, s in enumerate(row)), reverse=True)
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for share, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append(share)
    return pairs
