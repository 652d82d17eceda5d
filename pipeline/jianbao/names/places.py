"""Find places: divisions by their full names, provinces and cities by their short ones, rivers, universities …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from jianbao.glossary.boundaries import stands_alone
from jianbao.names.divisions import Division, all_names, division, short_names
from jianbao.names.tables import rows

_ABBREVIATIONS = {
    "京": "Beijing", "津": "Tianjin", "沪": "Shanghai", "渝": "Chongqing", "冀": "Hebei", "晋": "Shanxi",
    "皖": "Anhui", "闽": "Fujian", "赣": "Jiangxi", "豫": "Henan", "鄂": "Hubei", "湘": "Hunan",
    "粤": "Guangdong", "桂": "Guangxi", "琼": "Hainan", "黔": "Guizhou", "滇": "Yunnan", "陕": "Shaanxi",
    "陇": "Gansu", "鲁": "Shandong", "浙": "Zhejiang",
}  # fmt: skip
# Too common in other words to count alone: only in a row with one of the above.
_FURTHER = {
    "苏": "Jiangsu", "川": "Sichuan", "甘": "Gansu", "青": "Qinghai", "辽": "Liaoning",
    "吉": "Jilin", "黑": "Heilongjiang", "蒙": "Inner Mongolia", "贵": "Guizhou", "云": "Yunnan", "藏": "Xizang",
}  # fmt: skip
_SEVERAL = re.compile(
    rf"(?<![白乌])[{''.join(_ABBREVIATIONS)}{''.join(_FURTHER)}]{{2,}}+"
    r"(?![市江城西州港班园东林海县湖雅博])"
)
_ONE = re.compile(
    rf"(?<=[在来赴驻入返援抵离])[{''.join(_ABBREVIATIONS)}](?![省市江城中西州港班园东北林南路广津沪冀雅])"
)
# A short name that is followed or preceded by one of these is a piece of other words: 黄河南岸, 市长沙龙, 保定向.
_BEFORE = {
    "河南": "黄运大淮洛渭辽漳", "河北": "黄运大淮洛渭", "湖南": "太东巢洪", "湖北": "太东巢洪", "江西": "长珠松",
    "山东": "太泰佛舟兰首", "山西": "太泰", "海南": "上渤", "海口": "入出陆", "大连": "重最很扩", "西安": "广东",
    "台州": "舞", "丽江": "美秀", "重庆": "隆", "广深": "推", "兰州": "士", "凉山": "大", "吉林": "丹",
    "阳江": "浦", "中山": "孙",
}  # fmt: skip
_AFTER = {
    "西安": "全排置装防", "大连": "接片锁", "长江": "路街", "黄河": "路街", "珠江": "路街", "长沙": "龙",
    "中山": "装陵舰路纪洪", "成都": "市圈", "上海": "外", "吕梁": "山", "山东": "麓", "海口": "岸",
    "桂林": "洋",
}  # fmt: skip
_OPEN = re.compile(r"[\s，。、；：！？,.;:!?（）()《》“”\"'〈〉【】\[\]—\-·…在于和与及到赴由]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMatch:
    """A place in a text; ``division`` is None for what is none, ``full`` says that its generic stands there."""

    start: int
    end: int
    target: str
    variants: tuple[str, ...] = ()
    division: Division | None = None
    full: bool = False


@cache
def _fixed() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        source: (target, tuple(part.strip() for part in variants.split("|") if part.strip()))
        for source, target, variants in rows("fixed")
    }


@cache
def _careful() -> dict[str, str]:
    """Names that look like other words: ``strict`` ones need a boundary before them, ``place`` ones a place."""
    return {name: use for name, use in rows("cautions") if use != "full"}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(dict.fromkeys((*all_names(), *short_names(), *_fixed())))
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest), names


def find_places(text: str) -> tuple[PlaceMatch, ...]:
    """The places in ``text``: sorted, non-overlapping."""
    found = sorted((*_named(text), *_abbreviated(text)), key=lambda match: (match.start, -match.end))
    kept: list[PlaceMatch] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return tuple(kept)


def _named(text: str) -> Iterator[PlaceMatch]:
    last = -1
    for name, start, end in _candidates(text):
        if not _is_place(text, start, end, name, after_place=last == start):
            continue
        last = end
        if name in _fixed():
            target, variants = _fixed()[name]
            yield PlaceMatch(start=start, end=end, target=target, variants=variants)
        elif name in short_names():
            area = division(short_names()[name])
            yield PlaceMatch(start=start, end=end, target=area.stem, variants=area.also, division=area)
        else:
            area = division(name)
            target, variants = area.target, area.variants
            yield PlaceMatch(start=start, end=end, target=target, variants=variants, division=area, full=True)


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """All names that the tables hold; after a full one that is cut out of other words (北京市场) its short form."""
    automaton, names = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(text):
        name = names[index]
        if not stands_alone(text, start, end) and name[:-1] in short_names():
            yield name[:-1], start, end - 1
        else:
            yield name, start, end


def _is_place(text: str, start: int, end: int, name: str, *, after_place: bool) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if not stands_alone(text, start, end):
        return False
    if (before and before in _BEFORE.get(name, "")) or (after and after in _AFTER.get(name, "")):
        return False
    care = _careful().get(name) or ("strict" if len(name) == 2 and name[1] in "县区" else "")
    return not care or after_place or (care == "strict" and (not before or bool(_OPEN.match(before))))


def _abbreviated(text: str) -> Iterator[PlaceMatch]:
    for match in _SEVERAL.finditer(text):
        if not set(match.group()) & _ABBREVIATIONS.keys() or len(set(match.group())) < len(match.group()):
            continue
        names = [_ABBREVIATIONS.get(char) or _FURTHER[char] for char in match.group()]
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        yield PlaceMatch(start=match.start(), end=match.end(), target="-".join(names), variants=(listed,))
    for match in _ONE.finditer(text):
        yield PlaceMatch(start=match.start(), end=match.end(), target=_ABBREVIATIONS[match.group()])
