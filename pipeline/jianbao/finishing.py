"""The last touch on the English of a segment: capitals, full stops, spaces, and what goes with a numbering."""

import re

_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?%)\]])")
_SPACE_AFTER_OPENING = re.compile(r"([(\[])\s+")
_DOUBLE_MARK = re.compile(r"([,;:])(?:\s*[,;:])+|[,;:]\s*(?=\.(?:\s|$))")
_QUOTED = re.compile(r'"\s*([^"]*?)\s*"')
_SENTENCE_START = re.compile(r"(?<![A-Z\d])(?<!\b[A-Za-z])(?<!\bNo)(?<!\bvs)(?<!\betc)([.!?]\s+)([a-z])")
_LOWERED = re.compile(
    r"(?:We|The|This|These|It|In|To|By|For|With|A|An|All|Our|On|At|As|From|[A-Z][a-z]+ing)\b"
)
_END = re.compile(r"[.!?:;,\s]+$")
_STOPS = {"。": ".", "；": ".", ";": ".", "！": "!", "!": "!", "？": "?", "?": "?", "：": ":", ":": ":"}
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:etc|Inc|Ltd|Co)\.$")


def tidy(english: str) -> str:
    """Spaces and marks as they should stand; quotes hug what they quote."""
    text = " ".join(english.split())
    text = _SPACE_AFTER_OPENING.sub(r"\1", _SPACE_BEFORE_MARK.sub(r"\1", text))
    text = _DOUBLE_MARK.sub(lambda match: match.group(1) or "", text)
    if text.count('"') % 2 == 0:
        text = _QUOTED.sub(r'"\1"', text)
    return text.strip()


def finish(english: str, source: str, *, marker: str = "", heading: bool = False) -> str:
    """``english`` as a segment of its own, behind the rendered ``marker`` ("I. ", "Third, ").

    It begins with a capital (after "Third, " without one) and ends as its source ends; a heading has no full stop.
    """
    text = tidy(english)
    if not text:
        return marker.strip()
    text = _SENTENCE_START.sub(lambda match: match.group(1) + match.group(2).upper(), text)
    text = _lowered(text) if marker.endswith(", ") else _raised(text)
    return marker + _ended(text, source, heading=heading)


def _raised(text: str) -> str:
    """The first letter as a capital, past quotes and brackets."""
    first = re.search(r"[^\W_]", text)
    if first is None or not first.group().islower() or first.start() > 2:
        return text
    return text[: first.start()] + first.group().upper() + text[first.end() :]


def _lowered(text: str) -> str:
    """The first word in lower case where it is none that keeps its capital."""
    return text[0].lower() + text[1:] if _LOWERED.match(text) else text


def _ended(text: str, source: str, *, heading: bool) -> str:
    mark = _STOPS.get(source.rstrip("”’\"'）) \u3000")[-1:], "")
    bare = text if _ABBREVIATION.search(text) else _END.sub("", text)
    if heading:
        return bare + (mark if mark in "?!" else "")
    if not mark:
        return bare if text.endswith((",", ";", ":")) else text
    if mark == "." and text.endswith(("!", "?")):
        return text
    return bare if mark == "." and bare.endswith(".") else bare + mark
