"""From single briefs to a paragraph: short ones on a subject become one sentence, openings vary."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from jianbao.summarizers._shorten import count_words
from jianbao.summarizers._verbs import verb

LONGEST_JOINED = 42
"""Words that two briefs joined into one sentence may have together."""

_OPENERS_TEXT = """
a an the this these those all each more most some many few several over under at by in on for with during
after since to total efforts work support new major key rural urban public national local provincial
municipal one two three four five six seven eight nine ten nearly about around its their it they
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())

_JOINTS = (", while ", ", and ")
_JOINED_ALREADY = re.compile(r"\bwhile\b|;|, and [a-z]+ (?:was|were|will)|:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of the abstract to be, with the segments it rests on and how it was made."""

    text: str
    evidence: tuple[str, ...]
    method: str


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand in small letters somewhere in ``texts``: no names."""
    return _OPENERS | {word for text in texts for word in re.findall(r"(?<![\w'-])[a-z][a-z'-]+", text)}


def lowered(text: str, common: frozenset[str]) -> str | None:
    """``text`` as it goes on after a comma: no capital where its first word is no name. None: cannot tell."""
    first = re.match(r"[\w'’-]+", text)
    if first is None:
        return None
    word = first.group()
    if word[0].isdigit() or (len(word) > 1 and word.isupper()) or re.search(r"[A-Z]", word[1:]):
        return text
    return text[0].lower() + text[1:] if word.lower().removesuffix("'s") in common else None


def paragraph(
    pieces: Sequence[Piece], subject: str, common: frozenset[str], allowed: Callable[[Piece], bool]
) -> tuple[Piece, ...]:
    """The pieces as one paragraph, in the order given.

    Two neighbours become one sentence where that reads well and ``allowed`` lets it stand.
    """
    joined: list[Piece] = []
    left = list(pieces)
    used = 0
    while left:
        piece = left.pop(0)
        both = None
        if left and len(left) + len(joined) + 1 > 2:
            both = _both(piece, left[0], _join(piece.text, left[0].text, subject, _JOINTS[used % 2], common))
        if both is not None and allowed(both):
            left.pop(0)
            used += 1
            piece = both
        joined.append(piece)
    return _varied(joined, subject)


def _both(first: Piece, second: Piece, text: str) -> Piece | None:
    if not text:
        return None
    return Piece(
        text=text,
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        method="+".join(dict.fromkeys((first.method, second.method))),
    )


def _join(first: str, second: str, subject: str, joint: str, common: frozenset[str]) -> str:
    """Two sentences as one, or "" where that would read badly."""
    if count_words(first) + count_words(second) > LONGEST_JOINED or not first.endswith("."):
        return ""
    if first.startswith(subject + " ") and second.startswith(subject + " "):
        tail = second.removeprefix(subject + " ")
        for auxiliary in ("will ", "is to "):
            if first.startswith(f"{subject} {auxiliary}") and tail.startswith(auxiliary):
                tail = tail.removeprefix(auxiliary)
        if _can_follow(tail):
            return f"{first[:-1]}, and {tail}"
    rest = lowered(second, common)
    if rest is None or _JOINED_ALREADY.search(first) or _JOINED_ALREADY.search(second):
        return ""
    return first[:-1] + joint + rest


def _can_follow(tail: str) -> bool:
    """Whether a predicate without its subject begins with a verb."""
    words = [w for w in tail.split()[:3] if not w.endswith("ly")]
    return bool(words) and (verb(words[0]) is not None or words[0] in {"will", "is", "was", "has"})


def _varied(pieces: Sequence[Piece], subject: str) -> tuple[Piece, ...]:
    """A sentence that would open with the same body as the one before it opens with "It also"."""
    texts = varied([piece.text for piece in pieces], subject)
    return tuple(replace(piece, text=text) for piece, text in zip(pieces, texts, strict=True))


def varied(texts: Sequence[str], subject: str) -> list[str]:
    """Sentences in a row: where one opens with ``subject`` as the one before did, it opens with "It also"."""
    result: list[str] = []
    for index, text in enumerate(texts):
        if index and text.startswith(subject + " ") and texts[index - 1].startswith(subject + " "):
            also = r"\1also " if index == 1 else r"\1"
            rest = text.removeprefix(subject + " ")
            result.append(re.sub(r"^(It (?:will |is |has )?)(?!also)", also, f"It {rest}"))
        else:
            result.append(text)
    return result


def standing_alone(text: str, subject: str) -> str:
    """A sentence taken out of its paragraph: its "It also" is the body again."""
    if not text.startswith("It "):
        return text
    rest = re.sub(r"^((?:will |is |has )?)also ", r"\1", text.removeprefix("It "))
    return f"{subject} {rest}"
