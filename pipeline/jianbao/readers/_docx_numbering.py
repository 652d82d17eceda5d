"""The automatic numbering of Word, written out: readers of the text need the 一、 that Word only draws."""

from collections import defaultdict

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    )
)


class Numbering:
    """The counters of one document; ask for the labels of its paragraphs in order."""

    def __init__(self, word: WordDocument) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        for num in root.iter(qn("w:num")):
            reference = num.find(qn("w:abstractNumId"))
            source = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in source.iter(qn("w:lvl")) if source is not None else ():
                key = (num.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
                self._levels[key] = (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    int(_value(level, "start") or 1),
                )

    def label(self, paragraph: Paragraph) -> str:
        """The label that Word draws before the paragraph; empty if none or a bullet."""
        found = _numbered(paragraph)
        if found is None or found not in self._levels:
            return ""
        number, depth = found
        form, template, start = self._levels[found]
        if form in ("bullet", "none") or not template:
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        for upper in range(depth + 1):
            upper_form, _, upper_start = self._levels.get((number, upper), (form, "", 1))
            template = template.replace(f"%{upper + 1}", _render(counts.get(upper, upper_start), upper_form))
        return template if template[-1] in "、.．)）" else f"{template} "


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list (numId) and depth (ilvl) of a paragraph, from itself or its styles; None outside lists."""
    style = paragraph.style
    properties = [paragraph._p.find(qn("w:pPr"))]
    while style is not None:
        properties.append(style.element.find(qn("w:pPr")))
        style = getattr(style, "base_style", None)
    for candidate in properties:
        stated = candidate.find(qn("w:numPr")) if candidate is not None else None
        if stated is not None:
            number = _value(stated, "numId")
            return (number, int(_value(stated, "ilvl") or 0)) if number and number != "0" else None
    return None


def _value(element: _Element, name: str) -> str:
    child = element.find(qn(f"w:{name}"))
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _render(number: int, form: str) -> str:
    """A counter in a number format of ECMA-376 (17.18.59); formats not known here count in digits."""
    if form in _CHINESE and number < 100:
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)
