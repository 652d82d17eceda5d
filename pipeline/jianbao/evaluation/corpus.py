"""What is evaluated: segments with their sources, perhaps references, and the hypotheses of one system or more."""

from collections.abc import Iterator
from dataclasses import dataclass

from jianbao.document import Abstract, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One segment of the corpus. ``reference`` is "" where there is none.

    Offsets of ``segment`` run up within a document; its id is unique there. Terms are consistent, and names are
    learned, within a ``document``.
    """

    segment: Segment
    document: str = ""
    reference: str = ""

    @property
    def source(self) -> str:
        """The Chinese."""
        return self.segment.text


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The output of one system, parallel to the lines.

    ``confidences`` are the model's own mean log probabilities; empty where the system states none, None where
    no model was asked.
    """

    name: str
    hypotheses: tuple[str, ...]
    confidences: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with the English abstracts that one system or more wrote of it.

    ``lines`` are indices into the lines of the corpus, the heading among them. ``abstracts`` is keyed by system.
    """

    id: str
    title: str
    lines: tuple[int, ...]
    abstracts: dict[str, Abstract]
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that an evaluation looks at.

    Raises:
        ValueError: the hypotheses of a system are not parallel to the lines, or two systems have one name.
    """

    name: str
    lines: tuple[Line, ...]
    systems: tuple[System, ...]
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        for system in self.systems:
            if len(system.hypotheses) != len(self.lines):
                raise ValueError(
                    f"{system.name}: {len(system.hypotheses)} hypotheses for {len(self.lines)} lines"
                )
            if system.confidences and len(system.confidences) != len(self.lines):
                raise ValueError(
                    f"{system.name}: {len(system.confidences)} confidences for {len(self.lines)} lines"
                )
        names = [system.name for system in self.systems]
        if len(set(names)) < len(names):
            raise ValueError(f"two systems have one name: {', '.join(sorted(names))}")

    @property
    def referenced(self) -> tuple[int, ...]:
        """The indices of the lines that have a reference."""
        return tuple(index for index, line in enumerate(self.lines) if line.reference)

    def documents(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each document with the indices of its lines, in order of first appearance."""
        groups: dict[str, list[int]] = {}
        for index, line in enumerate(self.lines):
            groups.setdefault(line.document, []).append(index)
        for document, indices in groups.items():
            yield document, tuple(indices)
