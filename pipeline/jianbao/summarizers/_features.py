"""What can be seen of a Chinese sentence that tells whether it carries its section.

Each feature is one number between about -2 and 2 with a name and a meaning; the weights stand in
``selection.toml``. Nothing here depends on a model or on the English.
"""

import math
import re
from collections.abc import Sequence

from jianbao.normalise import normalise_source

_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿两]{2,}(?=[个家项件次亩元人])")
_PERCENT = re.compile(r"%|百分点|百分之|‰|[成倍](?=[,。;以左]|$)|翻[一两]?番")
_MONEY = re.compile(r"[万亿]元|元(?=[,。;、)])|美元")
_TARGET = re.compile(r"力争|确保|目标|达到|以上|不低于|不少于|左右|到20\d\d年|计划")
_RANK = re.compile(
    r"首[个次家批创位]|第[一二三1-9](?:位|名|$|[,。;])|居全国|居全省|全国前|全省前|历史|最[高大好优快]|唯一|率先"
)
_MEASURE = re.compile(r"实施|推进|推动|加快|建设|打造|强化|完善|深化|健全|扩大|支持")
_SLOGAN = re.compile(
    r"坚持|深入贯彻|贯彻落实|以习近平|为指导|为统领|为引领|牢记|弘扬|高举|不忘初心|砥砺|奋力|奋发|凝心聚力|坚定不移"
    r"|全力以赴|真抓实干|撸起袖子|高度重视|正确领导|坚强领导|再上新台阶|迈上新台阶|新局面|新篇章"
)
_CEREMONY = re.compile(r"各位代表|同志们|朋友们|感谢|致敬|敬意|祝愿|让我们|!$|!”?$|我代表")
_CLOSING = re.compile(
    r"^(?:对这些|对此|这些成绩|成绩来之不易|总之|同时,?也|我们一定|面对这些)|切实加以解决|加以解决"
)
_MARKER = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[、)是要]|\(?\d{1,2}[.、)](?!\d)|[①-⑳]|首先|其次|第[一二三四五六七八九十]+[,、章节条])"
)

_ANNOUNCEMENT = re.compile(
    r"(?:以下|下列|如下|下面)(?:[几一二三四五六七八九十\d]|方面|重点|主要|工作|任务|措施|内容|[:。]|$)"
)

FEATURES = (
    "relative_length",
    "relative_figures",
    "percent",
    "money",
    "target",
    "rank",
    "measure",
    "slogan_beside_figures",
    "bare",
    "marker",
    "first",
    "position",
    "heading_overlap",
    "centrality",
    "choice_of",
)


def bigrams(text: str) -> frozenset[str]:
    """The character bigrams of ``text`` without punctuation and white space: its words, roughly."""
    plain = re.sub(r"[^\w]", "", normalise_source(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that stands in the other (0 where one is empty)."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def count_figures(text: str) -> int:
    """Numbers in a Chinese sentence, years and the numbering at its head not counted."""
    plain = _MARKER.sub("", normalise_source(text))
    return sum(not re.fullmatch(r"(?:19|20)\d\d", m.group()) for m in _FIGURE.finditer(plain))


def is_bare(text: str) -> bool:
    """True for a salutation, a thanks, a closing or an announcement: text that no abstract should rest on."""
    plain = normalise_source(text)
    if len(plain) < 6 or _CEREMONY.search(plain):
        return True
    return len(plain) < 40 and bool(_CLOSING.search(plain) or _ANNOUNCEMENT.search(plain))


def starts_with_marker(text: str) -> bool:
    """True where ``text`` begins with numbering ("一、", "(二)", "三是", "1.")."""
    return bool(_MARKER.match(normalise_source(text)))


def _share(pattern: re.Pattern[str], text: str, most: int) -> float:
    return min(len(pattern.findall(text)), most) / most


def features(sentences: Sequence[str], heading: str = "") -> list[list[float]]:
    """One row of ``FEATURES`` for each sentence of a section, in order."""
    plain = [normalise_source(s) for s in sentences]
    grams = [bigrams(s) for s in plain]
    title = bigrams(heading)
    counts = [count_figures(s) for s in plain]
    lengths = [max(len(s), 1) for s in plain]
    mean_length = sum(lengths) / max(len(lengths), 1)
    mean_count = sum(counts) / max(len(counts), 1)
    rows: list[list[float]] = []
    for i, text in enumerate(plain):
        others = [overlap(grams[i], g) for j, g in enumerate(grams) if j != i]
        is_slogan = counts[i] == 0 and bool(_SLOGAN.search(text))
        values = {
            "relative_length": math.log(lengths[i] / mean_length),
            "relative_figures": min(max(counts[i] - mean_count, -2), 3) / 2,
            "percent": float(bool(_PERCENT.search(text))),
            "money": float(bool(_MONEY.search(text))),
            "target": _share(_TARGET, text, 2),
            "rank": float(bool(_RANK.search(text))),
            "measure": _share(_MEASURE, text, 4),
            "slogan_beside_figures": float(is_slogan and mean_count >= 0.5),
            "bare": float(is_bare(text)),
            "marker": float(starts_with_marker(text)),
            "first": float(i == 0),
            "position": 2 * i / max(len(plain) - 1, 1) - 1,
            "heading_overlap": overlap(grams[i], title) if grams[i] != title else 0.0,
            "centrality": sum(others) / len(others) if others else 0.0,
            "choice_of": math.log(min(max(len(plain), 1), 20) / 6),
        }
        rows.append([values[name] for name in FEATURES])
    return rows
