"""The English of an indicator: a Chinese noun phrase such as 发明专利申请量, by glossary and by pattern.

Where they cover the phrase, its English is right by construction. ``indicators.tsv`` beside this module holds
nouns of statistics that are too plain for a glossary of terms. A translator's English is taken only where
:func:`agrees` finds no fault in it.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from jianbao.glossary import Glossary
from jianbao.matching import find_renderings
from jianbao.names import find_names

# Longest first. {one} is the rest of the phrase in the singular, {many} in the plural.
_SUFFIXES = {
    "贷款余额": "balance of {one} loans", "申请数量": "{one} applications", "申请量": "{one} applications",
    "授权量": "{many} granted", "拥有量": "{many} held", "保有量": "{many} in use", "成交额": "turnover of {many}",
    "交易额": "turnover of {many}", "增加值": "value added of {many}", "总产值": "gross output value of {many}",
    "总产量": "total output of {many}", "产值": "output value of {many}", "产量": "output of {many}",
    "余额": "balance of {many}", "总数": "{many}, total", "总量": "{many}, total", "数量": "{many}",
    "覆盖率": "coverage of {many}", "完成投资": "investment in {many}", "投资": "investment in {many}",
    "出口额": "exports of {many}", "销售额": "sales of {many}", "销售": "sales of {many}",
    "总里程": "total length of {many}", "里程": "length of {many}", "面积": "area of {many}", "收入": "{one} revenue",
    "支出": "{one} expenditure", "资金": "{one} funds", "贷款": "{one} loans", "利润": "profits of {many}",
    "规模": "size of {many}", "量": "{one}",
}  # fmt: skip
# Tried before the suffixes, because they bear on the whole phrase.
_OUTER_PREFIXES = {
    "发放": "{many} issued", "新增认定": "newly recognized {one}", "新认定": "newly recognized {one}",
    "新增": "new {one}", "新设": "new {one}", "新建": "new {one}", "全社会": "total {one}", "全部": "total {one}",
}  # fmt: skip
_PREFIXES = {
    "规模以上": "{many} above designated size", "规上": "{many} above designated size",
    "国家级": "national-level {one}", "省级": "provincial-level {one}", "市级": "municipal-level {one}",
    "县级": "county-level {one}", "有效": "valid {one}", "人均": "per capita {one}",
    "中央财政": "central government {one}", "年": "annual {one}",
}  # fmt: skip
_PER_10000 = re.compile(r"(?:每万人口?|万人)")
_SHARE = re.compile(r"(?P<part>.+?)占(?P<whole>.+?)的?(?:比重|比例)")
_NUMBER_OF_KINDS = re.compile(r"(?:家|户|件|项|个|人|支|座|所|套|台|辆)?数$")
_UNCLEAN = re.compile(
    r"[的了在把将被对为从由向到已和与及或等这其该本并也都又还均“”\"'《》()（）\s\d]|安排|用于|实现|累计|支持|"
    r"^(?:总|完成|推动|推进|推出|带动|拨付|下拨|引进|引入|获|签|办理|组织|举办|开展|召开|参加|建设|建成|改造|改善|治理|疏解|"
    r"出台|制定|修订|通过|备案|打造|压减|减少|增加|开工|培育|认定|入选|实施|承担|布局|牵头|纳入|提供|创建|平均|投入|争取|兑现|"
    r"立项|建立|设立|发展|提升|提高|扩大|加快|受理|查处|完善|优化|出动|形成|服务|参与|吸引|首|连续|分别|补助|占|高于)"
)
_SENTENCE_LIKE = re.compile(
    r"[.;:!?]|\b(?:is|are|was|were|has|have|had|will|we|our|it|they)\b", re.IGNORECASE
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PREPOSITION = re.compile(r",|\s(?:of|above|for|in|with|on|under|from|per|to|by|at|held|granted|issued)\b")
_UNCOUNTABLE = frozenset({
    "added", "agriculture", "capacity", "capital", "cement", "coal", "consumption", "cotton", "development",
    "economy", "education", "electricity", "employment", "energy", "equipment", "expenditure", "finance",
    "funding", "gas", "gdp", "grain", "health", "housing", "income", "investment", "manufacturing", "milk",
    "mutton", "number", "oil", "output", "people", "personnel", "population", "pork", "power", "proportion",
    "protection", "r&d", "research", "retail", "revenue", "sales", "sector", "spending", "steel", "talent",
    "tea", "tourism", "trade", "transport", "value",
})  # fmt: skip


def render_indicator(phrase: str, glossary: Glossary) -> str | None:
    """The English of ``phrase`` in the singular where glossary and patterns cover the whole of it, else None."""
    for entry in (glossary.get(phrase), _nouns().get(phrase)):
        if entry is not None and entry.target and entry.use != "guard":
            return entry.target
    per_head = _PER_10000.match(phrase)
    if per_head and (one := render_indicator(phrase[per_head.end() :], glossary)):
        return f"{one} per 10,000 people"
    share = _SHARE.fullmatch(phrase)
    if share:
        part, whole = (render_indicator(share[name], glossary) for name in ("part", "whole"))
        return f"{part} as a share of {whole}" if part and whole else None
    for pattern, rest in _split(phrase):
        if rest and (one := render_indicator(rest, glossary)):
            return _fill(pattern, one)
    return None


def _split(phrase: str) -> Iterator[tuple[str, str]]:
    """The patterns that fit ``phrase``, each with what is left for it to hold."""
    if phrase.endswith("占比"):
        yield "share of {one}", phrase.removesuffix("占比")
    for prefix, pattern in _OUTER_PREFIXES.items():
        if phrase.startswith(prefix):
            yield pattern, phrase.removeprefix(prefix)
    for suffix, pattern in _SUFFIXES.items():
        if phrase.endswith(suffix):
            yield pattern, _NUMBER_OF_KINDS.sub("", phrase.removesuffix(suffix))
    for prefix, pattern in _PREFIXES.items():
        if phrase.startswith(prefix):
            yield pattern, phrase.removeprefix(prefix)


def render_area(phrase: str, glossary: Glossary) -> str | None:
    """The English of a zone's name where names, glossary and nouns cover the whole of it, else None."""
    parts, position = [], 0
    while position < len(phrase):
        rest = phrase[position:]
        found = [(m.end, m.entry.target) for g in (glossary, _nouns()) for m in g.match(rest) if not m.start]
        found += [(m.end, m.target) for m in find_names(rest) if not m.start]
        if not found:
            return None
        end, target = max(found)
        parts.append(" ".join(word[:1].upper() + word[1:] for word in target.split()))
        position += end
    return " ".join(parts)


def is_clean(phrase: str, glossary: Glossary) -> bool:
    """Whether ``phrase`` looks like a noun phrase, and the glossary knows most of it."""
    covered = sum(match.end - match.start for match in glossary.match(phrase))
    return 4 <= len(phrase) <= 14 and not _UNCLEAN.search(phrase) and covered >= 0.8 * len(phrase)


def agrees(phrase: str, english: str, glossary: Glossary) -> bool:
    """Whether a translator's English of ``phrase`` reads like a noun phrase and holds every term of it."""
    if not english or _CHINESE.search(english) or _SENTENCE_LIKE.search(english) or len(english.split()) > 10:
        return False
    return all(find_renderings(match.entry.renderings, english) for match in glossary.match(phrase))


def _fill(pattern: str, one: str) -> str:
    article = "the " if one.endswith(("sector", "economy", "industry")) and "of {" in pattern else ""
    return pattern.format(one=article + one, many=article + one if article else plural(one))


@cache
def _nouns() -> Glossary:
    with as_file(files("jianbao") / "indicators.tsv") as path:
        return Glossary.load(path)


def plural(phrase: str) -> str:
    """An English noun phrase in the plural: its head, which stands before the first preposition, gets its s."""
    cut = _PREPOSITION.search(phrase)
    head, rest = (phrase[: cut.start()], phrase[cut.start() :]) if cut else (phrase, "")
    word = head.split()[-1]
    if word.lower() in _UNCOUNTABLE or word.endswith("s"):
        return phrase
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{rest}"
    return f"{head}{'es' if word.endswith(('ch', 'sh', 'x', 'z')) else 's'}{rest}"
