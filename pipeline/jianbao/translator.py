"""Segments to English: what rules can render, rules render; the rest goes, in units, through the engine at once."""

from collections.abc import Iterator, Sequence

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.constraints import annotate, build_constraints
from jianbao.document import Segment, Translation
from jianbao.engines import DecodingOptions, Engine
from jianbao.finishing import finish
from jianbao.glossary import Glossary
from jianbao.guards import CHINESE
from jianbao.judging import Candidate, Unit, judge
from jianbao.matching import find_renderings
from jianbao.memory import Memory
from jianbao.plans import Part, Plan, body, make_plans
from jianbao.repair import to_pinyin
from jianbao.segmenter import join_units
from jianbao.unit_translator import Progress, UnitTranslator

_METHODS = ("none", "rule", "memory", "model", "retry", "repair")
"""Ways a text may come to be; that of a segment is the last of those of its units."""

_BRIEF_RATIO = 3.4  # English per source characters; translations have 3.9 to 5, written briefs 1 to 3
_BRIEF_LONGEST = 200  # source characters


def decoding_options(
    settings: CheckpointSettings, *, beam_size: int | None = None, batch_tokens: int = 2048
) -> DecodingOptions:
    """The options that suit a checkpoint; ``beam_size`` overrides the checkpoint's own."""
    beam = beam_size or settings.beam_size
    return DecodingOptions(
        beam_size=beam,
        n_best=min(beam, settings.n_best),
        batch_tokens=batch_tokens,
        max_length=settings.max_length,
        repetition_penalty=settings.repetition_penalty,
        no_repeat_ngram=settings.no_repeat_ngram,
    )


class Translator:
    """Translates segments of any number of documents in one call."""

    def __init__(
        self,
        engine: Engine,
        glossary: Glossary,
        settings: CheckpointSettings,
        memory: Memory | None = None,
        options: DecodingOptions | None = None,
    ) -> None:
        """``settings`` lie beside the checkpoint of ``engine``; ``options`` default to what suits it."""
        self._engine = engine
        self._glossary = glossary
        self._settings = settings
        self._memory = memory
        self._options = options or decoding_options(settings)
        self._units = UnitTranslator(engine, settings, self._options, memory)

    def translate(self, segments: Sequence[Segment], progress: Progress | None = None) -> list[Translation]:
        """The English of each segment, in order.

        ``segments`` may be those of many documents, one after the other. Figures, names and terms are verified;
        what stays wrong is left for the checks to report. Furniture gets no text, and no segment makes the call
        fail.
        """
        plans = make_plans(
            segments, self._glossary, self._human(segments), unit_limit=self._settings.unit_limit
        )
        units = [unit for plan in plans for part in plan.parts for unit in part.units]
        candidates = iter(self._units.translate(units, progress))
        return [_assemble(plan, candidates) for plan in plans]

    def translate_texts(self, texts: Sequence[str], progress: Progress | None = None) -> list[Translation]:
        """The English of each text, taken as a sentence by itself; the segment ids are the indices."""
        segments = [
            Segment(id=str(index), section="0", kind="sentence", text=text, start=0, end=len(text))
            for index, text in enumerate(texts)
        ]
        return self.translate(segments, progress)

    def brief(self, texts: Sequence[str]) -> list[Translation]:
        """The one-sentence brief of each text; ``text`` is "" where the checkpoint gives none that can stand.

        It cannot stand if it holds a figure that the text lacks, a forbidden rendering, a loop or Chinese, or is
        no shorter than a translation.
        """
        tag = self._settings.brief_tag
        if not tag:
            return [Translation(segment=str(index), text="", method="none") for index in range(len(texts))]
        units = [Unit(source=text, constraints=build_constraints(text, self._glossary)) for text in texts]
        sources = [
            tag + annotate(unit.source, self._units.chosen(unit))
            if len(unit.source) <= _BRIEF_LONGEST
            else ""
            for unit in units
        ]
        briefs = []
        for index, (unit, hypotheses) in enumerate(
            zip(units, self._engine.decode(sources, self._options), strict=True)
        ):
            judged = (judge(unit, h.text, h.score, "model", self._settings) for h in hypotheses)
            usable = next((candidate for candidate in judged if _is_brief(unit, candidate)), None)
            briefs.append(_as_brief(str(index), unit, usable))
        return briefs

    def _human(self, segments: Sequence[Segment]) -> dict[str, str]:
        if self._memory is None:
            return {}
        return self._memory.human(
            {text for s in segments for text in (s.text, body(s)) if s.kind != "furniture"}
        )


def _assemble(plan: Plan, candidates: Iterator[Candidate]) -> Translation:
    """The translation of a segment from the next of ``candidates``, one for each unit of the plan."""
    cells: list[str] = []
    scores: list[float] = []
    methods = {"none"}
    for part in plan.parts:
        own = [next(candidates) for _ in part.units]
        scores += [candidate.score for candidate in own]
        methods |= {candidate.method for candidate in own} or {part.method}
        cells.append(_english(part, own, plan.segment))
    return Translation(
        segment=plan.segment.id,
        text="\t".join(cells),
        constraints=plan.constraints,
        score=sum(scores) / len(scores) if scores else None,
        method=max(methods, key=_METHODS.index),
    )


def _english(part: Part, candidates: Sequence[Candidate], segment: Segment) -> str:
    if part.fixed is not None and (part.method == "memory" or not CHINESE.search(part.source)):
        return part.marker + part.fixed
    text = part.fixed
    if text is None:
        texts = [c.text or to_pinyin(u.source) for c, u in zip(candidates, part.units, strict=True)]
        text = join_units([unit.source for unit in part.units], texts)
    label = segment.kind == "heading" or (segment.kind == "row" and not part.source.endswith("。"))
    return finish(text, part.source, marker=part.marker, heading=label)


def _is_brief(unit: Unit, candidate: Candidate) -> bool:
    invented = any(verdict.verdict != "missing" for verdict in candidate.figures)
    forbidden = [rendering for c in unit.constraints for rendering in c.forbidden]
    too_long = len(candidate.text) > _BRIEF_RATIO * len(unit.source)
    faults = set(candidate.faults) - {"short"}
    return bool(candidate.text) and not (
        invented or too_long or faults or find_renderings(forbidden, candidate.text)
    )


def _as_brief(index: str, unit: Unit, candidate: Candidate | None) -> Translation:
    if candidate is None:
        return Translation(segment=index, text="", method="none")
    return Translation(
        segment=index,
        text=finish(candidate.text, "。"),
        constraints=tuple(c for c in unit.constraints if c not in candidate.missing),
        score=candidate.score,
    )
