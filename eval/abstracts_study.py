"""Our abstracts beside the expert's and beside the first two sentences.

    python eval/abstracts_study.py ../shared/eval/abstracts.jsonl [-o out/abstracts-study.md] [--limit 20]

Each line of the file has ``heading_zh``, ``source`` (the section), ``abstract`` (the expert's). The columns:

ROUGE-1/2/L   F1 against the expert's abstract (``jianbao.evaluation.rouge``)
words         mean length; the expert's is the yardstick
compression   words of the abstract over words of the section's translation
figures       share of the abstract's figures that stand, at their value, in the Chinese of the section
stated        figures for each abstract
locked        share of sentences that pass the lock against the whole section
lead bias     share of the evidence that is among the first two sentences of its section
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianbao.abstract_lock import violations
from jianbao.document import Abstract, Section, Segment
from jianbao.evaluation.rouge import rouge_l, rouge_n
from jianbao.glossary import Glossary
from jianbao.quantities import align_figures
from jianbao.summarizers import SectionText, faithful, lead

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_ENGLISH_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"])")
COLUMNS = (
    "ROUGE-1",
    "ROUGE-2",
    "ROUGE-L",
    "words",
    "compression",
    "figures",
    "stated",
    "locked",
    "lead bias",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured on one abstract; ``figures`` are (right, all)."""

    rouge: tuple[float, float, float]
    words: int
    compression: float
    figures: tuple[int, int]
    locked: tuple[int, int]
    lead: tuple[int, int]


def read(path: Path, translator: Any, limit: int) -> tuple[list[SectionText], list[dict[str, Any]]]:
    """The sections, split and translated (one call), and the rows they come from."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()][:limit]
    segments: list[list[Segment]] = []
    for row in rows:
        parts = [m for m in _SENTENCE.finditer(row["source"]) if m.group().strip()]
        segments.append(
            [
                Segment(
                    id=f"{row['id']}-{i}",
                    section=row["id"],
                    kind="heading" if i == 0 else "sentence",
                    text=m.group(),
                    start=m.start(),
                    end=m.end(),
                )
                for i, m in enumerate(parts)
            ]
        )
    translated = iter(translator.translate_texts([s.text for group in segments for s in group]))
    sections = [
        SectionText(
            section=Section(
                id=row["id"], parent=None, level=1, marker="", title=row["heading_zh"], heading=group[0].id
            ),
            segments=tuple(group),
            translations=tuple(next(translated) for _ in group),
        )
        for row, group in zip(rows, segments, strict=True)
    ]
    return sections, rows


def measure(text: str, evidence: Sequence[str], part: SectionText, expert: str, glossary: Glossary) -> Row:
    """The scores of one abstract; ``evidence`` are the segments it names."""
    source = "\n".join(s.text for s in part.segments)
    english = "\n".join(t.text for t in part.translations)
    verdicts = [v.verdict for v in align_figures(source, text) if v.figure is not None and v.figure.firm]
    sentences = _ENGLISH_SENTENCE.split(text) if text else []
    prose = [s.id for s in part.segments if s.kind != "heading"]
    return Row(
        rouge=(rouge_n(text, expert, 1).f1, rouge_n(text, expert, 2).f1, rouge_l(text, expert).f1),
        words=len(text.split()),
        compression=len(text.split()) / max(len(english.split()), 1),
        figures=(sum(v in {"exact", "reformatted"} for v in verdicts), len(verdicts)),
        locked=(sum(not violations(s, [(source, english)], glossary) for s in sentences), len(sentences)),
        lead=(sum(e in prose[:2] for e in evidence), len(evidence)),
    )


def table(measured: dict[str, list[Row]]) -> str:
    """The means as a Markdown table."""
    lines = ["| | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name, rows in measured.items():
        count = len(rows)
        cells = [f"{sum(r.rouge[i] for r in rows) / count:.3f}" for i in range(3)]
        cells.append(f"{sum(r.words for r in rows) / count:.1f}")
        cells.append(f"{sum(r.compression for r in rows) / count:.2f}")
        cells.append(_share([r.figures for r in rows]))
        cells.append(f"{sum(r.figures[1] for r in rows) / count:.1f}")
        cells += [_share([r.locked for r in rows]), _share([r.lead for r in rows])]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(pairs: Sequence[tuple[int, int]]) -> str:
    total = sum(b for _, b in pairs)
    return f"{sum(a for a, _ in pairs) / total:.3f}" if total else "-"


def study(path: Path, translator: Any, glossary: Glossary, limit: int = 1000) -> str:
    """The report in Markdown: the table, how sentences were made, and all abstracts side by side."""
    sections, rows = read(path, translator, limit)
    ours = faithful.load(translator, glossary).abstracts(sections)
    first = lead.load(translator, glossary).abstracts(sections)
    measured: dict[str, list[Row]] = {"ours": [], "lead-2": [], "expert": []}
    texts = []
    for part, row, own, head in zip(sections, rows, ours, first, strict=True):
        for name, abstract in (("ours", own), ("lead-2", head)):
            evidence = [e for s in abstract.sentences for e in s.evidence]
            measured[name].append(measure(abstract.text, evidence, part, row["abstract"], glossary))
        measured["expert"].append(measure(row["abstract"], (), part, row["abstract"], glossary))
        texts.append(_beside(row, own, head))
    methods = Counter(s.method for a in ours for s in a.sentences)
    counts = Counter(len(a.sentences) for a in ours)
    return "\n\n".join(
        [
            "# Abstracts beside the expert's",
            table(measured),
            "Sentences by method: " + ", ".join(f"{k} {v}" for k, v in methods.most_common()),
            "Sentences in an abstract: " + ", ".join(f"{k}: {v}" for k, v in sorted(counts.items())),
            *texts,
        ]
    )


def _beside(row: dict[str, Any], own: Abstract, head: Abstract) -> str:
    ours = " ".join(f"{s.text} [{s.method}]" for s in own.sentences)
    return (
        f"## {row['id']} {row['heading_en']}\n\n**ours** {ours}\n\n"
        f"**lead-2** {head.text}\n\n**expert** {row['abstract']}"
    )


def main() -> None:
    from jianbao.settings import Settings
    from jianbao.workbench import Workbench

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", type=Path, help="abstracts.jsonl")
    parser.add_argument(
        "-o", "--output", type=Path, help="where to write the report; by default it is printed"
    )
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    bench = Workbench(Settings())
    report = study(options.sections, bench.translator, bench.glossary, options.limit)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(report + "\n", encoding="utf8")
        print("\n".join(report.split("\n\n## ")[0].splitlines()))
    else:
        print(report)


if __name__ == "__main__":
    main()
