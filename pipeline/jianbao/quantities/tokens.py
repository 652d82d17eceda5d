"""The words and patterns of figures in English text."""

import re

from jianbao.quantities.render import MONTHS, ordinal_word
from jianbao.quantities.words import CARDINAL_WORDS, NUMBER_WORDS, ORDINAL_WORDS, SCALE_WORDS

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
CURRENCY = {"US$": "US dollar", "$": "US dollar", "USD": "US dollar", "HK$": "Hong Kong dollar",
            "HKD": "Hong Kong dollar", "RMB": "yuan", "CNY": "yuan", "¥": "yuan", "￥": "yuan", "€": "euro",
            "£": "pound"}  # fmt: skip
_CURRENCY_PREFIX = "|".join(re.escape(sign) for sign in sorted(CURRENCY, key=len, reverse=True))
MONTH_NAMES = {name: index for index, name in enumerate(MONTHS, 1)} | {
    f"{name[:3]}.": index for index, name in enumerate(MONTHS, 1)
} | {"Sept.": 9}  # fmt: skip
MULTIPLES = {"double": 2, "twofold": 2, "twice": 2, "triple": 3, "treble": 3, "threefold": 3, "quadruple": 4,
              "fourfold": 4, "quintuple": 5, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8,
              "ninefold": 9, "tenfold": 10, "hundredfold": 100}  # fmt: skip
PAIRS = {"both": 2, "dual": 2, "twin": 2, "pair": 2, "couple": 2, "bilateral": 2, "either": 2, "once": 1, "no": 0,
          "none": 0, "nil": 0}  # fmt: skip
DENOMINATORS = {"half": 2, "halves": 2, "quarter": 4} | {ordinal_word(value): value for value in range(3, 21)}
_PLURAL_DENOMINATORS = "|".join(f"{word}s" for word in DENOMINATORS if word != "halves")
PHRASES = {
    "around the clock": (24, "hour"), "round the clock": (24, "hour"), "round-the-clock": (24, "hour"),
    "around-the-clock": (24, "hour"), "centenary": (100, ""), "centennial": (100, ""), "fortnight": (2, "week"),
    "in duplicate": (2, ""), "in triplicate": (3, ""), "fifty-fifty": (50, "percent"),
}  # fmt: skip
NUMERATOR = "one|two|three|four|five|six|seven|eight|nine"
# COVID-19, 5G, HG2024-017, a telephone number; but not RMB100, mid-2018 or a long amount of money.
_CODE = (
    rf"(?<![\w.])(?!(?:{_CURRENCY_PREFIX})\d)(?:[A-Za-z]{{1,8}}|[A-Z]+-|[A-Z][a-z]+-(?!\d{{4}}))\d[\w.]*(?:-\d+)*(?<!\.)"
    r"|(?<![\d,.])0\d{2,3}-\d{7,8}|(?<![\w.,])\d+(?:\.\d+)?[A-Z]+[a-z]*\d*(?!\w)"
)
_FRACTION = (
    rf"(?P<many>{NUMERATOR})[\s-](?:{_PLURAL_DENOMINATORS})|(?:one|a)[\s-](?:{'|'.join(DENOMINATORS)})"
)
_ROMAN_NUMERAL = (
    r"[IVX]{2,}|V|X|"
    + "|".join(f"(?<={word} )I" for word in ("Phase", "Chapter", "Part", "Type", "Class", "Level", "Grade"))
    + r"|I(?=\. )"
)
# Every way to write a figure; the name of the group that matched tells how to read it.
TOKEN = re.compile(
    rf"(?P<code>{_CODE})"
    rf"|(?P<plan>(?:(?P<plan_digits>\d+)(?:st|nd|rd|th)|(?P<plan_words>(?i:{ORDINAL_WORDS})))\sFive-Year(?=\sPlan))"
    rf"|(?P<fraction>\b(?i:{_FRACTION})\b)"
    rf"|(?P<share>\b(?i:one|1)\s(?:in|out\sof)(?:\severy)?\s(?:(?P<share_digits>\d+)|(?P<share_words>{CARDINAL_WORDS})))"
    rf"|(?P<marker>(?:\(|(?:^|(?<=[;:.,]\s)|(?<=and\s)|(?<=\n))(?=\d{{1,2}}[.)]\s))(?P<marker_digits>\d{{1,2}})[.)](?!\d))"
    rf"|(?P<phrase>\b(?i:{'|'.join(PHRASES)})\b)"
    rf"|(?P<slash>(?<![\d/.,])\d{{1,2}}/\d{{1,2}}(?![\d/,.]))"
    rf"|(?P<half_scale>\bhalf\sa\s(?:million|billion|trillion))"
    rf"|(?P<clock>(?<![\d.:])\d{{1,2}}:[0-5]\d(?![\d.:]))"
    rf"|(?P<decade>(?<!\d)(?:1[5-9]|20)\d0s\b)"
    rf"|(?P<ordinal_digits>(?<![\d.,])\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<number>(?:(?P<sign>{_CURRENCY_PREFIX})\s?)?(?P<digits>{_DIGITS})(?P<scale>{SCALE_WORDS})?)"
    rf"|(?P<month>\b(?:{'|'.join(map(re.escape, MONTH_NAMES))}))"
    rf"|(?P<ordinal>\b(?i:{ORDINAL_WORDS}))"
    rf"|(?P<words>\b(?i:{CARDINAL_WORDS}))"
    rf"|(?P<dozen>\b(?:a|(?P<dozen_count>{NUMERATOR}))\sdozen\b)"
    rf"|(?P<multiple>\b(?i:(?P<multiple_word>{'|'.join(MULTIPLES)})|doubl|tripl|quadrupl)(?:[ds]|ings?|es|ed)?\b)"
    rf"|(?P<pair>\b(?i:{'|'.join(PAIRS)})\b)"
    rf"|(?P<half>\b(?i:half|halve[sd]?)\b)"
    rf"|(?P<scale_word>\b(?i:hundred|thousand|million|billion|trillion)s?\b)"
    rf"|(?P<long>\b(?i:decade|century)\b)"
    rf"|(?P<roman>\b(?:{_ROMAN_NUMERAL})\b)"
)
# Where a figure may begin: looked at before the long pattern is tried.
START = re.compile(r"[A-Za-z]+|[\d$¥￥€£(]")
DIGIT_OR_SIGN = tuple("0123456789$")
FIRST_WORDS = (
    NUMBER_WORDS
    | {*MULTIPLES, *PAIRS, "half", "halve", "halves", "halved", "decade", "century", "rmb", "cny"}
    | {name.lower().rstrip(".") for name in MONTH_NAMES}
    | {re.split(r"[ -]", phrase)[0] for phrase in PHRASES}
)
