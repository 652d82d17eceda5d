"""Divisions that no list holds: towns after their county, and counties whose bodies a document names."""

import re
from collections.abc import Iterator

from jianbao.glossary.boundaries import stands_alone
from jianbao.names import romanise
from jianbao.names.bodies import heads

_GENERICS = {"镇": "Town", "乡": "Township", "街道": "Subdistrict", "村": "Village", "新区": "New Area"}
# What is no name: counts, kinds, qualities (特色小镇, 各乡, 贫困村, 美丽乡村).
_NO_NAME = re.compile(
    r"[至到在我某从向为自由对把将经过以各全个所该本辖老新多等及和与的级类型区市县省镇乡村街道]|特色|重点|中心|美丽|示范|试点|贫困|脱贫|建制|历史|文化|名|强|"
    r"经济|工业|农业|旅游|边境|口岸|行政|自然|城|主要|部分|小$|群岛|相关|国家|国际|产业|创新|高|现代|教育|上级|兄弟|原|由|中共|相关|健康|智慧|生态|开发|首批"
)
_TOWN = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,3}?)(?P<generic>街道|新区|镇|乡|村)(?![村镇民庄域级集亲土企街化里])"
)
_UNLISTED = re.compile(r"^[ 　\t《]*(?P<name>(?P<stem>[\u4e00-\u9fff]{2})[市县区])(?![市县区])", re.MULTILINE)
_VERBS = re.compile("[请报经给让办理审核助合持组送致驻派赴来帮推支提]")
_CONGRESS = re.compile(r"第?[一二三四五六七八九十]+届(?:人民代表大会|人大)")


def find_town(text: str, start: int) -> tuple[int, str] | None:
    """The town whose name begins at ``start`` (where a division ends): its end and its English."""
    match = _TOWN.match(text, start)
    if match is None or _NO_NAME.search(match["stem"]) or not stands_alone(text, start, match.end()):
        return None
    return match.end(), f"{romanise.place(match['stem'])} {_GENERICS[match['generic']]}"


def find_unlisted(text: str) -> Iterator[str]:
    """Full names of divisions that begin a line before one of their bodies: ``云泽县林业局``, ``青芦市七届人大``.

    All real counties are listed; this serves texts whose places are made up or renamed.
    """
    for match in _UNLISTED.finditer(text):
        goes_on = heads()[0].match(text, match.end()) or _CONGRESS.match(text, match.end())
        if goes_on and not _NO_NAME.search(match["stem"]) and not _VERBS.search(match["stem"]):
            yield match["name"]
