"""``briefing.xlf``: source and translation for translation editors (XLIFF 1.2, OASIS standard of 2008).

A section is a group, a segment a translation unit. A unit with findings needs review; its findings are notes.
"""

from itertools import groupby

from lxml import etree

from jianbao import __version__
from jianbao.briefing import Passage, passages
from jianbao.document import Briefing
from jianbao.writers._xml import XML_LANG, XML_SPACE, add, to_bytes

FILENAME = "briefing.xlf"
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write(briefing: Briefing) -> bytes:
    """The document, with one file element."""
    root = etree.Element(f"{{{_NAMESPACE}}}xliff", version="1.2", nsmap={None: _NAMESPACE})
    document = briefing.outline.document
    file = add(
        root,
        "file",
        original=document.id,
        source_language="zh-Hans",
        target_language="en",
        datatype="plaintext",
        tool_id="jianbao",
    )
    header = add(file, "header")
    add(header, "tool", tool_id="jianbao", tool_name="Jianbao", tool_version=__version__)
    body = add(file, "body")
    for number, (section, members) in enumerate(groupby(passages(briefing), lambda p: p.segment.section), 1):
        group = add(body, "group", id=f"g{number}", resname=section)
        for passage in members:
            _add_unit(group, passage)
    return to_bytes(root)


def _add_unit(group: etree._Element, passage: Passage) -> None:
    segment, translation = passage.segment, passage.translation
    unit = add(group, "trans-unit", id=segment.id, restype=f"x-{segment.kind}")
    unit.set(XML_SPACE, "preserve")
    if segment.kind == "furniture":
        unit.set("translate", "no")
    add(unit, "source", segment.text).set(XML_LANG, "zh-Hans")
    if translation.text:
        state = "needs-review-translation" if passage.findings else "translated"
        target = add(unit, "target", translation.text, state=state)
        target.set(XML_LANG, "en")
    for finding in passage.findings:
        expected = f"; expected: {finding.expected}" if finding.expected else ""
        found = f"; found: {finding.found}" if finding.found else ""
        note = add(unit, "note", f"{finding.check}: {finding.message}{expected}{found}", annotates="target")
        note.set("priority", "1" if finding.severity == "error" else "3")
        note.set("from", "jianbao")
