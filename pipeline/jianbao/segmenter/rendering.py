"""The numbering of headings and points in English house style."""

import re

from jianbao.segmenter.numbering import Marker, parse_han, read_marker

_UNITS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_TEENS = ("Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth")
_ORDINALS = _UNITS + _TEENS
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FIXED = {"question": "Q: ", "answer": "A: ", "bullet": "• ", "dash": "— "}
_NUMBERED = {
    "annex": "Annex {}. ",
    "part": "Part {}. ",
    "chapter": "Chapter {}. ",
    "section": "Section {}. ",
    "article": "Article {}. ",
    "han_bracketed": "({}) ",
    "digit": "{}. ",
    "digit_bracketed": "({}) ",
    "note": "[{}] ",
}
_BRANCH = re.compile(r"之([一二三四五六七八九十])")


def render_marker(marker: str) -> str:
    """The English of a numbering, with the space behind it; empty for an empty or unknown one.

    一、 -> "I. ", （二） -> "(2) ", 1. -> "1. ", ① -> "(1) ", 三是 and 三 -> "Third, ",
    第七条之一 -> "Article 7-1. ".
    """
    stripped = marker.strip()
    # Some markers are only read where something follows.
    followed = (stripped, f"{stripped}文", f"{stripped} 文") if stripped else ()
    found = next(filter(None, (read_marker(text, 0, len(text)) for text in followed)), None)
    if found is None:
        bare = re.fullmatch(r"[一二三四五六七八九十]{1,3}", stripped)
        return _ordinal_word(parse_han(stripped)) if bare else ""
    return _render(stripped, found)


def _render(text: str, marker: Marker) -> str:
    if marker.style in _FIXED:
        return _FIXED[marker.style]
    if marker.style == "point":
        return _ordinal_word(marker.ordinal)
    if marker.style == "han":
        return f"{_roman(marker.ordinal)}. "
    if marker.style == "decimal":
        return f"{text} "
    if not marker.ordinal:
        return _NUMBERED[marker.style].format("").replace(" .", ".")
    branch = _BRANCH.search(text)
    number = f"{marker.ordinal}-{parse_han(branch[1])}" if branch else str(marker.ordinal)
    return _NUMBERED[marker.style].format(number)


def _ordinal_word(ordinal: int) -> str:
    if not ordinal:
        return "Finally, "
    return f"{_ORDINALS[ordinal - 1]}, " if ordinal <= len(_ORDINALS) else f"({ordinal}) "


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral or "0"
