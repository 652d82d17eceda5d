"""Segments to English: what rules can render, rules render; the rest goes, in units, through the engine at once."""

from collections.abc import Iterator, Sequence

from jianbao.brief_mode import BriefMode
from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.document import Segment, Translation
from jianbao.engines import DecodingOptions, Engine
from jianbao.finishing import finish
from jianbao.glossary import Glossary
from jianbao.guards import CHINESE
from jianbao.judging import Candidate
from jianbao.memory import Memory
from jianbao.plans import Part, Plan, body, make_plans
from jianbao.repair import to_pinyin
from jianbao.segmenter import join_units
from jianbao.unit_translator import Progress, UnitTranslator

_METHODS = ("none", "rule", "memory", "model", "retry", "repair")
"""Ways a text may come to be; that of a segment is the last of those of its units."""


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
        self._glossary = glossary
        self._settings = settings
        self._memory = memory
        options = options or decoding_options(settings)
        self._units = UnitTranslator(engine, settings, options, memory)
        self._briefs = BriefMode(
            engine, glossary, settings, options=options, memory=memory, units=self._units
        )

    def translate(
        self,
        segments: Sequence[Segment],
        progress: Progress | None = None,
        *,
        asked: set[int] | None = None,
    ) -> list[Translation]:
        """The English of each segment, in order.

        ``segments`` may be those of many documents, one after the other. Figures, names and terms are verified;
        what stays wrong is left for the checks to report. Furniture gets no text, and no segment makes the call
        fail. ``asked`` receives the indices of the segments for which the model was asked, the memory being
        without them.
        """
        plans = make_plans(
            segments, self._glossary, self._human(segments), unit_limit=self._settings.unit_limit
        )
        owners = [
            (index, unit) for index, plan in enumerate(plans) for part in plan.parts for unit in part.units
        ]
        fresh: set[int] = set()
        candidates = iter(self._units.translate([unit for _, unit in owners], progress, asked=fresh))
        if asked is not None:
            asked.update(owners[index][0] for index in fresh)
        return [_assemble(plan, candidates) for plan in plans]

    def translate_texts(self, texts: Sequence[str], progress: Progress | None = None) -> list[Translation]:
        """The English of each text, taken as a sentence by itself; the segment ids are the indices."""
        segments = [
            Segment(id=str(index), section="0", kind="sentence", text=text, start=0, end=len(text))
            for index, text in enumerate(texts)
        ]
        return self.translate(segments, progress)

    def brief(self, texts: Sequence[str]) -> list[Translation]:
        """The one-sentence brief of each text; ``text`` is "" where none can stand (see ``BriefMode``)."""
        return self._briefs.brief(texts)

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
