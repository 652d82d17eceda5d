"""An English far too short for its source has left something out; far too long, it has added something."""

import math
import re
from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.document import Finding, Segment, Translation

NAME = "length"
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_OTHER = re.compile(r"\d[\d.,]*%?|[A-Za-z]+")
_OTHER_WEIGHT = 1.5
"""A figure or a word in Latin letters counts for as many Chinese characters."""
_SHORTEST_SOURCE = 10
# The shorter the source, the wider the range: by these over the root of its length. Fitted so that 99.5 percent of
# the translations of official reports and laws lie inside, see eval/RESULTS.md.
_WIDER_BELOW, _WIDER_ABOVE = 0.5, 2.4


def check(segment: Segment, translation: Translation, context: CheckContext) -> Iterator[Finding]:
    """A warning where words per Chinese character lie outside the usual range; short sources are passed over."""
    characters = len(_CHINESE.findall(segment.text))
    if characters < _SHORTEST_SOURCE or not translation.text:
        return
    length = characters + _OTHER_WEIGHT * len(_OTHER.findall(segment.text))
    lowest, highest = usual_ratio(length, context.length_ratio)
    words = len(translation.text.split())
    if lowest <= words / length <= highest:
        return
    side = "short: something may be left out" if words < lowest * length else "long: something may be added"
    yield Finding(
        check=NAME,
        severity="warning",
        segment=segment.id,
        message=f"the English is unusually {side}",
        expected=f"{lowest * length:.0f} to {highest * length:.0f} words",
        found=f"{words} words",
    )


def usual_ratio(length: float, long_ratio: tuple[float, float]) -> tuple[float, float]:
    """The usual words per character of a source of ``length`` characters, from the ratio in long ones."""
    root = math.sqrt(length)
    return long_ratio[0] - _WIDER_BELOW / root, long_ratio[1] + _WIDER_ABOVE / root
