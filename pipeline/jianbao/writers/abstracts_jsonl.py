"""``abstracts.jsonl``: one abstract a line, the summary last with section null; what ``jianbao evaluate`` reads."""

import json

from jianbao.document import Abstract, Briefing

FILENAME = "abstracts.jsonl"


def write(briefing: Briefing) -> bytes:
    """The lines, in UTF-8."""
    return "".join(_line(abstract) for abstract in (*briefing.abstracts, briefing.summary)).encode()


def _line(abstract: Abstract) -> str:
    sentences = [
        {"text": s.text, "evidence": list(s.evidence), "method": s.method} for s in abstract.sentences
    ]
    return json.dumps({"section": abstract.section, "sentences": sentences}, ensure_ascii=False) + "\n"
