"""Shorter sentences by rule: what can go is dropped, what stays is left as it stands, figures above all."""

import re
from collections.abc import Iterator
from itertools import pairwise

from jianbao.matching import word_key
from jianbao.summarizers._verbs import AMBIGUOUS, verb

LONGEST = 30
"""Words that a sentence of an abstract should not exceed before it is joined to another."""

_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SPACES = re.compile(r"\s+")
_CUT = re.compile(
    r",(?= (?:which|who|where|thereby|thus|so as to|so that|in order to|including|such as|especially|particularly"
    r"|as well as|while|with|and|but|up|down|ranking|accounting|making|helping|laying|forming|providing|bringing)\b)"
    r"|,(?= \w+ing\b)| (?=so as to\b|in order to\b|such as\b|as well as\b|thereby\b|with a view to\b)"
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d%)\"][.!?])(?<!\bNo\.)\s+(?=[A-Z0-9\"“])")
_FIGURE = re.compile(r"\d[\d,.]*")
_LEADING = re.compile(
    r"^(?:Adhering to|Guided by|Under the|In accordance with|Following|Focusing on|Centering on|Based on|Taking|"
    r"Keeping in mind|Upholding|According to|In line with|Closely following|Thoroughly implementing|"
    r"Thoroughly studying)\b[^,;]*(?:,[^,;]*?){0,4}, "
    r"(?=(?:we|the|it|a|an|our|work|efforts|progress|\d)\b)",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"\b(?:a|an|the|of|to|in|on|for|with|and|or|by|at|from|as|than|that|which|its|their|such|including|more|most|"
    r"over|under|nearly|about|into|between|is|are|was|were|will|be|been|has|have|had|must|should|can|not|no)[.]?$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|must|should|shall|can|may|does|did|became|began|came|fell|grew|"
    r"rose|stood|went|remains?|remained|totall?ed|amounted|reached|exceeded|ranked|accounted|declined|dropped|"
    r"increased|decreased|doubled|advanced|ended|opened|plans|aims|calls)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    {"to", "which", "and", "but", "or", "that", "than", "of", "with", "including", "such", "up", "down"}
)
_BEFORE_PARTICIPLES = frozenset(
    {"the", "a", "an", "of", "and", "or", "with", "for", "in", "newly", "all", "its", "by", "to", "more"}
)
_DIGITS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_BROKEN = re.compile(r"(?:Ly|Ing|Ed|Er|Ment|Tion|Al|Ty)\b")
"""Ends of words that a model sometimes begins with."""
_ADVERBIAL = re.compile(
    r"(?:In|By|During|To|With|Under|For|At|On|Since|After|Before|From|Over|Through|\w+ing)\b"
)
_FIGURES_ONLY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten), \d"
    r"|(?<![A-Za-z] \d)(?<![A-Za-z] \d\d), \d[\d,.]*, (?=\d)|\d, (?:19|20)\d\d, \d|: \d",
    re.IGNORECASE,
)
"""Figures that a model has lined up without their nouns."""
_SPLICE = re.compile(
    r", (?!(?:and|but|while|which|who|where|with|of|as|that|so|or|whose|among|including|in|up|down|by) )"
    r"(?=(?:the |its |a total of )?(?:[a-z]|\d[\d,.]* )[\w-]*(?: [\w-]+){0,6} "
    r"(?:was|were|reached|exceeded|have been|has been|grew|fell|rose)\b)"
)
"""A comma between two whole clauses."""
_WORDS = re.compile(r"[\w'’%.,/-]+")


def count_words(text: str) -> int:
    """Words of an English text, figures included."""
    return len(text.split())


def parts(text: str) -> list[str]:
    """The English sentences of ``text``, and what semicolons part in them; bracketed remarks are dropped."""
    plain = _SPACES.sub(" ", _BRACKETED.sub("", text)).strip()
    return [part for sentence in _SENTENCE_END.split(plain) for part in sentence.split("; ") if part.strip()]


def shortened(text: str, longest: int = LONGEST) -> str:
    """The best shorter form of one sentence: at most ``longest`` words, with the most figures.

    Returns "" where no form of it is a sentence that short.
    """
    forms = [form for form in _forms(text) if is_sentence(form) and count_words(form) <= longest]
    return max(forms, key=lambda form: (len(_FIGURE.findall(form)), count_words(form)), default="")


def _forms(text: str) -> Iterator[str]:
    """Every form that the rules allow, the whole first."""
    bare = _LEADING.sub("", text, count=1)
    for start in dict.fromkeys((text, bare)):
        yield closed(start)
        for cut in _CUT.finditer(start):
            yield closed(start[: cut.start()])


def closed(text: str) -> str:
    """``text`` as a sentence: a capital at its head, one full stop at its end, no space before a mark."""
    text = re.sub(r"\s+([,;:.!?])", r"\1", text.strip())
    text = re.sub(r"[\s,;:.!?、-]+$", "", text)
    text = re.sub(r"^((?:19|20)\d\d), ", r"In \1, ", text)
    text = re.sub(r"^([1-9])(?= [a-z])", lambda m: _DIGITS[int(m[1]) - 1], text)
    text = _unspliced(text)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _unspliced(text: str) -> str:
    """Two whole clauses with a comma between them, with an "and" there."""
    splice = _SPLICE.search(text)
    if splice is None or not has_finite_verb(text[: splice.start()]):
        return text
    return f"{text[: splice.start()]}, and {text[splice.end() :]}"


def is_sentence(text: str) -> bool:
    """Whether ``text`` looks like one whole English sentence: a verb in its place, nothing left hanging."""
    words = _WORDS.findall(text)
    if len(words) < 5 or _DANGLING.search(text) or not re.match(r"[A-Z0-9\"“]", text):
        return False
    if (
        _BROKEN.match(text)
        or _FIGURES_ONLY.search(text)
        or ";" in text
        or _SENTENCE_END.search(text)
        or _unspliced(text) != text
        or text.count('"') % 2
        or text.count("(") != text.count(")")
    ):
        return False
    return has_finite_verb(text) and not _begins_without_subject(text) and not _hangs(text)


def _hangs(text: str) -> bool:
    """True for "Campaigns on safety, it will promote ...": a phrase before the clause that belongs to nothing."""
    match = re.match(r"([^,]+), it (?:will|was|has|is|must|should)\b", text)
    return match is not None and not has_finite_verb(match[1]) and not _ADVERBIAL.match(match[1])


def echo_share(text: str) -> float:
    """Share of the longer words that say again what one before said ("deepening reform was deepened")."""
    keys = [word_key(word).rstrip("+") for word in re.findall(r"[a-z]{5,}", text.lower())]
    return 1 - len(set(keys)) / len(keys) if keys else 0.0


def has_finite_verb(text: str) -> bool:
    """Whether a word of ``text`` can be the verb of a clause."""
    if _FINITE.search(text):
        return True
    words = ["", *_WORDS.findall(text.lower())]
    return any(_is_finite(word, before) for before, word in pairwise(words[1:]))


def _is_finite(word: str, before: str) -> bool:
    found = verb(word)
    if found is None or before in _BEFORE_PARTICIPLES:
        return False
    return found.form == "past" or (found.form == "third" and found.base not in AMBIGUOUS)


def _begins_without_subject(text: str) -> bool:
    """True for "To build ...", "Promoting ...", "Strengthen ..." and "Which ..." with no subject before the verb."""
    words = re.findall(r"[A-Za-z'-]+", text)[:2]
    if not words or not text[0].isalpha():
        return False
    if words[0].lower() in _NO_SUBJECT or re.match(r"[^,]+, (?:is|was|are|were|will|has|have)\b", text):
        return True
    found = verb(words[0])
    if found is None or found.form == "third":
        return False
    if found.form == "base" and (found.base not in AMBIGUOUS or words[-1] in {"the", "a", "an", "its"}):
        return True
    return not _FINITE.search(text.split(",", maxsplit=1)[0])
