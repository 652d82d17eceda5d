"""What a run prints when it is over, and its exit code."""

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence

from jianbao.briefs import Result
from jianbao.errors import InputError
from jianbao.settings import QualitySettings

_SHOWN = 10
"""Lines of reasons and of shortfalls at most, each."""
_LONGEST_NAME = 44
_COUNTS = ("segments", "translated", "furniture", "asked", "reused", "errors", "warnings")


def exit_code(results: Sequence[Result], quality: QualitySettings) -> int:
    """3 if a document failed, else 1 if one is partial or below a threshold, else 0."""
    if any(r.entry.state == "failed" for r in results):
        return InputError.exit_code
    return 1 if any(r.entry.state == "partial" or shortfalls(r, quality) for r in results) else 0


def shortfalls(result: Result, quality: QualitySettings) -> list[str]:
    """The thresholds that a finished document misses, each as ``what share < threshold``."""
    totals = result.entry.totals
    return [
        f"{name} {share:.1%} right, below the threshold of {threshold:.0%}"
        for name, threshold in (("figures", quality.figures), ("terms", quality.terms))
        if (share := _share(totals, name)) is not None and share < threshold
    ]


def print_json(results: Sequence[Result], quality: QualitySettings) -> None:
    """One JSON object: totals over the run and an entry per document."""
    documents = [
        {
            "name": r.entry.name,
            "path": r.entry.path,
            "directory": str(r.directory),
            "state": r.entry.state,
            "reused": r.reused,
            "reason": r.entry.reason,
            "below_threshold": shortfalls(r, quality),
            "outputs": sorted(r.entry.outputs),
            "totals": dict(r.entry.totals),
        }
        for r in results
    ]
    run = {"documents": documents, "totals": run_totals(results), "exit_code": exit_code(results, quality)}
    print(json.dumps(run, ensure_ascii=False, indent=2))


def run_totals(results: Sequence[Result]) -> dict[str, int]:
    """Documents by state and segments by fate: ``segments`` = ``translated`` + ``without_english``.

    ``furniture`` was skipped as no part of the report; of what could be translated, ``asked`` counts the segments
    for which the model was asked in the run that made them, ``reused`` those from the memory.
    """
    states = [r.entry.state for r in results]
    counts = {name: sum(r.entry.totals.get(name, 0) for r in results) for name in _COUNTS}
    return {
        "documents": len(results),
        **{state: states.count(state) for state in ("done", "partial", "failed")},
        **counts,
        "without_english": counts["segments"] - counts["translated"],
    }


def print_summary(results: Sequence[Result], quality: QualitySettings) -> None:
    """One screen: a line per document, what was reused, the failures with their reasons, the file to open."""
    print_table(results)
    fresh = [r for r in results if not r.reused]
    reused, asked = (sum(r.entry.totals.get(name, 0) for r in fresh) for name in ("reused", "asked"))
    if reused:
        print(f"memory: reused {reused} of {reused + asked} segments")
    _print_some([f"{r.entry.state}: {r.entry.reason}" for r in results if r.entry.reason], "reasons")
    _print_some(
        [f"below threshold: {r.entry.name}: {s}" for r in results for s in shortfalls(r, quality)], "such"
    )
    opened = next((r for r in results if r.entry.outputs), None)
    if opened is not None:
        files = sorted(opened.entry.outputs)
        first = next((f for f in files if f.endswith(".html")), files[0])
        print(f"open {opened.directory / first}")


def print_failures(results: Sequence[Result]) -> None:
    """The reason of each failed document on standard error: also a quiet run says why it failed."""
    for result in results:
        if result.entry.state == "failed":
            print(f"jianbao: {result.entry.reason}", file=sys.stderr)


def print_table(results: Sequence[Result]) -> None:
    """One line per document, in columns."""
    rows = [("document", "segments", "figures right", "terms right", "errors", "warnings", "state")]
    for result in results:
        totals = result.entry.totals
        rows.append(
            (
                _short(result.entry.name),
                str(totals.get("segments", "")),
                _fraction(totals, "figures"),
                _fraction(totals, "terms"),
                str(totals.get("errors", "")),
                str(totals.get("warnings", "")),
                f"{result.entry.state} before" if result.reused else result.entry.state,
            )
        )
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for name, *numbers, state in rows:
        cells = [name + " " * (widths[0] - _width(name))]
        cells += [number.rjust(width) for number, width in zip(numbers, widths[1:-1], strict=True)]
        print("  ".join([*cells, state]))


def _print_some(lines: Sequence[str], what: str) -> None:
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"… and {len(lines) - _SHOWN} more {what}: see --json")


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _short(name: str) -> str:
    if _width(name) <= _LONGEST_NAME:
        return name
    while _width(name) >= _LONGEST_NAME:
        name = name[:-1]
    return name + "…"


def _share(totals: Mapping[str, int], name: str) -> float | None:
    total = totals.get(name, 0)
    return totals.get(f"{name}_right", 0) / total if total else None


def _fraction(totals: Mapping[str, int], name: str) -> str:
    total = totals.get(name)
    return "" if total is None else f"{totals.get(f'{name}_right', 0)}/{total}"
