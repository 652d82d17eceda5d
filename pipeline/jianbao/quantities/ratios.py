"""Percentages and multiples in words: 百分之五, 三分之一, 三成, 八折, 翻一番, 第三, PM2.5."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from jianbao.quantities.build import measured, quantity
from jianbao.quantities.model import Part, Quantity, Reading
from jianbao.quantities.numerals import CHINESE, NUMERAL, parse_numeral, tidy
from jianbao.quantities.render import ordinal_digits, ordinal_word, value_forms

_TO = "(?:至|到|-|—|~)"
_PERCENT = re.compile(
    rf"(?P<base>[百千万])分之(?P<value>{NUMERAL})(?:{_TO}(?:[百千万]分之)?(?P<high>{NUMERAL}))?"
)
_FRACTION = re.compile(rf"(?P<bottom>{NUMERAL})分之(?P<top>{NUMERAL})")
_SLASH = re.compile(r"(?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?![\d/.]|\s?[万亿千])")
_TENTH = r"[一二两三四五六七八九]"
# 统一成果, 三成员 and 成都 are no tenths; 六成为 is.
_NOT_TENTHS = "(?![员立熟套长]|都(?![是有在为属]))"
_TENTHS = re.compile(
    rf"(?P<value>{_TENTH}|\d(?:\.\d)?)(?:成?{_TO}(?P<range>{_TENTH}|\d)|(?P<high>{_TENTH}))?成(?P<half>半|{_TENTH})?{_NOT_TENTHS}"
)
_NOT_ONE_TENTH = re.compile("[统合第之唯专化如]一成|一成[不果立体功就型本为]")
_RISE = re.compile("(?:提高|上升|高出|高于|下降|降低|低于|高|低)[了到约近超过逾达于]*$")
_DISCOUNT = re.compile(
    rf"(?P<value>{_TENTH}|\d(?:\.\d)?)(?:折?{_TO}(?P<high>{_TENTH}))?(?P<half>五)?折(?![旧合射叠])"
)
_DOUBLING = re.compile(r"翻(?:了)?(?P<value>[一两二三四]|\d)?(?:了)?番")
_SPAN = re.compile("半年(?!度)|半个月|半小时|半个?小时|半|一刻钟|旬")
_ORDINAL = re.compile(
    rf"第\s?[(（]?(?P<value>{CHINESE}|\d{{1,4}}(?:\.\d+)?(?!\d))[)）]?(?P<named>[条章节编](?![例件课目])|(?<=[)）])项)?(?P<word>产业|[三二一]方|方|者|线|时间|课堂|书记|步|手|[天年](?!度))?"
)
_PRIZE = re.compile("(?P<value>[一二三])等奖")
_HINT = re.compile("[成折番半旬刻第/]|分之|等奖")
_NAMES = {"条": "Article", "章": "Chapter", "节": "Section", "编": "Part", "项": "Item"}


def find_ratio(text: str, start: int) -> Quantity | None:
    """The ratio or ordinal that begins at ``start`` of the folded text, or None."""
    if not _HINT.search(text, start, start + 24):
        return None
    for pattern, build in _RULES:
        match = pattern.match(text, start)
        found = build(match) if match else None
        if found is not None:
            return found
    return None


def _percent(match: re.Match[str]) -> Quantity | None:
    known = [parse_numeral(match[name]) for name in ("value", "high") if match[name]]
    values = [value for value in known if value is not None]
    if len(values) < len(known):
        return None
    if match["base"] == "万":
        parts = tuple((Reading(value / 10**4, "ratio"), Reading(value)) for value in values)
        return quantity(match, "fraction", parts, (f"{values[0]} per 10,000",))
    return measured(match, values, "percent" if match["base"] == "百" else "per mille")


def _fraction(match: re.Match[str]) -> Quantity | None:
    bottom, top = parse_numeral(match["bottom"]), parse_numeral(match["top"])
    if not bottom or top is None or bottom >= 100 or top >= 100 or bottom % 1 or top % 1:
        return None
    words = {2: ("half",), 4: ("quarter", "fourth")}.get(int(bottom)) or (ordinal_word(int(bottom)),)
    number, plural = value_forms(top, in_words=True)[0], "s" if top > 1 else ""
    forms = [f"{number}{joint}{word}{plural}" for word in words for joint in ("-", " ")]
    if top == 1:
        forms += [f"a {words[0]}", words[0]]
    part: Part = (Reading(top / bottom, "ratio"), Reading(top / bottom * 100, "percent"))
    return quantity(match, "fraction", (part,), tuple(["half", *forms] if bottom == 2 else forms))


def _slash(match: re.Match[str]) -> Quantity | None:
    """1/4 of a whole; 12/10万 and 24/7 are none."""
    top, bottom = int(match["top"]), int(match["bottom"])
    return _fraction(match) if 0 < top < bottom <= 20 else None


def _half(match: re.Match[str]) -> Decimal:
    digit = match["half"]
    return Decimal(0) if not digit else Decimal(5) if digit == "半" else parse_numeral(digit) or Decimal(0)


def _tenths(match: re.Match[str]) -> Quantity | None:
    if match["value"] == "一" and _NOT_ONE_TENTH.search(
        match.string, max(0, match.start() - 1), match.end() + 1
    ):
        return None
    digits = [match["value"], match["range"] or match["high"]]
    values = [value * 10 for digit in digits if digit and (value := parse_numeral(digit)) is not None]
    values[-1] += _half(match)
    if len(values) == 2 and values[0] >= values[1]:
        return None
    found = measured(match, [tidy(value) for value in values], "percent")
    if not _RISE.search(match.string, max(0, match.start() - 6), match.start()):
        return found
    # 提高两成 is said of points, too.
    return replace(
        found, parts=tuple((*part, Reading(part[0].value, "percentage point")) for part in found.parts)
    )


def _discount(match: re.Match[str]) -> Quantity | None:
    """打八折: 20 percent off, or at 80 percent of the price. Soft, as either may be said."""
    digits = [digit for digit in (match["value"], match["high"]) if digit]
    shares = [value * 10 for digit in digits if (value := parse_numeral(digit)) is not None]
    shares[-1] += _half(match)
    parts = tuple((Reading(100 - share, "percent"), Reading(tidy(share), "percent")) for share in shares)
    return quantity(match, "percent", parts, (f"{tidy(100 - shares[0])} percent",), firm=False)


def _doubling(match: re.Match[str]) -> Quantity:
    times = Decimal(2) ** int(parse_numeral(match["value"] or "一") or 1)
    verb = {2: "double", 4: "quadruple"}.get(int(times))
    forms = (verb, f"{verb}d", f"{verb[:-1]}ing") if verb else (f"{times} times",)
    part: Part = (Reading(times, "times"), Reading((times - 1) * 100, "percent"), Reading(times - 1, "times"))
    return quantity(match, "multiple", (part,), forms)


def _span(match: re.Match[str]) -> Quantity:
    """Spans of time that the English may put into numbers: 半年 is six months."""
    readings: dict[str, Part] = {
        "半年": (Reading(Decimal(6), "month"),),
        "半个月": (Reading(Decimal(15), "day"), Reading(Decimal(2), "week")),
        "半小时": (Reading(Decimal(30), "minute"),),
        "半": (Reading(Decimal(30)),),
        "一刻钟": (Reading(Decimal(15), "minute"),),
        "旬": (Reading(Decimal(10), "day"),),
    }
    part = (Reading(Decimal("0.5")), Reading(Decimal(50), "percent"), *readings.get(match[0], ()))
    return quantity(match, "measure", (part,), ("half",), firm=False)


def _ordinal(match: re.Match[str]) -> Quantity | None:
    value = parse_numeral(match["value"])
    if value is None:
        return None
    number = int(value)
    part: Part = (Reading(value, "ordinal"),)
    if number != value:
        return quantity(match, "ordinal", (part,), (str(value),), end=match.end("value"))
    if match["named"]:
        name = _NAMES[match["named"]]
        shown = f"({number})" if name == "Item" else str(number)
        return quantity(
            match,
            "ordinal",
            (part,),
            (f"{name} {shown}", f"{name} {number}", f"{name.lower()} {number}", str(number)),
        )
    word = ordinal_word(number) if number < 100 else ordinal_digits(number)
    forms = (word, ordinal_digits(number)) if number < 10 else (ordinal_digits(number), word)
    end = match.start("word") if match["word"] else match.end()
    # 第二年 may be "the following year", 第五年 is the fifth.
    word_after = match["word"] or ""
    firm = number > 1 and (not word_after or (word_after in "天年" and number > 2))
    return quantity(match, "ordinal", (part,), (*forms, f"No. {number}", str(number)), end=end, firm=firm)


def _prize(match: re.Match[str]) -> Quantity:
    """一等奖, 二等奖, 三等奖."""
    value = parse_numeral(match["value"]) or Decimal(1)
    word = ordinal_word(int(value))
    forms = (f"{word} prize", f"{word}-prize", f"{word} prizes", f"{word}-class", f"{word}-place", word)
    return quantity(match, "ordinal", ((Reading(value, "ordinal"),),), forms, firm=value > 1)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity | None]], ...] = (
    (_PERCENT, _percent),
    (_FRACTION, _fraction),
    (_SLASH, _slash),
    (_TENTHS, _tenths),
    (_DISCOUNT, _discount),
    (_DOUBLING, _doubling),
    (_SPAN, _span),
    (_ORDINAL, _ordinal),
    (_PRIZE, _prize),
)
