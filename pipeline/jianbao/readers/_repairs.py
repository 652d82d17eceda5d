"""Repairs of the text of flawed pages, each a small function; none drops a character that carries content.

Those that need proof from the whole page (a flaw that returns) look at all pieces at once.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from jianbao.readers._page import Piece
from jianbao.readers._radicals import radicals

_HAN = r"\u3400-\u9fff"
_CHINESE = rf"[{_HAN}]"
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_HARD_SPACE = re.compile(rf"(?<={_CHINESE})[\u00a0\u2009\u200a\u202f](?={_CHINESE})")
_SPACES = re.compile(r"[^\S\t\n]+")
_TWO_LETTERS = re.compile(
    rf"^((?:第\S{{1,4}}[章节節编編]|[一二三四五六七八九十]+、|表\d*)?\s*)({_CHINESE})\s+({_CHINESE})$"
)
_SPACED_THOUSANDS = re.compile(rf"(?<![\d.,:/\-表图圖第件])(\d{{1,3}})((?: \d{{3}})+)(?= ?{_CHINESE})")
_NUMBER = r"(?:\d[\d,.]*(?:[%％‰]|/\d+)?|20(?:[xX×*]{1,2}))"
_SPACED_NUMBER = re.compile(rf"(?<=[{_HAN}，。；：、（(“《])(?<![图圖表]) ({_NUMBER}) (?={_CHINESE})")
_LEFT_SPACED_NUMBER = re.compile(rf"(?<={_CHINESE})(?<![图圖表]) (?={_NUMBER}(?:[%％]|(?![年月]){_CHINESE}))")
_NUMBER_SPACE = re.compile(rf"(?<![\d.])(?<!\d[,:/\-])({_NUMBER}) (?={_CHINESE})|(?<=\d)() (?=[万萬亿億])")
_PLACEHOLDER_SPACE = re.compile(rf"((?<![A-Za-z])[xX×]{{2}}) (?={_CHINESE})")
_SPACED_MARKER = re.compile(r"^([（(]) ?([一二三四五六七八九十\d]{1,3}) ?([）)]) ?")
_SPACED_ASCII_MARK = re.compile(
    rf"(?<=[\d%{_HAN}”》）)]) +(?=[,;:)](?:\s|[“《（(\d{_HAN}]|$))|(?<=\() +(?=[\d{_HAN}])"
)
_SPACE_BEFORE_MARK = re.compile(r" +(?=[，。；：、！？）》”’」』%％])")
_SPACE_AFTER_MARK = re.compile(rf"(?<=[，。；、（《“‘「『]) +(?=[\d{_HAN}])|(?<=[,;]) +(?=[“《{_HAN}])")
_STOP_DECIMAL = re.compile(
    r"(?<=\d)。(?=\d{1,2}(?!\d)(?:[亿億万萬千%％‰倍元亩畝吨噸米户戶人个個公平立美港欧歐欧斤克度]|[，,；;。、)）]|$))"
)
_NOTE_MARK = re.compile(rf"(?<=[”》）)%％\d。，；{_HAN}])\[(\d{{1,3}})\]")
_NOTE = re.compile(r"\s*\[(\d{1,3})\]")


def repair(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with their text repaired; those left empty fall out."""
    texts = [repair_spaces(piece.text) for piece in pieces]
    texts = repair_decimals(texts)
    texts = drop_note_marks(texts)
    return tuple(replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True) if text)


def repair_spaces(text: str) -> str:
    """Text with the white space a Chinese text has. Dropped: control and zero-width characters, spaces.

    A single space between Chinese characters stays, since it may end a heading; so do tabs (between cells).
    """
    text = _HARD_SPACE.sub("", _INVISIBLE.sub("", text)).translate(radicals())
    cells = (_repair_cell(_SPACES.sub(" ", cell).strip()) for cell in text.replace("\n", " ").split("\t"))
    return "\t".join(cells).rstrip()


def _repair_cell(text: str) -> str:
    text = _SPACED_ASCII_MARK.sub("", _SPACED_MARKER.sub(r"\1\2\3", _TWO_LETTERS.sub(r"\1\2\3", text)))
    text = join_spaced_numbers(text)
    return _SPACE_AFTER_MARK.sub("", _SPACE_BEFORE_MARK.sub("", text))


def join_spaced_numbers(text: str) -> str:
    """Numbers without the spaces round them: ``1 326株`` is ``1326株``, ``到 2020 年`` is ``到2020年``.

    A space before a year or a month stays, since a heading may end there. So does one after a number that opens the
    text (it may be a numbering) or follows a colon (it may be the value of a label), except before a common unit.
    """
    text = _SPACED_THOUSANDS.sub(lambda m: m.group(1) + m.group(2).replace(" ", ""), text)
    text = _SPACED_NUMBER.sub(r"\1", text)
    text = _LEFT_SPACED_NUMBER.sub("", text)
    text = _NUMBER_SPACE.sub(_close_up, text)
    return _PLACEHOLDER_SPACE.sub(r"\1", text)


def _close_up(number: re.Match[str]) -> str:
    start = number.start()
    before, after = number.string[max(start - 1, 0) : start], number.string[number.end()]
    allowed = after == "年" if not before else before not in ":：" or after in "年月日亿億万萬元个個"
    return number.group().rstrip() if allowed else number.group()


def repair_decimals(texts: Sequence[str]) -> list[str]:
    """Decimal points that were turned into full stops (``418。6亿元``) as points again.

    Only where the page does it twice or more, and a unit or a mark follows: a sentence may end in a figure.
    """
    if sum(len(_STOP_DECIMAL.findall(text)) for text in texts) < 2:
        return list(texts)
    return [_STOP_DECIMAL.sub(".", text) for text in texts]


def drop_note_marks(texts: Sequence[str]) -> list[str]:
    """Text without the marks of notes (``生产总值[2]158.43亿元``), which would run into the figures.

    Dropped: the marks in running text, only if they count up from 1 or the notes stand in a list that begins with
    them; the list keeps its own.
    """
    marks = {int(mark) for text in texts for mark in _NOTE_MARK.findall(text)}
    notes = {int(note.group(1)) for text in texts if (note := _NOTE.match(text))}
    if not marks or not (marks <= notes or marks == set(range(1, len(marks) + 1))):
        return list(texts)
    return [_NOTE_MARK.sub("", text) for text in texts]
