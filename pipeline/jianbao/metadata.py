"""What a page says of itself: title, issuing body, publication date, source."""

import re
from collections.abc import Iterator, Sequence

from jianbao.document import Block, Metadata
from jianbao.furniture import is_prose

_TITLE_END = re.compile(
    r"(?:报告|总结|计划|意见|办法|条例|规定|规则|规程|通知|通告|公告|公报|决定|决议|讲话|致辞|方案|规划|纲要|要点|细则|解读|章程|汇报|批复|函|"
    r"标准|指南|指引|清单|预案|开幕|闭幕|召开|建议|说明|措施|政策|白皮书|年报|要览|综述|情况|安排|思路|设想|体会|提纲|法|令)"
    r"(?:[（(][^（）()]{1,20}[）)])?$"
)
_NUMBER = re.compile(r"\s*[（(]\S{1,10}[〔\[（(]\d{4}[〕\]）)]\S{0,3}\d+号[）)]\s*$")
_OPENS_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|第\S{1,5}[章节条])"
)
_BODY = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|国务院办公厅|国务院|政府办公室|常务委员会|人民代表大会|人民法院|人民检察院|委员会|管委会|"
    r"办公厅|办公室|总局|税务局|统计局|财政局|局|厅|部|委|署|院|中心|海关|政府|领导小组|联合会|协会|总队|支队)"
)
_SIGNATURE = re.compile(rf"[\u4e00-\u9fff]{{2,28}}{_BODY}$")
_TITLE_BODY = re.compile(
    rf"(?:\d{{4}}年度?)?(?P<body>[\u4e00-\u9fff]{{2,28}}?{_BODY})(?=关于|印发|\d{{4}}|[一二三四五六七八九十]?年?度?(?:工作|政务|政府信息|部门)|[“《]|20)"
)
_GOVERNMENT = re.compile(r"(?:\d{4}年)?(?P<place>[\u4e00-\u9fff]{2,12}?)(?:\d{4}年)?政府工作报告")
_ADOPTED = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,12}?[省市区县州盟旗])(?:第?[一二三四五六七八九十]+届)?"
    r"(?P<kind>人民代表大会(?:常务委员会)?|人大(?:常委会)?)(?:公告)?第"
)
_ORDERED = re.compile(r"(?P<body>[\u4e00-\u9fff、]{2,40}?)令?第\S{1,5}(?:号令?(?:公布|发布)|次常务会议通过)")
_FIELDS = {
    "issuer": re.compile(
        r"(?:发布机构|发文机关|发文机构|发文单位|发布单位|制定机关|解读机关)\s*[:：]\s*(?P<value>[^\s:：|]{2,30}+)(?!\s*[:：])"
    ),
    "source": re.compile(
        r"(?:信息来源|文章来源|新闻来源|稿件来源|稿源|来\s*源)\s*[:：]\s*(?P<value>[^\s:：|【\[]{2,30}+)(?!\s*[:：])"
    ),
}
_DATE = re.compile(r"(?P<y>(?:19|20)\d{2})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)")
_DATE_LINE = re.compile(
    r"[（(]?\D{0,12}[\d〇零○OＯ一二三四五六七八九]{4}\s*[-/.年][^。，,；;]{3,10}[日\d]\s*(?:印发|发布)?[)）]?"
)
_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_CHINESE_DATE = re.compile(
    r"(?P<y>[一二][〇零○OＯ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_PUBLISHED = re.compile(
    r"(?:发布日期|发布时间|发文日期|印发日期|(?<!归档)(?<!终止)(?<!废止)(?:日\s*期|时\s*间)|成文日期|生成日期|公开日期|更新时间)\s*[:：]\s*"
)
_DIGITS = {digit: index for index, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "O": 0,
    "Ｏ": 0,
}


def find_title(text: str, blocks: Sequence[Block], stated: Metadata) -> str | None:
    """The title of the document: the likeliest line before its prose, else what the format states, else None."""
    best: tuple[float, str] | None = None
    wanted = _squeeze(stated.title or "")
    for index, line in enumerate(_head(text, blocks)):
        title = _NUMBER.sub("", line).strip()
        score = _title_score(title, index)
        if wanted and _squeeze(title) in (wanted, f"{wanted}"):
            score += 3
        if score > 0 and (best is None or score > best[0]):
            best = (score, title)
    return best[1] if best else stated.title


def _head(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    """The lines before the prose that are neither furniture nor rows, ten at most."""
    count = 0
    for block in blocks:
        line = text[block.start : block.end].strip()
        if block.kind in ("furniture", "row") or not line:
            continue
        if is_prose(line) or count == 10:
            return
        count += 1
        yield line


def _title_score(line: str, index: int) -> float:
    """How much a line looks like a title; at most 0 if it cannot be one."""
    if (
        not 4 <= len(line) <= 80
        or _OPENS_SECTION.match(line)
        or line[-1] in "。：:；;，,、！!"
        or line[0] in "(（—-*["
    ):
        return 0.0
    score = 1.0 - 0.1 * index
    score += 2.0 if _TITLE_END.search(line) else 0.0
    score += 0.5 if "关于" in line else 0.0
    score += min(len(line), 20) / 40
    return score - (1.5 if _DATE.match(line) or _SIGNATURE.fullmatch(line) else 0.0)


def find_metadata(text: str, blocks: Sequence[Block], stated: Metadata, title: str | None) -> Metadata:
    """Title, issuing body, date (ISO 8601) and source, from the page or from what the format states."""
    furniture = " \n".join(text[b.start : b.end] for b in blocks if b.kind == "furniture")
    lines = [text[b.start : b.end].strip() for b in blocks if b.kind in ("paragraph", "heading")]
    source = _field("source", furniture) or stated.source
    return Metadata(
        title=title,
        issuer=_issuer(title or "", lines, furniture) or stated.issuer,
        date=_published(furniture) or iso_date(stated.date or "") or _signed(lines) or _adopted_date(lines),
        source=source,
    )


def _field(name: str, text: str) -> str | None:
    match = _FIELDS[name].search(text)
    return match.group("value").strip() if match else None


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def iso_date(text: str) -> str | None:
    """The first date in the text as ISO 8601, from 2019-3-22, 2019年3月22日 or 二〇一九年三月二十二日.

    >>> iso_date("二〇一六年十二月二十日")
    '2016-12-20'
    """
    if match := _DATE.search(text):
        year, month, day = (int(match.group(part)) for part in "ymd")
    elif match := _CHINESE_DATE.search(text):
        year = int("".join(str(_DIGITS[digit]) for digit in match.group("y")))
        month, day = _count(match.group("m")), _count(match.group("d"))
    else:
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _count(numeral: str) -> int:
    """A Chinese numeral below 100."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)


def _published(furniture: str) -> str | None:
    """The date after a label such as 发布日期, else a bare date among the furniture."""
    for match in _PUBLISHED.finditer(furniture):
        if date := iso_date(furniture[match.end() : match.end() + 12]):
            return date
    return next(
        (date for line in furniture.splitlines() if _DATE.match(line) and (date := iso_date(line))), None
    )


def _signed(lines: Sequence[str]) -> str | None:
    """The date under the text."""
    return next(
        (date for line in lines[-4:] if _DATE_LINE.fullmatch(line) and (date := iso_date(line))), None
    )


def _adopted_date(lines: Sequence[str]) -> str | None:
    """The date above the text: that of publication (公布, 发布) if stated, else the first."""
    dated = [line for line in lines[:8] if not is_prose(line) and iso_date(line)]
    return (
        iso_date(next((line for line in dated if re.search("公布|发布", line)), dated[0])) if dated else None
    )


def _issuer(title: str, lines: Sequence[str], furniture: str) -> str | None:
    """The issuing body: stated, in the title, in the signature, or the body that adopted the text."""
    if stated := _field("issuer", furniture):
        return stated
    if match := _GOVERNMENT.match(title):
        place = match.group("place")
        return "国务院" if place.endswith("国务院") else f"{place.removesuffix('人民')}人民政府"
    if match := _TITLE_BODY.match(title):
        return match.group("body")
    signed = (line for line in [*lines[-4:], *lines[:6]] if line != title and len(line) <= 30)
    if signature := next((line for line in signed if _SIGNATURE.fullmatch(line)), None):
        return signature
    return _adopter([_DATED.sub(" ", line).strip(" (（") for line in lines[:8] if not is_prose(line)])


def _adopter(lines: Sequence[str]) -> str | None:
    """The congress that adopted a text, or the body whose order it is, from the lines above it without dates."""
    if match := next(filter(None, map(_ADOPTED.match, lines)), None):
        return f"{match.group('body')}{match.group('kind')}"
    match = next(filter(None, map(_ORDERED.match, lines)), None)
    return match.group("body").removeprefix("中华人民共和国") if match else None
