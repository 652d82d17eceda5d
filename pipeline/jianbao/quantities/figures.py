"""Finds the figures of an English text, in digits or words, with their units."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from jianbao.quantities.model import Figure, Reading
from jianbao.quantities.numerals import tidy
from jianbao.quantities.tokens import (
    CURRENCY,
    DENOMINATORS,
    DIGIT_OR_SIGN,
    FIRST_WORDS,
    MONTH_NAMES,
    MULTIPLES,
    NUMERATOR,
    PAIRS,
    PHRASES,
    START,
    TOKEN,
)
from jianbao.quantities.units import ENGLISH_UNITS
from jianbao.quantities.words import SCALE_WORDS, read_cardinal, read_ordinal, scale_factor

_UNIT_WORDS = "|".join(
    re.escape(unit).replace(r"\ ", r"[\s-]") for unit in sorted(ENGLISH_UNITS, key=len, reverse=True)
)
_UNIT = re.compile(rf"[\s-]{{0,2}}(?:{_UNIT_WORDS})(?![a-z]|[\s-]on[\s-](?:year|month|week))", re.IGNORECASE)
_HALF = (Reading(Decimal("0.5"), "ratio"), Reading(Decimal(6), "month"), Reading(Decimal("0.5"), "year"))
_SCALE_AND_NOUN = re.compile(r"\s(?:hundred|thousand|million|billion|trillion)-[a-z]")
_OTHERS = re.compile(r"\sothers?\b")
_NAMES = re.compile(r"-dimensional|-phase|-gigabit|\sGorges|-on-")
_UNGROUPED = re.compile(r"\d{7,}")
_PER = re.compile(r"\b(?:per|every)\s$")
_AND_A_HALF = re.compile(r"[\s-]and[\s-]a[\s-]half\b")
_LINK = re.compile(r"\s?(?:to|-|–|—|and|or|through|,|, and)\s?(?:about |around |nearly |over |more than )?")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@lru_cache(maxsize=4096)
def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures of an English text, sorted, not overlapping. Linear in the length of the text."""
    found: list[Figure] = []
    position = 0
    while start := START.search(text, position):
        token = TOKEN.match(text, start.start()) if _may_begin(start[0], text, start.end()) else None
        if token is None:
            position = start.end()
            continue
        figure = _READERS[next(name for name in _READERS if token[name])](token)
        position = max(figure.end, token.start() + 1)
        found.append(figure)
    return tuple(_share_scales(text, found))


def _may_begin(word: str, text: str, end: int) -> bool:
    """Whether a figure can begin with the word: a quick look before the long pattern."""
    low = word.lower()
    return (
        not word.isalpha()
        or low in FIRST_WORDS
        or low.startswith(("doubl", "tripl", "quadrupl"))
        or text[end : end + 1] in DIGIT_OR_SIGN
        or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isdecimal())
        or word.strip("IVX") == ""
    )


def _figure(
    token: re.Match[str], value: Decimal | int, unit: str = "", *, end: int | None = None, start: int | None = None,
    others: tuple[Reading, ...] = (), firm: bool = True,
) -> Figure:  # fmt: skip
    first, last = token.start() if start is None else start, token.end() if end is None else end
    return Figure(
        start=first,
        end=last,
        text=token.string[first:last],
        value=Decimal(value),
        unit=unit,
        others=others,
        firm=firm,
    )


def _with_unit(
    token: re.Match[str], start: int, end: int, value: Decimal, unit: str = "", *, firm: bool = True
) -> Figure:
    """The figure with "and a half" and the unit that follow it."""
    half = _AND_A_HALF.match(token.string, end)
    if half:
        value, end = value + Decimal("0.5"), half.end()
    match = _UNIT.match(token.string, end)
    if match:
        key = re.sub(r"[\s-]+", " ", match[0].lower()).strip()
        unit = (
            ENGLISH_UNITS.get(key)
            or ENGLISH_UNITS.get(key.replace(" ", "-"))
            or ENGLISH_UNITS[key.replace(" hours", "-hours").replace(" hour", "-hour")]
        )
        end = match.end()
    others: tuple[Reading, ...] = ()
    if unit == "percent":
        others = (Reading(value / 100, "ratio"),)
    elif unit == "per mille":
        others = (Reading(value),)
    elif unit == "yuan" and "rmb" in token.string[start:end].lower():
        others = (Reading(value),)  # 33 RMB clearing banks
    if _OTHERS.match(token.string, end):
        others = (*others, Reading(value + 1))
    if not unit and _UNGROUPED.fullmatch(token.string, start, end):
        firm = False  # a telephone number, a file number
    firm = (
        firm
        and value > 1
        and not _NAMES.match(token.string, end)
        and not _PER.search(token.string, max(0, start - 6), start)
    )
    return _figure(token, value, unit, start=start, end=end, others=others, firm=firm)


def _half(token: re.Match[str]) -> Figure:
    """One half, of a whole or of the unit that follows ("half a yuan")."""
    unit = _with_unit(token, token.start(), token.end(), Decimal("0.5"), firm=False)
    return unit if unit.unit else _figure(token, Decimal("0.5"), others=_HALF, firm=False)


def _number(token: re.Match[str]) -> Figure:
    value = Decimal(token["digits"].replace(",", ""))
    if token["scale"]:
        value = tidy(value * scale_factor(token["scale"]))
    start = token.start("sign") if token["sign"] else token.start("digits")
    found = _with_unit(token, start, token.end(), value, CURRENCY.get(token["sign"] or "", ""))
    return _with_count(token, found, token["scale"] or "")


def _words(token: re.Match[str]) -> Figure:
    words = read_cardinal(token.string, token.start(), token.end())
    found = _with_unit(token, token.start(), words.end, words.value, firm=words.value > 2)
    return _with_count(token, found, token.string[token.start() : words.end])


def _with_count(token: re.Match[str], figure: Figure, scale: str) -> Figure:
    """Adds the count of "four trillion-yuan industries", which are not four trillion yuan."""
    if not _SCALE_AND_NOUN.search(token.string[figure.start : figure.end + 2]):
        return figure
    factor = scale_factor(" ".join(re.findall(SCALE_WORDS, " " + scale)))
    return replace(figure, others=(*figure.others, Reading(tidy(figure.value / factor))))


def _ordinal(token: re.Match[str]) -> Figure:
    value = read_ordinal(token["ordinal"])
    return _figure(token, value, "ordinal", firm=value > 2)


def _code(token: re.Match[str]) -> Figure:
    numbers = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", token["code"])]
    joined = [Decimal("".join(re.findall(r"\d", token["code"])))] if len(numbers) > 1 else []
    others = [Reading(value, "code") for value in (*numbers[1:], *joined)]
    return _figure(token, numbers[0], "code", others=tuple(others), firm=False)


def _plan(token: re.Match[str]) -> Figure:
    value = Decimal(token["plan_digits"]) if token["plan_digits"] else read_ordinal(token["plan_words"])
    return _figure(token, value, "ordinal")


def _fraction(token: re.Match[str]) -> Figure:
    head, tail = re.split(r"[\s-]", token["fraction"].lower(), maxsplit=1)
    top = 1 if head in ("one", "a") else NUMERATOR.split("|").index(head) + 1
    bottom = DENOMINATORS.get(tail) or DENOMINATORS[tail.removesuffix("s")]
    value = Decimal(top) / bottom
    others = (
        Reading(value * 100, "percent"),
        Reading(Decimal(top), "quarter"),
        Reading(Decimal(bottom), "ordinal"),
    )
    return _figure(token, value, "ratio", others=others, firm=head != "a")


def _share(token: re.Match[str]) -> Figure:
    """One in twenty."""
    words = token["share_words"]
    bottom = Decimal(token["share_digits"]) if not words else read_cardinal(words, 0, len(words)).value
    return _figure(token, 1 / bottom if bottom else Decimal(1), "ratio", others=(Reading(bottom),))


def _slash(token: re.Match[str]) -> Figure:
    top, bottom = (Decimal(part) for part in token["slash"].split("/"))
    others = (Reading(top), Reading(bottom))
    return _figure(token, top / bottom if bottom else top, "ratio", others=others)


def _clock(token: re.Match[str]) -> Figure:
    """The hour of a time or the first term of a ratio; what follows the colon is a figure of its own."""
    hour, minute = token["clock"].split(":")
    end = token.end() if minute == "00" else token.start() + len(hour)
    others = (Reading(Decimal(hour) - 12),) if int(hour) > 12 else (Reading(Decimal(hour) + 12),)
    return _figure(token, int(hour), end=end, others=others)


def _half_scale(token: re.Match[str]) -> Figure:
    value = tidy(scale_factor(token["half_scale"].split()[-1]) / 2)
    return _with_unit(token, token.start(), token.end(), value)


def _multiple(token: re.Match[str]) -> Figure:
    word = token["multiple"].lower()
    stem = token["multiple_word"]
    value = MULTIPLES[stem.lower()] if stem else {"d": 2, "t": 3, "q": 4}[word[0]]
    others = (Reading(Decimal(value - 1) * 100, "percent"),)
    return _figure(token, value, "times", others=others, firm=False)


def _roman(token: re.Match[str]) -> Figure:
    values = [_ROMAN[letter] for letter in token["roman"]]
    total = sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return _figure(token, total, "ordinal", firm=False)


def _dozen(token: re.Match[str]) -> Figure:
    count = NUMERATOR.split("|").index(token["dozen_count"]) + 1 if token["dozen_count"] else 1
    return _figure(token, 12 * count, others=(Reading(Decimal(10 * count)),), firm=False)


_READERS: dict[str, Callable[[re.Match[str]], Figure]] = {
    "code": _code,
    "plan": _plan,
    "fraction": _fraction,
    "share": _share,
    "marker": lambda token: _figure(token, int(token["marker_digits"]), "ordinal", firm=False),
    "phrase": lambda token: _figure(token, *PHRASES[token["phrase"].lower()], firm=False),
    "slash": _slash,
    "clock": _clock,
    "half_scale": _half_scale,
    "decade": lambda token: _figure(token, int(token["decade"][:-1]), "calendar year"),
    "ordinal_digits": lambda token: _figure(token, int(token["ordinal_digits"][:-2]), "ordinal"),
    "number": _number,
    "month": lambda token: _figure(token, MONTH_NAMES[token["month"]], "calendar month", firm=False),
    "ordinal": _ordinal,
    "words": _words,
    "dozen": _dozen,
    "multiple": _multiple,
    "pair": lambda token: _figure(token, PAIRS[token["pair"].lower()], "count", firm=False),
    "half": _half,
    "scale_word": lambda token: _figure(token, scale_factor(token["scale_word"]), firm=False),
    "long": lambda token: _figure(token, {"d": 10, "c": 100}[token["long"][0].lower()], "year", firm=False),
    "roman": _roman,
}


def _share_scales(text: str, figures: list[Figure]) -> list[Figure]:
    """Gives "3" of "3 to 5 million yuan" the further reading of three million yuan."""
    shared = list(figures)
    for index in range(len(figures) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        scale = re.search(SCALE_WORDS, right.text)
        inherited = right.others[-1] if right.others and not scale else None
        plain = left.unit in ("", "yuan", "US dollar") and not re.search(SCALE_WORDS, left.text)
        if not plain or not _LINK.fullmatch(text, left.end, right.start):
            continue
        factor = (
            scale_factor(scale[0])
            if scale
            else (inherited.value / right.value if inherited and right.value else None)
        )
        if factor and factor >= 100:
            shared[index] = replace(
                left, others=(*left.others, Reading(tidy(left.value * factor), right.unit))
            )
    return shared
