"""Administrative divisions of China: all provinces, prefectures, counties, districts and cities, in English."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from jianbao.names import romanise
from jianbao.names.tables import rows

Level = Literal["province", "region", "prefecture", "city", "county", "district", "area"]

_NATIONALITIES = {
    "蒙古": "Mongolian", "维吾尔": "Uygur", "壮": "Zhuang", "回": "Hui", "朝鲜": "Korean", "土家": "Tujia",
    "苗": "Miao", "藏": "Tibetan", "羌": "Qiang", "彝": "Yi", "布依": "Bouyei", "侗": "Dong", "傣": "Dai",
    "哈尼": "Hani", "景颇": "Jingpo", "傈僳": "Lisu", "白": "Bai", "柯尔克孜": "Kirgiz", "哈萨克": "Kazakh",
    "满": "Manchu", "瑶": "Yao", "黎": "Li", "畲": "She", "土": "Tu", "撒拉": "Salar", "保安": "Bonan",
    "东乡": "Dongxiang", "裕固": "Yugur", "仫佬": "Mulao", "毛南": "Maonan", "仡佬": "Gelao", "水": "Shui",
    "纳西": "Naxi", "拉祜": "Lahu", "佤": "Va", "布朗": "Blang", "独龙": "Derung", "怒": "Nu", "普米": "Pumi",
    "塔吉克": "Tajik", "锡伯": "Xibe", "达斡尔": "Daur", "鄂伦春": "Oroqen", "鄂温克": "Ewenki",
    "各": "Multiethnic",
}  # fmt: skip
_SHORT = "".join(people for people in _NATIONALITIES if len(people) == 1)
_LONG = "|".join(people for people in _NATIONALITIES if len(people) > 1)
_PEOPLE = re.compile(rf"(?:({_LONG})族?|([{_SHORT}])族)")
_AUTONOMOUS = re.compile(rf"(?P<stem>.*?)(?P<peoples>(?:(?:{_LONG})族?|[{_SHORT}]族)+)(?P<tail>自治.|区)")
_TAILS = {
    "自治区": "Autonomous Region", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner", "区": "District",
}  # fmt: skip
_GENERICS: tuple[tuple[str, str, Level], ...] = (
    ("特别行政区", "Special Administrative Region", "region"),
    ("左翼中旗", "Left Wing Middle Banner", "county"),
    ("左翼后旗", "Left Wing Rear Banner", "county"),
    ("右翼前旗", "Right Wing Front Banner", "county"),
    ("右翼中旗", "Right Wing Middle Banner", "county"),
    ("右翼后旗", "Right Wing Rear Banner", "county"),
    ("联合旗", "United Banner", "county"),
    ("左旗", "Left Banner", "county"),
    ("右旗", "Right Banner", "county"),
    ("前旗", "Front Banner", "county"),
    ("中旗", "Middle Banner", "county"),
    ("后旗", "Rear Banner", "county"),
    ("地区", "Prefecture", "prefecture"),
    ("新区", "New Area", "area"),
    ("矿区", "Mining District", "district"),
    ("林区", "Forestry District", "district"),
    ("特区", "Special District", "district"),
    ("省", "Province", "province"),
    ("市", "City", "city"),
    ("盟", "League", "prefecture"),
    ("县", "County", "county"),
    ("区", "District", "district"),
    ("旗", "Banner", "county"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A division in English: ``stem`` (Zhongshan), ``full`` (Zhongshan City), its level; ``also``: other stems."""

    stem: str
    full: str
    level: Level
    also: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """How running text names it: a city by its stem, everything else in full."""
        return self.stem if self.level == "city" and self.stem != "Jilin" else self.full

    @property
    def variants(self) -> tuple[str, ...]:
        """What else is right: the stem alone ("Jiang'an and Wuchang districts"), other spellings."""
        return tuple(name for name in (self.stem, self.full, *self.also) if name != self.target)

    @property
    def adjective(self) -> str:
        """How it stands before the name of one of its bodies: ``Zhongshan Municipal``, ``Dehua County``."""
        return {"province": f"{self.stem} Provincial", "city": f"{self.stem} Municipal"}.get(
            self.level, self.full
        )


@cache
def all_names() -> tuple[str, ...]:
    """The full Chinese names of all divisions."""
    names = (name for row in rows("divisions") for cell in row for name in cell.split())
    return tuple(dict.fromkeys(names))


@cache
def short_names() -> dict[str, str]:
    """The short forms (``中山``) of provinces and prefectures that are safe in running text, with the full ones."""
    unsafe = {name for name, use in rows("cautions") if use == "full"}
    short: dict[str, str] = {}
    for province, prefecture, _ in rows("divisions"):
        for full in (prefecture, province):
            stem = full and _split(full)[0]
            if stem and stem not in unsafe:
                short[stem] = full
    return short


@lru_cache(maxsize=8192)
def division(name: str) -> Division:
    """Read a full Chinese name: ``恩施土家族苗族自治州`` -> Enshi Tujia and Miao Autonomous Prefecture."""
    stem, peoples, generic, level = _split(name)
    if not stem:
        return Division(stem=peoples, full=f"{peoples} {generic}", level=level)
    english = romanise.place(stem if len(stem) > 1 else name)
    words = (english, peoples, generic)
    full = " ".join(word for word in words if word)
    also = romanise.other_spellings(stem)
    if len(stem) == 1:
        also = (f"{romanise.place(stem)} {generic}",)
    return Division(stem=english, full=full, level=level, also=also)


def _split(name: str) -> tuple[str, str, str, Level]:
    """Chinese stem, peoples in English, generic in English, level."""
    if romanise.is_exception(name.removesuffix("自治区")):
        return name.removesuffix("自治区"), "", "Autonomous Region", "region"
    match = _AUTONOMOUS.fullmatch(name)
    if match and (match["tail"] != "区" or "族" in name):
        peoples = [_NATIONALITIES[long or short] for long, short in _PEOPLE.findall(match["peoples"])]
        joined = " and ".join(filter(None, (", ".join(peoples[:-1]), peoples[-1])))
        level: Level = {"自治区": "region", "自治州": "prefecture", "区": "district"}.get(
            match["tail"], "county"
        )  # type: ignore[assignment]
        return match["stem"], joined, _TAILS[match["tail"]], level
    for chinese, english, level in _GENERICS:
        if name.endswith(chinese) and len(name) > len(chinese):
            return name.removesuffix(chinese), "", english, level
    return name, "", "", "region"
