"""``segments.jsonl``: one JSON object a segment, furniture among them, in text order."""

import json
from typing import Any

from jianbao.briefing import Passage, passages
from jianbao.document import Briefing
from jianbao.writers.quality_json import describe_finding

FILENAME = "segments.jsonl"


def write(briefing: Briefing) -> bytes:
    """The lines, in UTF-8."""
    lines = (json.dumps(_describe(p), ensure_ascii=False) for p in passages(briefing))
    return "".join(f"{line}\n" for line in lines).encode()


def _describe(passage: Passage) -> dict[str, Any]:
    segment, translation = passage.segment, passage.translation
    return {
        "id": segment.id,
        "section": segment.section,
        "kind": segment.kind,
        "source": segment.text,
        "translation": translation.text,
        "start": segment.start,
        "end": segment.end,
        "marker": segment.marker,
        "method": translation.method,
        "score": translation.score,
        "constraints": [
            {"start": c.start, "end": c.end, "source": c.source, "target": c.target, "kind": c.kind}
            for c in translation.constraints
        ],
        "findings": [describe_finding(finding) for finding in passage.findings],
    }
