"""Bodies and zones named after a division: ``中山市财政局``, ``广东省人大常委会``, ``中山高新区管委会``."""

import re
from functools import cache

from jianbao.glossary.boundaries import stands_alone
from jianbao.names.divisions import Division
from jianbao.names.tables import rows
from jianbao.quantities import parse_numeral

_ZONES = {
    "高新技术产业开发区": "High-tech Industrial Development Zone", "高新区": "High-tech Zone",
    "经济技术开发区": "Economic and Technological Development Zone", "经开区": "Economic Development Zone",
    "经济开发区": "Economic Development Zone", "综合保税区": "Comprehensive Bonded Zone",
    "综保区": "Comprehensive Bonded Zone", "高新技术产业园区": "High-tech Industrial Park",
}  # fmt: skip
_ZONE = re.compile(rf"(?P<zone>{'|'.join(_ZONES)})(?P<committee>管理委员会|管委会)?")
_NUMERAL = "[一二三四五六七八九十百]+"
_CONGRESS = re.compile(
    rf"第?(?P<term>{_NUMERAL})届(?:人民代表大会|人大)(?P<standing>常务委员会|常委会)?"
    rf"(?:第?(?P<session>{_NUMERAL})次会议)?"
)
_IN_WORDS = {
    "1st": "First", "2nd": "Second", "3rd": "Third", "4th": "Fourth", "5th": "Fifth", "6th": "Sixth",
    "7th": "Seventh", "8th": "Eighth", "9th": "Ninth", "10th": "Tenth",
}  # fmt: skip


@cache
def heads() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """What matches the name of a body after its division, and the English with its kind for each head."""
    table = {source: (target, kind) for source, target, kind in rows("heads")}
    choices = sorted(table, key=len, reverse=True)
    departments = "|".join(head for head in choices if table[head][1])
    bodies = "|".join(head for head in choices if not table[head][1])
    return re.compile(rf"(?P<head>{departments})(?P<kind>局|厅)|(?P<body>{bodies})"), table


def find_body(
    text: str, start: int, area: Division, *, full: bool
) -> tuple[int, str, tuple[str, ...]] | None:
    """The body of ``area`` whose name goes on at ``start``: its end, target and variants.

    ``full`` says whether the division stands with its generic (``中山市``); short names take zones only.
    """
    zone = _ZONE.match(text, start)
    if zone:
        return (zone.end(), *_zone(f"{area.stem} {_ZONES[zone['zone']]}", bool(zone["committee"])))
    if not full or area.level == "prefecture" or area.full.endswith("Special Administrative Region"):
        return None
    congress = _CONGRESS.match(text, start)
    if congress:
        return (congress.end(), *_congress(area, congress))
    pattern, table = heads()
    match = pattern.match(text, start)
    if match is None or not stands_alone(text, start, match.end()):
        return None
    target, kind = table[match["head"] or match["body"]]
    return (match.end(), *_render(area, target, kind, match["kind"]))


def _zone(name: str, committee: bool) -> tuple[str, tuple[str, ...]]:
    if not committee:
        return name, ()
    return f"Administrative Committee of the {name}", (f"Management Committee of the {name}",)


def _render(area: Division, noun: str, kind: str, chinese: str | None) -> tuple[str, tuple[str, ...]]:
    """One pattern for all: ``Zhongshan Municipal Finance Bureau``; the other usual orders are variants."""
    if noun == "Party Committee":
        others = (f"CPC {area.adjective} Committee", f"Party Committee of {area.full}")
        return f"{area.adjective} Party Committee", others
    if not kind:
        orders = [noun if "%" in noun else f"% {noun}"]
    elif chinese == "厅":
        orders = [f"% Department of {noun}"]
    elif kind == "administration":
        orders = [f"% Administration for {noun}", f"% {noun} Bureau"]
    else:
        orders = [f"% {noun} {kind.capitalize()}", f"% {kind.capitalize()} of {noun}"]
    places = dict.fromkeys((area.adjective, area.full, area.stem))
    names = [order.replace("%", place) for place in places for order in orders]
    after = [order.replace("% ", "") + f" of {area.full}" for order in orders]
    names = after + names if area.level == "region" else names + after
    return names[0], tuple(names[1:])


def _congress(area: Division, match: re.Match[str]) -> tuple[str, tuple[str, ...]]:
    """``Fourth Session of the 14th Hebei Provincial People's Congress``, or of its standing committee."""
    term = _ordinal(match["term"])
    names = [f"{term} {area.adjective} People's Congress", f"{term} People's Congress of {area.full}"]
    if area.level == "region":
        names.reverse()
    if match["standing"]:
        names = [f"Standing Committee of the {name}" for name in names]
    if match["session"]:
        session = _ordinal(match["session"])
        session = _IN_WORDS.get(session, session)
        names = [f"{session} {kind} of the {name}" for kind in ("Session", "Meeting") for name in names]
    return names[0], tuple(names[1:])


def _ordinal(numeral: str) -> str:
    number = int(parse_numeral(numeral) or 0)
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
