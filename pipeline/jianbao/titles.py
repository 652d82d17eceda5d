"""The titles of official reports and of their usual chapters, which follow a few patterns, in English by rule.

``X局2018年工作总结及2019年工作计划`` is "2018 Work Summary and 2019 Work Plan of the X Bureau": a headline that a
model gets wrong is the first thing a reader sees.
"""

import re

from jianbao.names import find_names
from jianbao.normalise import normalise_source

_KINDS = {
    "政府信息公开工作年度报告": "Annual Report on Government Information Disclosure",
    "国民经济和社会发展统计公报": "Statistical Communiqué on National Economic and Social Development",
    "法治政府建设年度报告": "Annual Report on Building a Law-Based Government",
    "政府工作报告": "Report on the Work of the Government",
    "工作总结": "Work Summary",
    "工作报告": "Work Report",
    "工作计划": "Work Plan",
    "工作打算": "Work Plan",
    "工作思路": "Work Plan",
    "工作安排": "Work Arrangements",
    "工作要点": "Work Priorities",
}
_PERIODS = {"上半年": "First-Half", "下半年": "Second-Half", "第一季度": "First-Quarter"}
_YEAR = r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})"
_KIND = "|".join(_KINDS)
_BODY = r"(?P<body>[\u4e00-\u9fff]{2,30}?)"
_FIRST, _SECOND = (
    rf"(?P<year{n}>{_YEAR})年(?P<period{n}>上半年|下半年|第一季度|度|全年)?(?P<kind{n}>{_KIND})" for n in "12"
)
_SHAPES = (
    re.compile(rf"{_BODY}?{_FIRST}(?:(?:及|和|暨|与|、){_SECOND})?"),
    re.compile(rf"(?P<year1>{_YEAR})年(?P<period1>上半年|下半年|度)?{_BODY}(?P<kind1>{_KIND})"),
    re.compile(rf"{_BODY}(?P<kind1>{_KIND})"),
)
_CHAPTERS = (
    (rf"({_YEAR})年(?:度)?(?:主要)?工作(?:完成)?(?:情况|开展情况|总结|小结)", "Work in {}"),
    (rf"({_YEAR})年(?:度)?(?:主要)?工作回顾", "Review of work in {}"),
    (rf"({_YEAR})年(?:度)?(?:主要)?工作(?:设想|打算|计划|思路|安排|规划|谋划)", "Work plan for {}"),
    (rf"({_YEAR})年(?:度)?(?:主要|重点)(?:工作|任务)|({_YEAR})年工作(?:重点|要点)", "Priorities for {}"),
    (r"(?:主要)?工作(?:完成|开展)?情况", "Work done"),
    (r"(?:主要|取得的?)(?:工作)?(?:成效|成绩|成果)|(?:主要)?工作(?:及)?成效", "Main results"),
    (r"主要(?:做法|措施|举措)|(?:工作)?主要做法", "Main measures"),
    (r"存在的?(?:主要)?(?:问题|困难|不足)|主要问题", "Problems"),
    (
        r"存在的?(?:主要)?(?:问题和困难|困难和问题|问题与不足|问题和不足|不足和问题)",
        "Problems and difficulties",
    ),
    (
        r"(?:下一?步|下阶段|今后)(?:的)?(?:主要|重点)?(?:工作)?(?:打算|计划|安排|思路|措施|重点|工作)",
        "Next steps",
    ),
    (r"(?:指导思想|总体要求)", "Overall requirements"),
    (r"(?:主要|工作)目标", "Main targets"),
    (r"(?:组织|工作)?保障措施", "Supporting measures"),
    (r"总则", "General Provisions"),
    (r"附则", "Supplementary Provisions"),
    (r"法律责任", "Legal Liability"),
    (r"监督管理", "Supervision and Administration"),
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def render_title(title: str) -> str | None:
    """The English of the title of a report or chapter; None where it has no usual form or names an unknown body."""
    text = normalise_source(title).replace(" ", "")
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found is None:
            continue
        groups = found.groupdict()
        body = _body(groups.get("body") or "")
        if body is None:
            continue
        parts = [_part(groups, number) for number in ("1", "2") if groups.get(f"kind{number}")]
        return " and ".join(parts) + (f" of {body}" if body else "")
    return _render_chapter(text)


def _render_chapter(text: str) -> str | None:
    for pattern, english in _CHAPTERS:
        found = re.fullmatch(pattern, text)
        if found:
            year = next(filter(None, found.groups()), "")
            return english.format(year.translate(_CHINESE_DIGITS))
    return None


def _part(groups: dict[str, str | None], number: str) -> str:
    year = (groups.get(f"year{number}") or "").translate(_CHINESE_DIGITS)
    period = _PERIODS.get(groups.get(f"period{number}") or "", "")
    return " ".join(filter(None, [year, period, _KINDS[groups[f"kind{number}"] or ""]]))


def _body(chinese: str) -> str | None:
    """A body's English with its article, "" for none, None where no rule knows it."""
    if not chinese:
        return ""
    whole = _whole_name(chinese)
    if whole is not None:
        return f"the {whole}" if re.search(r"[局厅部委会院府办]$", chinese) else whole
    government = _whole_name(f"{chinese}人民政府")
    return government.removesuffix(" People's Government") if government else None


def _whole_name(chinese: str) -> str | None:
    return next((m.target for m in find_names(chinese) if (m.start, m.end) == (0, len(chinese))), None)
