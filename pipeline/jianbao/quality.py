"""The quality box: what was translated, what was checked, what was found, in numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from jianbao.constraints import missing
from jianbao.document import Briefing, Segment, Translation
from jianbao.quantities import align_figures

Status = Literal["ok", "warnings", "errors"]
_RIGHT = frozenset({"exact", "reformatted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The counts of one briefing.

    ``segments`` leaves furniture out, which is counted by ``furniture``. ``figures`` and ``terms`` (names among
    them) are occurrences in the source, ``*_right`` those whose rendering stands in the English. ``methods``
    counts segments by the way their English came to be, ``checks`` findings by check. A run with an error is
    never ``ok``.
    """

    segments: int
    translated: int
    furniture: int
    characters: int
    words: int
    figures: int
    figures_right: int
    terms: int
    terms_right: int
    errors: int
    warnings: int
    checks: dict[str, int] = field(default_factory=dict)
    methods: dict[str, int] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """``errors`` if a check found one, else ``warnings`` if it warned, else ``ok``."""
        if self.errors or self.translated < self.segments:
            return "errors"
        return "warnings" if self.warnings else "ok"

    @property
    def figure_share(self) -> float:
        """The share of figures that are right, 0 to 1; 1 where there are none."""
        return self.figures_right / self.figures if self.figures else 1.0

    @property
    def term_share(self) -> float:
        """The share of terms and names that are right, 0 to 1; 1 where there are none."""
        return self.terms_right / self.terms if self.terms else 1.0

    def as_dict(self) -> dict[str, Any]:
        """All counts with the status first, ready for JSON."""
        return {"status": self.status} | asdict(self)


def measure(briefing: Briefing) -> Quality:
    """The numbers of the quality box, counted on the briefing itself."""
    pairs = list(_translated_pairs(briefing))
    figures = [
        v.verdict for s, t in pairs for v in align_figures(s.text[len(s.marker) :], t.text) if v.quantity
    ]
    terms = [[c for c in t.constraints if c.kind != "figure"] for _, t in pairs]
    absent = sum(len(missing(cs, t.text)) for cs, (_, t) in zip(terms, pairs, strict=True))
    severities = Counter(f.severity for f in briefing.findings)
    return Quality(
        segments=len(pairs),
        translated=sum(bool(t.text.strip()) for _, t in pairs),
        furniture=len(briefing.outline.segments) - len(pairs),
        characters=sum(len(s.text) for s, _ in pairs),
        words=sum(len(t.text.split()) for _, t in pairs),
        figures=len(figures),
        figures_right=sum(verdict in _RIGHT for verdict in figures),
        terms=sum(map(len, terms)),
        terms_right=sum(map(len, terms)) - absent,
        errors=severities["error"],
        warnings=severities["warning"],
        checks=dict(sorted(Counter(f.check for f in briefing.findings).items())),
        methods=dict(sorted(Counter(t.method for _, t in pairs).items())),
    )


def _translated_pairs(briefing: Briefing) -> Iterator[tuple[Segment, Translation]]:
    for segment, translation in zip(briefing.outline.segments, briefing.translations, strict=True):
        if segment.kind != "furniture":
            yield segment, translation
