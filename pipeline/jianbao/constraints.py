"""Constraints: what a translation must carry. Figures, glossary terms and names, found in the Chinese.

They reach the model as inline annotations, ``<t>10350万元<e>103.5 million yuan</t>``: the source words, then the
rendering to copy. After decoding, ``missing`` says which did not arrive.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jianbao.document import Constraint
from jianbao.glossary import Glossary
from jianbao.matching import read_english
from jianbao.names import NameTable, find_names
from jianbao.normalise import normalise_source, normalise_target
from jianbao.quantities import Quantity, carries, find_quantities

_TAG = re.compile(r"<(/?[te])>")
_ANNOTATION = re.compile(r"<t>(.*?)<e>.*?</t>")
_BROKEN_TAG = r"< \1>"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationPolicy:
    """How much of what must be carried is shown to the model.

    ``figures`` and ``names`` say whether these are shown at all. ``terms_per_100`` is how many terms and names
    together are shown for every 100 characters of source (at least one where it is not zero); longer ones first,
    since the model is likelier to know the short.
    """

    figures: bool = True
    names: bool = True
    terms_per_100: float = 4.0


DEFAULT_POLICY = AnnotationPolicy()


def build_constraints(
    text: str, glossary: Glossary, *, names: NameTable | None = None
) -> tuple[Constraint, ...]:
    """What the translation of ``text`` must carry: sorted, non-overlapping, offsets into ``text``.

    Where two overlap the one that holds the other wins (``十九大`` beats the figure 十九); where neither holds the
    other, a figure beats a term and a term beats a name. Entries that are only checked or that guard keep their
    place, but give no constraint. Quantities whose rendering is not firm give none either.
    """
    blocked: list[tuple[int, int, Constraint | None]] = []
    for quantity in find_quantities(text):
        blocked.append((quantity.start, quantity.end, _from_quantity(quantity)))
    for match in glossary.match_all(text):
        entry, constraint = match.entry, None
        if entry.use == "force":
            constraint = Constraint(
                start=match.start,
                end=match.end,
                source=text[match.start : match.end],
                target=entry.target,
                kind="term",
                variants=entry.variants,
                forbidden=entry.forbidden,
            )
        blocked.append((match.start, match.end, constraint))
    for name in find_names(text, document=names):
        constraint = Constraint(
            start=name.start,
            end=name.end,
            source=text[name.start : name.end],
            target=name.target,
            kind="name",
            variants=name.variants,
        )
        blocked.append((name.start, name.end, constraint))
    return tuple(constraint for constraint in _resolve(blocked) if constraint)


def _from_quantity(quantity: Quantity) -> Constraint | None:
    if not quantity.firm:
        return None
    return Constraint(
        start=quantity.start,
        end=quantity.end,
        source=quantity.text,
        target=quantity.target,
        kind="figure",
        variants=tuple(quantity.variants),
    )


def _resolve(spans: Sequence[tuple[int, int, Constraint | None]]) -> list[Constraint | None]:
    """Drop overlapping spans: first those inside a longer one, then by the order given. Sorted by start."""
    every = {(start, end) for start, end, _ in spans}
    ranked = sorted(spans, key=lambda span: _inside_another(every, span[:2]))
    taken: list[tuple[int, int, Constraint | None]] = []
    for span in ranked:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in taken):
            taken.append(span)
    return [constraint for _, _, constraint in sorted(taken, key=lambda span: span[0])]


def _inside_another(spans: Iterable[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a longer one of ``spans`` holds ``span``."""
    start, end = span
    return any(a <= start and end <= b and b - a > end - start for a, b in spans)


def select(
    constraints: Sequence[Constraint], policy: AnnotationPolicy = DEFAULT_POLICY, *, length: int = 0
) -> tuple[Constraint, ...]:
    """The constraints to show to the model, in order. ``length`` is the source's; by default what they cover."""
    length = length or max((constraint.end for constraint in constraints), default=0)
    shown = {c for c in constraints if c.kind == "figure" and policy.figures}
    rest = [c for c in constraints if c.kind == "term" or (c.kind == "name" and policy.names)]
    rest.sort(key=lambda c: (-(c.end - c.start), c.start))
    allowed = max(1, round(policy.terms_per_100 * length / 100)) if policy.terms_per_100 else 0
    shown.update(rest[:allowed])
    return tuple(c for c in constraints if c in shown)


def annotate(text: str, constraints: Sequence[Constraint]) -> str:
    """``text`` as the model reads it: normalised, with each constraint written as ``<t>源<e>target</t>``.

    ``plain`` of the result is ``normalise_source(text)``, but for tags that stood in the text itself: those are
    broken up (``< t>``), so that the model never takes them for its own.
    """
    normal = normalise_source(text)
    places = [place for place, char in enumerate(normal) if char != " "]
    pieces: list[str] = []
    done = 0
    for constraint in sorted(constraints, key=lambda c: c.start):
        first, last = _solid(text[: constraint.start]), _solid(text[: constraint.end])
        if not first < last <= len(places) or places[first] < done:
            continue
        start, end = places[first], places[last - 1] + 1
        target = _escape(normalise_target(constraint.target))
        pieces += [_escape(normal[done:start]), f"<t>{_escape(normal[start:end])}<e>{target}</t>"]
        done = end
    return "".join(pieces) + _escape(normal[done:])


def _solid(text: str) -> int:
    """How many characters that are no white space ``text`` has after normalisation."""
    return sum(not char.isspace() for char in unicodedata.normalize("NFKC", text))


def _escape(text: str) -> str:
    return _TAG.sub(_BROKEN_TAG, text)


def plain(annotated: str) -> str:
    """The source without its annotations."""
    return _ANNOTATION.sub(r"\1", annotated)


def missing(constraints: Iterable[Constraint], english: str) -> tuple[Constraint, ...]:
    """The constraints that ``english`` does not carry, in order.

    A rendering that is asked for n times must stand n times; where it stands fewer times, the last of its
    constraints count as missing. A rendering inside a longer one that another constraint asks for does not count:
    "city" is not carried by "smart city" where both are asked for.
    """
    text = read_english(english)
    groups: defaultdict[tuple[str, ...], list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        groups[constraint.target, *constraint.variants].append(constraint)
    spans = {renderings: text.find_any(renderings) for renderings in groups}
    every = {span for found in spans.values() for span in found}
    absent: list[Constraint] = []
    for renderings, members in groups.items():
        count = sum(not _inside_another(every, span) for span in spans[renderings])
        quantity = _quantity(members[0].source) if members[0].kind == "figure" else None
        if quantity is not None:
            count = max(count, 1) if carries(quantity, english) else 0
        absent += members[count:]
    return tuple(sorted(absent, key=lambda constraint: constraint.start))


@lru_cache(maxsize=4096)
def _quantity(source: str) -> Quantity | None:
    """The quantity that fills ``source``, if it is read as one without its surroundings."""
    found = find_quantities(source)
    return found[0] if len(found) == 1 and found[0].text == source else None
