"""From files and run folders to a corpus: sources, references, hypotheses, document boundaries."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from jianbao.document import Abstract, AbstractSentence, Segment, SegmentKind
from jianbao.errors import InputError, SettingsError
from jianbao.evaluation.corpus import Corpus, Line, Section, System
from jianbao.evaluation.formats import BILINGUAL, Row, read_rows, read_text

_KINDS = frozenset(get_args(SegmentKind))
_SEGMENTS, _ABSTRACTS = "segments.jsonl", "abstracts.jsonl"


def read_parallel(
    source: Path, hypotheses: Sequence[tuple[str, Path]], reference: Path | None = None
) -> Corpus:
    """A corpus from parallel files: line n of each belongs to line n of ``source``.

    ``hypotheses`` are (name of the system, file). A second column of ``source`` is the reference, unless one is
    given. In plain text an empty source line ends a document.

    Raises:
        InputError: a file cannot be read, or its number of segments differs.
    """
    rows = read_rows(source)
    plain = source.suffix.lower() not in BILINGUAL
    kept = [i for i, row in enumerate(rows) if row.source.strip()]
    references = _parallel(reference, len(rows), kept, source) if reference else None
    documents = _documents(rows, plain, source.stem)
    lines = _lines(
        [rows[i] for i in kept],
        documents=[documents[i] for i in kept],
        references=references or [rows[i].reference or rows[i].target for i in kept],
        ids=[rows[i].id or str(i + 1) for i in kept],
    )
    systems = [
        System(name=name, hypotheses=tuple(_parallel(path, len(rows), kept, source)))
        for name, path in hypotheses
    ]
    return Corpus(name=source.stem, lines=lines, systems=tuple(systems))


def read_sources(path: Path) -> Corpus:
    """A corpus without systems: sources and, where the file has them, references."""
    return read_parallel(path, ())


def read_bilingual(paths: Sequence[tuple[str, Path]], reference: Path | None = None) -> Corpus:
    """A corpus from run folders and bilingual files, each (name of the system, path) one system.

    All must hold the same sources in the same order.

    Raises:
        InputError: a path holds nothing to evaluate, or the sources of two of them differ.
    """
    loaded = [(name, path, *_load(path)) for name, path in paths]
    _, first_path, rows, _ = loaded[0]
    for _, path, others, _ in loaded[1:]:
        _require_same_sources(rows, others, first_path, path)
    kept = range(len(rows))
    lines = _lines(
        rows,
        documents=[row.document or first_path.stem for row in rows],
        references=_parallel(reference, len(rows), kept, first_path)
        if reference
        else [r.reference for r in rows],
        ids=[row.id or str(i + 1) for i, row in enumerate(rows)],
    )
    systems = [
        System(
            name=name,
            hypotheses=tuple(row.target for row in own),
            confidences=tuple(row.score for row in own) if any(row.score is not None for row in own) else (),
        )
        for name, _, own, _ in loaded
    ]
    abstracts = {name: own for name, _, _, own in loaded if own}
    return Corpus(
        name=first_path.stem,
        lines=lines,
        systems=tuple(systems),
        sections=make_sections(lines, abstracts) if abstracts else (),
    )


def make_sections(
    lines: Sequence[Line], abstracts: dict[str, dict[tuple[str, str], Abstract]]
) -> tuple[Section, ...]:
    """The sections that the lines name; ``abstracts`` of each system are keyed by (document, section)."""
    grouped: dict[tuple[str, str], list[int]] = {}
    for index, line in enumerate(lines):
        grouped.setdefault((line.document, line.segment.section), []).append(index)
    several = len({document for document, _ in grouped}) > 1
    return tuple(
        Section(
            id=f"{document}: {section}" if several else section,
            title=next((lines[i].source for i in own if lines[i].segment.kind == "heading"), ""),
            lines=tuple(own),
            abstracts={
                name: found[document, section]
                for name, found in abstracts.items()
                if (document, section) in found
            },
        )
        for (document, section), own in grouped.items()
    )


def name_systems(texts: Iterable[str]) -> list[tuple[str, Path]]:
    """``NAME=PATH`` or ``PATH`` as (name, path); a path alone is named by its last part.

    Raises:
        SettingsError: two have the same name.
    """
    named = []
    for text in texts:
        name, equals, rest = text.partition("=")
        path = Path(rest if equals and not Path(text).exists() else text)
        named.append(
            (name if path != Path(text) else path.stem if path.is_file() else path.resolve().name, path)
        )
    names = [name for name, _ in named]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SettingsError(
            f"two systems are called {twice[0]!r}; name them, as in a={named[0][1]} b={named[1][1]}"
        )
    return named


def _load(path: Path) -> tuple[list[Row], dict[tuple[str, str], Abstract]]:
    """The rows of a bilingual file, or those of a run folder with its abstracts."""
    if not path.is_dir():
        if path.suffix.lower() not in BILINGUAL:
            raise InputError(
                f"{path} is neither a run folder nor one of {', '.join(sorted(BILINGUAL))}; "
                "give plain text as --source and --hypothesis"
            )
        rows = [row for row in read_rows(path) if row.source.strip()]
        if not rows:
            raise InputError(f"{path} holds no segment with Chinese; nothing to evaluate")
        return rows, {}
    found = [path] if (path / _SEGMENTS).is_file() else sorted(p.parent for p in path.glob(f"*/{_SEGMENTS}"))
    if not found:
        raise InputError(f"{path} holds no {_SEGMENTS}; give the output folder of jianbao brief or translate")
    rows = []
    abstracts: dict[tuple[str, str], Abstract] = {}
    for folder in found:
        own = [row for row in read_rows(folder / _SEGMENTS) if row.kind != "furniture" and row.source.strip()]
        rows += [replace(row, document=folder.name) for row in own]
        if (folder / _ABSTRACTS).is_file():
            abstracts |= {(folder.name, a.section or ""): a for a in _read_abstracts(folder / _ABSTRACTS)}
    return rows, abstracts


def _read_abstracts(path: Path) -> Iterable[Abstract]:
    """One abstract a line: ``section`` and ``sentences``, each with ``text``, ``evidence`` and ``method``."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        try:
            values = json.loads(line)
            sentences = tuple(
                AbstractSentence(text=s["text"], evidence=tuple(s["evidence"]), method=s.get("method", ""))
                for s in values["sentences"]
            )
            if values["section"] is not None:
                yield Abstract(section=values["section"], sentences=sentences)
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number} is no abstract: {error!r}") from error


def _documents(rows: Sequence[Row], plain: bool, name: str) -> list[str]:
    """The document of each row: as it states, or, in plain text, the blocks between empty lines."""
    if not plain:
        return [row.document or name for row in rows]
    numbers, number, open_ = [], 1, False
    for row in rows:
        if not row.source.strip() and open_:
            number, open_ = number + 1, False
        open_ = open_ or bool(row.source.strip())
        numbers.append(number)
    return [name if number == 1 else f"{name} {number}" for number in numbers]


def _lines(
    rows: Sequence[Row], *, documents: Sequence[str], references: Sequence[str], ids: Sequence[str]
) -> tuple[Line, ...]:
    """The lines, with offsets that begin anew with each document."""
    ends: dict[str, int] = {}
    lines = []
    for row, document, reference, id_ in zip(rows, documents, references, ids, strict=True):
        start = ends.get(document, 0)
        ends[document] = start + len(row.source) + 1
        segment = Segment(
            id=id_,
            section=row.section,
            kind=cast(SegmentKind, row.kind if row.kind in _KINDS else "sentence"),
            text=row.source,
            start=start,
            end=start + len(row.source),
            marker=row.marker if row.source.startswith(row.marker) else "",
        )
        lines.append(Line(segment=segment, document=document, reference=reference.strip()))
    return tuple(lines)


def _parallel(path: Path, count: int, kept: Sequence[int], source: Path) -> list[str]:
    """The kept segments of a file that must run parallel to ``source``."""
    rows = read_rows(path)
    if len(rows) != count:
        raise InputError(
            f"{path} has {len(rows)} segments and {source} {count}: line n of one must translate line n of the other"
        )
    bilingual = path.suffix.lower() in BILINGUAL and any(row.target or row.reference for row in rows)
    return [(rows[i].target or rows[i].reference) if bilingual else rows[i].source for i in kept]


def _require_same_sources(rows: Sequence[Row], others: Sequence[Row], first: Path, second: Path) -> None:
    if len(rows) != len(others):
        raise InputError(f"{first} has {len(rows)} segments and {second} {len(others)}; evaluate them apart")
    for number, (row, other) in enumerate(zip(rows, others, strict=True), 1):
        if row.source.strip() != other.source.strip():
            raise InputError(
                f"segment {number} of {first} is {row.source[:20]!r} and of {second} {other.source[:20]!r}; "
                "systems can only be compared on the same sources"
            )
