"""A translated document made into a briefing: abstracts, key figures, checks, headline."""

from collections.abc import Sequence

from jianbao.briefing import assemble
from jianbao.checks import CheckContext, run_checks
from jianbao.document import Briefing, Outline, Translation
from jianbao.key_figures import key_figures
from jianbao.summarizers import Foresighted, SectionText
from jianbao.titles import render_title
from jianbao.translator import Translator
from jianbao.workbench import Workbench


def prepare(documents: Sequence[tuple[Outline, Sequence[Translation]]], bench: Workbench) -> None:
    """Ask the model at once for what the abstracts of many documents will ask it for: the memory keeps the answers.

    Nothing comes of it but speed, and nothing where the method of the abstracts does not ask the model.
    """
    if isinstance(bench.summarizer, Foresighted):
        bench.summarizer.prepare([_section_texts(outline, own) for outline, own in documents])


def compose(outline: Outline, translations: tuple[Translation, ...], bench: Workbench) -> Briefing:
    """The briefing of a translated document: abstracts, key figures, checks."""
    translator = bench.translator
    sections = _section_texts(outline, translations)
    headline = _headline(outline, translations, bench)
    abstracts = tuple(bench.summarizer.abstracts(sections))
    metadata = outline.document.metadata
    summary = bench.summarizer.summary(headline, sections, abstracts, metadata=metadata)
    context = CheckContext(glossary=bench.glossary, unknown_characters=bench.engine.unknown_characters)
    issuer, source = (_by_rule(text, translator) for text in (metadata.issuer, metadata.source))
    return assemble(
        outline,
        translations,
        headline=headline,
        issuer=issuer,
        source=source,
        abstracts=abstracts,
        summary=summary,
        key_figures=key_figures(
            outline,
            translations,
            bench.glossary,
            lambda texts: [t.text for t in translator.translate_texts(texts)],
        ),
        findings=run_checks(outline.segments, translations, context),
        provenance=bench.provenance,
    )


def _section_texts(outline: Outline, translations: Sequence[Translation]) -> list[SectionText]:
    by_section: dict[str, list[int]] = {section.id: [] for section in outline.sections}
    for index, item in enumerate(outline.segments):
        by_section[item.section].append(index)
    return [
        SectionText(
            section=section,
            segments=tuple(outline.segments[i] for i in by_section[section.id]),
            translations=tuple(translations[i] for i in by_section[section.id]),
        )
        for section in outline.sections
    ]


def _by_rule(text: str | None, translator: Translator) -> str:
    """The English of a name, where rules give it: a wrong name is worse than a Chinese one."""
    translation = translator.translate_texts([text])[0] if text else None
    return translation.text.rstrip(".") if translation and translation.method == "rule" else ""


def _headline(outline: Outline, translations: Sequence[Translation], bench: Workbench) -> str:
    """The English title: by rule, else that of the heading that holds it, else its translation."""
    title = outline.document.metadata.title or outline.document.id
    rendered = render_title(title)
    if rendered:
        return rendered
    for item, translation in zip(outline.segments, translations, strict=True):
        if item.kind == "heading" and item.text == title:
            return translation.text
    return bench.translator.translate_texts([title])[0].text or title
