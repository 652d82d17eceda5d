"""Page furniture: breadcrumbs, share and print links, publication lines, footers. Set aside, never lost.

A line is furniture as a whole, or holds a stretch of furniture at one of its ends; then only that span is. Words
that may be content as well (时间, 来源, 附件) count only near the head or the foot of the page, outside its prose.
The vocabulary is in ``furniture.toml``.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from jianbao.document import Block

_LONGEST_LINE = 200  # characters: no whole line of furniture is longer
_LONGEST_TAIL = 400
_DATE_TIME = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?=\s|$)|\d{1,2}:\d{2}(?::\d{2})?(?=\s|$)"
_POSITION = r"您?(?:当前|现在)?的?(?:所在)?位置\s*(?:是|为)?\s*[:：]\s*"
_BREADCRUMB = re.compile(
    rf"(?:{_POSITION})?(?:[^\s>＞»›→。，；]{{1,15}}\s*[>＞»›→]+\s*){{2,}}[^\s>＞»›→。，；]{{0,20}}|{_POSITION}[^。；]{{0,80}}"
)
_EMPTY = re.compile(r"[^\w]*(?:\d{1,2}\s*[.、])?[^\w]*")
_ATTACHMENT = re.compile(r"附\s*件\s*(?:下载|列表)?\s*[:：]|附\s*件\s*$|附\s*[:：]")
_FILE = re.compile(
    r"(?:附\s*件\s*\d*\s*[:：]?\s*)?(?:\d{1,2}\s*[.、．]\s*)?.{1,80}"
    r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|zip|rar|jpe?g|png|txt)\s*(?:[(（].{0,12}[)）])?",
    re.IGNORECASE,
)
_RELATED = re.compile(r"(?:相关|延伸|推荐|热点)(?:阅读|链接|新闻|文章|稿件|文档|信息|报道|解读)\s*[:：]?")
_LISTED = re.compile(r"\d{1,2}\s*[.、．]\s*[^。；]{2,60}$")
_CREDIT = re.compile(
    r"[(（](?:本报|本网)?(?:记者|通讯员|来源|责任编辑|编辑|作者|供稿|执笔|撰稿)\s*[:：]?[^()（）。]{1,40}[)）]$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary:
    item: re.Pattern[str]
    strong: re.Pattern[str]
    line: re.Pattern[str]


@cache
def _vocabulary() -> _Vocabulary:
    """The words of ``furniture.toml`` as patterns."""
    lists = tomllib.loads(resources.files("jianbao").joinpath("furniture.toml").read_text("utf-8"))
    words = {
        name: "|".join(re.escape(w) for w in sorted(lists[name], key=len, reverse=True)) for name in lists
    }
    labels = words["labels"]
    value = rf"(?:(?!\s(?:{labels})\s*[:：])[^。；;【】\[\]|]){{0,40}}?"
    item = (
        rf"(?:[\[【（(]\s*)?(?P<label>{labels})\s*[:：]\s*(?:[\[【]\s*)?{value}\s*[】\]）)]*(?=\s|[【\[|]|$)"
        rf"|[\[【（(]?\s*(?P<link>{words['links']})\s*[】\]）)]?(?=[\s|【\[>＞·]|$)"
        rf"|{_DATE_TIME}|[|｜/·\[\]【】()（）\s*]+|(?P<loose>[\u4e00-\u9fff·]{{1,8}})(?=\s|$)"
    )
    return _Vocabulary(
        item=re.compile(item),
        strong=re.compile(words["strong"]),
        line=re.compile("|".join(lists["lines"]), re.IGNORECASE),
    )


def mark_furniture(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with furniture marked; a block that holds some beside content is cut in two or three."""
    head, foot = prose_bounds(text, blocks)
    listed = _lists(text, blocks, foot)
    found: list[Block] = []
    for index, block in enumerate(blocks):
        line = text[block.start : block.end]
        if block.kind == "furniture" or index in listed:
            found.append(replace(block, kind="furniture", level=None))
        elif block.kind == "row":
            found.append(block)
        else:
            spans = furniture_spans(line, edge=index < head or index >= foot)
            found += (_trimmed(text, part) for part in _cut(block, spans))
    return tuple(found)


def prose_bounds(text: str, blocks: Sequence[Block]) -> tuple[int, int]:
    """The indices of the first and last blocks that are prose; (number of blocks, -1) means that nothing is."""
    prose = [i for i, b in enumerate(blocks) if b.kind == "paragraph" and is_prose(text[b.start : b.end])]
    return (prose[0], prose[-1]) if prose else (len(blocks), -1)


def is_prose(line: str) -> bool:
    """Whether a line reads as text: it ends a sentence, holds one, or runs on behind a comma."""
    if len(line) >= 12 and line[-1] in "。；;！!":
        return True
    return (len(line) >= 30 and "。" in line) or (len(line) >= 60 and any(mark in line for mark in "，,；;"))


def furniture_spans(line: str, *, edge: bool) -> tuple[tuple[int, int], ...]:
    """The spans of ``line`` that are furniture; ``edge`` says that it stands before or after the prose.

    >>> furniture_spans("打印 关闭", edge=True)
    ((0, 5),)
    """
    if len(line) <= _LONGEST_LINE and (_EMPTY.fullmatch(line) or _vocabulary().line.fullmatch(line)):
        return ((0, len(line)),)
    crumb = _BREADCRUMB.match(line)
    start = crumb.end() if crumb else 0
    end = _tail_start(line, start, edge=edge)
    if end == len(line) and edge and (credit := _CREDIT.search(line, start)):
        end = credit.start()
    if not line[start:end].strip():
        return ((0, len(line)),)
    return tuple(span for span in ((0, start), (end, len(line))) if span[0] < span[1])


def _tail_start(line: str, start: int, *, edge: bool) -> int:
    """Where the furniture that runs to the end of the line begins: the length of the line if there is none."""
    for match in re.finditer(r"(?:^|(?<=[\s】\]）)>。]))(?=\S)", line):
        at = match.start()
        if at < max(start, len(line) - _LONGEST_TAIL):
            continue
        items = _items(line, at)
        labels = sum(1 for item in items if item.group("label"))
        words = labels + sum(1 for item in items if item.group("link"))
        whole = not line[start:at].strip()
        strong = _vocabulary().strong.search(line, at) is not None
        if (strong and words > 1) or (edge and words and (whole or (strong and labels))):
            return at
    return len(line)


def _items(line: str, at: int) -> list[re.Match[str]]:
    """The labels, links and dates that make up the rest of the line; none if anything else stands there.

    Up to three loose words may follow a label: a value with spaces in it.
    """
    items: list[re.Match[str]] = []
    loose = 3
    while at < len(line):
        match = _vocabulary().item.match(line, at)
        if match is None or match.end() == at:
            return []
        if match.group("label"):
            loose = 0
        elif match.group("loose"):
            loose += 1
            if loose > 3:
                return []
        items.append(match)
        at = match.end()
    return items


def _cut(block: Block, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """The block, cut where furniture begins and ends."""
    at = block.start
    for start, end in spans:
        if block.start + start > at:
            yield replace(block, start=at, end=block.start + start)
        yield Block(start=block.start + start, end=block.start + end, kind="furniture")
        at = block.start + end
    if at < block.end:
        yield replace(block, start=at)


def _trimmed(text: str, block: Block) -> Block:
    """The block without white space at its ends."""
    line = text[block.start : block.end]
    start = block.end - len(line.lstrip())
    return replace(block, start=start, end=max(start, block.start + len(line.rstrip())))


def _lists(text: str, blocks: Sequence[Block], foot: int) -> frozenset[int]:
    """The blocks of lists of links: file names anywhere; after the prose, what 附件: and 相关链接 announce."""
    found: set[int] = set()
    listing = related = False
    for index, block in enumerate(blocks):
        line = text[block.start : block.end].strip()
        if block.kind == "row" or len(line) > _LONGEST_LINE or is_prose(line):
            listing = related = False
        elif related or (index > foot and _RELATED.fullmatch(line)):
            related = True
            found.add(index)
        elif _ATTACHMENT.match(line) and (index > foot or _FILE.search(line)):
            listing = True
            found.add(index)
        elif _FILE.fullmatch(line) or (listing and _LISTED.match(line)):
            found.add(index)
        else:
            listing = False
    return frozenset(found)
