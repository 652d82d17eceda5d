"""Amounts of a Chinese text: a number or a range with a unit."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from jianbao.quantities.build import measured, quantity, with_more
from jianbao.quantities.firmness import is_firm, is_other_word
from jianbao.quantities.model import Part, Quantity, Reading
from jianbao.quantities.numerals import ARABIC, CHINESE, NUMERAL, SCALE, parse_numeral, scale_power, tidy
from jianbao.quantities.render import ordinal_digits, ordinal_word, unit_forms, value_forms
from jianbao.quantities.units import CHINESE_UNITS, COUNT_WORDS, UNITS


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _value_pattern(prefix: str) -> str:
    """A number; 多, 余, 来, 几 ("odd") may stand inside (30多万, 4万多亿, 三十几万) or, elsewhere, after it."""
    return (
        rf"(?:(?P<{prefix}digits>(?:{ARABIC}[亿万])?{ARABIC}[万千百]?)\s?[多余](?P<{prefix}scale>万亿|亿|万)"
        rf"|(?P<{prefix}tens>[一二两三四五六七八九十百千〇万亿]*[十百千])[多余几来](?P<{prefix}tenscale>万亿|亿|万)?"
        rf"|(?P<{prefix}numeral>{NUMERAL}))"
    )


_PHYSICAL = _any_of(unit for unit in CHINESE_UNITS if unit not in ("年度", "世纪", "月"))
_COUNT = _any_of(COUNT_WORDS)
_UNIT = rf"(?:(?P<unit>{_PHYSICAL})|(?P<count>{_COUNT}))"
_AMOUNT = re.compile(
    rf"(?P<sign>-|〇下)?{_value_pattern('')}(?P<more>\s?[多余]|个多|个半(?=[小月世]))?\s?"
    rf"(?:{_UNIT}(?P<after>[多余](?![次个种元样方地部项家年])|(?<=[年倍天])半(?![径数导年天月程封岛]))?)?"
)
_RANGE = re.compile(
    rf"{_value_pattern('low_')}\s?(?P<low_unit>{_PHYSICAL}|{_COUNT})?\s?(?:[-—–―~～至到]|——)\s?"
    rf"{_value_pattern('')}(?P<more>[多余])?\s?{_UNIT}?"
)
_PAIR = re.compile(
    rf"(?P<tens>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
    rf"(?P<scale>[十百千]?[万亿]*)(?P<more>[多余]?){_UNIT}"
)
_WITH_FRACTION = re.compile(
    rf"(?P<whole>{ARABIC}|{CHINESE})(?P<unit>[米秒])(?P<fraction>[一二三四五六七八九〇]{{1,3}}|\d{{2}})(?![\d万亿千百十年月日个])"
)
_SESSION = re.compile("(?:人大|政协|大会|代表会)$")
_GROWTH = re.compile(
    r"(?:增长|增加|提高|提升|扩大|上升|高出|增值|增幅|增|高|多|快|涨)[了到约近超过逾达于为]*$"
)
_DIGITS_RUN = re.compile(r"[〇一二两三四五六七八九十百千万亿]+")


class _Value(NamedTuple):
    """A parsed number: exact value, whether more than it is meant (多, 余), and how it was written."""

    value: Decimal
    more: bool
    arabic: bool
    written: str
    end: int


def find_amount(text: str, start: int) -> Quantity | None:
    """The amount that begins at ``start`` of the folded text, or None."""
    for rule in (_with_fraction, _pair, _range, _amount, _loose_digits):
        found = rule(text, start)
        if found is not None:
            return found
    return None


def _value(match: re.Match[str], prefix: str = "") -> _Value | None:
    """The number that the groups of ``_value_pattern`` hold."""
    digits, tens = match[f"{prefix}digits"], match[f"{prefix}tens"]
    if digits or tens:
        scale = f"{prefix}scale" if digits else f"{prefix}tenscale"
        written, more = (digits or tens) + (match[scale] or ""), True
        end = match.end(scale) if match[scale] else match.end(f"{prefix}tens") + 1
    else:
        written, more, end = match[f"{prefix}numeral"], False, match.end(f"{prefix}numeral")
    value = parse_numeral(written)
    return None if value is None else _Value(value, more, written[0].isdecimal(), written, end)


def _unit_of(text: str, match: re.Match[str]) -> str:
    """The unit that follows; none where the unit word is part of another word."""
    word = match["unit"] or match["count"]
    start = match.start("unit") if match["unit"] else match.start("count")
    if not word or (not word.startswith("个") and is_other_word(text, start)):
        return ""
    return CHINESE_UNITS.get(word, "count") if match["unit"] else "count"


def _with_fraction(text: str, start: int) -> Quantity | None:
    """九秒七六 is 9.76 seconds, 八米九五 8.95 meters."""
    match = _WITH_FRACTION.match(text, start)
    whole = parse_numeral(match["whole"]) if match else None
    if match is None or whole is None or whole % 1:
        return None
    digits = "".join(str(parse_numeral(digit)) for digit in match["fraction"])
    return measured(match, [Decimal(f"{whole}.{digits}")], CHINESE_UNITS[match["unit"]])


def _pair(text: str, start: int) -> Quantity | None:
    """Two neighbouring digits for "about": 三四十家 is 30 to 40, 十七八岁 17 or 18."""
    match = _PAIR.match(text, start)
    low, high = (parse_numeral(match["low"]), parse_numeral(match["high"])) if match else (None, None)
    if match is None or low is None or high is None or high - low != 1:
        return None
    tens = parse_numeral(match["tens"] or "〇") or Decimal(0)
    power = scale_power(match["scale"])
    values = [tidy((value + tens).scaleb(power)) for value in (low, high)]
    unit = _unit_of(text, match)
    end = match.end("unit") if unit and UNITS[unit].plural else match.end("more")
    return measured(match, values, unit, end=end, firm=bool(unit))


def _range(text: str, start: int) -> Quantity | None:
    """3-5万元, 50%至60%, 300万元至800万元. From-to (从4小时降至2小时) is no range but two figures."""
    match = _RANGE.match(text, start)
    low, high = (_value(match, "low_"), _value(match)) if match else (None, None)
    if match is None or low is None or high is None or text[max(start - 1, 0) : start] in ("由", "从", "自"):
        return None
    unit = _unit_of(text, match)
    low_unit, low_value = match["low_unit"], low.value
    if low_unit and low_unit != (match["unit"] or match["count"]):
        return None
    scale = re.search(rf"{SCALE}$", high.written)
    if scale and not low_unit and low.arabic and not re.search(rf"{SCALE}$", low.written):
        low_value = tidy(low_value.scaleb(scale_power(scale[0])))
    if low_value >= high.value or (not low.arabic and not unit):
        return None
    end = match.end("unit") if unit and UNITS[unit].plural else max(high.end, match.end("more"))
    return measured(match, [low_value, high.value], unit, end=end)


def _amount(text: str, start: int) -> Quantity | None:
    match = _AMOUNT.match(text, start)
    parsed = _value(match) if match else None
    if match is None or parsed is None:
        return None
    unit, word = _unit_of(text, match), match["unit"] or match["count"] or ""
    if match["sign"] and not _may_be_negative(text, start, unit):
        return None
    if (word == "个" and parsed.value % 1) or (word == "级" and parsed.value >= 10**4):
        unit = ""  # the 个 of 个百分点, in 0.2个和0.3个百分点; 百亿级 stands for 百亿元级
    half = "半" in (match["after"] or match["more"] or "")
    more = parsed.more or (bool(match["more"] or match["after"]) and not half)
    if not unit and not more and 1900 <= parsed.value <= 2100 and match["numeral"].isdecimal():
        part = (Reading(parsed.value, "calendar year"),)
        return quantity(match, "date", (part,), (match["numeral"],), end=parsed.end)
    value = (-parsed.value if match["sign"] else parsed.value) + (Decimal("0.5") if half else 0)
    end, firm = _end(match, parsed, unit), _firm(text, start, parsed, word, unit)
    if unit == "times" and _GROWTH.search(text, max(0, start - 6), start):
        return _growth(match, end, value, more=more, firm=firm)
    if word in ("周年", "届") or (word == "次" and _SESSION.search(text, max(0, start - 3), start)):
        return _nth(match, end, value, unit)
    return measured(match, [value], unit, end=end, more=more, firm=firm)


def _may_be_negative(text: str, start: int, unit: str) -> bool:
    """Whether a hyphen is a minus: after a letter or a digit it joins, and few things are counted below zero."""
    before = text[max(start - 1, 0) : start]
    if before.isascii():
        return not before.isalnum()
    return UNITS[unit].dimension in ("percent", "points", "temperature") or before in "为降长"


def _end(match: re.Match[str], parsed: _Value, unit: str) -> int:
    """Where the span ends: after the unit if it is written by rule, else after the number."""
    if unit and UNITS[unit].plural:
        return max(match.end("unit"), match.end("after"))
    more = match.end("more") if match["more"] and match["more"] != "个多" else 0
    return max(parsed.end, more, match.end("after") if match["after"] == "半" else 0)


def _firm(text: str, start: int, parsed: _Value, word: str, unit: str) -> bool:
    """Arabic numbers are figures, but for the base of a rate (12/10万)."""
    if parsed.arabic:
        return text[max(start - 1, 0) : start] != "/"
    return is_firm(
        text, start, parsed.written, unit_word=word, unit=unit, value=parsed.value, more=parsed.more
    )


def _growth(match: re.Match[str], end: int, value: Decimal, *, more: bool, firm: bool) -> Quantity:
    """增长2倍: up 200 percent, three times as much; often said "two times" too."""
    percent = tidy(value * 100)
    forms = unit_forms("percent", value_forms(percent, in_words=False))
    forms += unit_forms("times", value_forms(value, in_words=True))
    if value == 1:
        forms += ("double", "doubled", "twofold", "twice")
    part: Part = (Reading(value, "times"), Reading(percent, "percent"), Reading(value + 1, "times"))
    return quantity(match, "multiple", (part,), with_more(forms) if more else forms, end=end, firm=firm)


def _nth(match: re.Match[str], end: int, value: Decimal, unit: str) -> Quantity:
    """70周年: the 70th anniversary; 七届人大四次会议: the fourth session of the seventh congress."""
    found = measured(match, [value], unit, end=end)
    if value % 1 or not 0 < value < 100:
        return found
    digits, word = ordinal_digits(int(value)), ordinal_word(int(value))
    target, other = (word, digits) if value < 10 else (digits, word)
    return replace(found, kind="ordinal", target=target, variants=(other, found.target, *found.variants))


def _loose_digits(text: str, start: int) -> Quantity | None:
    """Chinese digits that form no number (八五普法, 百千万人才, 九二共识): soft, with all that they may mean."""
    match = _DIGITS_RUN.match(text, start)
    if match is None:
        return None
    digits = [value for character in match[0] if (value := parse_numeral(character)) is not None]
    parts: tuple[Part, ...] = tuple((Reading(value),) for value in digits)
    if len(digits) == 2 and all(value < 10 for value in digits):
        whole = digits[0] * 10 + digits[1]
        parts += ((Reading(whole), Reading(whole + 1900)),)
    return quantity(match, "number", parts, (str(digits[0]),), firm=False)
