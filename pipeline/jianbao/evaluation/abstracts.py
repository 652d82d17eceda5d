"""Are the abstracts true, short, complete, and more than the first sentences?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianbao.abstract_lock import unsupported_share, violations
from jianbao.document import AbstractSentence
from jianbao.evaluation.alam import mean
from jianbao.evaluation.corpus import Corpus, Section
from jianbao.evaluation.metrics import Score
from jianbao.evaluation.rouge import rouge_l, rouge_n
from jianbao.glossary import Glossary
from jianbao.quantities import align_figures

_RIGHT = frozenset({"exact", "reformatted"})
_LEAD = 2
"""As many sentences as the usual baseline takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionResult:
    """One abstract, measured. ``section`` is its id; pairs are (right, all).

    ``violations`` are what the lock says of its sentences. ``lead`` says that its evidence is the first sentences
    of the section and no other; None where it names no evidence. ``rouge`` are F1 of ROUGE-1, -2 and -L.
    """

    section: str
    text: str
    sentences: tuple[int, int]
    violations: tuple[str, ...]
    figures: tuple[int, int]
    unsupported: float
    words: int
    translation_words: int
    lead: bool | None
    rouge: tuple[float, float, float] | None


def measure_abstracts(
    corpus: Corpus, system: str, hypotheses: Sequence[str], glossary: Glossary
) -> tuple[SectionResult, ...]:
    """Every abstract that ``system`` wrote; a section without one gives no result."""
    results = []
    for section in corpus.sections:
        abstract = section.abstracts.get(system)
        if abstract is not None and abstract.sentences:
            results.append(_measure(corpus, section, abstract.sentences, hypotheses, glossary))
    return tuple(results)


def _measure(
    corpus: Corpus,
    section: Section,
    sentences: Sequence[AbstractSentence],
    hypotheses: Sequence[str],
    glossary: Glossary,
) -> SectionResult:
    cited = {id_ for sentence in sentences for id_ in sentence.evidence}
    scope = _scope(corpus, section, cited)
    places = {corpus.lines[i].segment.id: i for i in scope}
    prose = [i for i in scope if corpus.lines[i].segment.kind != "heading"]
    source = "\n".join(corpus.lines[i].source for i in scope)
    english = "\n".join(hypotheses[i] for i in scope)
    text = " ".join(sentence.text for sentence in sentences)
    found: list[str] = []
    passed = 0
    shares = []
    for sentence in sentences:
        chosen = [places[id_] for id_ in sentence.evidence if id_ in places]
        evidence = [(corpus.lines[i].source, hypotheses[i]) for i in chosen] or [(source, english)]
        own = violations(sentence.text, evidence, glossary)
        passed += not own
        found += own
        joined = ("\n".join(zh for zh, _ in evidence), "\n".join(en for _, en in evidence))
        shares.append(unsupported_share(sentence.text, *joined, glossary))
    used = {places[id_] for id_ in cited if id_ in places}
    verdicts = [v.verdict for v in align_figures(source, text) if v.figure is not None]
    return SectionResult(
        section=section.id,
        text=text,
        sentences=(passed, len(sentences)),
        violations=tuple(found),
        figures=(sum(v in _RIGHT for v in verdicts), len(verdicts)),
        unsupported=sum(shares) / len(shares),
        words=len(text.split()),
        translation_words=len(english.split()),
        lead=used <= set(prose[: max(_LEAD, len(used))]) if used else None,
        rouge=_rouge(text, section.reference),
    )


def _scope(corpus: Corpus, section: Section, cited: set[str]) -> tuple[int, ...]:
    """The lines that an abstract tells of: the section's own or, if it cites others, its subsections' as well."""
    own = {corpus.lines[i].segment.id for i in section.lines}
    if cited <= own or not section.lines:
        return section.lines
    first = corpus.lines[section.lines[0]]
    below = f"{first.segment.section}."
    return tuple(
        i
        for i, line in enumerate(corpus.lines)
        if line.document == first.document
        and (line.segment.id in own or line.segment.section.startswith(below))
    )


def _rouge(text: str, reference: str) -> tuple[float, float, float] | None:
    if not reference:
        return None
    return rouge_n(text, reference, 1).f1, rouge_n(text, reference, 2).f1, rouge_l(text, reference).f1


def abstract_scores(corpus: Corpus, results: Sequence[SectionResult]) -> dict[str, Score]:
    """The measures of all abstracts of a system together; nothing where it wrote none."""
    if not results:
        return {}
    written = {result.section for result in results}
    due = [s.id for s in corpus.sections if _is_due(corpus, s)]
    leads = [result.lead for result in results if result.lead is not None]
    return {
        "abstracts.faithful": _share(r.sentences for r in results),
        "abstracts.figures": _share(r.figures for r in results),
        "abstracts.unsupported": Score(value=mean(r.unsupported for r in results)),
        "abstracts.compression": _share((r.words, r.translation_words) for r in results),
        "abstracts.words": Score(value=mean(r.words for r in results)),
        "abstracts.coverage": _share([(sum(i in written for i in due), len(due))]),
        "abstracts.lead_bias": _share([(sum(leads), len(leads))]),
    } | {
        f"abstracts.rouge_{name}": Score(value=mean(r.rouge[i] if r.rouge else None for r in results))
        for i, name in enumerate(("1", "2", "l"))
    }


def _is_due(corpus: Corpus, section: Section) -> bool:
    """Whether a reader expects an abstract: the section has two sentences and more of its own."""
    kinds = [corpus.lines[i].segment.kind for i in section.lines]
    return sum(kind in {"sentence", "item"} for kind in kinds) >= 2


def _share(pairs: Iterable[tuple[int, int]]) -> Score:
    listed = list(pairs)
    right, total = sum(a for a, _ in listed), sum(b for _, b in listed)
    return Score(value=right / total if total else None, right=right, total=total)
