"""Which English renders which occurrence of a term: the alignment that all term metrics stand on.

A term is found in the Chinese leftmost-longest, in the English by its renderings, whatever their inflection,
hyphens, spelling and case (``jianbao.matching``). No model and no service is asked, so that a score is the same
today and in a year.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jianbao.english import text_keys
from jianbao.glossary import Entry, Glossary, TermMatch
from jianbao.matching import EnglishText

Status = Literal["right", "forbidden", "other", "missing"]
Span = tuple[int, int]

_SMALL = frozenset({"of", "for", "and", "in", "on", "to", "with", "by", "at", "from", "as", "or"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A term in the Chinese of line ``line`` and the English that renders it.

    ``status``: ``right`` (a rendering of the glossary), ``forbidden`` (one that the glossary forbids), ``other``
    (a guess: English words that share at least half of a rendering's, its last one among them), ``missing``
    (nothing found: the alignment failed). ``key`` is the rendering without inflection, "" where it is missing.
    """

    line: int
    document: str
    entry: Entry
    start: int
    end: int
    status: Status
    span: Span | None = None
    rendering: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a term stands in the Chinese of a document and its renderings in the English.

    ``valid`` says whether the pair of document and term counts (see ``terminology.success_rate``).
    """

    document: str
    entry: Entry
    in_source: int
    in_hypothesis: int
    valid: bool = True


@lru_cache(maxsize=256)
def english_text(english: str) -> EnglishText:
    """The text ready to be searched; kept, as several measures search the same one."""
    return EnglishText(english)


def terms_of(glossary: Glossary, source: str) -> tuple[TermMatch, ...]:
    """The terms of a source that ask for a rendering; entries that are only checked or that guard ask for none."""
    return tuple(match for match in glossary.match(source) if match.entry.use == "force")


def align_terms(
    terms: Sequence[TermMatch], english: str, *, line: int = 0, document: str = ""
) -> tuple[Occurrence, ...]:
    """One occurrence for each of ``terms``, in order; no English word renders two of them.

    The n-th occurrence of a term gets the n-th of its renderings. A rendering inside a longer one of another
    term of the line is not taken for the shorter ("city" in "smart city").
    """
    text = english_text(english)
    if not terms:
        return ()
    groups: defaultdict[str, list[TermMatch]] = defaultdict(list)
    for term in terms:
        groups[term.entry.source].append(term)
    spans = term_spans([members[0].entry for members in groups.values()], text)
    taken: list[Span] = []
    found: dict[int, tuple[Status, Span | None]] = {}
    for source in sorted(groups, key=lambda source: (-len(source), groups[source][0].start)):
        free = [span for span in spans[source] if not _overlaps(span, taken)]
        for member, span in zip(groups[source], free, strict=False):
            found[member.start] = ("right", span)
            taken.append(span)
    for term in terms:
        if term.start not in found:
            status, other = _search(term.entry, text, taken)
            found[term.start] = (status, other)
            taken += [other] if other else []
    return tuple(
        _occurrence(term, *found[term.start], english=english, line=line, document=document) for term in terms
    )


def term_spans(entries: Iterable[Entry], text: EnglishText) -> dict[str, tuple[Span, ...]]:
    """Where the renderings of each entry stand, by its source, without those inside another entry's longer one."""
    spans = {entry.source: text.find_any(entry.renderings) for entry in entries}
    every = {span for found in spans.values() for span in found}
    return {
        source: tuple(span for span in found if not _inside_longer(span, every))
        for source, found in spans.items()
    }


def count_terms(terms: Sequence[TermMatch], english: str) -> Counter[str]:
    """How often renderings of each term of a line stand in ``english``, by source."""
    entries = {term.entry.source: term.entry for term in terms}
    spans = term_spans(entries.values(), english_text(english))
    return Counter({source: len(found) for source, found in spans.items()})


def _search(entry: Entry, text: EnglishText, taken: Sequence[Span]) -> tuple[Status, Span | None]:
    for span in text.find_any(entry.forbidden):
        if not _overlaps(span, taken):
            return "forbidden", span
    guess = _guess(entry, text.text, taken)
    return ("other", guess) if guess else ("missing", None)


def _guess(entry: Entry, english: str, taken: Sequence[Span]) -> Span | None:
    """The words that most look like a rendering of ``entry``: as many, half of them shared, the last one too."""
    words = [word for word in text_keys(english) if word[0][0].isalnum()]
    best: tuple[float, int, Span] | None = None
    for rendering in entry.renderings:
        keys = [key for key, _, _ in text_keys(rendering) if key[0].isalnum()]
        wanted = Counter(key for key in keys if key not in _SMALL)
        if wanted.total() < 2:
            continue
        for first in range(len(words) - len(keys) + 1):
            window = words[first : first + len(keys)]
            if window[-1][0] != keys[-1] or window[0][0] in _SMALL:
                continue
            span = (window[0][1], window[-1][2])
            share = (wanted & Counter(key for key, _, _ in window)).total() / wanted.total()
            if share >= 0.5 and not _overlaps(span, taken) and (best is None or share > best[0]):
                best = (share, first, span)
    return best[2] if best else None


def _occurrence(
    term: TermMatch, status: Status, span: Span | None, *, english: str, line: int, document: str
) -> Occurrence:
    rendering = english[slice(*span)] if span else ""
    return Occurrence(
        line=line,
        document=document,
        entry=term.entry,
        start=term.start,
        end=term.end,
        status=status,
        span=span,
        rendering=rendering,
        key=rendering_key(rendering),
    )


def rendering_key(rendering: str) -> str:
    """A rendering without inflection, case and hyphens: two that share it are the same rendering."""
    return "".join(key for key, _, _ in text_keys(rendering))


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _inside_longer(span: Span, others: Iterable[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b and b - a > span[1] - span[0] for a, b in others)
