"""Chinese script: traditional text to simplified, character for character."""

from functools import cache
from typing import Protocol

_EVIDENCE = 3  # fewer traditional characters than this prove nothing


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(config: str) -> _Converter:
    from opencc import OpenCC  # loads its tables when called: only documents that need it pay

    converter: _Converter = OpenCC(config)
    return converter


def is_traditional(text: str) -> bool:
    """Whether the text as a whole is written in traditional script (a quoted name does not make it so)."""
    sample = "".join(sorted({char for char in text if "\u3400" <= char <= "\u9fff"}))
    to_simplified, to_traditional = _converter("t2s").convert(sample), _converter("s2t").convert(sample)
    traditional = {a for a, b in zip(sample, to_simplified, strict=False) if a != b}
    simplified = {a for a, b in zip(sample, to_traditional, strict=False) if a != b}
    counts = [sum(text.count(char) for char in chars) for chars in (traditional, simplified)]
    return counts[0] >= _EVIDENCE and counts[0] > counts[1]


def to_simplified(text: str) -> str:
    """The text in simplified script, of the same length; text that is not traditional as a whole is left alone.

    Conversion is OpenCC's ``t2s`` (phrases first, then characters), line by line.
    """
    if not is_traditional(text):
        return text
    converter = _converter("t2s")
    return "".join(_same_length(converter, line) for line in text.splitlines(keepends=True))


def _same_length(converter: _Converter, line: str) -> str:
    converted = converter.convert(line)
    if len(converted) == len(line):
        return converted
    return "".join(c if len(c := converter.convert(char)) == 1 else char for char in line)
