"""Abstracts of abstracts: a chapter from its subsections, the executive summary from the whole report."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jianbao.abstract_lock import violations
from jianbao.document import Abstract, AbstractSentence, Metadata, Section
from jianbao.glossary import Glossary
from jianbao.summarizers import BriefWriter, SectionText
from jianbao.summarizers._evidence import heading_of
from jianbao.summarizers._joining import standing_alone, varied
from jianbao.summarizers._shorten import count_words, echo_share, has_finite_verb
from jianbao.summarizers._voice import subject_of

CHAPTER_SENTENCES = 2
FEWEST, MOST = 3, 6
"""Sentences of the executive summary, the opening one included."""

_KINDS = (
    (re.compile(r"条例|办法|规定|细则|章程"), "The regulation"),
    (re.compile(r"公报"), "The bulletin"),
    (re.compile(r"讲话|致辞"), "The speech"),
    (re.compile(r"报告|总结"), "The report"),
    (re.compile(r"规划|计划|方案"), "The plan"),
)
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*(?: (?:percent|billion|million|trillion))?")
_TELLING = re.compile(
    r"\b(?:grew|rose|fell|reached|exceeded|first|largest|percent|billion|million|completed|total)\b"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A sentence of an abstract, the place of its section in the report, and its top section."""

    sentence: AbstractSentence
    place: int
    branch: str
    value: float


def chapter_digest(
    section: Section, sections: Sequence[Section], written: Mapping[str, Abstract], subject: str
) -> Abstract | None:
    """The abstract of a section without prose of its own, from those below it; None where these say nothing."""
    below = [s for s in sections if _is_below(s, section, sections)]
    candidates = [
        _Candidate(sentence=sentence, place=place, branch=child.id, value=_value(sentence.text))
        for place, child in enumerate(below)
        for sentence in written[child.id].sentences
        if not sentence.method.startswith(("heading", "digest"))
    ]
    chosen = _spread(candidates, CHAPTER_SENTENCES)
    sentences = tuple(replace(s, method="digest") for s in _in_a_row(chosen, subject))
    return Abstract(section=section.id, sentences=sentences) if sentences else None


def report_digest(
    title: str,
    sections: Sequence[SectionText],
    abstracts: Sequence[Abstract],
    *,
    metadata: Metadata | None,
    translator: BriefWriter,
    glossary: Glossary,
) -> Abstract:
    """The executive summary: an opening by rule, then the most telling sentences, spread over the report."""
    by_id = {abstract.section: abstract for abstract in abstracts}
    candidates = [
        _Candidate(
            sentence=sentence,
            place=place,
            branch=part.section.id.split(".")[0] if len(sections) > 12 else part.section.id,
            value=_value(sentence.text),
        )
        for place, part in enumerate(sections)
        for sentence in by_id[part.section.id].sentences
        if not sentence.method.startswith(("heading", "digest"))
    ]
    count = min(MOST, max(FEWEST, round(len(abstracts) / 3) + 1)) - 1
    opening = _opening(title, sections, metadata, translator, glossary)
    chosen = _spread(candidates, count)
    return Abstract(section=None, sentences=(*opening, *_in_a_row(chosen, subject_of(sections, title))))


def _in_a_row(chosen: Sequence[_Candidate], subject: str) -> list[AbstractSentence]:
    """The sentences, taken out of their paragraphs and made one."""
    alone = [standing_alone(c.sentence.text, subject) for c in chosen]
    return [replace(c.sentence, text=text) for c, text in zip(chosen, varied(alone, subject), strict=True)]


def _is_below(section: Section, ancestor: Section, sections: Sequence[Section]) -> bool:
    parents = {s.id: s.parent for s in sections}
    current = section.parent
    while current is not None and current != ancestor.id:
        current = parents.get(current)
    return current == ancestor.id


def _value(text: str) -> float:
    """How much a sentence tells: figures and outcomes; great length and saying things twice cost."""
    figures = min(len(_FIGURE.findall(text)), 3)
    telling = 0.5 * len(set(_TELLING.findall(text)))
    return figures + telling - 4 * echo_share(text) - 0.05 * max(count_words(text) - 32, 0)


def _spread(candidates: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """The ``count`` most telling sentences in text order; another of the same section or words is worth less."""
    left, chosen = list(candidates), list[_Candidate]()
    while left and len(chosen) < count:
        best = max(left, key=lambda c: c.value - _loss(c, chosen))
        left.remove(best)
        chosen.append(best)
    return sorted(chosen, key=candidates.index)


def _loss(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    words = set(candidate.sentence.text.lower().split())
    same_place = sum(c.place == candidate.place for c in chosen)
    same_branch = sum(c.branch == candidate.branch for c in chosen)
    shared = max(
        (len(words & set(c.sentence.text.lower().split())) / max(len(words), 1) for c in chosen), default=0.0
    )
    return 3.0 * same_place + 0.8 * same_branch + 3.0 * max(shared - 0.3, 0.0)


def _opening(
    title: str,
    sections: Sequence[SectionText],
    metadata: Metadata | None,
    translator: BriefWriter,
    glossary: Glossary,
) -> tuple[AbstractSentence, ...]:
    """What the document is: its kind and title, who issued it and when, and what its chapters are about."""
    heads = [s for part in sections[:1] for s in part.segments if s.kind == "heading"]
    evidence = tuple(s.id for s in heads)
    source = (metadata.title if metadata else None) or "".join(s.text for s in heads)
    kind = next((name for pattern, name in _KINDS if pattern.search(source)), "The document")
    named = f'{kind}, "{title.strip().rstrip(".")}",' if title and not _CHINESE.search(title) else kind
    issued = _issued(metadata, translator, glossary)
    topics = _topics(sections)
    if topics:
        text = f"{named[:-1] if issued and named.endswith(',') else named}{issued} covers {topics}."
    elif issued:
        text = f"{named} was {issued.strip(' ,')}."
    elif title:
        text = f'This is a briefing on "{title.strip().rstrip(".")}".'
    else:
        return ()
    return (AbstractSentence(text=text.replace(",,", ","), evidence=evidence, method="opening"),)


def _issued(metadata: Metadata | None, translator: BriefWriter, glossary: Glossary) -> str:
    """ ", published by the Zhongshan Bureau on March 22, 2019,", or "" where nothing is known."""
    if metadata is None:
        return ""
    parts = []
    if metadata.issuer:
        name = translator.translate_texts([metadata.issuer])[0].text.strip().rstrip(".")
        if name and not violations(f"It is {name}", [(metadata.issuer, name)], glossary):
            parts.append(f"by {'' if name.lower().startswith('the ') else 'the '}{name}")
    try:
        date = datetime.date.fromisoformat(metadata.date) if metadata.date else None
    except ValueError:
        date = None
    if date:
        parts.append(f"on {date:%B} {date.day}, {date.year}")
    return f", published {' '.join(parts)}," if parts else ""


def _topics(sections: Sequence[SectionText]) -> str:
    """The chapters in a few words ("the work of 2018 and the plan for 2019"), where they are few and short."""
    chapters = [part for part in sections if part.section.level == 1 and part.section.heading]
    names = []
    for part in chapters:
        heading = heading_of(part)
        name = heading.english.strip().rstrip(".:;") if heading else ""
        if (
            not name
            or _CHINESE.search(name)
            or count_words(name) > 10
            or "?" in name
            or has_finite_verb(name)
        ):
            return _count(len(chapters))
        names.append(name[0].lower() + name[1:] if name[1:2].islower() else name)
    if not 1 < len(names) <= 4 or len(set(names)) < len(names):
        return _count(len(chapters))
    return ", ".join(names[:-1]) + " and " + names[-1]


def _count(chapters: int) -> str:
    return f"{chapters} subjects" if chapters > 1 else ""
