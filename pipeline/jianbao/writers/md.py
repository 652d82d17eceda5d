"""``briefing.md``: the briefing as Markdown (CommonMark with GitHub's tables)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from jianbao import briefing as view
from jianbao.briefing import Note, Part, Passage
from jianbao.document import Abstract, Briefing
from jianbao.quality import Quality, measure

FILENAME = "briefing.md"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]+$|\d{1,9}(?=[.)](?:\s|$)))")
_STATUS = {"ok": "every check passed", "warnings": "no errors, but warnings", "errors": "errors found"}


def write(briefing: Briefing) -> bytes:
    """The document in UTF-8."""
    return ("\n\n".join(_blocks(briefing)) + "\n").encode()


def escape(text: str) -> str:
    """``text`` so that Markdown shows it as it is, on one line."""
    line = " ".join(text.split())
    return _BLOCK_START.sub(_escape_start, _SPECIAL.sub(r"\\\1", line))


def _escape_start(match: re.Match[str]) -> str:
    mark = match.group()
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of escaped cells."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _blocks(briefing: Briefing) -> Iterator[str]:
    numbers = {p.segment.id: p.number for p in view.passages(briefing)}
    yield f"# {escape(briefing.headline)}"
    yield f"**{escape(view.original_title(briefing))}**"
    if line := view.source_line(briefing):
        yield escape(line)
    if briefing.summary.sentences:
        yield "## Executive summary"
        yield _abstract(briefing.summary, numbers)
    if briefing.key_figures:
        yield "## Key figures"
        places = view.places(briefing)
        yield table(
            ("Indicator", "Value", "Change", "Where"),
            (
                [escape(cell) for cell in (k.indicator, k.value, k.change, places[k.segment])]
                for k in briefing.key_figures
            ),
        )
    for part in view.parts(briefing):
        yield from _part(part, numbers)
    yield "## Quality"
    yield from _quality(measure(briefing), briefing, numbers)
    if aside := view.furniture(briefing):
        yield "## Set aside"
        yield "Lines of the page that are not part of the report:"
        yield "\n".join(f"- {escape(p.segment.text)}" for p in aside)


def _part(part: Part, numbers: dict[str, int]) -> Iterator[str]:
    if part.heading:
        yield f"{'#' * min(part.section.level + 1, 6)} {escape(part.title)}"
        yield escape(part.heading.segment.text)
    if part.abstract:
        yield "> " + _abstract(part.abstract, numbers)
    members = part.passages
    for is_table, run in _runs(members):
        if is_table:
            yield from _row_tables(run)
        else:
            yield table(("No.", "Translation", "Source"), (_pair(p) for p in run))
    headed = (part.heading, *members) if part.heading else members
    if lines := [f"- No. {p.number}: {_note(n)}" for p in headed for n in view.notes(p)]:
        yield "\n".join(lines)


def _runs(members: Sequence[Passage]) -> Iterator[tuple[bool, list[Passage]]]:
    """Passages that go into one table: prose together, the rows of a table together."""
    run: list[Passage] = []
    for block in view.blocks(members):
        if block[0].segment.kind == "row":
            if run:
                yield False, run
            yield True, list(block)
            run = []
        else:
            run.extend(block)
    if run:
        yield False, run


def _pair(passage: Passage) -> list[str]:
    mark = " ⚠" if passage.findings else ""
    return [
        f"{passage.number}{mark}",
        escape(passage.translation.text),
        escape(passage.segment.text),
    ]


def _row_tables(rows: Sequence[Passage]) -> Iterator[str]:
    """The table in English, then in Chinese; its first row is its header."""
    for texts in ([r.translation.text for r in rows], [r.segment.text for r in rows]):
        grid = [[escape(cell) for cell in view.cells(text)] for text in texts]
        width = max(map(len, grid))
        full = [line + [""] * (width - len(line)) for line in grid]
        yield table(full[0], full[1:])


def _abstract(abstract: Abstract, numbers: dict[str, int]) -> str:
    return " ".join(
        f"{escape(s.text)} ({', '.join(str(numbers[i]) for i in s.evidence)})"
        if s.evidence
        else escape(s.text)
        for s in abstract.sentences
    )


def _note(note: Note) -> str:
    return f"**{note.severity}, {escape(note.check)}**: {escape(note.text)}."


def _quality(quality: Quality, briefing: Briefing, numbers: dict[str, int]) -> Iterator[str]:
    yield f"Status: **{_STATUS[quality.status]}**. Numbers in brackets and in the first column name passages."
    yield table(
        ("Measure", "Count"),
        (
            ("Segments translated", f"{quality.translated:,} of {quality.segments:,}"),
            ("Figures right", f"{quality.figures_right:,} of {quality.figures:,}"),
            ("Terms and names right", f"{quality.terms_right:,} of {quality.terms:,}"),
            ("Errors", f"{quality.errors:,}"),
            ("Warnings", f"{quality.warnings:,}"),
            *((f"Findings: {escape(check)}", f"{count:,}") for check, count in quality.checks.items()),
            ("Words", f"{quality.words:,}"),
        ),
    )
    if signed := view.signature(briefing):
        yield f"Signature: {escape(signed)}"
