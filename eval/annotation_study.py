"""How much annotation does a checkpoint bear? Scores and carry rates with none, figures, terms and names shown.

    python eval/annotation_study.py PAIRS.tsv [--model gov-zh-en] [--lines 300] [--unit-limit 40] [--rerank]

PAIRS.tsv holds Chinese TAB English; lines are cut into units as in a run. One row of the table is one policy.
``figures``, ``terms`` and ``names`` are the shares of constraints that the English carries, ``loops`` the share of
outputs that repeat themselves. ``--rerank`` takes the hypothesis with the fewest faults instead of the likeliest.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.checkpoints import find_checkpoint
from jianbao.constraints import AnnotationPolicy, annotate, build_constraints, missing, select
from jianbao.document import Constraint
from jianbao.engines import DecodingOptions, Engine, load_engine
from jianbao.glossary import Glossary
from jianbao.guards import loops
from jianbao.judging import Unit, best, judge
from jianbao.names import NameTable
from jianbao.normalise import normalise_target
from jianbao.resources import configs_dir
from jianbao.segmenter import join_units
from jianbao.unit_translator import cut

POLICIES: dict[str, AnnotationPolicy] = {
    "none": AnnotationPolicy(figures=False, names=False, terms_per_100=0),
    "figures": AnnotationPolicy(figures=True, names=False, terms_per_100=0),
    "figures, 2 terms": AnnotationPolicy(figures=True, names=False, terms_per_100=2),
    "figures, 4 terms": AnnotationPolicy(figures=True, names=False, terms_per_100=4),
    "figures, 8 terms": AnnotationPolicy(figures=True, names=False, terms_per_100=8),
    "figures, 4 terms and names": AnnotationPolicy(figures=True, names=True, terms_per_100=4),
    "figures, 8 terms and names": AnnotationPolicy(figures=True, names=True, terms_per_100=8),
    "all": AnnotationPolicy(figures=True, names=True, terms_per_100=100),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--model", default="gov-zh-en")
    parser.add_argument("--engine", default="ct2")
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--no-repeat", type=int, default=0)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--unit-limit", type=int, help="characters; default: the checkpoint's own")
    parser.add_argument("--rerank", action="store_true")
    parser.add_argument("--policy", action="append", choices=sorted(POLICIES))
    arguments = parser.parse_args()
    rows = [line.split("\t") for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
    sources, references = zip(*((row[0], row[1]) for row in rows[: arguments.lines]), strict=True)
    constraints = find_constraints(sources)
    checkpoint = find_checkpoint(arguments.model)
    engine = load_engine(arguments.engine, checkpoint)
    options = DecodingOptions(
        beam_size=arguments.beam,
        n_best=arguments.beam if arguments.rerank else 1,
        no_repeat_ngram=arguments.no_repeat,
        repetition_penalty=arguments.penalty,
    )
    limit = arguments.unit_limit or checkpoint.settings.unit_limit
    pieces = [cut(Unit(source=s, constraints=c), limit) for s, c in zip(sources, constraints, strict=True)]
    print(
        f"{checkpoint.name} {checkpoint.hash}, {len(sources)} lines of {arguments.pairs.name}, units of {limit}"
    )
    print(
        f"{'shown':28} {'BLEU':>5} {'chrF':>5} {'figures':>8} {'terms':>6} {'names':>6} {'loops':>6} {'sec':>6}"
    )
    for name in arguments.policy or POLICIES:
        start = time.perf_counter()
        english = translate(engine, checkpoint.settings, options, pieces, POLICIES[name])
        seconds = time.perf_counter() - start
        print(f"{name:28} {describe(sources, references, english, constraints)} {seconds:6.1f}", flush=True)


def translate(
    engine: Engine,
    settings: CheckpointSettings,
    options: DecodingOptions,
    pieces: Sequence[Sequence[Unit]],
    policy: AnnotationPolicy,
) -> list[str]:
    """The English of each line, given as its units: one pass, no second chance."""
    units = [unit for own in pieces for unit in own]
    shown = [annotate(u.source, select(u.constraints, policy, length=len(u.source))) for u in units]
    decoded = zip(units, engine.decode(shown, options), strict=True)
    texts = iter(best([judge(u, h.text, h.score, "", settings) for h in n]).text for u, n in decoded)
    return [join_units([unit.source for unit in own], [next(texts) for _ in own]) for own in pieces]


def find_constraints(sources: Sequence[str]) -> list[tuple[Constraint, ...]]:
    """The constraints of each line, names learned over all of them."""
    glossary = Glossary.load(*sorted((configs_dir() / "glossaries").glob("*.tsv")))
    names = NameTable.learn("\n".join(sources))
    return [build_constraints(source, glossary, names=names) for source in sources]


def describe(
    sources: Sequence[str],
    references: Sequence[str],
    english: Sequence[str],
    constraints: Sequence[Sequence[Constraint]],
) -> str:
    """Scores, carry rates by kind and share of loops, as a row of the table."""
    targets = [normalise_target(reference) for reference in references]
    bleu = sacrebleu.corpus_bleu(list(english), [targets]).score
    chrf = sacrebleu.corpus_chrf(list(english), [targets]).score
    asked: Counter[str] = Counter(c.kind for own in constraints for c in own)
    lost: Counter[str] = Counter()
    for own, text in zip(constraints, english, strict=True):
        lost.update(c.kind for c in missing(own, text))
    rates = [f"{1 - lost[kind] / max(asked[kind], 1):6.1%}" for kind in ("figure", "term", "name")]
    looping = sum(loops(s, e) for s, e in zip(sources, english, strict=True)) / len(sources)
    return f"{bleu:5.1f} {chrf:5.1f}   {rates[0]} {rates[1]} {rates[2]} {looping:6.1%}"


if __name__ == "__main__":
    main()
