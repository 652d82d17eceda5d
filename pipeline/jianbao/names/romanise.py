"""Chinese names in Latin letters: pinyin, and the names that are not written in pinyin."""

from functools import cache, lru_cache

from jianbao.names.tables import rows

# How these characters are read in names of places, where dictionaries of common words read them otherwise.
_IN_PLACES = {
    "都": "du", "什": "shi", "长": "chang", "乐": "le", "朝": "chao", "漯": "luo", "浚": "xun", "单": "shan",
    "圩": "xu", "重": "chong", "厦": "xia", "台": "tai", "会": "hui", "大": "da", "曾": "zeng",
}  # fmt: skip
_SURNAMES = {
    "单": "Shan", "解": "Xie", "仇": "Qiu", "曾": "Zeng", "任": "Ren", "区": "Ou", "查": "Zha", "华": "Hua",
    "翟": "Zhai", "朴": "Piao", "盖": "Ge", "缪": "Miao", "乐": "Yue", "覃": "Qin", "尉": "Wei", "宿": "Su",
    "沈": "Shen", "石": "Shi", "万": "Wan", "冼": "Xian", "纪": "Ji", "令": "Ling", "谌": "Chen", "员": "Yun",
}  # fmt: skip


@cache
def _exceptions() -> dict[str, tuple[str, str]]:
    return {name: (english, also) for name, english, also in rows("romanisations")}


def is_exception(stem: str) -> bool:
    """Whether ``stem`` has an English name of its own."""
    return stem in _exceptions()


def other_spellings(stem: str) -> tuple[str, ...]:
    """Further spellings that are seen for ``stem``: Tibet for Xizang."""
    also = _exceptions().get(stem, ("", ""))[1]
    return tuple(part.strip() for part in also.split("|") if part.strip())


def _syllables(chinese: str) -> list[str]:
    """One pinyin syllable a character, without tones; ü is written yu, as on Chinese passports."""
    from pypinyin import lazy_pinyin  # its dictionaries take long to load

    return [syllable.replace("lv", "lyu").replace("nv", "nyu") for syllable in lazy_pinyin(chinese)]


def _join(syllables: list[str]) -> str:
    """Syllables as one capitalised word; an apostrophe keeps a vowel apart (``Xi'an``)."""
    word = syllables[0]
    for syllable in syllables[1:]:
        word += ("'" if syllable[0] in "aeo" else "") + syllable
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=8192)
def place(stem: str) -> str:
    """The English of a place name without its generic: ``中山`` -> ``Zhongshan``."""
    if stem in _exceptions():
        return _exceptions()[stem][0]
    return _join([_IN_PLACES.get(c, s) for c, s in zip(stem, _syllables(stem), strict=True)])


def person(name: str) -> str:
    """The English of a personal name, surname first: ``王晓明`` -> ``Wang Xiaoming``."""
    surname = _SURNAMES.get(name[0]) or _join(_syllables(name[0]))
    return f"{surname} {_join(_syllables(name[1:]))}"
