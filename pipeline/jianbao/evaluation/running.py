"""Run a suite: translate what is to be translated here and now, read the rest, and make one corpus of it."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jianbao import document, summarizers
from jianbao.document import Abstract, AbstractSentence, Segment, Translation
from jianbao.errors import InputError
from jianbao.evaluation.corpus import Corpus, Line, Section, System
from jianbao.evaluation.inputs import make_sections, read_parallel, read_sources
from jianbao.evaluation.suites import Suite, SuiteSystem
from jianbao.glossary import Glossary
from jianbao.progress import Progress, no_progress
from jianbao.registry import load_plugin
from jianbao.settings import Settings, load_settings
from jianbao.summarizers import SectionText
from jianbao.workbench import Workbench, read_limits

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_EXPERT = "expert"


def suite_corpus(suite: Suite, progress: Progress = no_progress) -> tuple[Corpus, Glossary]:
    """The corpus of a suite with all its systems, and the glossary to judge them by.

    Raises:
        InputError, SettingsError, ModelError: something that the suite needs is missing.
    """
    if suite.report is not None:
        corpus = _report_corpus(suite, suite.report, progress)
    elif suite.abstracts is not None:
        corpus = _abstracts_corpus(suite, suite.abstracts, progress)
    else:
        assert suite.source is not None
        corpus = _source_corpus(suite, suite.source, progress)
    return replace(corpus, name=suite.name), suite_glossary(suite)


def suite_glossary(suite: Suite) -> Glossary:
    """The glossary that judges: the suite's own, or that of its first system's profile."""
    first = suite.systems[0]
    settings = load_settings(first.profile, overrides=first.overrides)
    if suite.glossary:
        settings = load_settings(overrides=[f"glossary.files={','.join(suite.glossary)}"])
    return Workbench(settings).glossary


def _settings(system: SuiteSystem) -> Settings:
    """The system's settings; a translation memory of the user's must not bear on a score."""
    return load_settings(system.profile, overrides=["translation.memory=false", *system.overrides])


def _source_corpus(suite: Suite, source: Path, progress: Progress) -> Corpus:
    corpus = read_sources(source)
    if suite.reference is not None:
        corpus = read_parallel(source, (), suite.reference)
    systems = []
    for own in suite.systems:
        if own.hypothesis is not None:
            (read,) = read_parallel(source, [(own.name, own.hypothesis)]).systems
            systems.append(_without_entities(read) if own.entities else read)
        else:
            systems.append(translate_lines(own.name, corpus.lines, Workbench(_settings(own)), progress))
    return replace(corpus, systems=tuple(systems))


def translate_lines(
    name: str, lines: Sequence[Line], bench: Workbench, progress: Progress = no_progress
) -> System:
    """The lines translated by ``bench``, all in one call."""
    done = bench.translator.translate(
        [line.segment for line in lines], progress=lambda done, total: progress("translating", done, total)
    )
    return System(name=name, hypotheses=tuple(t.text for t in done), confidences=tuple(t.score for t in done))


def _without_entities(system: System) -> System:
    return replace(system, hypotheses=tuple(html.unescape(text) for text in system.hypotheses))


def _report_corpus(suite: Suite, report: Path, progress: Progress) -> Corpus:
    """A report read, segmented, translated and summarised by each system."""
    from jianbao.composing import compose
    from jianbao.readers import read_document
    from jianbao.segmenter import segment

    lines: tuple[Line, ...] = ()
    systems: list[System] = []
    abstracts: dict[str, dict[tuple[str, str], Abstract]] = {}
    for own in suite.systems:
        if own.hypothesis is not None:
            raise InputError(
                f"suite {suite.name}: a suite over a report translates it; {own.name} names a file"
            )
        bench = Workbench(_settings(own))
        outline = segment(read_document(report, limits=read_limits(bench.settings)))
        translations = tuple(
            bench.translator.translate(
                outline.segments, progress=lambda done, total: progress("translating", done, total)
            )
        )
        briefing = compose(outline, translations, bench)
        kept = [(s, t) for s, t in zip(outline.segments, translations, strict=True) if s.kind != "furniture"]
        lines = tuple(Line(segment=s, document=outline.document.id) for s, _ in kept)
        systems.append(
            System(
                name=own.name,
                hypotheses=tuple(t.text for _, t in kept),
                confidences=tuple(t.score for _, t in kept),
            )
        )
        abstracts[own.name] = {
            (outline.document.id, a.section or ""): a for a in briefing.abstracts if a.section
        }
    return Corpus(
        name=suite.name, lines=lines, systems=tuple(systems), sections=make_sections(lines, abstracts)
    )


def _abstracts_corpus(suite: Suite, path: Path, progress: Progress) -> Corpus:
    """Sections with an expert's abstract; each system is one way to write it over the same translation."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = tuple(line for row in rows for line in section_lines(row["id"], row["source"]))
    first = suite.systems[0]
    bench = Workbench(_settings(first))
    translated = translate_lines(first.name, lines, bench, progress)
    groups: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(line.document, []).append(index)
    texts = [
        _section_text(row, [(lines[i], translated.hypotheses[i]) for i in groups[row["id"]]]) for row in rows
    ]
    written = {own.name: _abstracts(own.method, rows, texts, bench) for own in suite.systems}
    sections = tuple(
        Section(
            id=row["id"],
            title=row.get("heading_zh", ""),
            lines=tuple(groups[row["id"]]),
            abstracts={name: texts[row["id"]] for name, texts in written.items()},
            reference=row["abstract"],
        )
        for row in rows
    )
    systems = tuple(replace(translated, name=own.name) for own in suite.systems)
    return Corpus(name=suite.name, lines=lines, systems=systems, sections=sections)


def section_lines(id_: str, source: str) -> list[Line]:
    """The sentences of a section that stands alone; the first is its heading."""
    found = [m for m in _SENTENCE.finditer(source) if m.group().strip()]
    return [
        Line(
            document=id_,
            segment=Segment(
                id=f"{id_}-{number}",
                section=id_,
                kind="heading" if number == 0 else "sentence",
                text=match.group(),
                start=match.start(),
                end=match.end(),
            ),
        )
        for number, match in enumerate(found)
    ]


def _section_text(row: Mapping[str, str], lines: Sequence[tuple[Line, str]]) -> SectionText:
    """A section as summarizers take it; ``lines`` are its lines with their English."""
    heading = lines[0][0].segment.id
    return SectionText(
        section=document.Section(
            id=row["id"], parent=None, level=1, marker="", title=row.get("heading_zh", ""), heading=heading
        ),
        segments=tuple(line.segment for line, _ in lines),
        translations=tuple(Translation(segment=line.segment.id, text=text) for line, text in lines),
    )


def _abstracts(
    method: str, rows: Sequence[Mapping[str, str]], texts: Sequence[SectionText], bench: Workbench
) -> dict[str, Abstract]:
    """The abstract of every section by a summarizer, or the expert's own."""
    if method == _EXPERT:
        return {
            row["id"]: Abstract(
                section=row["id"],
                sentences=tuple(
                    AbstractSentence(text=t, evidence=()) for t in _english_sentences(row["abstract"])
                ),
            )
            for row in rows
        }
    summarizer = load_plugin(summarizers, method or "faithful").load(bench.translator, bench.glossary)
    return {row["id"]: abstract for row, abstract in zip(rows, summarizer.abstracts(texts), strict=True)}


def _english_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z0-9\"])", text.strip())
