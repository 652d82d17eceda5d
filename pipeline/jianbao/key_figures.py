"""The key-figures table: indicator, value and change, read off the Chinese and never off the translation.

Values are rendered by :mod:`jianbao.quantities`, indicators by glossary and pattern where these cover the phrase,
else by the translator. Precision goes before recall.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from jianbao.document import KeyFigure, Outline, Section, Translation
from jianbao.figure_rows import Row, read_rows
from jianbao.glossary import Glossary
from jianbao.indicators import agrees, is_clean, plural, render_area, render_indicator

Translate = Callable[[Sequence[str]], Sequence[str]]

LIMIT = 12
_LEAST_SCORE = 2.5
_PLAN = re.compile(
    r"(?:工作|发展|主要|目标|重点)(?:计划|打算|设想|安排|思路|部署|重点|任务|目标|工作)(?!.{0,4}(?:完成|情况|进展|回顾))|"
    r"预算草案|预算安排|下一步|预期目标|总体要求|今年工作"
)
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)


def key_figures(
    outline: Outline,
    translations: Sequence[Translation],
    glossary: Glossary,
    translate: Translate,
    *,
    limit: int = LIMIT,
) -> tuple[KeyFigure, ...]:
    """The most telling figures of a report, at most ``limit``, in text order.

    ``translate`` gives the English of what glossary and patterns do not cover; what comes back unlike a noun
    phrase makes no row. Segments without English make none, so that every row leads to a passage.
    """
    title = outline.document.metadata.title or outline.document.id
    plans = _plan_sections(outline.sections)
    rows = [
        row
        for segment, translation in zip(outline.segments, translations, strict=True)
        if segment.kind in {"sentence", "item"} and translation.text
        for row in read_rows(segment, planned=segment.section in plans, own=title)
    ]
    named = list(_named([rows[i] for i in _best([r.score for r in rows], 3 * limit)], glossary, translate))
    named = _distinct(named)
    return tuple(figure for figure, _ in (named[i] for i in _best([score for _, score in named], limit)))


def _plan_sections(sections: Sequence[Section]) -> frozenset[str]:
    """The sections that speak of what is to come: by their heading or one above."""
    planned: set[str] = set()
    for section in sections:
        if section.parent in planned or _PLAN.search(section.title):
            planned.add(section.id)
    return frozenset(planned)


def _best(scores: Sequence[float], count: int) -> list[int]:
    """The indices of the ``count`` highest scores, in order; of equal ones the first."""
    return sorted(sorted(range(len(scores)), key=lambda index: (-scores[index], index))[:count])


def _named(
    rows: Sequence[Row], glossary: Glossary, translate: Translate
) -> Iterator[tuple[KeyFigure, float]]:
    """The rows in English with their scores; those that get no English are left out."""
    known = _english({row.phrase for row in rows}, glossary, translate)
    for row in rows:
        english, area = known.get(row.phrase), render_area(row.area, glossary)
        if english and bool(area) == bool(row.area):
            name = plural(english) if row.counted else english
            name = f"{name} ({area})" if area else name
            figure = KeyFigure(
                indicator=name[:1].upper() + name[1:], value=row.value, change=row.change, segment=row.segment
            )
            yield figure, row.score


def _english(phrases: Iterable[str], glossary: Glossary, translate: Translate) -> dict[str, str]:
    """The English of those phrases that get one: by rule, else from the translator if it agrees with the terms."""
    result: dict[str, str] = {}
    doubtful = []
    for phrase in sorted(phrases):
        english = render_indicator(phrase, glossary)
        if english:
            result[phrase] = english
        elif is_clean(phrase, glossary):
            doubtful.append(phrase)
    for phrase, english in zip(doubtful, translate(doubtful) if doubtful else (), strict=True):
        noun_phrase = _ARTICLE.sub("", english.strip().rstrip("."))
        if agrees(phrase, noun_phrase, glossary):
            result[phrase] = noun_phrase
    return result


def _distinct(figures: Iterable[tuple[KeyFigure, float]]) -> list[tuple[KeyFigure, float]]:
    """One row for each indicator, of results and of targets, of values and of growth: the most telling."""
    best: dict[tuple[str, bool, bool], tuple[KeyFigure, float]] = {}
    for figure, score in figures:
        key = (figure.indicator, bool(figure.value), "(target)" in figure.value + figure.change)
        if score >= _LEAST_SCORE and (key not in best or score > best[key][1]):
            best[key] = (figure, score)
    return list(best.values())
