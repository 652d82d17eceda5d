"""No abstracts: for runs that only translate."""

from collections.abc import Sequence

from jianbao.document import Abstract, Metadata
from jianbao.glossary import Glossary
from jianbao.summarizers import SectionText
from jianbao.translator import Translator


def load(_translator: Translator, _glossary: Glossary) -> "NoSummarizer":
    """The summarizer that writes nothing."""
    return NoSummarizer()


class NoSummarizer:
    """Gives every section, and the report, an empty abstract."""

    def abstracts(self, sections: Sequence[SectionText]) -> list[Abstract]:
        """One empty abstract a section."""
        return [Abstract(section=s.section.id, sentences=()) for s in sections]

    def summary(
        self,
        title: str,
        sections: Sequence[SectionText],
        abstracts: Sequence[Abstract],
        *,
        metadata: Metadata | None = None,
    ) -> Abstract:
        """An empty summary."""
        return Abstract(section=None, sentences=())
