"""The lock on abstracts: a sentence says nothing that its evidence does not hold.

Figures must stand in the Chinese evidence, at its value. Names and glossary terms must stand in the evidence,
Chinese or English. The rest of the words must mostly come from the English of the evidence.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from jianbao.glossary import Entry, Glossary
from jianbao.matching import EnglishText, read_english, word_key
from jianbao.names import find_names
from jianbao.quantities import align_figures, find_figures, find_quantities

MOST_UNSUPPORTED = 0.65
"""Share of content words that the English of the evidence need not hold: a brief says things in its own words."""

_ARTEFACT = re.compile(r"</?[te]>|⁇|<unk>|\ufffd|[▁�]")
_MALFORMED = re.compile(
    r"(?<![\d,.])\d{1,3}(?:,\d{3})*,(?:\d{1,2}|\d{4,})(?![\d,])|\d\.\d+\.\d|(?<![\d.,])00+\b"
)
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，。、；：？！《》「」]")
_DIGIT = re.compile(r"\d")
_TWICE = re.compile(r"\b([a-z]\w+(?: \w+){0,3}),?(?: and| or|,) \1\b", re.IGNORECASE)
_FIVE_YEAR = re.compile(r"\b(\d+)(?:th|st|nd|rd) Five-Year")
_YEAR_AS_COUNT = re.compile(
    r"(?:\b(?:total of|number of|nearly|another|some) (?P<counted>(?:19|20)\d\d)\b"
    r"|^(?P<opening>(?:19|20)\d\d)(?= (?!was |is |and |to |saw )[a-z]))"
)
_NUMERALS = {
    "10": "十五",
    "11": "十一五",
    "12": "十二五",
    "13": "十三五",
    "14": "十四五",
    "15": "十五五",
    "16": "十六五",
}
_RUN_WORD = re.compile(r"\d[\d.,]*\d|[\w'’-]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]*[A-Za-z]|[A-Za-z]")
_CAPITALISED = re.compile(
    r"\b[A-Z][\w'’-]*(?:(?: (?:of|for|and|the|on|in)){1,2} [A-Z][\w'’-]*| [A-Z][\w'’-]*)*"
)
_FUNCTION_WORDS_TEXT = """
a about above after against all along also although among an and are around as at be been before being below
between both but by can could did do does down during each either even every for from further had has have
he her his how if in including into is it its itself least less like made make many may more most much must
near new no nor not of off on once one only or other our out over own per same shall she should since so
some such than that the their them then there these they this those through throughout to too total under
until up upon was we well were what when where which while who whose will with within without would year
years section covers
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())

# Endings that names of places and people hardly have (no pinyin syllable ends so), and numbers in words.
_ORDINARY = re.compile(
    r"(?:[^aeiou]ed|ers|ly|[st]ions?|ments?|ity|ies|ive|able|ous|ful|less|ness|ances?|ences?|ics|ical|ional|ants|ents"
    r"|est|[lt]ing|ings|ures?|ees|ights?)$"
    r"|^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)(?:-\w+)?$",
    re.IGNORECASE,
)
# Capitalised by style, not because they name something.
_STYLE_CAPITALS = frozenset({"party", "state", "government", "internet", "china", "chinese", "gdp", "ai"})


def violations(
    sentence: str, evidence: Sequence[tuple[str, str]], glossary: Glossary | None = None
) -> tuple[str, ...]:
    """What in ``sentence`` its evidence does not hold, one line each; empty where the sentence may stand.

    ``evidence`` holds (source, translation) of the segments that the sentence rests on.
    """
    source = "\n".join(pair[0] for pair in evidence)
    translation = "\n".join(pair[1] for pair in evidence)
    return (
        *_artefacts(sentence),
        *_figures(sentence, source),
        *_years_as_counts(sentence, source),
        *_plan_periods(sentence, source),
        *_terms(sentence, source, glossary),
        *_names(sentence, source, translation, glossary),
        *_repetition(sentence),
        *_unsupported(sentence, source, translation, glossary),
    )


def _artefacts(sentence: str) -> list[str]:
    if not sentence.strip():
        return ["empty sentence"]
    found = []
    if _CHINESE.search(sentence):
        found.append("Chinese characters")
    if _ARTEFACT.search(sentence):
        found.append("marks of the model")
    found += [f"malformed figure: {match.group()}" for match in _MALFORMED.finditer(sentence)]
    return found


def _figures(sentence: str, source: str) -> list[str]:
    """Figures of the sentence that are not in the source, or at another value or scale."""
    wrong = [
        verdict.figure.text
        for verdict in align_figures(source, sentence)
        if verdict.figure is not None and verdict.verdict not in {"exact", "reformatted"}
    ]
    values = {
        reading.value for quantity in find_quantities(source) for part in quantity.parts for reading in part
    }
    wrong += [
        figure.text
        for figure in find_figures(sentence)
        if figure.text[0].isdigit()
        and not figure.firm
        and figure.unit != "code"
        and not any(reading.value in values for reading in figure.readings)
    ]
    return [f"figure not in the evidence: {text}" for text in dict.fromkeys(wrong)]


def _years_as_counts(sentence: str, source: str) -> list[str]:
    """A year of the evidence that the sentence counts with: "a total of 2018 firms", "2018 firms were"."""
    return [
        f"year taken for a count: {match.group()}"
        for match in _YEAR_AS_COUNT.finditer(sentence)
        if not re.search(
            (match["counted"] or match["opening"]) + r"(?!年|[-—~至])", unicodedata.normalize("NFKC", source)
        )
    ]


def _plan_periods(sentence: str, source: str) -> list[str]:
    """Five-year plans of the sentence that the Chinese does not name (``十四五`` is the 14th)."""
    return [
        f"plan period not in the evidence: {match.group()}"
        for match in _FIVE_YEAR.finditer(sentence)
        if _NUMERALS.get(match.group(1), "") not in source and f"第{match.group(1)}个五年" not in source
    ]


def _terms(sentence: str, source: str, glossary: Glossary | None) -> list[str]:
    """Forbidden renderings of the evidence's terms, and names of the glossary that the Chinese has not.

    The translation does not count here: a model invents the names that it knows best.
    """
    if glossary is None:
        return []
    text = read_english(sentence)
    matched = [match.entry for match in glossary.match(source)]
    right = {rendering.lower() for entry in matched for rendering in entry.renderings}
    found = []
    for entry in matched:
        wrong = [f for f in entry.forbidden if text.find(f) and not _inside_right(text, f, entry, right)]
        found += [f"forbidden rendering of {entry.source}: {rendering}" for rendering in wrong]
    supported = [span for rendering in right for span in text.find(rendering)]
    held = _support(source, "", glossary)
    for target in _telling_targets(glossary, sentence):
        if target.lower() in right or _all_held(target, held):
            continue
        if any(not _covered(span, supported) for span in text.find(target)):
            found.append(f"term not in the evidence: {target}")
    return found


def _inside_right(text: EnglishText, forbidden: str, entry: Entry, right: set[str]) -> bool:
    """Whether each place of ``forbidden`` lies inside a right rendering ("city" inside "prefecture-level city")."""
    spans = [span for rendering in right for span in text.find(rendering)]
    return all(_covered(span, spans) for span in text.find(forbidden))


def _covered(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


@lru_cache(maxsize=4)
def _target_index(glossary: Glossary) -> dict[str, tuple[str, ...]]:
    """Targets of two and more words with a capital, by the key of their first word; figures are checked as such."""
    index: dict[str, set[str]] = {}
    for entry in glossary.entries:
        for target in entry.renderings:
            parts = _WORD.findall(target)
            if len(parts) > 1 and any(part[0].isupper() for part in parts) and not _DIGIT.search(target):
                index.setdefault(word_key(parts[0]), set()).add(target)
    return {key: tuple(sorted(targets)) for key, targets in index.items()}


def _telling_targets(glossary: Glossary, sentence: str) -> list[str]:
    """Renderings that name one thing and whose first word stands in the sentence."""
    index = _target_index(glossary)
    return [target for key in {word_key(w) for w in _WORD.findall(sentence)} for target in index.get(key, ())]


def _support(source: str, translation: str, glossary: Glossary | None) -> set[str]:
    """Keys of the words that the evidence holds: its English, and the renderings of its terms and names."""
    texts = [translation, *(name.target for name in find_names(source))]
    if glossary is not None:
        texts += [r for match in glossary.match(source) for r in match.entry.renderings]
    texts += re.findall(r"[A-Za-z]+", source)
    return {word_key(word) for text in texts for word in _WORD.findall(text)}


def _names(sentence: str, source: str, translation: str, glossary: Glossary | None) -> list[str]:
    """Capitalised words that the evidence does not hold; an ordinary word at the head of a sentence is none."""
    held = _support(source, translation, glossary)
    found = []
    for match in _CAPITALISED.finditer(sentence):
        parts = [part for part in _WORD.findall(match.group()) if part[0].isupper()]
        if parts and _opens_sentence(sentence, match.start()) and _is_ordinary(parts[0], glossary):
            parts = parts[1:]
        if not _all_held(" ".join(parts), held):
            found.append(f"name not in the evidence: {match.group()}")
    return found


def _all_held(name: str, held: set[str]) -> bool:
    """Whether the evidence holds every word of ``name``, or its initials."""
    parts = _WORD.findall(name)
    initials = "".join(part[0] for part in parts if part[0].isupper())
    return all(_is_held(part, held) for part in parts) or (len(initials) > 2 and word_key(initials) in held)


def _is_held(word: str, held: set[str]) -> bool:
    plain = re.sub(r"['’]s?$", "", word)
    if plain.lower() in _FUNCTION_WORDS or plain.lower() in _STYLE_CAPITALS:
        return True
    return word_key(plain) in held or all(word_key(part) in held for part in plain.split("-") if part)


def _is_ordinary(word: str, glossary: Glossary | None) -> bool:
    """Whether a word has its capital only because it opens a sentence."""
    plain = re.sub(r"['’]s?$", "", word)
    return (
        bool(_ORDINARY.search(plain))
        or plain.lower() in _FUNCTION_WORDS
        or (glossary is not None and word_key(plain) in _vocabulary(glossary))
    )


@lru_cache(maxsize=4)
def _vocabulary(glossary: Glossary) -> frozenset[str]:
    """Keys of the words that the glossary's renderings write in small letters: no names."""
    renderings = (rendering for entry in glossary.entries for rendering in entry.renderings)
    return frozenset(word_key(word) for text in renderings for word in _WORD.findall(text) if word.islower())


def _opens_sentence(text: str, position: int) -> bool:
    return not text[:position].strip() or text[:position].rstrip()[-1] in '.!?:"“'


def _repetition(sentence: str) -> list[str]:
    """A run of four words said twice (of six, if they are names or figures), a word twice on end, "X and X"."""
    words = _RUN_WORD.findall(sentence)
    low = [word.lower() for word in words]
    seen: set[tuple[str, ...]] = set()
    for i in range(len(words) - 3):
        run = tuple(low[i : i + 4])
        plain = [w for w in words[i : i + 4] if w.islower() and w not in _FUNCTION_WORDS and len(w) > 2]
        longer = tuple(low[i : i + 6])
        if (run in seen and plain) or longer in seen:
            return [f"repetition: {' '.join(run)}"]
        seen |= {run, longer}
    twice = _TWICE.search(sentence)
    if twice:
        return [f"repetition: {twice.group()}"]
    stutter = next((a for a, b in pairwise(low) if a == b and a.isalpha() and a not in {"that", "had"}), None)
    return [f"repetition: {stutter}"] if stutter else []


def _unsupported(sentence: str, source: str, translation: str, glossary: Glossary | None) -> list[str]:
    share = unsupported_share(sentence, source, translation, glossary)
    return [f"{share:.0%} of the content words are not in the evidence"] if share > MOST_UNSUPPORTED else []


def unsupported_share(
    sentence: str, source: str, translation: str, glossary: Glossary | None = None
) -> float:
    """Share of the content words of ``sentence`` that neither the translation nor the terms of the evidence hold."""
    held = _support(source, translation, glossary)
    content = [w for w in _WORD.findall(sentence) if w.lower() not in _FUNCTION_WORDS and len(w) > 2]
    strange = [w for w in content if not _is_held(w, held)]
    return len(strange) / len(content) if content else 0.0
