"""A model that loops repeats itself: words twice on end, or a phrase more often than the source repeats its own."""

import re
from collections import Counter
from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.document import Finding, Segment, Translation

NAME = "repetition"
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d[\d.,]*")
_PHRASE_WORDS = 4
_ON_END = re.compile(r"\b(\w+(?:\W+\w+){0,7})(\W+)\1\b(\W+\1\b)?", re.IGNORECASE)
_GRAMMAR = frozenset({"that", "had", "is"})
"""Single words that English may double."""
_LONG = 3
"""As many words said twice on end are a loop whatever stands between; fewer only without a comma or hyphen."""


def check(segment: Segment, translation: Translation, _context: CheckContext) -> Iterator[Finding]:
    """A warning for words said twice on end, or a phrase of four that comes up far too often."""
    loop = next(filter(_is_loop, _ON_END.finditer(translation.text)), None)
    if loop:
        yield _finding(segment, loop.group()[:80], loop.span())
        return
    words = [w.lower() for w in _WORD.findall(translation.text)]
    phrases = Counter(tuple(words[i : i + _PHRASE_WORDS]) for i in range(len(words) - _PHRASE_WORDS + 1))
    if not phrases:
        return
    phrase, count = phrases.most_common(1)[0]
    if count >= 3 and count > _repeats_in(segment.text) + 1:
        yield _finding(segment, " ".join(phrase), None)


def _is_loop(match: re.Match[str]) -> bool:
    """Whether words that stand twice on end are a loop: figures may well follow each other, "win-win" is a word."""
    phrase, between, third = match.groups()
    if not any(char.isalpha() for char in phrase):
        return False
    if third or len(phrase.split()) >= _LONG:
        return True
    return between.isspace() and "\t" not in between and phrase.lower() not in _GRAMMAR


def _repeats_in(source: str) -> int:
    """How often the most frequent four characters of the source occur."""
    grams = Counter(source[i : i + _PHRASE_WORDS] for i in range(len(source) - _PHRASE_WORDS + 1))
    return max(grams.values(), default=0)


def _finding(segment: Segment, found: str, span: tuple[int, int] | None) -> Finding:
    return Finding(
        check=NAME,
        severity="warning",
        segment=segment.id,
        message="the English repeats itself",
        found=found,
        target_span=span,
    )
