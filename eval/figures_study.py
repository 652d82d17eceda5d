"""How well figures are checked: false alarms on right translations, recall on seeded defects.

Usage: python eval/figures_study.py PAIRS.tsv[.xz] ... [--pairs N] [--seed N] [--show N]
PAIRS: source TAB translation; the translations are taken to be right, so that every alarm is false.
"""

import argparse
import lzma
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from jianbao.quantities import FigureVerdict, align_figures

RIGHT = ("exact", "reformatted")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
UNIT_SWAPS = (
    ("percentage points", "percent"),
    ("percent", "percentage points"),
    ("yuan", "US dollars"),
    ("US dollars", "yuan"),
    ("tons", "kilograms"),
    ("kilometers", "meters"),
    ("mu", "hectares"),
    ("square meters", "square kilometers"),
    ("kilowatt-hours", "kilowatts"),
)
SCALE_SWAPS = (("million", "billion"), ("billion", "million"), ("trillion", "billion"))


def read_pairs(path: Path, count: int, seed: int) -> list[tuple[str, str]]:
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf8")
    rows = [line.split("\t") for line in text.split("\n")]
    pairs = [(row[0], row[1]) for row in rows if len(row) > 1]
    random.Random(seed).shuffle(pairs)
    return pairs[:count]


def written(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def defects(figure: str, random_source: random.Random) -> Iterator[tuple[str, str]]:
    """The figure with one defect each, by name."""
    number = NUMBER.search(figure)
    if number:
        value = Decimal(number[0].replace(",", ""))
        for name, factor in (("x10", "10"), ("x100", "100"), ("x1000", "1000"), ("/10", "0.1")):
            yield name, figure.replace(number[0], written(value * Decimal(factor)), 1)
        digits = [index for index, character in enumerate(number[0]) if character.isdigit()]
        place = random_source.choice(digits)
        other = random_source.choice([digit for digit in "123456789" if digit != number[0][place]])
        yield (
            "digit changed",
            figure.replace(number[0], number[0][:place] + other + number[0][place + 1 :], 1),
        )
        pairs = [(a, b) for a, b in pairwise(digits) if number[0][a] != number[0][b]]
        pairs = [(a, b) for a, b in pairs if number[0][b] != "0" or a > 0]
        if pairs:
            a, b = random_source.choice(pairs)
            swapped = list(number[0])
            swapped[a], swapped[b] = swapped[b], swapped[a]
            yield "digits swapped", figure.replace(number[0], "".join(swapped), 1)
    for old, new in SCALE_SWAPS:
        if f" {old}" in figure:
            yield "scale word", figure.replace(f" {old}", f" {new}", 1)
            break
    for old, new in UNIT_SWAPS:
        if figure.endswith(f" {old}"):
            yield "unit", figure.removesuffix(old) + new
            break
    yield "dropped", ""


def exchanged(found: tuple[FigureVerdict, ...], english: str) -> str | None:
    """The translation with two neighbouring figures of one unit exchanged, if there are such."""
    placed = [
        v for v in found if v.quantity and v.figure and v.verdict in RIGHT and len(v.quantity.parts) == 1
    ]
    for first, second in pairwise(placed):
        if not (first.quantity and second.quantity and first.figure and second.figure):
            continue
        alike = first.quantity.unit == second.quantity.unit and first.quantity.kind in (
            "money",
            "percent",
            "measure",
        )
        left, right = first.figure, second.figure
        if alike and left.end <= right.start and first.quantity.value != second.quantity.value:
            between = english[left.end : right.start]
            return english[: left.start] + right.text + between + left.text + english[right.end :]
    return None


def alarms(verdicts: tuple[FigureVerdict, ...]) -> int:
    return sum(verdict.verdict not in RIGHT for verdict in verdicts)


def study(path: Path, count: int, seed: int, show: int) -> None:
    pairs, chance = read_pairs(path, count, seed), random.Random(seed)
    verdicts: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    began = time.perf_counter()
    judged = [align_figures(source, english) for source, english in pairs]
    seconds = time.perf_counter() - began
    for (source, english), found in zip(pairs, judged, strict=True):
        verdicts.update(verdict.verdict for verdict in found)
        usable = [v.figure for v in found if v.verdict in RIGHT and v.figure and len(v.figure.text) > 0]
        if not usable:
            continue
        turned = exchanged(found, english)
        if turned:
            tried["exchanged"] += 1
            seen = alarms(align_figures(source, turned)) > alarms(found)
            caught["exchanged"] += seen
            if not seen:
                missed["exchanged"].append(f"{source}\n    {turned}")
        figure = chance.choice(usable)
        for name, broken in defects(figure.text, chance):
            corrupted = english[: figure.start] + broken + english[figure.end :]
            tried[name] += 1
            if alarms(align_figures(source, corrupted)) > alarms(found):
                caught[name] += 1
            else:
                missed[name].append(f"{source}\n    {corrupted}\n    {figure.text} -> {broken}")
    firm = sum(number for name, number in verdicts.items() if name != "added")
    wrong = sum(number for name, number in verdicts.items() if name not in (*RIGHT, "added"))
    print(f"\n{path.name}: {len(pairs)} pairs, {firm} quantities, {seconds:.1f} s")
    print("  " + ", ".join(f"{name} {number}" for name, number in verdicts.most_common()))
    print(f"  false alarms {wrong / firm:.2%} of quantities; added {verdicts['added'] / firm:.2%}")
    for name, number in tried.most_common():
        print(f"  recall {name:15} {caught[name] / number:7.2%}  ({caught[name]} of {number})")
    total = sum(tried.values())
    print(f"  recall of all   {sum(caught.values()) / max(total, 1):12.2%}  ({total} defects)")
    for name, examples in missed.items():
        for example in examples[:show]:
            print(f"  missed {name}: {example}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    for path in arguments.paths:
        study(path, arguments.pairs, arguments.seed, arguments.show)


if __name__ == "__main__":
    main()
