"""What a glossary holds, and what is found with it."""

from dataclasses import dataclass
from typing import Literal

Use = Literal["force", "check", "guard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term. ``variants`` also count as right, ``forbidden`` are wrong; ``use``: see ``jianbao.glossary``."""

    source: str
    target: str
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    domain: str = ""
    note: str = ""
    use: Use = "force"

    @property
    def renderings(self) -> tuple[str, ...]:
        """The target and the variants: everything that counts as right."""
        return (self.target, *self.variants) if self.target else self.variants


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """An occurrence of ``entry.source``; the offsets index the text that was searched."""

    start: int
    end: int
    entry: Entry
