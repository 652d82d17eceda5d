"""Lines put right: run together in one, cut by chunk numbers, wrapped, spaced out letter by letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jianbao.readers._lines import begins_anew, ends_closed, join, join_wrapped, width
from jianbao.readers._page import Piece

_CHINESE = r"[\u3400-\u9fff]"
_LETTER_SPACED = re.compile(rf"(?:\d{{4}}\s)?(?:{_CHINESE}[ \u3000\u00a0]){{4,}}{_CHINESE}(?=[ \u3000]|$)")
_WIDE_GAP = re.compile(r"[\u3000]{4,}|[ \u00a0]{8,}")
_DOCUMENT_NUMBER = re.compile(
    r"^(\s*[\u3400-\u9fff]{1,8}[〔\[［]\d{4}[〕\]］]\s*第?\d{1,4}[号號])\s*(?=[\u3400-\u9fff])"
)
_CHUNK = re.compile(r"\s*(\d{1,3})、\s*")
_NUMERAL = "[一二三四五六七八九十百]"
_MARKER = (
    rf"(?:{_NUMERAL}{{1,3}}、|[（(]{_NUMERAL}{{1,3}}[）)]|第{_NUMERAL}{{1,5}}(?:[章节節]|[条條](?=\s)))\s*"
)
_RUN_TOGETHER = re.compile(rf"(?<=\s)(?={_MARKER})|(?<=[。！？!?])\s+(?=\S)|\s+(?=第\s*\d+\s*[页頁]\s*共)")
_HEADING_GAP = re.compile(rf"(?<={_CHINESE})\s+(?={_CHINESE})")
_YEAR_GAP = re.compile(rf"(?<={_CHINESE})\s+(?=(?:19|20)(?:\d\d|[xX×*]{{1,2}})\s*年)")
_FRONT_GAP = re.compile(rf"(?<=[\u3400-\u9fff:：])\s+(?={_CHINESE})")
_SENTENCE_END = re.compile(r"[。；;！!？?]")
_SENTENCE_MARK = re.compile(r"[，,。；;！!？?]")
_LONG_LINE = 150  # characters: shorter lines are what their author made them
_LONGEST_HEADING = 40
_HEAD = 15  # lines in which a title stands
_TITLE_END = re.compile(
    r"(?:报告|報告|总结|總結|计划|計劃|意见|意見|办法|辦法|条例|條例|规定|規定|通知|公报|公報|决定|決定|方案|规划|規劃)$"
)
_TITLE_OPEN = re.compile(r"(?:关于|關於|印发|印發|和|及|与|與|暨|的)$")
_TITLE_GOES_ON = re.compile(
    r"(?:及|和|与|與|暨|的|关于|關於|印发|印發)(?!其)|(?:工作)?(?:总结|總結|报告|報告|要点)"
)


def arrange(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces as the author's lines. Dropped: spaces between spaced-out letters; chunk numbers are set aside."""
    lines = _unwrapped(_unchunked(pieces))
    split = [part for piece in lines for part in _split(piece)]
    return tuple(_joined_title([piece for piece in split if piece.text.strip() or piece.kind == "paragraph"]))


def _split(piece: Piece) -> Iterator[Piece]:
    """The lines that one piece holds; headings and rows are left whole."""
    if piece.kind != "paragraph":
        yield piece
        return
    for spaced in _unspaced(_DOCUMENT_NUMBER.sub(r"\1\n", piece.text)):
        for part in _WIDE_GAP.split(spaced) if len(_WIDE_GAP.findall(spaced)) == 1 else [spaced]:
            yield from split_run_together(part)


def _unspaced(text: str) -> list[str]:
    """Letter-spaced phrases pulled together; one of title length ends its line."""

    def pull(match: re.Match[str]) -> str:
        phrase = re.sub(r"\s", "", match.group())
        return f"{phrase}\n" if len(phrase) >= 8 and match.end() < len(text) else phrase

    return _LETTER_SPACED.sub(pull, text).split("\n")


def split_run_together(text: str) -> Iterator[Piece]:
    """The lines of a page saved as one: it breaks before numberings and after sentences that a space follows."""
    if len(text) < _LONG_LINE or len(re.findall(rf"(?:^|\s){_MARKER}", text)) < 2:
        yield Piece(text=text)
        return
    parts = [part.strip() for part in _RUN_TOGETHER.split(text) if part.strip()]
    for index, part in enumerate(parts):
        if marker := re.match(_MARKER, part):
            yield from _heading_and_rest(part, marker.end())
        elif index == 0:
            yield from _front(part)
        else:
            yield Piece(text=part)


def _heading_and_rest(part: str, start: int) -> Iterator[Piece]:
    """A part that opens with a numbering (up to ``start``): a heading, alone or up to a space in its sentence."""
    stop = _SENTENCE_END.search(part, start)
    end = stop.start() if stop else len(part)
    gap = _HEADING_GAP.search(part, start, min(end, start + _LONGEST_HEADING)) or _YEAR_GAP.search(
        part, start + 4, end
    )
    if "条" in part[:start] or "條" in part[:start]:
        yield Piece(text=part)
    elif gap is not None:
        yield Piece(text=part[: gap.start()], kind="heading")
        yield Piece(text=part[gap.end() :])
    else:
        yield Piece(
            text=part, kind="heading" if len(part) <= _LONGEST_HEADING and stop is None else "paragraph"
        )


def _front(part: str) -> Iterator[Piece]:
    """What stands before the first numbering: title, salutation and the like, up to the first sentence."""
    mark = _SENTENCE_MARK.search(part)
    limit = mark.start() if mark else len(part)
    start = 0
    for gap in _FRONT_GAP.finditer(part, 0, limit):
        yield Piece(text=part[start : gap.start()])
        start = gap.end()
    yield Piece(text=part[start:])


def _unchunked(pieces: Sequence[Piece]) -> list[Piece]:
    """Lines of a document site, numbered 1、2、3、 where they were cut, as one; the numbers become furniture."""
    solid = [piece for piece in pieces if piece.text.strip()]
    heads = [_CHUNK.match(piece.text) for piece in solid]
    counts_up = all(head and int(head.group(1)) == index for index, head in enumerate(heads, 1))
    cut = sum(1 for piece in solid[:-1] if not ends_closed(piece.text))
    long = sum(len(piece.text) for piece in solid) >= 100 * len(solid)
    if len(solid) < 2 or not counts_up or not long or cut * 2 < len(solid) - 1:
        return list(pieces)
    text = ""
    for piece, head in zip(solid, heads, strict=True):
        part = piece.text[head.end() :] if head else piece.text
        text = f"{text} {part}" if ends_closed(text) else join(text, part)
    numbers = " ".join(head.group().strip() for head in heads if head)
    return [Piece(text=text), Piece(text=numbers, kind="furniture")]


def _unwrapped(pieces: Sequence[Piece]) -> list[Piece]:
    """Text wrapped at a fixed width as paragraphs: most lines are full ones that do not end a sentence."""
    if any(piece.kind != "paragraph" for piece in pieces):
        return list(pieces)
    lines = [piece.text for piece in pieces]
    widths = sorted(width(line) for line in lines if line.strip())
    if len(widths) < 10:
        return list(pieces)
    edge = widths[int(len(widths) * 0.9)]
    full = [line for line in lines if edge * 0.93 <= width(line) <= edge * 1.05]
    is_open = sum(1 for line in full if not ends_closed(line))
    if (
        not 20 <= edge <= 60
        or widths[-1] > edge * 1.1
        or len(full) * 2 < len(widths)
        or is_open * 2 < len(full)
    ):
        return list(pieces)
    return [Piece(text=text) for text in join_wrapped(lines)]


def _joined_title(pieces: Sequence[Piece]) -> list[Piece]:
    """A title near the top that was broken after or before 关于, 和, 的 or the like, as one line."""
    found: list[Piece] = []
    for piece in pieces:
        text = piece.text.strip()
        if found and len(found) < _HEAD and _TITLE_END.search(text) and _breaks_title(found[-1], piece):
            found[-1] = replace(found[-1], text=join(found[-1].text, text))
        else:
            found.append(piece)
    return found


def _breaks_title(first: Piece, second: Piece) -> bool:
    """Whether two lines of the same kind are the halves of one title."""
    left, right = first.text.strip(), second.text.strip()
    if first.kind != second.kind or first.kind in ("row", "furniture") or len(left) + len(right) > 80:
        return False
    if len(left) < 6 or begins_anew(left) or ends_closed(left):
        return False
    return _TITLE_OPEN.search(left) is not None or _TITLE_GOES_ON.match(right) is not None
