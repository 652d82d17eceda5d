"""How Chinese text is compared with a term, and where a term may begin and end."""

import unicodedata

_QUOTES = {**dict.fromkeys("“”„‟〝〞「」『』", '"'), **dict.fromkeys("‘’‚‛", "'")}

# Chinese has no spaces: followed or preceded by one of these characters, a term is a piece of other words
# (教育部署 holds no 教育部, 研究生产 no 研究生, 提高校企 no 高校).
# Keyed by the last and by the first character of the term.
_GOES_ON = {
    "部": "署分队长", "处": "于理置罚分", "局": "面势限", "委": "托员", "长": "期效远足久途江三春沙",
    "科": "技研学普", "生": "产态物成活长动存命", "标": "准", "发": "展", "力": "度学", "铁": "路",
    "市": "场容值级长", "区": "域别级长", "县": "域级长", "文": "化", "大": "力量幅", "会": "计",
}  # fmt: skip
_COMES_FROM = {
    "高": "提",
    "市": "超股楼夜",
    "区": "社园校景小",
    "内": "年月市省县期",
    "算": "预核结决概",
    "储": "仓存",
}


class _Folding(dict[int, str]):
    """A ``str.translate`` table, filled as characters are met: half width, lower case, plain quotes.

    Only foldings of one character to one are made, so that offsets stay.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        folded = _QUOTES.get(folded, folded)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` as it is compared: width, case and style of quotes do not count. The length is kept."""
    return text.translate(_FOLDING)


def stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether ``folded[start:end]`` is not evidently a piece of longer words."""
    before, after = folded[max(start - 1, 0) : start], folded[end : end + 1]
    return not (
        (before and before in _COMES_FROM.get(folded[start], ""))
        or (after and after in _GOES_ON.get(folded[end - 1], ""))
        or _both_latin(before, folded[start])
        or _both_latin(folded[end - 1], after)
    )


def _both_latin(left: str, right: str) -> bool:
    """Whether a boundary between the two would fall inside a word in Latin letters or a number."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
