"""Radicals and compatibility forms that stand for everyday characters, as PDF exports write them."""

import unicodedata
from functools import cache

# The radicals supplement has no decompositions in Unicode; these are its forms that are characters of their own
# (Unicode Character Database, EquivalentUnifiedIdeograph.txt).
_SUPPLEMENT = dict(
    zip(
        "⺠⺟⺥⺩⺫⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻇⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻲⻳⻡⻊",
        "民母爪王目示竹羊聿肉臼虎西见角角贝车長長长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙亀龟首足",
        strict=True,
    )
)


@cache
def radicals() -> dict[int, str]:
    """A table for ``str.translate``: every Kangxi radical and compatibility ideograph to its character."""
    table = {ord(form): char for form, char in _SUPPLEMENT.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        char = unicodedata.normalize("NFKC", chr(code))
        if len(char) == 1:
            table[code] = char
    return table
