"""Scores of a checkpoint directory on the recipe's development sets: raw decoding, no repair, by CTranslate2."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jianbao.checkpoints import Checkpoint, find_checkpoint
from jianbao.constraints import AnnotationPolicy, annotate, build_constraints, missing, select
from jianbao.document import Constraint
from jianbao.engines import DecodingOptions, load_engine
from jianbao.errors import InputError
from jianbao.glossary import Glossary
from jianbao.normalise import normalise_source, normalise_target
from jianbao.training.recipe import DevSet, Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class DevScore:
    """One set, with or without annotations. ``carried`` are shares (0-1) of what was shown; None where nothing was.

    ``signature`` is sacreBLEU's, for both scores (they differ in the metric only).
    """

    name: str
    annotated: bool
    segments: int
    bleu: float
    chrf: float
    figures_carried: float | None
    terms_carried: float | None
    bleu_signature: str
    chrf_signature: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def read_dev_set(dev: DevSet, path: Path) -> tuple[list[str], list[str]]:
    """Sources and references of a TSV file, the first ``limit`` of them.

    Raises:
        InputError: the file is missing.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such development set; correct the path in the recipe")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    rows = rows[: dev.limit or None]
    return [row[0] for row in rows], [normalise_target(row[1]) for row in rows]


def evaluate_dev(
    recipe: Recipe, directory: Path, *, engine: str = "ct2", beam_size: int = 4
) -> list[DevScore]:
    """The scores of ``directory`` on every development set: as it is, and annotated where the set says so.

    Raises:
        ModelError: the directory is no complete checkpoint.
        InputError: a development set is missing.
    """
    checkpoint = find_checkpoint(str(directory.resolve()))
    loaded = load_engine(engine, checkpoint, device="cpu", threads=1)
    glossary = Glossary.load(*(recipe.path(name) for name in recipe.lexicons.glossaries))
    options = DecodingOptions(beam_size=beam_size, max_length=checkpoint.settings.max_length)
    scores = []
    for dev in recipe.dev:
        sources, references = read_dev_set(dev, recipe.path(dev.file))
        for annotated in (False, True) if dev.annotated else (False,):
            given, shown = _inputs(sources, checkpoint, glossary if annotated else None)
            hypotheses = [found[0].text for found in loaded.decode(given, options)]
            scores.append(score_dev(dev.name, hypotheses, references, shown if annotated else ()))
    return scores


def _inputs(
    sources: Sequence[str], checkpoint: Checkpoint, glossary: Glossary | None
) -> tuple[list[str], list[tuple[Constraint, ...]]]:
    """What the model reads, and what it was shown: figures and terms as the checkpoint wants them, or nothing."""
    if glossary is None:
        return [normalise_source(text) for text in sources], [()] * len(sources)
    settings = checkpoint.settings
    policy = AnnotationPolicy(
        figures=settings.annotate_figures,
        names=settings.annotate_names,
        terms_per_100=settings.terms_per_100,
    )
    shown = [select(build_constraints(text, glossary), policy, length=len(text)) for text in sources]
    return [annotate(text, some) for text, some in zip(sources, shown, strict=True)], shown


def score_dev(
    name: str,
    hypotheses: Sequence[str],
    references: Sequence[str],
    shown: Sequence[Sequence[Constraint]] = (),
) -> DevScore:
    """Score ``hypotheses``; ``shown`` are the constraints that their sources were annotated with, if any."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    return DevScore(
        name=name,
        annotated=bool(shown),
        segments=len(hypotheses),
        bleu=round(float(bleu.corpus_score(hypotheses, [list(references)]).score), 2),
        chrf=round(float(chrf.corpus_score(hypotheses, [list(references)]).score), 2),
        figures_carried=carried(shown, hypotheses, figures=True) if shown else None,
        terms_carried=carried(shown, hypotheses, figures=False) if shown else None,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def carried(
    shown: Sequence[Sequence[Constraint]], hypotheses: Sequence[str], *, figures: bool
) -> float | None:
    """The share of the shown figures (or else terms and names) that stand in the hypotheses."""
    total = absent = 0
    for constraints, hypothesis in zip(shown, hypotheses, strict=True):
        some = [c for c in constraints if (c.kind == "figure") == figures]
        total += len(some)
        absent += len(missing(some, hypothesis))
    return round(1 - absent / total, 4) if total else None
