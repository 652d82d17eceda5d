"""English words as keys that their inflections and spellings share.

"Centres" gives "center", "policies" "policy", "building" "build"; "improved" gives "improv+": a past tense or
participle is kept apart, since "advanced manufacturing" is not "to advance manufacturing".
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:(?<=\b[A-Za-z])\.(?=[A-Za-z]\.)[A-Za-z]\.)*)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<mark>[^\w\s])"
)
_ARTICLES = frozenset({"the", "a", "an"})
_IGNORED = frozenset("'\"‘’“”-‐‑–—/")
_MARKS = {"&": "and", "%": "percent", "[": "(", "]": ")", "，": ",", "（": "(", "）": ")"}
# In lower case these are other words: "US" is not "us".
_CASED = frozenset({"us", "it", "who", "aids", "pc", "all", "may", "un"})
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "lives": "life",
    "halves": "half", "leaves": "leaf", "shelves": "shelf", "knives": "knife", "wives": "wife",
    "analyses": "analysis", "bases": "base", "adviser": "advisor", "advisers": "advisor",
    "crises": "crisis", "theses": "thesis", "diagnoses": "diagnosis", "hypotheses": "hypothesis",
    "axes": "axis", "criteria": "criterion", "phenomena": "phenomenon", "indices": "index",
    "indexes": "index", "matrices": "matrix", "curricula": "curriculum", "media": "medium", "foci": "focus",
    "nuclei": "nucleus", "stimuli": "stimulus", "bacteria": "bacterium", "consortia": "consortium",
    "people": "people", "peoples": "people", "programme": "program", "programmes": "program",
    "centre": "center", "centres": "center", "metre": "meter", "metres": "meter", "kilometre": "kilometer",
    "kilometres": "kilometer", "litre": "liter", "litres": "liter", "theatre": "theater",
    "theatres": "theater", "fibre": "fiber", "fibres": "fiber", "defence": "defense", "offence": "offense",
    "licence": "license", "licences": "license", "practise": "practice", "catalogue": "catalog",
    "catalogues": "catalog", "dialogues": "dialog", "dialogue": "dialog", "aluminium": "aluminum",
    "cheque": "check", "grey": "gray", "judgement": "judgment", "ageing": "aging", "tyre": "tire",
    "enrolment": "enrollment", "fulfilment": "fulfillment", "instalment": "installment",
    "skilful": "skillful", "modelling": "modeling", "sulphur": "sulfur", "tonne": "ton", "tonnes": "ton",
}  # fmt: skip
# One thing in several words: the first of a line stands for all.
_SAME = (
    "science and technology | scientific and technological | sci-tech | S&T",
    "research and development | R&D",
    "small and medium-sized enterprises | small and medium enterprises | SMEs",
    "state-owned enterprises | SOEs",
    "intellectual property | intellectual property rights | IP | IPR",
    "artificial intelligence | AI",
    "gross domestic product | GDP",
    "value added | added value",
    "national | national-level",
    "provincial | provincial-level",
    "municipal | municipal-level",
    "county | county-level",
)
_AMERICAN = (
    (re.compile(r"(?<=.{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=.{3})ys(?=(?:e|ed|es|er|ing)$)"), "yz"),
    (re.compile(r"(?<=.{2})our(?=(?:s|ed|ing|able|al|ful|hood|hoods|ist)?$)(?<!.hour)(?<!^tour)(?<!^four)"), "or"),
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The key of one English word: lower case, American spelling, singular, without -ing; -ed is set apart."""
    if word.isupper() and len(word) > 1 and word.lower() in _CASED:
        return word
    if word[-1] == "s" and word[:-1].isupper() and len(word) > 2:
        word = word[:-1]  # TEUs
    key = _strip_accents(word.lower())
    key = _IRREGULAR.get(key, key)
    for pattern, replacement in _AMERICAN:
        if len(key) > 5:
            key = pattern.sub(replacement, key)
    key = _singular(key)
    if key.endswith("ied") and len(key) > 4:
        return key[:-3] + "y+"
    for suffix in ("ing", "ed"):
        stem = key.removesuffix(suffix)
        if stem != key and len(stem) > 2 and _VOWEL.search(stem) and not key.endswith(("eed", "eing")):
            return _bare(stem) + ("+" if suffix == "ed" else "")
    return _bare(key)


def _strip_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _bare(stem: str) -> str:
    """``stem`` as all its forms share it: no final e, no doubled final consonant."""
    if len(stem) > 3 and stem.endswith("e") and not stem.endswith("ee"):
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    return stem


@cache
def _same() -> dict[str, dict[tuple[str, ...], tuple[str, ...]]]:
    """What to read for each phrase of ``_SAME``, as keys; grouped by first key, longest phrase first."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _SAME:
        head, *others = (tuple(key for key, _, _ in _word_keys(phrase)) for phrase in line.split(" | "))
        table.update(dict.fromkeys(others, head))
    groups: defaultdict[str, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
    for phrase in sorted(table, key=len, reverse=True):
        groups[phrase[0]][phrase] = table[phrase]
    return dict(groups)


def text_keys(text: str) -> Iterator[tuple[str, int, int]]:
    """The keys of a text with their spans, phrases of ``_SAME`` made one."""
    words, same, index = list(_word_keys(text)), _same(), 0
    while index < len(words):
        key, start, end = words[index]
        for phrase, head in same.get(key, {}).items():
            if tuple(word[0] for word in words[index : index + len(phrase)]) == phrase:
                spans = [word[1:] for word in words[index : index + len(phrase)]]
                if len(head) == len(phrase):
                    yield from ((key, *span) for key, span in zip(head, spans, strict=True))
                else:
                    yield "".join(head), start, spans[-1][1]
                index += len(phrase)
                break
        else:
            yield key, start, end
            index += 1


def _word_keys(text: str) -> Iterator[tuple[str, int, int]]:
    """The keys of the words with their spans; articles, quotes, hyphens and possessive endings give none."""
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        raw, start, end = token.group(), token.start(), token.end()
        if token.lastgroup == "number":
            yield f"#{raw.replace(',', '')}#", start, end
        elif token.lastgroup == "mark":
            following = tokens[index + 1].group().lower() if index + 1 < len(tokens) else ""
            if raw not in _IGNORED and not (raw == "," and following in {"and", "or", "&"}):
                yield _MARKS.get(raw, raw), start, end
        elif raw.lower() not in _ARTICLES and not (
            raw == "s" and text[max(start - 1, 0) : start] in {"'", "’"}
        ):
            yield word_key(raw), start, end
