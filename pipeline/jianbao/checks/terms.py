"""Glossary terms and names must stand in the English in a rendering that counts as right."""

from collections.abc import Iterator, Sequence

from jianbao.checks import CheckContext
from jianbao.constraints import missing
from jianbao.document import Constraint, Finding, Segment, Translation
from jianbao.glossary import TermMatch
from jianbao.matching import EnglishText, find_forbidden

NAME = "terms"


def check(segment: Segment, translation: Translation, context: CheckContext) -> Iterator[Finding]:
    """A warning for each term or name that is missing, an error for each forbidden rendering.

    A rendering that is forbidden for one term may be right for another of the sentence. Entries of the glossary
    that are only checked ask for nothing but that their forbidden renderings do not stand.
    """
    constraints = [c for c in translation.constraints if c.kind != "figure"]
    english = EnglishText(translation.text)
    right = tuple(r for c in constraints for r in (c.target, *c.variants))
    for constraint in missing(constraints, translation.text):
        spans = find_forbidden(constraint.forbidden, right, english) if constraint.forbidden else ()
        yield _missing(segment, translation, constraint, spans)
    for match in _only_checked(segment, context):
        renderings = (*right, *match.entry.renderings)
        for span in find_forbidden(match.entry.forbidden, renderings, english):
            yield _forbidden(segment, translation, match, span)


def _only_checked(segment: Segment, context: CheckContext) -> Iterator[TermMatch]:
    """The first occurrence of each entry that is only checked: its renderings are not counted."""
    seen: set[str] = set()
    for match in context.glossary.match(segment.text) if context.glossary is not None else ():
        if match.entry.use == "check" and match.entry.forbidden and match.entry.source not in seen:
            seen.add(match.entry.source)
            yield match


def _missing(
    segment: Segment, translation: Translation, constraint: Constraint, spans: Sequence[tuple[int, int]]
) -> Finding:
    forbidden = spans[0] if spans else None
    what = "has a rendering that is forbidden" if forbidden else "is not rendered as agreed"
    return Finding(
        check=NAME,
        severity="error" if forbidden else "warning",
        segment=segment.id,
        message=f"the {constraint.kind} {what}",
        expected=f"{constraint.source} = {constraint.target}",
        found=translation.text[slice(*forbidden)] if forbidden else "",
        source_span=(constraint.start, constraint.end),
        target_span=forbidden,
    )


def _forbidden(
    segment: Segment, translation: Translation, match: TermMatch, span: tuple[int, int]
) -> Finding:
    return Finding(
        check=NAME,
        severity="error",
        segment=segment.id,
        message="the term has a rendering that is forbidden",
        expected=f"{match.entry.source} = {match.entry.target}",
        found=translation.text[slice(*span)],
        source_span=(match.start, match.end),
        target_span=span,
    )
