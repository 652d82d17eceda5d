"""``translation.txt``: the English alone, a line for each paragraph of the source."""

from jianbao.briefing import passages
from jianbao.document import Briefing

FILENAME = "translation.txt"


def write(briefing: Briefing) -> bytes:
    """The translations in order; table rows keep their tabs, furniture is left out."""
    lines: list[str] = []
    for passage in passages(briefing):
        if passage.segment.kind == "furniture":
            continue
        text = passage.translation.text
        if passage.opens_paragraph or not lines:
            lines.append(text)
        else:
            lines[-1] = f"{lines[-1]} {text}".strip()
    return "".join(f"{line}\n" for line in lines).encode()
