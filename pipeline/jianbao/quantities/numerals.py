"""Chinese numerals and the patterns that find them.

A numeral is Arabic (``10350``, ``1,634.5``, ``3.2万``, ``1亿3000万``) or Chinese (``二十三``, ``两万三``,
``九点六亿``, ``二〇一八``).
"""

import re
from decimal import Decimal

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，"}
_FOLD = _FULL_WIDTH | {
    0x3000: 0x20,
    0xA0: 0x20,
    ord("○"): ord("〇"),
    ord("零"): ord("〇"),
    ord("∶"): ord(":"),
}
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_SEPARATORS = str.maketrans({",": None, "。": "."})
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

# 千 and 百 also begin units (千瓦, 百分点), where they are no part of the numeral.
_THOUSAND = "千(?![瓦米克伏卡焦赫帕升牛])"
_HUNDRED = "百(?!分[之点])"
SCALE = rf"(?:[十百千万]?亿亿|万亿|[十百千]亿|亿|[十百千]万|万|{_THOUSAND}|{_HUNDRED})"
# Pages mistyped or badly converted write 418。6亿元 and 1 326株; only before a unit is that surely one number.
_STOP_AS_POINT = r"。\d{1,2}(?=%|‰|个百分点|[万亿倍元吨亩米度平公千]|[。;；,，、)）]|$)"
_SPACE_AS_COMMA = r"(?<![\d.])\d{1,3}(?: \d{3})+(?=\s?[株棵亩家个人名件项户万亿元吨公平])"
ARABIC = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+(?![\d])|{_SPACE_AS_COMMA}|\d{{1,15}})(?:\.\d{{1,12}}|{_STOP_AS_POINT})?)"
)
CHINESE_DIGITS = "[一二三四五六七八九]"
# 两万二千米 is 22,000 meters, while 五千米 may be read either way.
_CHINESE_CHAR = (
    rf"(?:[〇一二两三四五六七八九十万亿]|{_THOUSAND}|(?<=万[一二三四五六七八九])千(?=米)|{_HUNDRED})"
)
CHINESE = rf"(?:{_CHINESE_CHAR}+(?:点(?!一[直般起同些定])[〇一二三四五六七八九]+(?:[十百千]?[万亿])*)?)"
_CAPITAL = "(?:[壹贰叁肆伍陆柒捌玖][拾佰仟萬万億亿][壹贰叁肆伍陆柒捌玖拾佰仟萬億万亿〇]*)"
NUMERAL = rf"(?:{ARABIC}(?:\s?{SCALE})?(?:(?<=[万亿]){ARABIC}{SCALE})*|{CHINESE}|{_CAPITAL})"

_PLACES = re.compile(
    "(?P<k>[一二两三四五六七八九]?千)?〇?(?P<h>[一二两三四五六七八九]?百)?〇?(?P<t>[一二两三四五六七八九]?十)?"
    "〇?(?P<u>[一二两三四五六七八九])?"
)
_SPACED_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_ARABIC_TERM = re.compile(rf"({ARABIC})\s?({SCALE})?")


def fold(text: str) -> str:
    """The text with full-width ASCII, 零 and ○ folded, character by character, so that offsets hold.

    The full-width comma stays: between digits it separates, where the ASCII comma groups thousands.
    """
    return text.translate(_FOLD)


def parse_numeral(text: str) -> Decimal | None:
    """The exact value of a numeral, or None where the text is none (``三五十``, ``千千万万``, empty).

    >>> parse_numeral("10350万"), parse_numeral("两万三千"), parse_numeral("二十三")
    (Decimal('103500000'), Decimal('23000'), Decimal('23'))
    """
    folded = fold(text).strip().translate(_CAPITALS)
    return _arabic(folded) if folded[:1].isdecimal() else _chinese(folded)


def scale_power(scale: str) -> int:
    """The power of ten of a scale word: 万 is 4, 千亿 is 11, the empty string 0."""
    return sum(_SCALES[character] for character in scale)


def _arabic(text: str) -> Decimal | None:
    text = _SPACED_GROUP.sub("", text)
    total, position, last_power = Decimal(0), 0, 99
    while position < len(text):
        term = _ARABIC_TERM.match(text, position)
        power = scale_power(term[2] or "") if term else 99
        if term is None or power >= last_power:
            return None
        value = Decimal(term[1].translate(_SEPARATORS))
        total = value if position == 0 and not power else total + _shift(value, power)
        position, last_power = term.end(), power
    return total if text else None


def _shift(value: Decimal, power: int) -> Decimal:
    """The value times a power of ten, without the trailing zeros of its fraction (2.50万 is 25000)."""
    return tidy(value.scaleb(power)) if power else value


def tidy(value: Decimal) -> Decimal:
    """The same value without an exponent and without trailing zeros after the decimal point."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == value else value.normalize()


def _chinese(text: str) -> Decimal | None:
    whole, point, fraction = text.partition("点")
    if point:
        digits = fraction.rstrip("十百千万亿")
        integer = _chinese_integer(whole)
        if integer is None or not digits or any(digit not in _DIGITS for digit in digits):
            return None
        value = Decimal(f"{integer}.{''.join(str(_DIGITS[digit]) for digit in digits)}")
        return _shift(value, scale_power(fraction[len(digits) :]))
    integer = _chinese_integer(whole)
    return None if integer is None else Decimal(integer)


def _chinese_integer(text: str) -> int | None:
    if text and all(character in _DIGITS for character in text):
        # Two digits in a row are "three or five" (三五), not 35; three are read out one by one (一九八四).
        readable = len(text) != 2 or "〇" in text
        return int("".join(str(_DIGITS[character]) for character in text)) if readable else None
    for scale, power in (("亿", 8), ("万", 4)):
        head, found, tail = text.rpartition(scale)
        if found:
            repeated = scale in head and not (scale == "亿" and head.endswith("亿"))
            high = 1 if not head else None if repeated else _chinese_integer(head)
            low = _below_scale(tail, power)
            return None if high is None or low is None else high * 10**power + low
    return _below_ten_thousand(text)


def _below_scale(tail: str, power: int) -> int | None:
    """What follows 万 or 亿: nothing, a digit of the next lower place (两万三), or a smaller numeral."""
    if not tail:
        return 0
    if len(tail) == 1 and tail != "〇":
        return _DIGITS[tail] * 10 ** (power - 1) if tail in _DIGITS else None
    value = _chinese_integer(tail.lstrip("〇")) if tail.lstrip("〇") else None
    return value if value is not None and value < 10**power else None


def _below_ten_thousand(text: str) -> int | None:
    match = _PLACES.fullmatch(text) if text else None
    if match is None:
        return None
    total, last = 0, 1
    for digit, place in ((match["k"], "千"), (match["h"], "百"), (match["t"], "十")):
        if digit is not None:
            last = 10 ** _SCALES[place]
            total += _DIGITS.get(digit[0], 1) * last
    if match["u"]:
        shorthand = last >= 100 and "〇" not in text
        total += _DIGITS[match["u"]] * (last // 10 if shorthand else 1)
    return total
