"""How fast the harness is: 2,000 segments through every check and measure, and terms against text size.

    python eval/speed.py [--segments 2000] [--megabytes 1] [--terms 20000]

Times are of the CPU (one process, one thread); the text is the gold set, repeated.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from jianbao.evaluation import Options, System, evaluate, read_sources
from jianbao.evaluation.occurrences import align_terms, terms_of
from jianbao.glossary import Entry, Glossary
from jianbao.settings import GlossarySettings, find_glossary

GOLD = Path(__file__).parent / "gold" / "gold.jsonl"


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def large_glossary(glossary: Glossary, size: int) -> Glossary:
    """The shipped glossary with invented terms up to ``size``: pairs of its own, joined."""
    entries = list(glossary.entries)
    own = [e for e in entries if e.target]
    number = 0
    while len(entries) < size:
        first, second = own[number % len(own)], own[(number * 7 + number // len(own) + 1) % len(own)]
        joined = Entry(source=first.source + second.source, target=f"{first.target} {second.target}")
        entries.append(joined)
        number += 1
    return Glossary(entries)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--segments", type=int, default=2000)
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--terms", type=int, default=20_000)
    arguments = parser.parse_args()
    glossary = Glossary.load(*(find_glossary(name) for name in GlossarySettings().files))
    gold = read_sources(GOLD)
    lines = [
        replace(line, segment=replace(line.segment, id=str(i)))
        for i, line in enumerate(islice(cycle(gold.lines), arguments.segments))
    ]
    # Hypotheses a little off, so that alignments and edits have work to do.
    english = [
        " ".join(word for i, word in enumerate(line.reference.split()) if i % 9 != 7) for line in lines
    ]
    system = System(name="a", hypotheses=tuple(english))
    plain = replace(gold, lines=tuple(replace(line, reference="") for line in lines), systems=(system,))
    full = replace(gold, lines=tuple(lines), systems=(system,))
    off = Options(trials=0)
    alone = seconds(lambda: evaluate(plain, glossary, options=off))
    print(f"{len(lines)} segments, no reference: {alone:.1f} s")
    referenced = seconds(lambda: evaluate(full, glossary, options=off))
    print(f"{len(lines)} segments, reference: {referenced:.1f} s")
    other = System(name="b", hypotheses=tuple(line.reference for line in lines))
    two = replace(full, systems=(system, other))
    print(f"two systems and significance, 1,000 samples: {seconds(lambda: evaluate(two, glossary)):.1f} s")
    big = large_glossary(glossary, arguments.terms)
    print(f"building the automaton of {len(big)} terms: {seconds(lambda: list(big.match('x'))):.2f} s")
    text = "".join(line.source for line in gold.lines)
    for share in (0.25, 0.5, 1.0):
        size = int(arguments.megabytes * share * 1_000_000)
        own = text * (size // len(text.encode()) + 1)
        own = own.encode()[:size].decode(errors="ignore")
        found = list(big.match(own))
        print(
            f"{len(own.encode()) / 1e6:.2f} MB x {len(big)} terms: "
            f"{seconds(lambda own=own: list(big.match(own))):.2f} s, {len(found)} occurrences"
        )
    pairs = [(terms_of(big, line.source), line.reference) for line in gold.lines]
    took = seconds(lambda: [align_terms(terms, reference) for terms, reference in pairs])
    print(f"aligning the terms of {len(pairs)} segments in the English: {took:.2f} s")


if __name__ == "__main__":
    main()
