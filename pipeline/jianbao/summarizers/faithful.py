"""Abstracts that are faithful by construction: sentences are chosen, briefed, locked against their evidence, joined.

For each chosen sentence there are four ways to say it in short: the checkpoint's brief of it, the translation of its
core clauses, its translation shortened by rule, its translation as it is. What passes the lock may stand; the best of
these does. Where none passes the next sentence in rank takes its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianbao.abstract_lock import unsupported_share, violations
from jianbao.document import Abstract, AbstractSentence, Metadata, Translation
from jianbao.glossary import Glossary
from jianbao.quantities import find_figures
from jianbao.summarizers import BriefWriter, SectionText
from jianbao.summarizers._core import core
from jianbao.summarizers._digest import chapter_digest, report_digest
from jianbao.summarizers._evidence import Evidence, evidence_of, heading_of, ranked
from jianbao.summarizers._joining import Piece, common_words, paragraph
from jianbao.summarizers._selection import Selector, load_selector
from jianbao.summarizers._shorten import (
    LONGEST,
    closed,
    count_words,
    echo_share,
    is_sentence,
    parts,
    shortened,
)
from jianbao.summarizers._voice import Tense, recast, subject_of, tense_of

MOST_SENTENCES = 3
RESERVE = 2
"""Sentences briefed beyond those wanted, for those that no form of passes the lock."""
FLOOR = 0.2
"""A sentence worth less than this does not join another one; see ``_worth``."""
PRIOR = {"brief": 0.35, "core": 0.15, "shortened": 0.0, "translation": 0.1}
"""What a form is worth for how it was made, beside what it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What one section's abstract is made from: sentences in rank order, the first ``wanted`` of which should do."""

    section: SectionText
    tense: Tense
    candidates: tuple[Evidence, ...]
    wanted: int


class FaithfulSummarizer:
    """The default method; see the module."""

    def __init__(self, translator: BriefWriter, glossary: Glossary, selector: Selector) -> None:
        self._translator = translator
        self._glossary = glossary
        self._selector = selector

    def abstracts(self, sections: Sequence[SectionText]) -> list[Abstract]:
        """One abstract for each section; all of them are briefed in one call of the translator."""
        subject = subject_of(sections)
        common = common_words(t.text for part in sections for t in part.translations)
        plans = self._plans(sections)
        forms = self._forms([evidence for plan in plans for evidence in plan.candidates])
        written = {plan.section.section.id: self._abstract(plan, forms, subject, common) for plan in plans}
        tree = [part.section for part in sections]
        for plan in reversed(plans):
            section = plan.section.section
            if not written[section.id].sentences:
                digest = chapter_digest(section, tree, written, subject)
                written[section.id] = digest or self._from_heading(plan, subject)
        return [written[section.id] for section in tree]

    def prepare(self, documents: Sequence[Sequence[SectionText]]) -> None:
        """Have the sentences of many documents briefed in one call; of use where the translator has a memory."""
        plans = [plan for sections in documents for plan in self._plans(sections)]
        self._forms([evidence for plan in plans for evidence in plan.candidates])

    def summary(
        self,
        title: str,
        sections: Sequence[SectionText],
        abstracts: Sequence[Abstract],
        *,
        metadata: Metadata | None = None,
    ) -> Abstract:
        """Three to six sentences: what the document is, and the most telling sentences of its abstracts."""
        return report_digest(
            title,
            sections,
            abstracts,
            metadata=metadata,
            translator=self._translator,
            glossary=self._glossary,
        )

    def _plans(self, sections: Sequence[SectionText]) -> list[_Plan]:
        by_id = {part.section.id: part.section for part in sections}
        plans = []
        for part in sections:
            sentences = evidence_of(part)
            order, wanted = ranked(sentences, part.section.title, self._selector)
            plans.append(
                _Plan(
                    section=part,
                    tense=tense_of(part, by_id),
                    candidates=tuple(sentences[i] for i in order[: wanted + RESERVE]),
                    wanted=wanted,
                )
            )
        return plans

    def _forms(self, candidates: Sequence[Evidence]) -> dict[str, dict[str, Translation]]:
        """For each candidate's segment: the raw English of each way to say it."""
        briefs = self._translator.brief([c.source for c in candidates])
        cores = [core(c.source) for c in candidates]
        long = [i for i, c in enumerate(candidates) if len(cores[i]) < 0.8 * len(c.source)]
        translated = self._translator.translate_texts([cores[i] for i in long])
        forms = {
            c.segment: {"brief": b, "translation": c.translation}
            for c, b in zip(candidates, briefs, strict=True)
        }
        for i, translation in zip(long, translated, strict=True):
            forms[candidates[i].segment]["core"] = translation
        return forms

    def _abstract(
        self, plan: _Plan, forms: dict[str, dict[str, Translation]], subject: str, common: frozenset[str]
    ) -> Abstract:
        chosen: list[Piece] = []
        for evidence in plan.candidates:
            if len(chosen) == plan.wanted:
                break
            piece, value = self._best(evidence, forms[evidence.segment], subject, plan.tense)
            if piece is None or (chosen and value < FLOOR):
                continue
            if not any(_says_the_same(piece.text, other.text) for other in chosen):
                chosen.append(piece)
        sentences = tuple(
            AbstractSentence(text=piece.text, evidence=piece.evidence, method=piece.method)
            for piece in self._paragraph(chosen, plan, subject, common)
        )
        return Abstract(section=plan.section.section.id, sentences=sentences)

    def _paragraph(
        self, chosen: list[Piece], plan: _Plan, subject: str, common: frozenset[str]
    ) -> tuple[Piece, ...]:
        """The pieces in text order as at most three sentences; where they are more, the last in rank goes."""
        pairs = {c.segment: (c.source, c.english) for c in plan.candidates}
        position = {segment.id: i for i, segment in enumerate(plan.section.segments)}

        def stands(piece: Piece) -> bool:
            return not violations(piece.text, [pairs[s] for s in piece.evidence], self._glossary)

        for count in range(len(chosen), 0, -1):
            in_order = sorted(chosen[:count], key=lambda piece: position[piece.evidence[0]])
            made = paragraph(in_order, subject, common, stands)
            if len(made) <= MOST_SENTENCES:
                return made
        return ()

    def _best(
        self, evidence: Evidence, forms: dict[str, Translation], subject: str, tense: Tense
    ) -> tuple[Piece | None, float]:
        """The best way to say a sentence that passes the lock, and how good it is; None where none does."""
        best: tuple[float, str, str] | None = None
        pair = (evidence.source, evidence.english)
        for method, text, score in _ways(evidence, forms, subject, tense):
            if not is_sentence(text) or violations(text, [pair], self._glossary):
                continue
            value = PRIOR[method] + 0.5 * max(score, -2.0) + _worth(text, evidence, self._glossary)
            if best is None or value > best[0]:
                best = value, text, method
        if best is None:
            return None, 0.0
        value, text, method = best
        return Piece(text=text, evidence=(evidence.segment,), method=method), value

    def _from_heading(self, plan: _Plan, subject: str) -> Abstract:
        """One sentence from the heading of a section that has no other, where that is safe."""
        part = plan.section
        heading = heading_of(part)
        nothing = Abstract(section=part.section.id, sentences=())
        if heading is None or not heading.english:
            return nothing
        text = recast(heading.english, subject, plan.tense)
        if not is_sentence(text):
            text = closed(f"This section covers {heading.english[0].lower()}{heading.english[1:]}")
        if violations(text, [(heading.source, heading.english)], self._glossary):
            return nothing
        sentence = AbstractSentence(text=text, evidence=(heading.segment,), method="heading")
        return Abstract(section=part.section.id, sentences=(sentence,))


def _ways(
    evidence: Evidence, forms: dict[str, Translation], subject: str, tense: Tense
) -> Iterator[tuple[str, str, float]]:
    """Every way to say a sentence: how it was made, the English, the model's score of what it was made from."""
    for method, raw in forms.items():
        english = evidence.english if raw is evidence.translation else raw.text
        for part in parts(english):
            spoken = recast(part, subject, tense)
            yield method, spoken, raw.score or 0.0
            if count_words(spoken) > LONGEST:
                yield "shortened", shortened(spoken), raw.score or 0.0


def _worth(text: str, evidence: Evidence, glossary: Glossary) -> float:
    """How good a locked form is: agreement with the translation, figures carried, a length near 19 words."""
    strange = unsupported_share(text, evidence.source, evidence.english, glossary)
    figures = min(len(find_figures(text)), 3)
    return 1.0 - strange - echo_share(text) + 0.35 * figures - 0.02 * abs(count_words(text) - 19)


def _says_the_same(text: str, other: str) -> bool:
    """Whether two pieces share most of their words."""
    ours, theirs = set(text.lower().split()), set(other.lower().split())
    return len(ours & theirs) > 0.7 * min(len(ours), len(theirs))


def load(translator: BriefWriter, glossary: Glossary, **_options: object) -> FaithfulSummarizer:
    """The default summarizer; it has no options."""
    return FaithfulSummarizer(translator, glossary, load_selector())
