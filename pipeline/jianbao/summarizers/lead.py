"""The baseline: the first two sentences of a section, as translated."""

from collections.abc import Sequence

from jianbao.document import Abstract, AbstractSentence, Metadata
from jianbao.glossary import Glossary
from jianbao.summarizers import BriefWriter, SectionText
from jianbao.summarizers._digest import report_digest
from jianbao.summarizers._evidence import evidence_of
from jianbao.summarizers._shorten import closed


class LeadSummarizer:
    """Takes what stands first. Nothing is checked: this is what other methods are measured against."""

    def __init__(self, translator: BriefWriter, glossary: Glossary, count: int = 2) -> None:
        self._translator = translator
        self._glossary = glossary
        self._count = count

    def abstracts(self, sections: Sequence[SectionText]) -> list[Abstract]:
        """The first sentences of each section."""
        return [
            Abstract(
                section=part.section.id,
                sentences=tuple(
                    AbstractSentence(text=closed(e.english), evidence=(e.segment,), method="lead")
                    for e in evidence_of(part)[: self._count]
                    if e.english
                ),
            )
            for part in sections
        ]

    def summary(
        self,
        title: str,
        sections: Sequence[SectionText],
        abstracts: Sequence[Abstract],
        *,
        metadata: Metadata | None = None,
    ) -> Abstract:
        """The executive summary, made as the default method makes it."""
        return report_digest(
            title,
            sections,
            abstracts,
            metadata=metadata,
            translator=self._translator,
            glossary=self._glossary,
        )


def load(
    translator: BriefWriter, glossary: Glossary, *, sentences: int = 2, **_options: object
) -> LeadSummarizer:
    """The baseline; ``sentences`` is how many it takes."""
    return LeadSummarizer(translator, glossary, sentences)
