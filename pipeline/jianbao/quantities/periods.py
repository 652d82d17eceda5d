"""Dates and periods of a Chinese text: 2018年9月5日, 1—11月, 6月底, 上半年, “十三五”时期."""

import re
from collections.abc import Callable
from decimal import Decimal

from jianbao.quantities.build import quantity
from jianbao.quantities.model import Part, Quantity, Reading
from jianbao.quantities.numerals import parse_numeral
from jianbao.quantities.render import MONTHS, ordinal_digits, ordinal_word, spelled

_DASH = r"\s?(?:[-—–―~～至到]|——)\s?"
_YEAR_NUMBER = r"(?:1[0-9]\d{2}|20\d{2}|21\d{2}|[一二][〇一二三四五六七八九]{3})"
_MONTH_NUMBER = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY_NUMBER = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_IN_YEAR = rf"(?:(?P<year>{_YEAR_NUMBER})\s?年)?\s?"
_MONTH_START = rf"(?P<month>{_MONTH_NUMBER})\s?月"
_SHARE = (
    r"(?:(?P<half>[上下])半年|前(?P<quarters>[一二两三1-3])个?季度"
    r"|第?(?P<quarter>[一二三四1-4])季度|前(?P<months>\d{1,2}|[一二两三四五六七八九十]+)个?月)"
)
_DAY_WORD = r"\s?(?:日|号(?![文楼线院机馆厅]))"
_DAYS = (
    rf"(?P<day>{_DAY_NUMBER})(?:{_DAY_WORD})?"
    rf"(?:{_DASH}(?:(?P<end_month>{_MONTH_NUMBER})\s?月)?(?P<end_day>{_DAY_NUMBER}))?{_DAY_WORD}"
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?时(?![间期代刻长速])(?:(?P<minutes>[0-5]?\d)分)?|:(?P<minute>[0-5]\d)(?![\d.:万亿]))"
)
_MONTH_TAIL = "(?P<tail>底|末|初|[上中下]旬|份)?"
_CENTURY_DECADE = r"(?:\s?(?P<decade>[1-9]0|[一二三四五六七八九]十)\s?年代)?"
_NOT_A_MONTH_NEXT = r"(?![\d月]|\s?\d{1,2}月)"
# Tried in this order; the name tells who builds the quantity. 一月一调度 is "monthly", 三月三 a festival.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("plan", r"[“\"「]?(?P<plan>十[一二三四五]?)五[”\"」]?(?P<tail>规划|计划|时期|期间)?"),
        ("nth_plan", "第(?P<nth>十[一二三四五]?|1[0-5])个五年(?:规划|计划)(?P<tail>时期|期间)?"),
        ("clock", _CLOCK),
        ("born", "(?P<born>[5-9][05]|00)后"),
        ("iso", r"(?:(?:19|20)\d{2})-(?:0?[1-9]|1[0-2])-(?:[12][0-9]|3[01]|0?[1-9])(?![\d-])"),
        (
            "years",
            rf"(?P<first>{_YEAR_NUMBER})(?:\s?年)?{_DASH}(?P<last>{_YEAR_NUMBER})\s?年?度?{_NOT_A_MONTH_NEXT}",
        ),
        (
            "months",
            rf"{_IN_YEAR}(?P<first>{_MONTH_NUMBER})月?{_DASH}(?P<last>{_MONTH_NUMBER})\s?月份?(?!\s?\d{{1,2}}\s?日)",
        ),
        ("days", rf"{_IN_YEAR}{_MONTH_START}\s?{_DAYS}"),
        ("month", rf"{_IN_YEAR}{_MONTH_START}{_MONTH_TAIL}(?![一三]|\s?月)"),
        ("share", rf"{_IN_YEAR}{_SHARE}"),
        ("year", rf"(?P<year>{_YEAR_NUMBER})\s?年(?P<tail>年?[底末初])?度?"),
        ("century", rf"(?P<century>\d{{2}}|[十二][一二三四五六七八九十]{{0,2}})\s?世纪{_CENTURY_DECADE}"),
        ("decade", r"(?P<decade>[1-9]0|[二三四五六七八九]十)\s?年代"),
    )
)
_HINT = re.compile(r"[年月季五:时后]|世纪|-\d\d?-")
_TAILS = {"底": "the end of {}", "末": "the end of {}", "年底": "the end of {}", "年末": "the end of {}",
          "初": "early {}", "年初": "early {}", "上旬": "early {}", "中旬": "mid-{}", "下旬": "late {}"}  # fmt: skip
_QUARTERS = ("first", "second", "third", "fourth")


def find_period(text: str, start: int) -> Quantity | None:
    """The date or period that begins at ``start`` of the folded text, or None."""
    if not _HINT.search(text, start, start + 24):
        return None
    for name, pattern in _RULES:
        match = pattern.match(text, start)
        if match:
            found = _BUILDERS[name](match)
            if found is not None:
                return found
    return None


def _number(text: str) -> Decimal:
    value = parse_numeral(text)
    if value is None:
        raise ValueError(f"not a numeral: {text}")
    return value


def _year_part(year: str) -> Part:
    return (Reading(_number(year), "calendar year"),)


def _month_part(month: str, *others: Reading) -> Part:
    return (Reading(_number(month), "calendar month"), *others)


def _day_part(day: str) -> Part:
    return (Reading(_number(day), "calendar day"),)


def _month_name(month: str) -> str:
    return MONTHS[int(_number(month)) - 1]


def _plan(match: re.Match[str]) -> Quantity | None:
    ordinal = int(_number(match["plan"]))
    quoted = match[0][0] in '“"「'
    if ordinal == 10 and not (quoted and match["tail"]):
        return None
    return _numbered_plan(match, ordinal)


def _nth_plan(match: re.Match[str]) -> Quantity:
    return _numbered_plan(match, int(_number(match["nth"])))


def _clock(match: re.Match[str]) -> Quantity:
    """A time of day; 18:00 may be said as 6 p.m."""
    hour, minute = int(match["hour"]), match["minute"] or match["minutes"]
    half_day: Part = (Reading(Decimal(hour - 12)),) if hour > 12 else ()
    parts: tuple[Part, ...] = ((Reading(Decimal(hour)), *half_day),)
    if minute and int(minute):
        parts += ((Reading(Decimal(minute)),),)
    return quantity(match, "date", parts, (f"{hour}:{int(minute or 0):02}", str(hour)))


def _born(match: re.Match[str]) -> Quantity:
    """80后: people born in the 1980s."""
    decade = Decimal(match["born"])
    part: Part = (Reading(decade), Reading(decade + 1900), Reading(decade + 2000))
    return quantity(match, "period", (part,), (f"post-{1900 + int(decade)}s",), firm=False)


def _numbered_plan(match: re.Match[str], ordinal: int) -> Quantity:
    name = f"{ordinal_digits(ordinal)} Five-Year Plan"
    period = match["tail"] in ("时期", "期间")
    forms = (f"the {name} period", f"{name} period", name) if period else (name,)
    word = f"{ordinal_word(ordinal).capitalize()} Five-Year Plan"
    return quantity(match, "period", ((Reading(Decimal(ordinal), "ordinal"),),), (*forms, word))


def _iso(match: re.Match[str]) -> Quantity:
    year, month, day = match[0].split("-")
    parts = (_year_part(year), _month_part(month), _day_part(day))
    return quantity(match, "date", parts, (f"{_month_name(month)} {int(day)}, {year}", match[0]))


def _years(match: re.Match[str]) -> Quantity | None:
    first, last = (int(_number(match[name])) for name in ("first", "last"))
    if first >= last:
        return None
    forms = (
        f"{first}-{last}",
        f"{first} to {last}",
        f"{first}–{last}",
        f"{first} and {last}",
        f"{first}-{last % 100:02}",
    )
    return quantity(match, "period", (_year_part(match["first"]), _year_part(match["last"])), forms)


def _months(match: re.Match[str]) -> Quantity | None:
    first, last = (int(_number(match[name])) for name in ("first", "last"))
    if first >= last:
        return None
    since_january = first == 1
    opening = (Reading(Decimal(1), "ordinal"),) if since_january else ()
    closing = (Reading(Decimal(last), "month"),) if since_january else ()
    parts: tuple[Part, ...] = (_month_part(match["first"], *opening), _month_part(match["last"], *closing))
    begin, end = MONTHS[first - 1], MONTHS[last - 1]
    year = f" {int(_number(match['year']))}" if match["year"] else ""
    forms = [
        f"{begin} to {end}{year}",
        f"{begin}-{end}{year}",
        f"{begin} through {end}{year}",
        f"{begin} and {end}{year}",
    ]
    if since_january:
        count = spelled(last) if last < 10 else str(last)
        forms += [f"first {count} months" + (f" of{year}" if year else "")]
    return quantity(match, "period", ((_year_part(match["year"]),) if year else ()) + parts, tuple(forms))


def _days(match: re.Match[str]) -> Quantity:
    month, day = _month_name(match["month"]), int(_number(match["day"]))
    parts: tuple[Part, ...] = (_month_part(match["month"]), _day_part(match["day"]))
    forms, british = [f"{month} {day}"], f"{day} {month}"
    if match["end_month"] and match["end_month"] != match["month"]:
        end = f"{_month_name(match['end_month'])} {int(_number(match['end_day']))}"
        parts += (_month_part(match["end_month"]), _day_part(match["end_day"]))
        forms = [f"{month} {day} to {end}", f"{month} {day}-{end}"]
    elif match["end_day"]:
        end_day = int(_number(match["end_day"]))
        parts += (_day_part(match["end_day"]),)
        forms = [f"{month} {day} to {end_day}", f"{month} {day}-{end_day}", f"{month} {day} and {end_day}"]
    else:
        forms += [british, f"{month} {ordinal_digits(day)}"]
    if match["year"]:
        year = int(_number(match["year"]))
        parts = (_year_part(match["year"]), *parts)
        forms = [f"{form}, {year}" for form in forms] + [f"{british} {year}"]
    return quantity(match, "date", parts, tuple(forms))


def _month(match: re.Match[str]) -> Quantity | None:
    name = _month_name(match["month"])
    dated = f"{name} {int(_number(match['year']))}" if match["year"] else name
    pattern = _TAILS.get(match["tail"] or "", "{}")
    forms = (pattern.format(dated), *_loose(pattern, dated))
    parts = ((_year_part(match["year"]),) if match["year"] else ()) + (_month_part(match["month"]),)
    return quantity(match, "date", parts, forms)


def _year(match: re.Match[str]) -> Quantity:
    year = str(int(_number(match["year"])))
    pattern = _TAILS.get(match["tail"] or "", "{}")
    return quantity(
        match, "date", (_year_part(match["year"]),), (pattern.format(year), *_loose(pattern, year))
    )


def _loose(pattern: str, date: str) -> tuple[str, ...]:
    """Other ways to say "the end of" and "early", the bare date last."""
    if pattern == "{}":
        return ()
    return (*(form.format(date) for form in _LOOSE[pattern]), date)


_LOOSE = {
    "the end of {}": ("end of {}", "late {}", "end-{}", "year-end {}"),
    "early {}": ("the beginning of {}", "the start of {}", "beginning of {}"),
    "mid-{}": ("the middle of {}", "mid {}"),
    "late {}": ("the last ten days of {}", "the end of {}"),
}


def _share(match: re.Match[str]) -> Quantity:
    year = f" of {int(_number(match['year']))}" if match["year"] else ""
    parts: tuple[Part, ...] = (_year_part(match["year"]),) if year else ()
    if match["half"]:
        ordinal = 1 if match["half"] == "上" else 2
        what = f"{_QUARTERS[ordinal - 1]} half"
        parts += ((Reading(Decimal(ordinal), "ordinal"),),)
    elif match["quarter"]:
        ordinal = int(_number(match["quarter"]))
        what = f"{_QUARTERS[ordinal - 1]} quarter"
        parts += ((Reading(Decimal(ordinal), "ordinal"),),)
    else:
        unit = "quarter" if match["quarters"] else "month"
        count = _number(match["quarters"] or match["months"])
        what = f"first {spelled(int(count)) if count < 10 else count} {unit}s"
        parts += ((Reading(count, unit),),)
    return quantity(match, "period", parts, (f"the {what}{year}", f"{what}{year}", what))


def _century(match: re.Match[str]) -> Quantity | None:
    century = int(_number(match["century"]))
    if match["decade"]:
        start = (century - 1) * 100 + int(_number(match["decade"]))
        return quantity(
            match, "period", ((Reading(Decimal(start), "calendar year"),),), (f"{start}s", f"the {start}s")
        )
    forms = (f"{ordinal_digits(century)} century", f"{ordinal_word(century)} century")
    return quantity(match, "period", ((Reading(Decimal(century), "ordinal"),),), forms)


def _decade(match: re.Match[str]) -> Quantity:
    start = Decimal(1900) + _number(match["decade"])
    part: Part = (Reading(start, "calendar year"), Reading(start - 1900))
    return quantity(match, "period", (part,), (f"{start}s", f"the {start}s"))


_BUILDERS: dict[str, Callable[[re.Match[str]], Quantity | None]] = {
    "plan": _plan, "nth_plan": _nth_plan, "clock": _clock, "born": _born, "iso": _iso, "years": _years,
    "months": _months, "days": _days, "month": _month, "share": _share, "year": _year, "century": _century,
    "decade": _decade,
}  # fmt: skip
