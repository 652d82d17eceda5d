"""No Chinese may be left in the English."""

import re
from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.document import Finding, Segment, Translation

NAME = "untranslated"
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def check(segment: Segment, translation: Translation, _context: CheckContext) -> Iterator[Finding]:
    """An error for each run of Chinese characters in the English, and for an English text that is empty."""
    if segment.text.strip() and not translation.text.strip():
        yield Finding(check=NAME, severity="error", segment=segment.id, message="the translation is empty")
    for run in CHINESE.finditer(translation.text):
        yield Finding(
            check=NAME,
            severity="error",
            segment=segment.id,
            message="Chinese is left in the English",
            found=run.group(),
            target_span=run.span(),
        )
