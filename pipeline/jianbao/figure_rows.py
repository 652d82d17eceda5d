"""Rows of the key-figures table read off one Chinese segment: what was measured, its value, its change.

A value's indicator is the noun phrase before it, in its clause. Where the words round a value leave a doubt, it
makes no row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jianbao.document import Segment
from jianbao.quantities import Quantity, find_quantities

_NOTE_MARK = re.compile(r"[\[［]\d{1,2}[\]］]")
_BOUNDARY = re.compile(r"[，,、；;。：:（）()\n\t]")
_KIND_SCORES = {"money": 3.0, "percent": 2.0, "measure": 2.0, "number": 1.5}
_TIME_UNITS = frozenset({"year", "month", "day", "hour", "minute", "week"})
_END = r"(?P<near>以上|左右)?(?=$|[，,、；;。：:（）()\n\t])"
_AFTER_COUNT = re.compile(rf"[多余]?[\u4e00-\u9fff]{{1,2}}?{_END}")
_MEASURE_WORD = re.compile(r"[多余]?[\u4e00-\u9fff]{0,2}(?:以上|左右)?")
_AFTER_MEASURE = re.compile(_END)

# Words between an indicator and its value; what they say of the value stands before it in English.
_NEAR = {
    "不少于": "at least ", "不低于": "at least ", "以上": "at least ", "超过": "more than ", "突破": "more than ",
    "超": "more than ", "逾": "more than ", "接近": "nearly ", "近": "nearly ", "约": "about ", "左右": "about ",
}  # fmt: skip
_RISEN = "增加|增长|提高|提升|扩大|上升|攀升|跃升|下降|降低|减少|增|升|降"
_COPULA = re.compile(
    rf"(?P<word>{'|'.join(_NEAR)}|预计|(?:{_RISEN})[到至]|高达|达到?|稳定在|保持在|总计|合计|累计|为|共|已|实现)$"
)
_LEAD = re.compile(
    r"^(?:其中|全[年市省县区州国镇]|[我本][市省县区国局]|(?:截至|到)?\d{4}年(?:\d{1,2}月)?[底末]?|截至|\d{1,2}月[底末]?|年[末底]|底|"
    r"目前|预计|预期|力争|要把|确保|提出|每年|初步核算|今年|去年|当年|共|已|使|实现|完成|圆满|累计拥有|累计|共有|拥有|"
    r"[\s　]+)+"
)
_GROWTH = re.compile(
    r"(?P<base>(?:[比较]上年(?:末|同期)?|[比较]去年(?:同期)?|同比|年均|名义|实际|[比较](?P<year>\d{4})年末?)*)"
    r"(?P<verb>增长|增加|提高|提升|上升|增产|扩大|下降|减少|降低|回落|减产)了?(?P<near>超过|超|约|近|接近)?$"
)
_DOWN = frozenset({"下降", "减少", "降低", "回落", "减产"})
_FROM = re.compile(r"(?P<name>.{2,}?)[从由](?:(?P<year>\d{4})年的?)?$")
_TO = re.compile(rf"^[\u4e00-\u9fff]{{0,2}}?(?:{_RISEN})[到至](?:\d{{4}}年的?)?$")
_GENERIC = re.compile(r"总量|总数|总额")
_TARGET = re.compile(r"力争|预期目标|主要目标|争取|确保(?!了)|计划|不低于|不少于|(?:^|[，,、；;])到\d{4}年")
_TRIVIAL = re.compile(r"会议|培训|讲座|活动|检查|谈话|问题|措施|调研|座谈|信息|稿|简报|学习|投诉|加分|纪律")
_HEADLINE = re.compile(
    r"生产总值|增加值|总产值|收入|投资|总额|总量|专利|高新技术企业|研发|贷款|交易额|成交额|人口|产量|就业"
)
_EMPHASIS = re.compile(r"全[市省国县]|累计|达到?|突破|超过?|总")
_COUNTABLE = ("企业", "专利", "合同", "机构", "项目", "平台", "游客", "贷款", "存款")
_SCOPE = re.compile(r"全[市省国县区州]|[我本][市省县区国]")
_ZONE = re.compile(r"开发区|高新区|新区|示范区|自贸试验区|自贸区|保税区|产业园|园区|科学城")
# A zone that is the subject of its clause: nothing but what it did or has follows.
_AREA = re.compile(
    rf"[\u4e00-\u9fff]{{2,18}}?(?:{_ZONE.pattern})(?=经济|实现|完成|全年|预计|累计|地区|规|生产|税收|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row in the making. ``phrase`` is the Chinese indicator, ``value`` and ``change`` are English.

    ``counted`` says that the value counts things; ``area`` is the zone the figure is of, where that is not the
    whole place; ``score`` is how telling the row is.
    """

    phrase: str
    segment: str
    counted: bool
    value: str
    change: str
    score: float
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A value with the words round it.

    ``gap`` reaches back to the value before, ``clause`` to the last punctuation (without words of time and
    scope; empty where it is unclear what belongs to the value). ``closed`` says that nothing but a measure word
    follows in the clause; ``area`` is None where the area is unclear.
    """

    quantity: Quantity
    gap: str
    clause: str
    closed: bool
    near: str
    area: str | None


def read_rows(segment: Segment, *, planned: bool, own: str = "") -> Iterator[Row]:
    """The rows that a segment holds, in order.

    ``planned`` says that its section tells of what is to come, ``own`` is text that names the report's own
    area (its title).
    """
    text = _NOTE_MARK.sub("", segment.text[len(segment.marker) :])
    planned = planned or _TARGET.search(text) is not None
    row: Row | None = None
    origin: tuple[str, str] | None = None
    for mention in _mentions(text, own):
        growth = _GROWTH.search(mention.clause)
        if origin and mention.closed and _TO.search(mention.gap):
            row, origin = _make(segment, origin[0], mention, planned=planned, change=origin[1]), None
            continue
        if growth and not growth.start():
            if row and not row.change and (mention.closed or mention.quantity.kind != "number"):
                row = replace(row, change=_change(growth, mention), score=row.score + 1.5)
            continue
        if row:
            yield row
        start = _FROM.match(mention.clause)
        origin = (start["name"], _origin(start, mention)) if start else None
        row = _read_row(segment, mention, growth, row, planned=planned) if mention.closed else None
    if row:
        yield row


def _mentions(text: str, own: str) -> Iterator[_Mention]:
    past = 0
    for quantity in find_quantities(text):
        if quantity.kind in _KIND_SCORES and quantity.unit not in _TIME_UNITS:
            gap = text[past : quantity.start]
            after = _AFTER_COUNT if quantity.kind == "number" else _AFTER_MEASURE
            follows = after.match(text, quantity.end)
            yield _Mention(
                quantity=quantity,
                gap=gap,
                clause=_bare(_clause(gap, first=past == 0)),
                closed=follows is not None,
                near=_NEAR[follows["near"]] if follows and follows["near"] else "",
                area=_area(text[: quantity.start], own),
            )
            past = quantity.end


def _clause(gap: str, *, first: bool) -> str:
    """The part of ``gap`` after its last punctuation; "" where a list (甲、乙3家) leaves open what is counted."""
    marks = list(_BOUNDARY.finditer(gap))
    if not marks:
        return gap if first else ""
    opens_list = first or not _MEASURE_WORD.fullmatch(gap, 0, marks[-1].start())
    return "" if marks[-1].group() == "、" and opens_list else gap[marks[-1].end() :]


def _bare(clause: str) -> str:
    """``clause`` without the words of time and scope, and the zone, that may open it."""
    bare = _LEAD.sub("", clause)
    zone = _AREA.match(bare)
    return _LEAD.sub("", bare[zone.end() :]) if zone else bare


def _area(before: str, own: str) -> str | None:
    """The zone that the figures after ``before`` are of: "" for the whole place, None where it is unclear."""
    for clause in reversed(_BOUNDARY.split(before)):
        if _SCOPE.search(clause):
            return ""
        lead = _LEAD.match(clause)
        found = _AREA.match(clause, lead.end() if lead else 0)
        if found:
            return "" if found[0] in own else found[0]
        if _ZONE.search(clause):
            return None
    return ""


def _read_row(
    segment: Segment, mention: _Mention, growth: re.Match[str] | None, last: Row | None, *, planned: bool
) -> Row | None:
    """The row of a value that opens one; ``last`` is the row before, which 总量 ("in all") takes up."""
    if growth:
        change = _change(growth, mention)
        phrase = mention.clause[: growth.start()]
        return _make(segment, phrase, mention, planned=planned, change=change, grown=True)
    row = _make(segment, mention.clause, mention, planned=planned)
    if row and _GENERIC.fullmatch(row.phrase):
        return replace(row, phrase=last.phrase.removeprefix("新增") + row.phrase) if last else None
    return row


def _make(
    segment: Segment, phrase: str, mention: _Mention, *, planned: bool, change: str = "", grown: bool = False
) -> Row | None:
    """A row, or None where the words before the value name no indicator. ``grown``: only the change is known."""
    near = mention.near
    estimated = "预计" in mention.gap or "初步核算" in mention.gap
    while copula := _COPULA.search(phrase):
        phrase, near = phrase[: copula.start()], near or _NEAR.get(copula["word"], "")
    if len(phrase) < 2 or _TRIVIAL.search(phrase) or mention.area is None:
        return None
    status = " (target)" if planned else " (estimate)" if estimated else ""
    quantity = mention.quantity
    return Row(
        phrase=phrase,
        segment=segment.id,
        counted=quantity.kind == "number" or phrase.endswith(_COUNTABLE),
        value="" if grown else f"{near}{quantity.target}{status}",
        change=f"{change}{status}" if grown else change,
        score=_score(phrase, mention, planned=planned) + 1.5 * bool(change) - grown,
        area=mention.area,
    )


def _origin(start: re.Match[str], mention: _Mention) -> str:
    year = f" in {start['year']}" if start["year"] else ""
    return f"from {mention.quantity.target}{year}"


def _change(growth: re.Match[str], mention: _Mention) -> str:
    """``up 5 percent``, ``down 1,100 from 2015``, ``up about 6 percent a year in real terms``."""
    base = growth["base"]
    near = mention.near or _NEAR.get(growth["near"] or "", "")
    since = f" from {growth['year']}" if growth["year"] else ""
    yearly = " a year" if "年均" in base else ""
    real = " in real terms" if "实际" in base else ""
    return (
        f"{'down' if growth['verb'] in _DOWN else 'up'} {near}{mention.quantity.target}{since}{yearly}{real}"
    )


def _score(phrase: str, mention: _Mention, *, planned: bool) -> float:
    """How telling a row is: money before percentages before counts; totals and headline words add."""
    quantity = mention.quantity
    score = _KIND_SCORES[quantity.kind]
    score += 1.5 * bool(_HEADLINE.search(phrase)) + 0.5 * bool(_EMPHASIS.search(mention.gap))
    score -= 0.5 * ("其中" in mention.gap) + 0.5 * bool(mention.area) + planned
    return score - 2 * (quantity.kind == "number" and quantity.value < 10)
