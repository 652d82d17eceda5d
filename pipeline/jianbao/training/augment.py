"""New examples from old: joined neighbours, run-in headings, lists in one sentence, other punctuation."""

import random
import re
from collections.abc import Callable, Sequence

from jianbao.training.corpus import Pair

_ORDINALS = (("一", "First"), ("二", "Second"), ("三", "Third"), ("四", "Fourth"))
_MARKER_ZH = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、]|第[一二三四五六七八九十\d]+,)\s*"
)
_MARKER_EN = re.compile(r"^(?:\([ivx\d]+\)|[IVX]+\.|\d+\.)\s+")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+(?:是|、)|[\d(第]")
_END_ZH = "。!?;:…"
# Sentence openings that are written small after "First, ".
_LOWERED = frozenset({
    "We", "The", "It", "This", "These", "There", "A", "An", "In", "By", "For", "On", "With", "All", "Efforts",
    "More", "Work", "Our", "Their", "To", "Support", "Strengthen", "Promote", "Improve", "Build",
    "Accelerate", "Deepen", "Carry", "Continue", "Advance", "Optimize", "Expand", "Ensure", "Implement",
    "Eligible", "New", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Where",
    "Major", "Key", "Local", "Each", "Every", "Strictly", "Actively", "Further",
})  # fmt: skip


def is_heading(pair: Pair) -> bool:
    """Whether a pair looks like a heading: short and without a final mark."""
    return (
        4 <= len(pair.source) <= 28 and pair.source[-1] not in _END_ZH + ',)"”》' and "," not in pair.source
    )


def joined(pairs: Sequence[Pair], count: int, *, longest: int, rng: random.Random) -> list[Pair]:
    """``count`` units of 2 to 4 neighbours, at most ``longest`` characters; neighbours share their origin."""
    result: list[Pair] = []
    for _ in range(count * 3):
        if len(result) == count or len(pairs) < 2:
            break
        size = rng.choice((2, 2, 2, 3, 3, 4))
        start = rng.randrange(len(pairs))
        group = pairs[start : start + size]
        same = all(p.origin == group[0].origin for p in group)
        if len(group) == size and same and sum(len(p.source) for p in group) <= longest:
            result.append(_concatenated(group))
    return result


def _concatenated(group: Sequence[Pair]) -> Pair:
    """Sentences without a final mark (headings) get one in the English, and in half of all cases no in Chinese."""
    source = "".join(p.source if p.source[-1] in _END_ZH + "," else p.source + "。" for p in group[:-1])
    target = " ".join(closed(p.target) for p in group[:-1])
    return Pair(source + group[-1].source, f"{target} {group[-1].target}", group[0].origin)


def closed(english: str) -> str:
    """``english`` with a final mark."""
    return english if english[-1:] in ".!?:;\"'," else english + "."


def run_in(pairs: Sequence[Pair], count: int, *, longest: int, rng: random.Random) -> list[Pair]:
    """``count`` sentences with a heading run into them: no mark between in Chinese, a full stop in English."""
    headings = [p for p in pairs if is_heading(p) and not p.target.isupper()]
    bodies = [p for p in pairs if len(p.source) >= 15 and p.source[-1] in "。;"]
    result: list[Pair] = []
    while headings and bodies and len(result) < count:
        heading, body = without_marker(rng.choice(headings)), rng.choice(bodies)
        gap = rng.choice(("", "", " ", "。"))
        if len(heading.source) + len(body.source) <= longest:
            result.append(
                Pair(
                    heading.source + gap + body.source, f"{closed(heading.target)} {body.target}", body.origin
                )
            )
        else:
            count -= 1
    return result


def listed(pairs: Sequence[Pair], count: int, *, longest: int, rng: random.Random) -> list[Pair]:
    """``count`` sentences of 2 to 4 points, 一是…;二是…。, from sentences without numbering."""
    plain = [
        p
        for p in pairs
        if 8 <= len(p.source) <= 70 and p.source[-1] == "。" and not _NUMBERED.match(p.source)
    ]
    result: list[Pair] = []
    while len(plain) >= 4 and len(result) < count:
        group = rng.sample(plain, rng.choice((2, 3, 3, 4)))
        if sum(len(p.source) + 2 for p in group) <= longest:
            result.append(_list_of(group))
        else:
            count -= 1
    return result


def _list_of(group: Sequence[Pair]) -> Pair:
    parts_zh, parts_en = [], []
    for (zh, en), pair in zip(_ORDINALS, group, strict=False):
        parts_zh.append(f"{zh}是{pair.source.rstrip('。')}")
        parts_en.append(f"{en}, {lowered(pair.target)}")
    return Pair(";".join(parts_zh) + "。", " ".join(closed(e) for e in parts_en), group[0].origin)


def lowered(english: str) -> str:
    """``english`` with a small first letter, where its first word is no name."""
    first = english.partition(" ")[0]
    return english[0].lower() + english[1:] if first in _LOWERED else english


def without_marker(pair: Pair) -> Pair:
    """The pair without its numbering, where both sides have one."""
    zh, en = _MARKER_ZH.match(pair.source), _MARKER_EN.match(pair.target)
    if zh and en and zh.end() < len(pair.source) and en.end() < len(pair.target):
        return pair._replace(source=pair.source[zh.end() :], target=pair.target[en.end() :])
    return pair


def with_marker(pair: Pair, rng: random.Random) -> Pair:
    """The pair with a numbering on both sides."""
    number = rng.randrange(1, 11)
    chinese = "一二三四五六七八九十"[number - 1]
    styles = (
        (f"({chinese})", f"({number}) "),
        (f"{number}.", f"{number}. "),
        (f"({number})", f"({number}) "),
    )
    zh, en = rng.choice(styles)
    return pair._replace(source=zh + pair.source, target=en + pair.target)


def varied_punctuation(source: str, rng: random.Random) -> str:
    """``source`` as careless hands write it: other quotes, full stops, commas for 、, spaces, no final mark.

    The full-width forms of ASCII marks need no variation: normalisation folds them.
    """
    variants: list[Callable[[str], str]] = [
        lambda s: s.replace("“", '"').replace("”", '"'),
        lambda s: s.replace("“", "").replace("”", ""),
        lambda s: s.rstrip("。;"),
        lambda s: s[:-1] + "." if s.endswith("。") else s,
        lambda s: s.replace("、", ","),
        lambda s: s.replace(";", ","),
        lambda s: s.replace(";", "。"),
        lambda s: re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", s),
        lambda s: re.sub(r"\[(\d{4})\]|〔(\d{4})〕", r"(\1\2)", s),
        lambda s: s.replace("·", "•"),
    ]
    return rng.choice(variants)(source).strip() or source
