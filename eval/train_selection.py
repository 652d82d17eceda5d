"""Learn which sentences carry a section: writes ``selection.toml`` and prints how well it chooses.

    python eval/train_selection.py ../shared/corpus/abstracts.jsonl.xz

Each line of the file has ``source`` (the sentences of a section) and ``evidence`` (1-based numbers of those
on which an expert's abstract rests). The model is a logistic regression on the features of
``jianbao.summarizers._features``, fitted by Newton's method with an L2 penalty: deterministic, numpy only.
"""

import argparse
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jianbao.summarizers._features import FEATURES, count_figures, features, starts_with_marker
from jianbao.summarizers._selection import Selector

Vector = NDArray[np.float64]
WEIGHTS = Path(__file__).parents[1] / "pipeline/jianbao/summarizers/selection.toml"
PENALTY, FOLDS, SEED = 1.0, 10, 7
CHOICE = Selector(weights=(), bias=0.0, threshold=0.45, fewest=3, most=4, redundancy=4.0, same_point=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A section: its heading ("" if it has none), its other sentences, and the expert's choice among them."""

    heading: str
    sentences: tuple[str, ...]
    evidence: frozenset[int]


def read_examples(path: Path) -> list[Example]:
    """The sections of ``path``. A first sentence that is a heading in disguise is set apart as the heading."""
    opener = lzma.open if path.suffix == ".xz" else open
    examples = []
    with opener(path, "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            sentences, evidence = row["source"], {n - 1 for n in row["evidence"]}
            head = sentences[0]
            is_heading = len(sentences) > 2 and not count_figures(head)
            if is_heading and (starts_with_marker(head) or len(head) <= 30):
                rest, chosen = sentences[1:], {n - 1 for n in evidence if n}
            else:
                head, rest, chosen = "", sentences, evidence
            examples.append(Example(heading=head, sentences=tuple(rest), evidence=frozenset(chosen)))
    return examples


def fit(examples: Sequence[Example]) -> Vector:
    """Weights, the bias last: minimises the logistic loss plus ``PENALTY``/2 times the squared weights."""
    rows = np.array([row for e in examples for row in features(e.sentences, e.heading)])
    wanted = np.array([float(i in e.evidence) for e in examples for i in range(len(e.sentences))])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    ridge = np.eye(rows.shape[1]) * PENALTY
    ridge[-1, -1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (wanted - chance) - ridge @ weights
        curvature = (rows.T * (chance * (1 - chance))) @ rows + ridge
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def selector_of(weights: Vector) -> Selector:
    """A selector with these weights."""
    return replace(CHOICE, weights=tuple(weights[:-1].tolist()), bias=float(weights[-1]))


def agreement(chosen: set[int], wanted: frozenset[int]) -> tuple[float, float, float]:
    """F1, precision and recall of a choice."""
    hits = len(chosen & wanted)
    return (
        2 * hits / max(len(chosen) + len(wanted), 1),
        hits / max(len(chosen), 1),
        hits / max(len(wanted), 1),
    )


def cross_validate(examples: Sequence[Example]) -> tuple[Vector, Vector]:
    """Mean agreement on sections not learned from: with our own count of sentences, and with the expert's."""
    order = np.random.default_rng(SEED).permutation(len(examples))
    own, given = [], []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        selector = selector_of(fit([e for i, e in enumerate(examples) if i not in held]))
        for example in (examples[i] for i in sorted(held)):
            own.append(agreement(set(selector.choose(example.sentences, example.heading)), example.evidence))
            ranked = selector.rank(example.sentences, example.heading)[: len(example.evidence)]
            given.append(agreement(set(ranked), example.evidence))
    return np.mean(own, axis=0), np.mean(given, axis=0)


def baselines(examples: Sequence[Example]) -> dict[str, Vector]:
    """Mean agreement of choices that need no model."""
    rng = np.random.default_rng(SEED)
    choices: dict[str, Callable[[Example], set[int]]] = {
        "lead-2": lambda e: set(range(min(2, len(e.sentences)))),
        "lead, expert's count": lambda e: set(range(len(e.evidence))),
        "random, expert's count": lambda e: set(
            rng.permutation(len(e.sentences))[: len(e.evidence)].tolist()
        ),
        "longest, expert's count": lambda e: set(
            sorted(range(len(e.sentences)), key=lambda i: -len(e.sentences[i]))[: len(e.evidence)]
        ),
    }
    return {
        name: np.mean([agreement(choose(e), e.evidence) for e in examples], axis=0)
        for name, choose in choices.items()
    }


def write(path: Path, selector: Selector, scores: dict[str, Vector], count: int) -> None:
    """The weights as TOML, with how they were made."""
    lines = [
        "# Which sentences carry a section: weights of a logistic regression, in log odds per unit of a feature.",
        "# Made by eval/train_selection.py; what each feature is stands in _features.py.",
        f"# Learned from {count} sections of work reports with an expert's choice of sentences.",
        f"# Agreement with the expert (F1, precision, recall), {FOLDS}-fold cross-validation, seed {SEED}:",
        *(f"#   {name:<28} {v[0]:.3f} {v[1]:.3f} {v[2]:.3f}" for name, v in scores.items()),
        "",
        f"bias = {selector.bias:.4f}",
        "",
        "[choice]",
        *(
            f"{key} = {getattr(selector, key)}"
            for key in ("threshold", "fewest", "most", "redundancy", "same_point")
        ),
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in zip(FEATURES, selector.weights, strict=True)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path, help="abstracts.jsonl, or .jsonl.xz")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    examples = read_examples(options.examples)
    own, given = cross_validate(examples)
    scores = {"ours": own, "ours, expert's count": given, **baselines(examples)}
    for name, (f1, precision, recall) in scores.items():
        print(f"{name:<28} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}")
    write(options.output, selector_of(fit(examples)), scores, len(examples))


if __name__ == "__main__":
    main()
