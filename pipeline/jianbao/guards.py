"""What makes an English text suspect whatever its words are: loops, lost or added length, debris, Chinese."""

import re
from collections import Counter

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
"""A run of Chinese characters."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d[\d.,]*")
_TWICE = re.compile(r"\b(\w+(?:\W+\w+){0,7})\W+\1\b", re.IGNORECASE)
_PHRASE = 4
_SOURCE_PHRASE = 4
_TAG = re.compile(r"<\s*/?\s*[te]\s*>")
_FULL_ANNOTATION = re.compile(r"<t>[^<>]*<e>([^<>]*)</t>")
_SHORTEST = 10


def loops(source: str, english: str) -> bool:
    """Whether the English says something twice in a row, or a phrase of four words more often than the source."""
    doubled = _TWICE.search(english)
    if doubled and doubled.group(1).lower() not in {"that", "had"} and not doubled.group(1).isdigit():
        return True
    words = [word.lower() for word in _WORD.findall(english)]
    phrases = Counter(tuple(words[i : i + _PHRASE]) for i in range(len(words) - _PHRASE + 1))
    most = max(phrases.values(), default=0)
    return most >= 3 and most > _source_repeats(source) + 1


def _source_repeats(source: str) -> int:
    """How often the most frequent run of four characters stands in the source."""
    runs = Counter(source[i : i + _SOURCE_PHRASE] for i in range(len(source) - _SOURCE_PHRASE + 1))
    return max(runs.values(), default=0)


def length_ratio(source: str, english: str) -> float | None:
    """English characters per source character; None where the source is too short for a ratio to mean anything."""
    characters = sum(not char.isspace() for char in source)
    return len(english) / characters if characters >= _SHORTEST else None


def has_chinese(english: str) -> bool:
    """Whether Chinese characters stand in the English."""
    return CHINESE.search(english) is not None


def without_tags(english: str) -> str:
    """The English without annotation tags; of an annotation copied whole, its target stays."""
    if "<" not in english:
        return english
    text = _TAG.sub(" ", _FULL_ANNOTATION.sub(r"\1", english))
    return re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
