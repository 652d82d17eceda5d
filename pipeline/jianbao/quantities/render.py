"""English house style: ``1,634``, ``103.5 million yuan``, ``4.5 percent``, ``15th``. Exact, never rounded."""

from collections.abc import Iterable
from decimal import Decimal

from jianbao.quantities.numerals import tidy
from jianbao.quantities.units import UNITS

_SCALES = ((18, "quintillion"), (15, "quadrillion"), (12, "trillion"), (9, "billion"), (6, "million"))
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def grouped(value: Decimal) -> str:
    """Digits with thousands commas, as many decimals as the value was written with: ``1,634.50``."""
    return f"{value:,f}"


def scaled(value: Decimal) -> str:
    """In millions, billions or trillions from a million on: ``103.5 million``; grouped digits below."""
    for power, word in _SCALES:
        if abs(value) >= 10**power:
            return f"{grouped(tidy(value.scaleb(-power)))} {word}"
    return grouped(value)


def spelled(value: int) -> str:
    """A whole number below a thousand in words: ``twenty-three``."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_SMALL[hundreds]} hundred" + (f" and {spelled(rest)}" if rest else "")


def ordinal_word(value: int) -> str:
    """``third``, ``twenty-first``; below a hundred."""
    head, dash, last = spelled(value).rpartition("-")
    word = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + dash + word


def ordinal_digits(value: int) -> str:
    """``3rd``, ``15th``, ``21st``."""
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def value_forms(value: Decimal, *, in_words: bool) -> tuple[str, ...]:
    """The number alone, best form first. ``in_words``: a count, spelled below ten (house style)."""
    plain, short = grouped(value), scaled(value)
    # 1,234,567 is clearer than 1.234567 million.
    wordy = abs(value) < 10**6 or len(short.split()[0].partition(".")[2]) > 6
    forms = [plain] if wordy else [short, plain]
    if value < 0 or value != value.to_integral_value():
        if value % 1 == Decimal("0.5") and 0 < value < 20:
            forms.append(f"{spelled(int(value))} and a half" if value > 1 else "half")
        return distinct(forms)
    if value <= 100:
        word = spelled(int(value))
        return (word, plain) if in_words and 0 < value < 10 else (plain, word)
    forms.append(plain.replace(",", ""))
    number, _, scale = forms[0].partition(" ")
    if scale and len(number) == 1:
        forms.append(f"{spelled(int(number))} {scale}")
    if value < 10**6 and value % 1000 == 0 and value >= 10**4:
        forms.append(f"{spelled(int(value) // 1000)} thousand")
        forms.append(f"{grouped(tidy(value.scaleb(-6)))} million")
    return distinct(forms)


def unit_forms(unit: str, numbers: Iterable[str], *, singular: bool = False) -> tuple[str, ...]:
    """Number forms with their unit; a unit whose noun is the translation's adds nothing."""
    entry, numbers = UNITS[unit], tuple(numbers)
    if not entry.plural:
        return numbers
    plain, other = (entry.name, entry.plural) if singular else (entry.plural, entry.name)
    patterns = _PATTERNS.get(unit, (f"{{}} {plain}", f"{{}} {other}"))
    if singular:
        patterns = tuple(pattern.replace(entry.plural, entry.name) for pattern in patterns)
    adjective = f"{{}}-{entry.name.replace(' ', '-')}"
    return distinct(
        [patterns[0].format(n) for n in numbers if patterns[0][0] == "{" or n[0].isdecimal()]
        + [
            pattern.format(number)
            for pattern in patterns[1:]
            for number in numbers[:2]
            if pattern[0] == "{" or number[0].isdecimal()
        ]
        + [adjective.format(number.replace(" ", "-")) for number in numbers[:2]]
    )


def range_forms(low: tuple[str, ...], high: tuple[str, ...]) -> tuple[str, ...]:
    """``3 million to 8 million``, ``3 to 8 million``, ``3-8 million``, best form first."""
    pairs = list(zip(low, high, strict=False))[:3]
    shared = [
        (a.rpartition(" ")[0], b)
        for a, b in pairs
        if " " in a and a.rpartition(" ")[2] == b.rpartition(" ")[2]
    ]
    return tuple(
        form
        for a, b in [*pairs, *shared]
        for form in (f"{a} to {b}", f"{a}-{b}", f"{a} and {b}", f"{a} or {b}")
    )


_PATTERNS: dict[str, tuple[str, ...]] = {
    "percent": ("{} percent", "{}%", "{} per cent"),
    "per mille": ("{} per mille", "{}‰", "{} per thousand"),
    "percentage point": ("{} percentage points", "{} percentage point"),
    "basis point": ("{} basis points", "{} basis point"),
    "times": ("{} times", "{}-fold"),
    "yuan": ("{} yuan", "RMB {}", "RMB{}", "{} RMB", "¥{}"),
    "US dollar": ("US${}", "{} US dollars", "${}", "{} U.S. dollars", "{} dollars", "{} US dollar"),
    "euro": ("{} euros", "€{}", "{} euro"),
    "Hong Kong dollar": ("HK${}", "{} Hong Kong dollars"),
    "pound": ("{} pounds", "£{}", "{} pounds sterling"),
    "yen": ("{} yen", "¥{}", "{} Japanese yen"),
}


def distinct(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms without repetition, in order."""
    return tuple(dict.fromkeys(forms))
