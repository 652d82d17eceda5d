"""The English of translation units, joined into one passage."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

_STOP = re.compile(r"[\s.;,:。；，]+$")
_CLOSING = re.compile(r"[\s”’」』》）)】\]\"]+$")
_CLAUSE = re.compile(
    r"(?:We|It|They|He|She|I|There|This|These|Those|That|The|An?|Our|Its|Their|All|Both|Each)\b"
)
_ORDINAL = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth),")
_LONG_CLAUSE = 9  # words; two parts of this length read better as sentences of their own

_ALWAYS_SMALL = re.compile(
    r"(?:an?|the|in|on|at|of|to|by|for|from|with|we|our|us|it|its|they|their|there|this|these|those|that|as|and|or|but"
    r"|also|while|when|where|which|who|he|she|his|her|all|both|each|some|many|most|more|such|after|before|during|over"
    r"|under|through|not|no|if|so|then)",
    re.IGNORECASE,
)
_ALWAYS_CAPITAL = re.compile(
    r"(?:I|January|February|March|April|June|July|August|September|October|November|December|\w+day|China|Chinese"
    r"|Communist|Hong|Macao|Taiwan|Tibet|Yangtze|Yellow|Pearl|Africa|Asia|Europe|European|American?|English|Germany?"
    r"|Japan|Japanese|French|France|Russian?|British|Harbin|Silk|Belt|Mr|Ms|Dr)"
)
_SYLLABLE = (
    r"(?:[bpm](?:ai?|ang?|ao|ei|eng?|i|ian|iao|ie|ing?|o|ou|u|iu)|f(?:ang?|a|ei|eng?|ou?|u)"
    r"|[dt](?:ai?|ang?|ao|ei?|eng|i|ian?|iao|ie|ing|iu|ong|ou|u|uan|ui|un|uo)"
    r"|[nl](?:ai?|ang?|ao|ei?|eng?|i|ian?|iang|iao|ie|ing?|iu|ong|ou|uo?|uan|un|ue)"
    r"|[gkh](?:ai?|ang?|ao|ei?|eng?|ong|ou|u|uai?|uang?|ui|un|uo)|[jqx](?:i|iang?|ia|iao|ie|ing?|iong|iu|u|uan|ue|un)"
    r"|(?:[zcs]h?)(?:ai?|ang?|ao|ei?|eng?|i|ong|ou|u|uai?|uang?|ui|un|uo)|r(?:ang?|ao|e|eng?|i|ong|ou|u|uan|ui|un|uo)"
    r"|y(?:ang?|ao?|e|i|ing?|ong?|ou|u|uan|ue|un)|w(?:ai?|ang?|ei|eng?|o|u))"
)
_PINYIN = re.compile(rf"(?:ai?|ang?|ao|e|en|er|ou)?{_SYLLABLE}+(?:['’](?:ang?|{_SYLLABLE})+)?")


def join_units(source_units: Sequence[str], translations: Sequence[str]) -> str:
    """The English of the units of one sentence as one passage.

    The pause that ends each Chinese unit says how its English goes on: long parts that were cut at ； become
    sentences of their own, short ones are joined by "; "; parts cut at ， or 、 by ", ", or by "; " where the next
    is a clause with a subject. The stop of every part but the last goes, and the first letter of what follows
    becomes small unless it begins a name, an acronym or "I".

    Raises:
        ValueError: there are not as many translations as units.
    """
    parts = [(unit, english.strip()) for unit, english in zip(source_units, translations, strict=True)]
    parts = [(unit, english) for unit, english in parts if english]
    joined = parts[0][1] if parts else ""
    for (unit, previous), (_, english) in pairwise(parts):
        link = _link(_CLOSING.sub("", unit)[-1:], previous, english)
        if link == " ":
            joined = _as_sentence(joined) + " " + english[0].upper() + english[1:]
        else:
            joined = _STOP.sub("", joined) + link + _lower_first(english)
    return joined


def _link(pause: str, previous: str, following: str) -> str:
    """What stands between two parts: " " makes two sentences of them."""
    if pause in ("。", "｡", "！", "？", "!", "?"):
        return " "
    if pause in ("；", ";"):
        both_long = min(len(previous.split()), len(following.split())) >= _LONG_CLAUSE
        return " " if both_long or _ORDINAL.match(following) else "; "
    if pause in ("：", ":"):
        return ": "
    return "; " if _CLAUSE.match(following) and _CLAUSE.match(previous) else ", "


def _as_sentence(text: str) -> str:
    return text if re.search(r"[.!?][\"”')]*$", text) else _STOP.sub("", text) + "."


def _lower_first(text: str) -> str:
    words = text.split(maxsplit=2)
    first = words[0].strip("\"“'(")
    second = words[1] if len(words) > 1 else ""
    plain = re.sub(r"['’]s$|[^A-Za-z'’]+$", "", first)
    if not text[0].isupper() or not _begins_common_word(plain, second):
        return text
    return text[0].lower() + text[1:]


def _begins_common_word(word: str, following: str) -> bool:
    lowered = word.lower()
    if _ALWAYS_SMALL.fullmatch(word):
        return True
    if _ALWAYS_CAPITAL.fullmatch(word) or not word[1:].islower() or following[:1].isupper():
        return False
    is_name = len(word) > 3 and _PINYIN.fullmatch(lowered) and lowered not in _english_like_pinyin()
    return not is_name


@cache
def _english_like_pinyin() -> frozenset[str]:
    """Common English words that could be spelled-out Chinese syllables (mine, guidance, licence)."""
    words = files("jianbao.segmenter").joinpath("english_like_pinyin.txt").read_text(encoding="utf-8")
    return frozenset(words.split())
