"""Characters that the model has never seen reach it as nothing: the reader must know."""

from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.document import Finding, Segment, Translation

NAME = "unknown_characters"


def check(segment: Segment, translation: Translation, context: CheckContext) -> Iterator[Finding]:
    """A warning with the characters of the source that the vocabulary lacks and no constraint renders."""
    rest = list(segment.text)
    for constraint in translation.constraints:
        rest[constraint.start : constraint.end] = " " * (constraint.end - constraint.start)
    unknown = context.unknown_characters("".join(rest))
    if unknown:
        yield Finding(
            check=NAME,
            severity="warning",
            segment=segment.id,
            message="the model does not know these characters",
            found=" ".join(unknown),
        )
