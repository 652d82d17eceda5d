"""The checkpoint's second mode: the brief of a sentence, in one sentence of English."""

import hashlib
from collections.abc import Sequence

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.constraints import annotate, build_constraints
from jianbao.document import Translation
from jianbao.engines import DecodingOptions, Engine, Hypothesis
from jianbao.finishing import finish
from jianbao.glossary import Glossary
from jianbao.judging import Candidate, Unit, judge
from jianbao.matching import find_renderings
from jianbao.memory import BRIEF, Memory, Remembered
from jianbao.unit_translator import UnitTranslator

_RATIO = 3.4  # English per source characters; translations have 3.9 to 5, written briefs 1 to 3
_LONGEST = 200  # source characters


class BriefMode:
    """Briefs sentences, all that are new in one batch; the memory keeps them as it keeps translations."""

    def __init__(
        self,
        engine: Engine,
        glossary: Glossary,
        settings: CheckpointSettings,
        *,
        options: DecodingOptions,
        memory: Memory | None,
        units: UnitTranslator,
    ) -> None:
        """``units`` chooses the annotations that the model is shown."""
        self._engine = engine
        self._glossary = glossary
        self._settings = settings
        self._options = options
        self._memory = memory
        self._units = units

    def brief(self, texts: Sequence[str]) -> list[Translation]:
        """The one-sentence brief of each text; ``text`` is "" where the checkpoint gives none that can stand.

        It cannot stand if it holds a figure that the text lacks, a forbidden rendering, a loop or Chinese, or is
        no shorter than a translation.
        """
        if not self._settings.brief_tag:
            return [_as_brief(index, None, None) for index in range(len(texts))]
        units = [Unit(source=text, constraints=build_constraints(text, self._glossary)) for text in texts]
        keys = [hashlib.sha256(f"{BRIEF} {self._units.key(unit)}".encode()).hexdigest() for unit in units]
        wanted = {
            key: unit
            for key, unit in zip(keys, units, strict=True)
            if 0 < len(unit.source.strip()) <= len(unit.source) <= _LONGEST
        }
        briefs = self._recall(wanted)
        todo = {key: unit for key, unit in wanted.items() if key not in briefs}
        briefs |= dict(zip(todo, self._decode(list(todo.values())), strict=True))
        self._remember({key: briefs[key] for key in todo}, todo)
        return [
            _as_brief(index, unit, briefs.get(key))
            for index, (key, unit) in enumerate(zip(keys, units, strict=True))
        ]

    def _decode(self, units: Sequence[Unit]) -> list[Candidate | None]:
        if not units:
            return []
        sources = [
            self._settings.brief_tag + annotate(unit.source, self._units.chosen(unit)) for unit in units
        ]
        decoded = self._engine.decode(sources, self._options)
        return [self._first_usable(unit, hypotheses) for unit, hypotheses in zip(units, decoded, strict=True)]

    def _first_usable(self, unit: Unit, hypotheses: Sequence[Hypothesis]) -> Candidate | None:
        judged = (judge(unit, h.text, h.score, "model", self._settings) for h in hypotheses)
        return next((candidate for candidate in judged if _is_usable(unit, candidate)), None)

    def _recall(self, units: dict[str, Unit]) -> dict[str, Candidate | None]:
        if self._memory is None:
            return {}
        return {
            key: judge(units[key], entry.text, entry.score or 0.0, "model", self._settings)
            if entry.text
            else None
            for key, entry in self._memory.get_many(units).items()
        }

    def _remember(self, briefs: dict[str, Candidate | None], units: dict[str, Unit]) -> None:
        if self._memory is None or not briefs:
            return
        self._memory.put_many(
            {
                key: Remembered(
                    source=units[key].source,
                    text=brief.text if brief else "",
                    score=brief.score if brief else None,
                    method=BRIEF,
                    engine=self._engine.signature,
                )
                for key, brief in briefs.items()
            }
        )


def _is_usable(unit: Unit, candidate: Candidate) -> bool:
    invented = any(verdict.verdict != "missing" for verdict in candidate.figures)
    forbidden = [rendering for c in unit.constraints for rendering in c.forbidden]
    too_long = len(candidate.text) > _RATIO * len(unit.source)
    faults = set(candidate.faults) - {"short"}
    return bool(candidate.text) and not (
        invented or too_long or faults or find_renderings(forbidden, candidate.text)
    )


def _as_brief(index: int, unit: Unit | None, brief: Candidate | None) -> Translation:
    if unit is None or brief is None:
        return Translation(segment=str(index), text="", method="none")
    return Translation(
        segment=str(index),
        text=finish(brief.text, "。"),
        constraints=tuple(c for c in unit.constraints if c not in brief.missing),
        score=brief.score,
    )
