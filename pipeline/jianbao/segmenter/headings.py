"""Which numbered lines of a document are headings: by their form, their neighbours and the sequence they make."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from jianbao.document import Block
from jianbao.segmenter.numbering import HEADING_STYLES, Marker, Style, read_marker
from jianbao.segmenter.spans import CutMask, bracket_pairs, short_pairs
from jianbao.segmenter.titles import find_title_end

_LONGEST_STATED = 100  # characters of a heading that the file format declares
_LONGEST_BOLD = 40  # characters of a heading that is only set in bold
_LONGEST_FALLBACK = 120  # characters of a first sentence that stands in for a title
_INSIDE = re.compile(r"(?<=[\s。！？!?])(?=[第（(一二三四五六七八九十㈠-㈩])|(?<=[：:])(?=[一（(])")
_HIGH_STYLES: tuple[Style, ...] = ("annex", "part", "chapter", "section", "han", "han_bracketed")
_UNRANKED = 99
_RANK: dict[Style, int] = {style: rank for rank, style in enumerate(HEADING_STYLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading found in a block.

    ``stated``: the file format declares it, with ``level`` where it says so; ``at_start``: it begins its block;
    ``alone``: it fills the rest of its block; ``reads_well``: its title has the length and form of one.
    """

    start: int
    end: int
    block: int
    marker: Marker | None
    level: int | None = None
    stated: bool = False
    at_start: bool = True
    alone: bool = True
    reads_well: bool = True

    @property
    def style(self) -> Style | None:
        """The style of its numbering, if it can number sections."""
        return self.marker.style if self.marker and self.marker.style in _RANK else None

    @property
    def rank(self) -> int:
        """Its place in the usual order of numbering styles, from 0 (第一部分) down; those without come last."""
        return _RANK[self.style] + (self.marker.depth if self.marker else 0) if self.style else _UNRANKED

    def contains(self, inner: "Heading") -> bool:
        """Whether the section under this heading may hold one under ``inner``, which comes later."""
        if self.level is not None and inner.level is not None and self.level != inner.level:
            return self.level < inner.level
        if self.level is not None and self.style is None and inner.level is None:
            return True
        if inner.level is not None and inner.style is None:
            return False
        return self.rank < inner.rank


def find_headings(text: str, blocks: Sequence[Block], skipped: Collection[int]) -> list[Heading]:
    """The headings in text order.

    Blocks in ``skipped`` hold none. Arabic numbering makes headings only where nothing higher does.
    """
    found = [
        candidate
        for index, block in enumerate(blocks)
        if index not in skipped and block.kind in ("paragraph", "heading")
        for candidate in _candidates(text, block, index)
    ]
    high = [c for c in found if c.stated or c.style in _HIGH_STYLES or _is_article(c)]
    headings = _confirm(text, _in_sequence(high))
    if not headings:
        headings = [c for c in found if c.style == "decimal" and c.alone and c.reads_well]
        headings = (
            headings if len(headings) > 2 and any(c.marker and c.marker.depth for c in headings) else []
        )
    if not headings and not any(_is_article(c) for c in found):
        headings = _confirm(text, _in_sequence([c for c in found if c.style == "digit" and c.reads_well]))
        headings = headings if len(headings) > 1 else []
    return [_clipped(text, *pair) for pair in zip_longest(headings, headings[1:])]


def _clipped(text: str, heading: Heading, later: Heading | None) -> Heading:
    """The heading without white space at its end and without what belongs to the next one."""
    end = min(heading.end, later.start) if later else heading.end
    return replace(heading, end=heading.start + len(text[heading.start : end].rstrip()))


def _is_article(candidate: Heading) -> bool:
    return candidate.marker is not None and candidate.marker.style == "article"


def _candidates(text: str, block: Block, index: int) -> Iterator[Heading]:
    """The heading at the start of a block and those that follow a full stop or a space inside it."""
    marker = read_marker(text, block.start, block.end)
    if _is_stated(text, block, marker):
        yield Heading(
            start=block.start, end=block.end, block=index, marker=marker, level=block.level, stated=True
        )
        return
    if marker and marker.style in (*HEADING_STYLES, "article"):
        yield _candidate(text, marker, block, index)
    mask: CutMask | None = None
    for match in _INSIDE.finditer(text, block.start + 1, block.end):
        marker = read_marker(text, match.start(), block.end)
        if marker and marker.style in _HIGH_STYLES:
            mask = mask or CutMask(
                block.start,
                block.end,
                short_pairs(bracket_pairs(text, block.start, block.end), longest=_LONGEST_FALLBACK),
            )
            if mask.allows(match.start()):
                yield _candidate(text, marker, block, index)


def _is_stated(text: str, block: Block, marker: Marker | None) -> bool:
    """Whether the format declares the block a heading, and it can be one: a bold line of points or prose is none."""
    if block.kind != "heading" or block.end - block.start > _LONGEST_STATED:
        return False
    if block.level is not None or (marker and marker.style in _HIGH_STYLES):
        return True
    return (
        marker is None
        and block.end - block.start <= _LONGEST_BOLD
        and text[block.end - 1] not in "。；;，,：:！!"
    )


def _candidate(text: str, marker: Marker, block: Block, index: int) -> Heading:
    title = find_title_end(text, marker.end, block.end)
    return Heading(
        start=marker.start,
        end=title.end,
        block=index,
        marker=marker,
        at_start=marker.start == block.start,
        alone=title.alone,
        reads_well=title.reads_well or marker.style == "annex",
    )


def _in_sequence(candidates: Sequence[Heading]) -> list[Heading]:
    """Those candidates whose ordinals go on from one another; inside a line only the very next one counts.

    Bracketed numerals under an article number the clauses of a rule.
    """
    last: dict[Style, int] = {}
    in_article = False
    accepted: list[Heading] = []
    has_numbered = any(candidate.style for candidate in candidates)
    for position, candidate in enumerate(candidates):
        marker = candidate.marker
        if marker and not candidate.stated:
            if marker.style == "article":
                in_article = in_article or candidate.at_start
                continue
            if in_article and (
                marker.style == "han_bracketed" or (marker.style == "han" and not candidate.alone)
            ):
                continue
            if not _follows(candidate, marker, last, candidates[position + 1 :]):
                continue
        if marker and marker.style == "annex" and not accepted:
            continue  # a page that is itself an annex
        if candidate.rank == _UNRANKED and candidate.level is None and has_numbered and not accepted:
            continue  # a bold line before the first section belongs to the front matter
        accepted.append(candidate)
        in_article = False
        last = {style: ordinal for style, ordinal in last.items() if _RANK[style] < candidate.rank}
        if marker and candidate.style:
            last[candidate.style] = marker.ordinal
        elif candidate.level is not None:
            last.clear()
    return accepted


def _follows(candidate: Heading, marker: Marker, last: Mapping[Style, int], rest: Sequence[Heading]) -> bool:
    previous = last.get(marker.style)
    if candidate.at_start:
        return previous is None or marker.ordinal == 1 or previous <= marker.ordinal <= previous + 3
    if not candidate.reads_well or marker.ordinal != (previous or 0) + 1:
        return False
    return marker.ordinal > 1 or any(
        c.style == marker.style and c.marker and c.marker.ordinal == 2 for c in rest
    )


def _confirm(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Leave out the groups of siblings that are lists: items that end in semicolons, or have nothing below them."""
    dropped: set[int] = set()
    has_body = [
        later is not None and (heading.contains(later) or bool(text[heading.end : later.start].strip()))
        for heading, later in zip_longest(headings, headings[1:])
    ]
    if headings and text[headings[-1].end :].strip():
        has_body[-1] = True
    for group in filter(None, _siblings(headings)):
        titled = [n for n in group if headings[n].reads_well]
        bodied = [n for n in group[:-1] or group if has_body[n]]
        if len(titled) * 2 < len(group) or not bodied:
            dropped.update(group)
        dropped.update(
            n for n in group if not headings[n].reads_well and not _may_stand_in(text, headings[n])
        )
    return [heading for n, heading in enumerate(headings) if n not in dropped]


def _may_stand_in(text: str, heading: Heading) -> bool:
    title = text[heading.start : heading.end]
    return len(title) <= _LONGEST_FALLBACK and not re.search(r"[；;]", title)


def _siblings(headings: Sequence[Heading]) -> list[list[int]]:
    """Groups of numbered paragraphs of one style under one parent, as indices, without stated headings."""
    groups: list[list[int]] = []
    current: dict[Style, list[int]] = {}
    for n, heading in enumerate(headings):
        if heading.style is None:
            current = {}
            continue
        current = {style: group for style, group in current.items() if _RANK[style] <= heading.rank}
        if heading.style not in current:
            current[heading.style] = []
            groups.append(current[heading.style])
        current[heading.style].append(n)
    return [[n for n in group if not headings[n].stated] for group in groups]
