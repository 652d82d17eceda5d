"""Translates units: memory, one batched pass, verification, a second pass for what failed, repair.

The first pass decodes everything in full batches; only units with faults are decoded again.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.constraints import AnnotationPolicy, annotate, select
from jianbao.document import Constraint
from jianbao.engines import DecodingOptions, Engine, Hypothesis
from jianbao.judging import Candidate, Unit, best, judge
from jianbao.memory import Memory, Remembered
from jianbao.repair import repair
from jianbao.segmenter import join_units, split_units

Progress = Callable[[int, int], None]
"""Called with the number of units done and the number there are."""

_LOGIC = "2"
"""Part of every memory key: to be raised when this module, judging or repair come to other results."""

_WINDOW = 16_000  # source characters between two writes to the memory: several full batches
_EVERY = 100.0  # as many as there are characters
_NO_REPEAT = 8  # tokens that may not come twice in a second pass: more than "percent year on year," has
_SHORTEST_SPLIT = 24  # a unit of fewer characters is not cut further


def _policy(settings: CheckpointSettings) -> AnnotationPolicy:
    return AnnotationPolicy(
        figures=settings.annotate_figures,
        names=settings.annotate_names,
        terms_per_100=settings.terms_per_100 or _EVERY,
    )


class UnitTranslator:
    """An engine with the constraints, the memory and the second chances around it."""

    def __init__(
        self, engine: Engine, settings: CheckpointSettings, options: DecodingOptions, memory: Memory | None
    ) -> None:
        """``settings`` are the checkpoint's; ``options`` those of the first pass."""
        self._engine = engine
        self._settings = settings
        self._options = options
        self._second = replace(options, no_repeat_ngram=options.no_repeat_ngram or _NO_REPEAT)
        self._memory = memory
        self._policy = AnnotationPolicy(
            figures=settings.annotate_figures,
            names=settings.annotate_names,
            terms_per_100=settings.terms_per_100,
        )

    def translate(
        self, units: Sequence[Unit], progress: Progress | None = None, *, asked: set[int] | None = None
    ) -> list[Candidate]:
        """The best translation of each unit; equal units are translated once. The order is kept.

        ``asked`` receives the indices of the units that the memory did not hold.
        """
        keys = [self.key(unit) for unit in units]
        wanted = dict(zip(keys, units, strict=True))
        done = self._recall(wanted)
        todo = sorted((key for key in wanted if key not in done), key=lambda key: -len(wanted[key].source))
        if asked is not None:
            asked.update(index for index, key in enumerate(keys) if key not in done)
        if progress:
            progress(len(done), len(wanted))
        for window in self._windows(todo, wanted):
            fresh = dict(zip(window, self._translate([wanted[key] for key in window]), strict=True))
            self._remember(fresh, wanted)
            done |= fresh
            if progress:
                progress(len(done), len(wanted))
        return [done[key] for key in keys]

    def key(self, unit: Unit) -> str:
        """A hash of all that shapes the translation of ``unit``: text, constraints, model, options, settings."""
        constraints = [(c.source, c.target, c.kind, c.variants, c.forbidden) for c in unit.constraints]
        parts = (_LOGIC, self._shown(unit, self.chosen(unit)), constraints, self._engine.signature)
        return hashlib.sha256(repr((*parts, self._options.signature, self._settings)).encode()).hexdigest()

    def _windows(self, keys: Sequence[str], units: dict[str, Unit]) -> Iterator[list[str]]:
        window: list[str] = []
        characters = 0
        for key in keys:
            window.append(key)
            characters += len(units[key].source)
            if characters >= _WINDOW:
                yield window
                window, characters = [], 0
        if window:
            yield window

    def _recall(self, units: dict[str, Unit]) -> dict[str, Candidate]:
        if self._memory is None:
            return {}
        found = self._memory.get_many(units)
        return {
            key: Candidate(text=entry.text, score=entry.score or 0.0, method=entry.method)
            for key, entry in found.items()
        }

    def _remember(self, candidates: dict[str, Candidate], units: dict[str, Unit]) -> None:
        if self._memory is not None:
            self._memory.put_many(
                {
                    key: Remembered(
                        source=units[key].source,
                        text=candidate.text,
                        score=candidate.score,
                        method=candidate.method,
                        engine=self._engine.signature,
                    )
                    for key, candidate in candidates.items()
                }
            )

    def _translate(self, units: Sequence[Unit]) -> list[Candidate]:
        sources = [self._shown(unit, self.chosen(unit)) for unit in units]
        candidates = [[c] for c in self._decode(units, sources, self._options, "model")]
        self._retry(units, candidates)
        self._split(units, candidates)
        return [self._repaired(unit, best(own)) for unit, own in zip(units, candidates, strict=True)]

    def chosen(self, unit: Unit) -> tuple[Constraint, ...]:
        """The constraints that the first pass shows to the model."""
        if not self._settings.annotation:
            return ()
        # names go with the terms in the budget of a policy: without terms, all names are shown
        pool = [c for c in unit.constraints if c.kind != "term" or self._settings.terms_per_100]
        return select(pool, self._policy, length=len(unit.source))

    def _shown(self, unit: Unit, constraints: Sequence[Constraint]) -> str:
        return annotate(unit.source, constraints)

    def _decode(
        self, units: Sequence[Unit], sources: Sequence[str], options: DecodingOptions, method: str
    ) -> list[Candidate]:
        """The best hypothesis of each unit by likelihood and faults together."""
        decoded = self._engine.decode(sources, options)
        return [
            self._choice(unit, hypotheses, method) for unit, hypotheses in zip(units, decoded, strict=True)
        ]

    def _choice(self, unit: Unit, hypotheses: Sequence[Hypothesis], method: str) -> Candidate:
        """The best by likelihood and faults together; the first sound one, since the others are less likely."""
        judged: dict[str, Candidate] = {}
        for hypothesis in hypotheses:
            if hypothesis.text not in judged:
                found = judge(unit, hypothesis.text, hypothesis.score, method, self._settings)
                if found.sound:
                    return best([*judged.values(), found])
                judged[hypothesis.text] = found
        return best(list(judged.values()))

    def _retry(self, units: Sequence[Unit], candidates: Sequence[list[Candidate]]) -> None:
        """A wider search with other annotations for the units that have faults; the result is one more candidate."""
        chances: list[tuple[int, str]] = []
        for index, unit in enumerate(units):
            if not candidates[index][0].sound:
                others = self._alternatives(unit, candidates[index][0])
                sources = dict.fromkeys(self._shown(unit, constraints) for constraints in others)
                chances += [(index, source) for source in sources]
        decoded = self._decode(
            [units[index] for index, _ in chances], [source for _, source in chances], self._second, "retry"
        )
        for (index, _), candidate in zip(chances, decoded, strict=True):
            candidates[index].append(candidate)

    def _alternatives(self, unit: Unit, failed: Candidate) -> Iterator[tuple[Constraint, ...]]:
        """Other choices of what to annotate: also what is missing; where more is wrong, that alone, or nothing."""
        if not self._settings.annotation:
            yield ()
            return
        lost = {v.quantity.start for v in failed.figures if v.quantity is not None}
        wanted = tuple(c for c in unit.constraints if c in failed.missing or c.start in lost)
        if failed.grave:
            yield wanted
            yield ()
        else:
            chosen = self.chosen(unit)
            yield tuple(c for c in unit.constraints if c in chosen or c in wanted)

    def _split(self, units: Sequence[Unit], candidates: Sequence[list[Candidate]]) -> None:
        """Units that still have grave faults are translated in smaller pieces, and those joined."""
        jobs: list[tuple[int, list[Unit]]] = []
        for index, unit in enumerate(units):
            if best(candidates[index]).grave and len(unit.source) >= _SHORTEST_SPLIT:
                pieces = cut(unit, max(_SHORTEST_SPLIT // 2, len(unit.source) // 2))
                if len(pieces) > 1:
                    jobs.append((index, pieces))
        flat = [piece for _, pieces in jobs for piece in pieces]
        if not flat:
            return
        decoded = iter(self._translate(flat))
        for index, pieces in jobs:
            parts = [next(decoded) for _ in pieces]
            text = join_units([piece.source for piece in pieces], [part.text for part in parts])
            score = sum(part.score for part in parts) / len(parts)
            candidates[index].append(judge(units[index], text, score, "retry", self._settings))

    def _repaired(self, unit: Unit, candidate: Candidate) -> Candidate:
        if candidate.sound:
            return candidate
        text = repair(unit, candidate)
        mended = judge(unit, text, candidate.score, "repair", self._settings)
        return mended if mended.value > candidate.value else candidate


def cut(unit: Unit, limit: int) -> list[Unit]:
    """``unit`` in pieces of at most ``limit`` characters; no constraint is cut, each goes to its piece."""
    spans = split_units(unit.source, limit=limit, protected=[(c.start, c.end) for c in unit.constraints])
    return [
        Unit(
            source=unit.source[start:end],
            constraints=tuple(
                replace(c, start=c.start - start, end=c.end - start)
                for c in unit.constraints
                if start <= c.start and c.end <= end
            ),
        )
        for start, end in spans
    ]
