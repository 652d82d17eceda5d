"""Whether a Chinese numeral surely is a figure that must stand in the English, or belongs to a word."""

import re
from decimal import Decimal

from jianbao.quantities.units import UNITS

# A unit word that is the head of another word: 3部门 is no three parts, 五家渠 no five firms.
_OTHER_WORD = re.compile(
    "人大|人民|人才|人工|人均|家庭|家乡|家渠|部门|部署|部分|部委|部属|次元|大会|大队|级别|位于|位居|位列|条例|条件|件套|名单|名牌|"
    "场所|组织|组成|类别|校园|国家|市场|县域|区域|省级|市级|县级|区级|国内|省内|市内|区内|县内|周边|周围|起来|起到|起步|起草|期间|期末|"
    "点位|所有|处理|处置|处于|位置|部长|元旦|元素|元首|克服|站位|种植|种业|间接|间隔|单位|单元|单独|对于|对外|项目|"
    "台阶|位一体|倍体|倍频|倍增|片区|轮车|轮胎|轮船|轮流|轮换|口岸|首先|首次|首家|首个|头部|回归|级以|代表|天然|天津|日报|日常|日均|日前|日益|日照|年轻|年终|台河|台山|门峡|门湾|"
    "城镇|城市|城乡|村民|村镇|线上|线下|路线|号召|班子|队伍|大力|大幅|大型|大量|大批|大气|卷烟|省份|例如|例外|名义|名誉|位次|"
    "分类|分层|分级|分别|分期|分步|分享|分析|分布|笔记|版图|版权|首位|集中|集成|集群|集体|集团|集聚|度过|周[一二三四五六日]"
)
_IDIOM = re.compile(
    r"[一两二三四五六七八九十]个(?:代表|确立|维护|意识|自信|全面|伟大|务必|坚持|必须|结合|一|明确|离不开|大局|文明|作风|革命|统筹"
    r"|积极|先行|更|进一步|方面军|责任|不|毫不|没有)|万一|万不得已|千家万户|千方百计|千千万万|百分百|十全十美|百年大计|百家争鸣|"
    r"万众|万物|万家灯火|千头万绪|百姓|百货|百科|百强|[百千万]亿级|百万级|千万工程|百千万|十分(?!之)|十足|三次产业|三元[^以左]|"
    r"(?:十[六七八九]|二十)大|一次性|一方面|一部分|一条龙|一个中国|四面|五湖四海|三言两语|两手|两院院士|两个市场|两种资源|四周(?![年内后以])|四处(?=[走游求奔寻])"
)
_BEFORE_WORD = re.compile("(?:周|星期|礼拜|[几数上好]|最后|今明|统|唯|专|万|/)$")
_ENUMERATION = re.compile(r"、[^，,。；;：:、\n]{1,14}$|、[^，,。；;：:\n]{1,24}$")
_AREAS = frozenset("省市县区国校院镇乡村城级线地州盟旗路大")
_HARD = frozenset(
    ("yuan", "US dollar", "percent", "points", "mass", "length", "area", "volume", "energy", "power")
)
_MONEY = frozenset(("yuan", "US dollar"))
_QUOTES = '“"「‘'
_CLOSING = '”"」’'


def is_other_word(text: str, start: int) -> bool:
    """Whether the unit at ``start`` belongs to a longer word."""
    return _OTHER_WORD.match(text, start) is not None


def is_idiom(text: str, start: int) -> bool:
    """Whether the numeral at ``start`` begins a set phrase."""
    return _IDIOM.match(text, start) is not None


def is_firm(
    text: str, start: int, numeral: str, *, unit_word: str, unit: str, value: Decimal, more: bool = False
) -> bool:
    """Whether the Chinese numeral with its unit word is a figure, conservatively."""
    if not unit or is_idiom(text, start) or _BEFORE_WORD.search(text, max(0, start - 2), start):
        return False
    hard = UNITS[unit].dimension in _HARD
    lone = not numeral.strip("百千万亿") or (
        numeral[0] == "十" and len(numeral) > 1 and not numeral.strip("十百千万亿")
    )
    if lone and not more:
        # 跨过两个万亿元台阶: a step of a trillion, one of two.
        return hard and UNITS[unit].dimension in _MONEY and text[start - 1 : start] != "个"
    if len(numeral) > 1:
        return True
    if hard:
        return unit_word != "元"
    # 二次 is "secondary" or "another" (two are counted with 两), 三期 a third phase.
    if value <= 1 or numeral == "二" or unit_word == "期" or _in_quotes(text, start) or unit_word in _AREAS:
        return False
    # 甲、乙、丙三家: the English names them and drops the number.
    return not _ENUMERATION.search(text, max(0, start - 26), start)


def _in_quotes(text: str, start: int) -> bool:
    """Whether a slogan in quotes is open before ``start``."""
    for character in reversed(text[max(0, start - 12) : start]):
        if character in _CLOSING and character not in _QUOTES:
            return False
        if character in _QUOTES:
            return True
    return False
