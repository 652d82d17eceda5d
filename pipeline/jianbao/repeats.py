"""What a page says twice: its title and other lines of its head, a table of contents. The copies are furniture."""

import re
from collections.abc import Sequence
from dataclasses import replace

from jianbao.document import Block
from jianbao.furniture import is_prose, prose_bounds

_CONTENTS = re.compile(r"目\s*[录次]\s*(?:$|(?=第))")
_CHAPTER = re.compile(r"第\S{1,3}[章节]")
_LEADER = re.compile(r"[.…·・\s\-—]*\d{0,4}\s*$")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第\S{1,5}[编章节条]|\d{1,2}[、.．]"
)
_SPACING = re.compile(r"[\s·.…\-—]+")
_YEAR = re.compile(r"\d{4}年")
_LONGEST_ADDITION = 10  # characters that a copy of the title may have around it


def mark_repeats(text: str, blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """The blocks with repetitions marked as furniture: title and lines of the head, a contents list."""
    lines = [text[block.start : block.end] for block in blocks]
    keys = [_SPACING.sub("", line) for line in lines]
    contents = _contents(lines, keys)
    head = [
        index
        for index in range(prose_bounds(text, blocks)[0])
        if blocks[index].kind in ("paragraph", "heading")
        and index not in contents
        and not _NUMBERED.match(lines[index])
    ]
    repeated = contents | _repeated_heads(head, keys, _SPACING.sub("", title or ""))
    return tuple(
        replace(block, kind="furniture", level=None) if index in repeated else block
        for index, block in enumerate(blocks)
    )


def _contents(lines: Sequence[str], keys: Sequence[str]) -> set[int]:
    """目录 and the lines under it that return later as headings, page numbers and dot leaders aside."""
    for index, line in enumerate(lines[: len(lines) // 2 + 1]):
        if not _CONTENTS.match(line):
            continue
        if not _CONTENTS.fullmatch(line):  # the whole list in one line
            return {index} if len(_CHAPTER.findall(line)) > 1 and not is_prose(line) else set()
        end = index + 1
        while end < len(lines) and _SPACING.sub("", _LEADER.sub("", lines[end])) in keys[end + 1 :]:
            end += 1
        return set(range(index, end)) if end > index + 1 else set()
    return set()


def _repeated_heads(head: Sequence[int], keys: Sequence[str], title: str) -> set[int]:
    """The lines of ``head`` that say again what one before them says, or what the title says or holds."""
    seen: set[str] = set()
    repeated: set[int] = set()
    first_title = next((index for index in head if keys[index] == title), None)
    said = _YEAR.sub("", title)
    for index in head:
        echo = _YEAR.sub("", keys[index])
        echoes = 4 <= len(echo) <= len(said) + _LONGEST_ADDITION and (echo in said or said in echo)
        if keys[index] in seen or (first_title is not None and index != first_title and echoes):
            repeated.add(index)
        seen.add(keys[index])
    return repeated
