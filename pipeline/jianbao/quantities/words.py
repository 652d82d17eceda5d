"""English number words: "twenty-three", "two hundred and five thousand", "twenty-first", "a dozen"."""

import re
from decimal import Decimal
from typing import NamedTuple

from jianbao.quantities.render import ordinal_word, spelled

_CARDINALS = {spelled(value): value for value in (*range(20), *range(20, 100, 10))}
_ORDINALS = {ordinal_word(value): value for value in (*range(1, 20), *range(20, 100, 10))}
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "quadrillion": 15,
    "quintillion": 18,
    "mn": 6,
    "bn": 9,
    "tn": 12,
}
_LARGE = "hundred|thousand|million|billion|trillion|quadrillion|quintillion"


def _any_of(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_WORD = rf"(?:{_any_of(_CARDINALS)}|{_LARGE})"
_ORDINAL = rf"(?:{_any_of(_ORDINALS)})"
# "and" joins within a number only after hundred, thousand...; elsewhere it joins two numbers.
CARDINAL_WORDS = (
    rf"(?:(?:an?\s(?={_LARGE}))|(?:{_any_of(_CARDINALS)})(?![a-z]))"
    rf"(?:(?:[\s-]|(?<=hundred)\sand\s|(?<=thousand)\sand\s|(?<=million)\sand\s)?{_WORD}(?![a-z]))*"
)
ORDINAL_WORDS = (
    rf"(?:(?:{_any_of(word for word in _CARDINALS if word.endswith('ty'))})[\s-])?{_ORDINAL}(?![a-z])"
)
SCALE_WORDS = rf"(?i:[\s-]?(?:{_LARGE}|mn|bn|tn)(?![a-z]))+"
_TOKEN = re.compile(r"[a-z]+", re.IGNORECASE)


NUMBER_WORDS = frozenset((*_CARDINALS, *_ORDINALS, *SCALES, *(f"{scale}s" for scale in SCALES), "a", "an"))


class Words(NamedTuple):
    """The value of number words and where they end."""

    value: Decimal
    end: int


def read_cardinal(text: str, start: int, end: int) -> Words:
    """The longest number that the words from ``start`` form: "three five" ends after "three".

    Of "one million and three million" it is the first million: scales must fall.
    """
    total = group = 0
    smallest, last, position = 10**21, 10**21, start
    whole = Words(Decimal(0), start)
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].lower()
        if word in _CARDINALS:
            value = _CARDINALS[word]
            if last < 100 and not (value < 10 and last >= 20 and last % 10 == 0):
                break
            group, last = group + value, value
        elif word in SCALES:
            power = 10 ** SCALES[word]
            if power >= smallest:
                return whole
            group, last = (group or 1) * power, power
            if power > 100:
                total, group, smallest = total + group, 0, power
                whole = Words(Decimal(total), token.end())
        elif word == "and":
            continue
        elif word not in ("a", "an"):
            break
        position = token.end()
    return Words(Decimal(total + group), position)


def read_ordinal(text: str) -> Decimal:
    """The value of ordinal words such as ``twenty-first``."""
    tens, _, last = text.lower().replace(" ", "-").rpartition("-")
    return Decimal(_CARDINALS.get(tens, 0) + _ORDINALS[last])


def scale_factor(text: str) -> Decimal:
    """The factor of scale words after a number: " hundred million" is 10**8."""
    return Decimal(10) ** sum(SCALES[token[0].lower().removesuffix("s")] for token in _TOKEN.finditer(text))
