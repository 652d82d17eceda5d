"""Codes of a Chinese text that stay as they are: PM2.5, 5G, GB/T 29490-2013, telephone numbers."""

import re
from decimal import Decimal

from jianbao.quantities.build import quantity
from jianbao.quantities.model import Quantity, Reading
from jianbao.quantities.numerals import ARABIC, parse_numeral
from jianbao.quantities.render import value_forms
from jianbao.quantities.units import LATIN_UNITS

_LETTERED = re.compile(
    r"(?:(?:GB|GB/T|ISO|IEC)\s|[A-Za-z]+(?:[-/][A-Za-z]+)*[-+/]?)\d[\dA-Za-z.\-/]*(?<![.\-/])"
    r"|\d+(?:\.\d+)?[A-Za-z][A-Za-z\d]*"
)
_LONG = re.compile(r"\d{5,}(?![\d.,%万亿千百余多个家元])")
_UNBROKEN = re.compile(r"\d{16,}|\d+(?:\.\d+){2,}|0\d{2,}(?:-\d+)*|\d{3,4}-\d{7,8}")
_LATIN_MEASURE = re.compile(
    rf"({ARABIC})\s?(?:{'|'.join(sorted(LATIN_UNITS, key=len, reverse=True))})(?![A-Za-z\d])"
)
_NUMBERED = re.compile(r"(?:电话|传真|热线|手机|邮编|编号|登记号|备案号)[^\d，。；]{0,6}$")
_HOTLINE = re.compile(
    r"(?<=拨打)123\d\d(?!\d)|(?<=热线)123\d\d(?!\d)"
    r"|123\d\d(?=(?:号)?(?:热线|专线|电话|平台|政务|投诉|举报|便民|服务|市民|消费|工单|诉求)|[”\"])"
    r"|(?<=[“\"])\d{4}(?=[”\"])"
)
_FLOOD = re.compile(r"(?P<year>\d{2})·(?P<month>\d{1,2})(?!\d)")
_CODES = (_LETTERED, _UNBROKEN, _HOTLINE)


def find_code(text: str, start: int) -> Quantity | None:
    """Letters and digits that stay as they are: PM2.5, 5G, GB/T 29490-2013; but 10MW is ten megawatts."""
    dated = _FLOOD.match(text, start)
    if dated:  # “23·7”洪水: of July 2023
        year, month = Decimal(dated["year"]), Decimal(dated["month"])
        parts = ((Reading(year), Reading(year + 2000)), (Reading(month), Reading(month, "calendar month")))
        return quantity(dated, "code", parts, (dated[0],), firm=False)
    measure = _LATIN_MEASURE.match(text, start)
    if measure and (value := parse_numeral(measure[1])) is not None:
        forms = value_forms(value, in_words=False)
        return quantity(measure, "number", ((Reading(value),),), forms, end=measure.end(1))
    match = next((m for pattern in _CODES if (m := pattern.match(text, start))), None) or _number_name(
        text, start
    )
    if match is None:
        return None
    numbers = re.findall(r"\d+(?:\.\d+)?", match[0])
    value = Decimal(numbers[0] if len(numbers) == 1 else "".join(re.findall(r"\d", match[0])))
    return quantity(match, "code", ((Reading(value, "code"),),), (match[0],))


def _number_name(text: str, start: int) -> re.Match[str] | None:
    """A run of five and more digits that names something: a telephone line, a document."""
    match = _LONG.match(text, start)
    named = match and (
        text[match.end() : match.end() + 1] == "号" or _NUMBERED.search(text, max(0, start - 12), start)
    )
    return match if named else None
