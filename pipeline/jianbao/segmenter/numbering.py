"""The numbering at the head of a heading or a point: 第一章, 一、, （一）, 1., ①, 一是, 首先, 问：, bullets."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "annex",
    "part",
    "chapter",
    "section",
    "article",
    "han",
    "han_bracketed",
    "decimal",
    "digit",
    "digit_bracketed",
    "point",
    "note",
    "question",
    "answer",
    "bullet",
    "dash",
]

HEADING_STYLES: tuple[Style, ...] = (
    "annex",
    "part",
    "chapter",
    "section",
    "han",
    "han_bracketed",
    "digit",
    "decimal",
)
"""The styles that can number sections, from the highest to the lowest."""

_HAN = "[一二三四五六七八九十百〇零]{1,5}"
_COUNT = rf"(?:{_HAN}|\d{{1,3}})"
# 第三条规定…, 第二十条第一款…, 第八条、第九条…: a reference to an article, not its beginning.
_NO_REFERENCE = "(?![规所款项的、和及与至或，,。;；第])(?![（(][一二三四五六七八九十\\d])"
_STYLES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("annex", re.compile(rf"附(?:件|录|表)\s?({_COUNT})?\s?[：:]?(?=\s*$)")),
    ("part", re.compile(rf"第\s?({_COUNT})\s?(?:编|篇|部分)")),
    ("chapter", re.compile(rf"第\s?({_COUNT})\s?章")),
    ("section", re.compile(rf"第\s?({_COUNT})\s?节")),
    ("article", re.compile(rf"第\s?({_COUNT})\s?条(?:之[一二三四五六七八九十])?{_NO_REFERENCE}")),
    ("point", re.compile(rf"第({_HAN})(?:[，,、：:]|是)")),
    ("point", re.compile(rf"其({_HAN})[，,、：:]")),
    ("point", re.compile(rf"({_HAN})是(?!一[、，,]|否|非|由|以)")),
    ("point", re.compile(r"(首先|其次)[，,：:]?|(?:再次|最后)[，,：:]")),
    ("han", re.compile(rf"({_HAN})\s?(?:、|[．.](?!\d))")),
    ("han_bracketed", re.compile(rf"[（(]\s?({_HAN})\s?[)）][、.．]?|[㈠-㈩]")),
    ("digit", re.compile(r"(\d{1,2})\s?(?:[.．](?!\d)|、)|[⒈-⒛]")),
    ("decimal", re.compile(r"(\d{1,2})(?:\.\d{1,2}){0,3}(?=[ \u3000]+[\u4e00-\u9fffⅠ-Ⅻ《“])")),
    ("digit_bracketed", re.compile(r"[（(]\s?(\d{1,2})\s?[)）][、.．]?|(\d{1,2})[)）]|[①-⑳⑴-⒇❶-❿]")),
    ("note", re.compile(r"[\[［〔【](\d{1,2})[\]］〕】]")),
    ("question", re.compile(r"【?(?:问题?|Q)\d{0,2}】?[:：]|【问】")),
    ("answer", re.compile(r"【?(?:答|A)\d{0,2}】?[:：]|【答】")),
    ("dash", re.compile(r"(?:——|--|—)(?=\S)")),
    ("bullet", re.compile(r"[•·●■◆▪▶►○◇□★☆➢✓◎]|[-*–](?=\s)")),
)
_MUST = re.compile(rf"({_HAN})要(?![素点件求么闻员职])")
_BARE = re.compile(r"([一二三四五六七八九十]{1,2})(?=[\u4e00-\u9fff])")
# What follows a numeral that counts or names something rather than numbering a point.
_COUNTED = (
    "个名位项件条家年月日天周季期次届场所座批类级线层楼代人口户村镇区县市省元亩里米吨倍成分点"
    "来大农产峡亚明星方会等是要"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_NEXT_NUMERAL = re.compile(r"[一二三四五六七八九十]+(?![〇○零一-九十届中次年季月])|\d{1,2}(?![\d年.])")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A numbering found in a text: its span (trailing white space included), style and ordinal (0 if none).

    ``depth`` counts the points of a decimal numbering: 0 in "1", 1 in "1.2".
    """

    start: int
    end: int
    style: Style
    ordinal: int
    depth: int = 0


def parse_han(numeral: str) -> int:
    """The value of a Chinese or Arabic ordinal below 1,000: 三 = 3, 十二 = 12, 一百零一 = 101, 二〇 = 20."""
    if numeral.isdecimal():
        return int(numeral)
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """The marker that begins at ``start``, within ``text[start:end]``, or None.

    The marker runs over the white space behind it unless nothing else follows.
    """
    for style, pattern in _STYLES:
        match = pattern.match(text, start, end)
        if match and not _is_enumeration(text, match, style, end):
            return _marker(text, match, style, end)
    match = _MUST.match(text, start, end)
    if match is None:
        return None
    # 一要抓紧… keeps 要 for the model ("First, we must…"); a line of only 一要 is all marker.
    alone = match.end() == end
    stop = end if alone else match.end(1)
    return Marker(start=start, end=stop, style="point", ordinal=parse_han(match[1]))


def read_bare_point(text: str, start: int, end: int, *, ordinal: int) -> Marker | None:
    """A point whose 是 was left out (三推动高新区…), accepted only where ``ordinal`` is the next in turn."""
    match = _BARE.match(text, start, end)
    if match is None or text[match.end()] in _COUNTED or parse_han(match[1]) != ordinal:
        return None
    return Marker(start=start, end=match.end(), style="point", ordinal=ordinal)


def _is_enumeration(text: str, match: re.Match[str], style: Style, end: int) -> bool:
    """Whether the numeral belongs to a list of numerals (一、二、三产业; 一、二楼; 1、2号)."""
    if style not in ("han", "digit") or match[0][-1] != "、" or not match[1]:
        return False
    following = _NEXT_NUMERAL.match(text, match.end(), end)
    return following is not None and parse_han(following[0]) == parse_han(match[1]) + 1


def _marker(text: str, match: re.Match[str], style: Style, end: int) -> Marker:
    stop = _SPACE.match(text, match.end(), end)
    assert stop is not None
    return Marker(
        start=match.start(),
        end=match.end() if stop.end() == end else stop.end(),
        style=style,
        ordinal=_ordinal(match),
        depth=match[0].count(".") if style == "decimal" else 0,
    )


def _ordinal(match: re.Match[str]) -> int:
    word = next((group for group in match.groups() if group), match[0])
    spelled = {"首先": 1, "其次": 2, "再次": 3}.get(word[:2])
    if spelled:
        return spelled
    if len(word) == 1 and not word.isdecimal() and word not in _DIGITS and word != "十":
        return int(unicodedata.numeric(word, 0))
    folded = unicodedata.normalize("NFKC", word).strip("()（）. ")
    return parse_han(folded) if re.fullmatch(_COUNT, folded) else 0
