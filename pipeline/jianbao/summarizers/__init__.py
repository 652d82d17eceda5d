"""Summarizers write the English abstracts. One module here is one method.

A plug-in module offers ``load(translator, glossary, **options) -> Summarizer``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jianbao.document import Abstract, Metadata, Section, Segment, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """A section with its own segments (those of its subsections are not among them) and their English.

    ``translations`` runs parallel to ``segments``; the heading of the section is one of them.
    """

    section: Section
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]


class BriefWriter(Protocol):
    """The part of a translator that a summarizer needs."""

    def brief(self, texts: Sequence[str]) -> list[Translation]:
        """The one-sentence brief of each Chinese sentence; ``text`` is empty where none is usable."""
        ...

    def translate_texts(self, texts: Sequence[str]) -> list[Translation]:
        """The translation of each Chinese text."""
        ...


class Summarizer(Protocol):
    """What every method does."""

    def abstracts(self, sections: Sequence[SectionText]) -> list[Abstract]:
        """One abstract for each section, in order; one with no sentences where there is nothing to say."""
        ...

    def summary(
        self,
        title: str,
        sections: Sequence[SectionText],
        abstracts: Sequence[Abstract],
        *,
        metadata: Metadata | None = None,
    ) -> Abstract:
        """The executive summary of the whole report, drawn from its abstracts; ``title`` is the English title."""
        ...


@runtime_checkable
class Foresighted(Protocol):
    """A method that can say beforehand what it will ask the model."""

    def prepare(self, documents: Sequence[Sequence[SectionText]]) -> None:
        """Ask the model for all that :meth:`Summarizer.abstracts` will ask for, for many documents at once."""
        ...
