"""How much the checks see: recall on seeded defects, false alarms on right translations.

    python eval/seeded_defects.py eval/gold/gold.jsonl [more.tsv ...] [--limit 1000] [--seed 7] [--show 3]

The translations are taken to be right: what a check says of them is a false alarm. Each is then damaged in every
way that suits it, one at a time; a defect is seen by a check that finds more than it found before. The output is
two tables in Markdown.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.checks import CheckContext, check_names, run_checks
from jianbao.constraints import build_constraints
from jianbao.document import Constraint, Segment, Translation
from jianbao.evaluation import read_sources
from jianbao.glossary import Glossary
from jianbao.matching import EnglishText
from jianbao.names import NameTable
from jianbao.quantities import align_figures
from jianbao.settings import GlossarySettings, find_glossary

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
CLAUSE = re.compile(r"[^,;]+(?:[,;]\s*|$)")
UNITS = (
    ("percentage points", "percent"),
    ("percent", "percentage points"),
    ("US$", "€"),
    ("yuan", "US dollars"),
    ("kilometers", "meters"),
    ("square meters", "square kilometers"),
    ("mu", "hectares"),
    ("tons", "kilograms"),
)
CHECKS = tuple(name for name in check_names() if name != "unknown_characters")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A segment with a right translation and what it must carry."""

    segment: Segment
    english: str
    constraints: tuple[Constraint, ...]


Damage = Callable[[Pair, random.Random], str | None]
"""The damaged English, or None where the defect does not suit the pair."""


def figure_spans(pair: Pair) -> list[tuple[int, int]]:
    """Where right figures in digits stand in the English."""
    verdicts = align_figures(pair.segment.text, pair.english)
    spans = [(v.figure.start, v.figure.end) for v in verdicts if v.quantity and v.figure]
    return sorted({span for span in spans if NUMBER.search(pair.english[slice(*span)])})


def scaled(factor: float) -> Damage:
    def damage(pair: Pair, chance: random.Random) -> str | None:
        spans = [s for s in figure_spans(pair) if not re.fullmatch(r"(?:19|20)\d\d", pair.english[slice(*s)])]
        if not spans:
            return None
        start, end = chance.choice(spans)
        number = NUMBER.search(pair.english, start, end)
        assert number is not None
        value = float(number[0].replace(",", "")) * factor
        written = f"{value:,.10f}".rstrip("0").rstrip(".")
        return pair.english[: number.start()] + written + pair.english[number.end() :]

    return damage


def changed_digit(pair: Pair, chance: random.Random) -> str | None:
    spans = figure_spans(pair)
    if not spans:
        return None
    start, end = chance.choice(spans)
    places = [i for i in range(start, end) if pair.english[i].isdigit()]
    place = chance.choice(places)
    other = chance.choice([d for d in "123456789" if d != pair.english[place]])
    return pair.english[:place] + other + pair.english[place + 1 :]


def dropped_figure(pair: Pair, chance: random.Random) -> str | None:
    spans = figure_spans(pair)
    if not spans:
        return None
    start, end = chance.choice(spans)
    return pair.english[:start] + pair.english[end:].lstrip()


def swapped_figures(pair: Pair, chance: random.Random) -> str | None:
    """Two figures of one unit in each other's place."""
    verdicts = align_figures(pair.segment.text, pair.english)
    found = [
        (v.quantity, v.figure) for v in verdicts if v.quantity and v.figure and v.quantity.kind != "date"
    ]
    pairs = [
        tuple(sorted([(f.start, f.end), (g.start, g.end)]))
        for i, (q, f) in enumerate(found)
        for r, g in found[i + 1 :]
        if q.unit == r.unit and f.value != g.value
    ]
    apart = [(first, second) for first, second in pairs if first[1] <= second[0]]
    if not apart:
        return None
    first, second = chance.choice(apart)
    a, b = pair.english[slice(*first)], pair.english[slice(*second)]
    return pair.english[: first[0]] + b + pair.english[first[1] : second[0]] + a + pair.english[second[1] :]


def swapped_amounts(pair: Pair, chance: random.Random) -> str | None:
    """The same of money and percentages alone."""
    text = pair.segment.text
    return (
        swapped_figures(pair, chance) if not re.search(r"\d(?![\d.,]*(?:[万亿%元]|个百分点))", text) else None
    )


def changed_unit(pair: Pair, _chance: random.Random) -> str | None:
    for start, end in figure_spans(pair):
        tail = pair.english[end : end + 20]
        for old, new in UNITS:
            if pair.english[start:end].endswith(f" {old}"):
                return pair.english[: end - len(old)] + new + pair.english[end:]
            if tail.startswith(f" {old}"):
                return pair.english[: end + 1] + new + pair.english[end + 1 + len(old) :]
    return None


def term_spans(pair: Pair) -> list[tuple[Constraint, tuple[int, int]]]:
    text = EnglishText(pair.english)
    found = []
    for constraint in pair.constraints:
        if constraint.kind != "figure":
            spans = text.find_any((constraint.target, *constraint.variants))
            found += [(constraint, spans[0])] if len(spans) == 1 else []
    return found


def replaced_term(pair: Pair, chance: random.Random) -> str | None:
    found = term_spans(pair)
    if not found:
        return None
    _, (start, end) = chance.choice(found)
    return pair.english[:start] + "relevant arrangement" + pair.english[end:]


def forbidden_term(pair: Pair, chance: random.Random) -> str | None:
    found = [(c, span) for c, span in term_spans(pair) if c.forbidden]
    if not found:
        return None
    constraint, (start, end) = chance.choice(found)
    return pair.english[:start] + constraint.forbidden[0] + pair.english[end:]


def chinese_left(pair: Pair, chance: random.Random) -> str | None:
    found = term_spans(pair)
    if not found:
        return None
    constraint, (start, end) = chance.choice(found)
    return pair.english[:start] + constraint.source + pair.english[end:]


def dropped_clause(pair: Pair, chance: random.Random) -> str | None:
    clauses = [m for m in CLAUSE.finditer(pair.english) if len(m.group().split()) >= 4]
    if len(clauses) < 2:
        return None
    gone = chance.choice(clauses)
    return pair.english[: gone.start()] + pair.english[gone.end() :]


def dropped_half(pair: Pair, _chance: random.Random) -> str | None:
    words = pair.english.split()
    return " ".join(words[: len(words) // 2]) + "." if len(words) >= 12 else None


def repeated_phrase(pair: Pair, chance: random.Random) -> str | None:
    words = pair.english.split()
    if len(words) < 8:
        return None
    start = chance.randrange(len(words) - 5)
    return " ".join(words[: start + 5] + words[start : start + 5] + words[start + 5 :])


def looping(pair: Pair, chance: random.Random) -> str | None:
    words = pair.english.split()
    if len(words) < 8:
        return None
    start = chance.randrange(len(words) - 3)
    return " ".join(words[: start + 3] + words[start : start + 3] * 4 + words[start + 3 :])


def emptied(_pair: Pair, _chance: random.Random) -> str | None:
    return ""


DEFECTS: dict[str, Damage] = {
    "figure x10": scaled(10),
    "figure x100": scaled(100),
    "figure /10": scaled(0.1),
    "digit changed": changed_digit,
    "figure dropped": dropped_figure,
    "two figures swapped": swapped_figures,
    "two amounts swapped": swapped_amounts,
    "unit changed": changed_unit,
    "term replaced": replaced_term,
    "term as forbidden": forbidden_term,
    "Chinese left": chinese_left,
    "clause dropped": dropped_clause,
    "second half dropped": dropped_half,
    "five words repeated": repeated_phrase,
    "loop": looping,
    "empty": emptied,
}


def read_pairs(path: Path, glossary: Glossary, limit: int, seed: int) -> list[Pair]:
    corpus = read_sources(path)
    pairs = []
    for _, indices in corpus.documents():
        names = NameTable.learn("\n".join(corpus.lines[i].source for i in indices))
        for i in indices:
            line = corpus.lines[i]
            if line.reference:
                constraints = build_constraints(line.source, glossary, names=names)
                pairs.append(Pair(segment=line.segment, english=line.reference, constraints=constraints))
    random.Random(seed).shuffle(pairs)
    return pairs[:limit]


def found_by(pair: Pair, english: str, context: CheckContext) -> Counter[str]:
    """How many findings each check has."""
    translation = Translation(segment=pair.segment.id, text=english, constraints=pair.constraints)
    return Counter(f.check for f in run_checks([pair.segment], [translation], context, names=CHECKS))


def study(pairs: Sequence[Pair], context: CheckContext, seed: int, show: int) -> Iterator[str]:
    """The two tables, line by line."""
    before = [found_by(pair, pair.english, context) for pair in pairs]
    yield "| check | segments with a false alarm |"
    yield "|---|---|"
    for check in CHECKS:
        alarms = sum(found[check] > 0 for found in before)
        yield f"| {check.replace('_', ' ')} | {alarms} of {len(pairs)} ({alarms / len(pairs):.2%}) |"
    alarms = sum(bool(found) for found in before)
    yield f"| any | {alarms} of {len(pairs)} ({alarms / len(pairs):.2%}) |"
    yield ""
    yield "| defect | seeded | seen | by |"
    yield "|---|---|---|---|"
    for name, damage in DEFECTS.items():
        seeded, seen, by = 0, 0, Counter[str]()
        missed: defaultdict[str, list[str]] = defaultdict(list)
        for pair, clean in zip(pairs, before, strict=True):
            english = damage(pair, random.Random(f"{seed} {pair.segment.id} {name}"))
            if english is None or english == pair.english:
                continue
            seeded += 1
            found = found_by(pair, english, context)
            more = [check for check in CHECKS if found[check] > clean[check]]
            by.update(more)
            seen += bool(more)
            if not more:
                missed[name].append(f"{pair.segment.text}\n    {english}")
        if seeded:
            shares = ", ".join(f"{c.replace('_', ' ')} {n / seeded:.0%}" for c, n in by.most_common())
            yield f"| {name} | {seeded} | {seen / seeded:.1%} | {shares} |"
        for example in missed[name][:show]:
            print(f"missed {name}: {example}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="missed defects to print of each kind")
    arguments = parser.parse_args()
    glossary = Glossary.load(*(find_glossary(name) for name in GlossarySettings().files))
    for path in arguments.paths:
        print(f"\n### {path.name}\n")
        pairs = read_pairs(path, glossary, arguments.limit, arguments.seed)
        print("\n".join(study(pairs, CheckContext(glossary=glossary), arguments.seed, arguments.show)))


if __name__ == "__main__":
    main()
