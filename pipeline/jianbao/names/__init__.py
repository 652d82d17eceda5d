"""Places, bodies and people that no glossary knows, rendered by rule where a rule is safe.

Precision goes before recall: what might be a common word is left alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jianbao.names import romanise
from jianbao.names.bodies import find_body
from jianbao.names.divisions import all_names, division
from jianbao.names.people import find_people
from jianbao.names.places import PlaceMatch, find_places
from jianbao.names.towns import find_town, find_unlisted

__all__ = ["NameMatch", "NameTable", "find_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A name and its rendering; the offsets index the text that was searched."""

    start: int
    end: int
    source: str
    target: str
    variants: tuple[str, ...] = ()


class NameTable:
    """The towns, people and unlisted counties of one document, each with its one rendering.

    A name is learned where its context proves it (``中山市小榄镇``, ``王晓明同志``, ``云泽县林业局``); from then
    on it counts wherever the document holds it, so that it reads the same everywhere.
    """

    def __init__(self, renderings: Mapping[str, str], divisions: Iterable[str] = ()) -> None:
        self._renderings = dict(renderings)
        self._names = _any_of(self._renderings)
        self._divisions = _any_of(divisions)

    @classmethod
    def learn(cls, text: str) -> "NameTable":
        """Learn the names that ``text``, a whole document, proves."""
        unlisted = set(find_unlisted(text)) - set(all_names())
        return cls({match.source: match.target for match in _proved(text)}, unlisted)

    def find(self, text: str) -> list[NameMatch]:
        """The learned names in ``text``."""
        names = [
            _match(text, *found.span(), self._renderings[found.group()])
            for found in self._names.finditer(text)
        ]
        for found in self._divisions.finditer(text):
            area, (start, end) = division(found.group()), found.span()
            place = PlaceMatch(
                start=start, end=end, target=area.target, variants=area.variants, division=area, full=True
            )
            names.append(_extend(text, place))
        return names


def find_names(text: str, *, document: NameTable | None = None) -> tuple[NameMatch, ...]:
    """The names in ``text``: sorted, non-overlapping, with those that ``document`` has learned.

    Without a document, ``text`` is taken for a whole one.
    """
    found = [_extend(text, place) for place in find_places(text)]
    found += (document if document is not None else NameTable.learn(text)).find(text)
    names: list[NameMatch] = []
    for match in sorted(found, key=lambda name: (name.start, -name.end)):
        if not names or match.start >= names[-1].end:
            names.append(match)
    return tuple(names)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern of all ``names``, the longest first; of none it matches nothing."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")


def _proved(text: str) -> list[NameMatch]:
    """The towns that follow their division and the people that bear a title."""
    proved = [_match(text, start, end, romanise.person(text[start:end])) for start, end in find_people(text)]
    for place in find_places(text):
        town = find_town(text, place.end) if place.division is not None else None
        if town is not None:
            proved.append(_match(text, place.end, *town))
    return proved


def _extend(text: str, place: PlaceMatch) -> NameMatch:
    """The body that is named after the place, or the place itself."""
    if place.division is not None:
        body = find_body(text, place.end, place.division, full=place.full)
        if body is not None:
            end, target, variants = body
            return _match(text, place.start, end, target, variants)
    return _match(text, place.start, place.end, place.target, place.variants)


def _match(text: str, start: int, end: int, target: str, variants: tuple[str, ...] = ()) -> NameMatch:
    return NameMatch(start=start, end=end, source=text[start:end], target=target, variants=variants)
