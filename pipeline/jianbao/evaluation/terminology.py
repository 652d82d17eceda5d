"""Are the terms right, and the same everywhere? The measures of the WMT25 terminology task.

The formulas are those of the papers. Where the scripts that came with them do something else, ``eval/README.md``
says what, and what is done here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jianbao.evaluation.corpus import Corpus
from jianbao.evaluation.occurrences import Occurrence, Status, Tally, count_terms, english_text, rendering_key
from jianbao.glossary import TermMatch
from jianbao.matching import find_forbidden

PseudoReference = Literal["first", "frequent", "predefined"]
PSEUDO_REFERENCES: tuple[PseudoReference, ...] = ("first", "frequent", "predefined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One rendering of a term: the wording most often seen, whether it is right, and the lines where it stands."""

    text: str
    status: Status
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term with all its renderings in the corpus, the most frequent first."""

    source: str
    target: str
    occurrences: int
    right: int
    renderings: tuple[Rendering, ...]


def tally(
    corpus: Corpus, hypotheses: Sequence[str], terms: Sequence[Sequence[TermMatch]]
) -> tuple[Tally, ...]:
    """The counts of every (document, term) pair of the corpus; ``terms`` are those of each line.

    A pair is valid, as in the WMT25 task, unless references are given and no rendering of the term stands in
    those of the document: then the glossary's rendering is not what the text asks for.
    """
    tallies = []
    for document, indices in corpus.documents():
        in_source: Counter[str] = Counter()
        in_hypothesis: Counter[str] = Counter()
        in_reference: Counter[str] = Counter()
        entries = {term.entry.source: term.entry for index in indices for term in terms[index]}
        referenced = any(corpus.lines[index].reference for index in indices)
        for index in indices:
            in_source.update(term.entry.source for term in terms[index])
            in_hypothesis += count_terms(terms[index], hypotheses[index])
            in_reference += count_terms(terms[index], corpus.lines[index].reference)
        tallies += [
            Tally(
                document=document,
                entry=entry,
                in_source=in_source[source],
                in_hypothesis=in_hypothesis[source],
                valid=not referenced or in_reference[source] > 0,
            )
            for source, entry in entries.items()
        ]
    return tuple(tallies)


def success_rate(tallies: Iterable[Tally]) -> float | None:
    """Term success rate: the mean over valid (document, term) pairs of min(count(t in H) / count(s in S), 1).

    count(t in H) is how often any rendering of the term stands in the hypothesis of the document, count(s in S)
    how often the term stands in its source. None where no pair is valid.

    Source: Semenov et al. 2025, Findings of the WMT25 Terminology Translation Task.
    """
    shares = [min(t.in_hypothesis / t.in_source, 1.0) for t in tallies if t.valid]
    return sum(shares) / len(shares) if shares else None


def consistency(
    occurrences: Iterable[Occurrence], pseudo_reference: PseudoReference
) -> tuple[float, float] | None:
    """Term consistency, as (micro, macro): how often a term has the one rendering that it should have everywhere.

    That one, the pseudo-reference, is for each term of a document the ``first`` rendering found there, the most
    ``frequent`` (the earlier of two), or ``predefined``, the target of the glossary. Micro: occurrences rendered
    by it over all occurrences. Macro: the mean over (document, term) of that share. An occurrence whose
    alignment failed counts as wrong. None where there is no occurrence.

    Source: Semenov and Bojar 2022, Automated Evaluation Metric for Terminology Consistency in MT (WMT22).
    """
    groups: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        groups[occurrence.document, occurrence.entry.source].append(occurrence)
    if not groups:
        return None
    agreeing = []
    for members in groups.values():
        wanted = _pseudo_reference(members, pseudo_reference)
        agreeing.append((sum(m.key == wanted != "" for m in members), len(members)))
    micro = sum(right for right, _ in agreeing) / sum(total for _, total in agreeing)
    macro = sum(right / total for right, total in agreeing) / len(agreeing)
    return micro, macro


def _pseudo_reference(members: Sequence[Occurrence], mode: PseudoReference) -> str:
    """The key of the rendering that all ``members`` should have, "" where none of them was aligned."""
    if mode == "predefined":
        return rendering_key(members[0].entry.target)
    keys = [member.key for member in members if member.key]
    if not keys:
        return ""
    # Counter keeps the order of first appearance, and most_common is stable.
    return keys[0] if mode == "first" else Counter(keys).most_common(1)[0][0]


def forbidden_spans(terms: Sequence[TermMatch], english: str) -> tuple[tuple[int, int], ...]:
    """Where renderings stand that a term of the line forbids and no term of the line allows."""
    forbidden = [rendering for term in terms for rendering in term.entry.forbidden]
    if not forbidden:
        return ()
    right = [rendering for term in terms for rendering in term.entry.renderings]
    return find_forbidden(forbidden, right, english_text(english))


def term_table(occurrences: Iterable[Occurrence]) -> tuple[TermRow, ...]:
    """Every term of the corpus with its renderings, terms with the most wrong occurrences first."""
    groups: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        groups[occurrence.entry.source].append(occurrence)
    rows = [_term_row(members) for members in groups.values()]
    return tuple(sorted(rows, key=lambda row: (row.right - row.occurrences, -len(row.renderings))))


def _term_row(members: Sequence[Occurrence]) -> TermRow:
    by_key: defaultdict[tuple[Status, str], list[Occurrence]] = defaultdict(list)
    for member in members:
        by_key[member.status, member.key].append(member)
    renderings = [
        Rendering(
            text=Counter(o.rendering for o in same).most_common(1)[0][0],
            status=status,
            lines=tuple(o.line for o in same),
        )
        for (status, _), same in by_key.items()
    ]
    return TermRow(
        source=members[0].entry.source,
        target=members[0].entry.target,
        occurrences=len(members),
        right=sum(member.status == "right" for member in members),
        renderings=tuple(sorted(renderings, key=lambda r: -len(r.lines))),
    )
