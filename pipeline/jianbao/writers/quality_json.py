"""``quality.json``: the overall status, the counts, every finding, and what signs the run."""

import json
from typing import Any

from jianbao.briefing import signature
from jianbao.document import Briefing, Finding
from jianbao.quality import measure

FILENAME = "quality.json"


def write(briefing: Briefing) -> bytes:
    """The report as indented JSON in UTF-8."""
    counts = measure(briefing).as_dict()
    report = {
        "document": briefing.outline.document.id,
        "status": counts.pop("status"),
        "signature": signature(briefing),
        "counts": counts,
        "findings": [{"segment": f.segment, **describe_finding(f)} for f in briefing.findings],
        "provenance": briefing.provenance,
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def describe_finding(finding: Finding) -> dict[str, Any]:
    """A finding without its segment, ready for JSON; spans index the segment's source and its translation."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "what": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "source_span": finding.source_span,
        "target_span": finding.target_span,
    }
