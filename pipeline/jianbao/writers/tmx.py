"""``briefing.tmx``: the translated segments as a translation memory (TMX 1.4b)."""

from lxml import etree

from jianbao import __version__
from jianbao.briefing import passages
from jianbao.document import Briefing
from jianbao.writers._xml import XML_LANG, add, to_bytes

FILENAME = "briefing.tmx"


def write(briefing: Briefing) -> bytes:
    """The memory; furniture and segments without English are left out."""
    root = etree.Element("tmx", version="1.4")
    add(
        root,
        "header",
        creationtool="jianbao",
        creationtoolversion=__version__,
        segtype="sentence",
        o_tmf="jianbao",
        adminlang="en",
        srclang="zh-Hans",
        datatype="plaintext",
    )
    body = add(root, "body")
    for passage in passages(briefing):
        if passage.number and passage.translation.text:
            unit = add(body, "tu", tuid=passage.segment.id)
            add(unit, "prop", briefing.outline.document.id, type="x-document")
            add(unit, "prop", passage.translation.method, type="x-method")
            for language, text in (("zh-Hans", passage.segment.text), ("en", passage.translation.text)):
                variant = add(unit, "tuv")
                variant.set(XML_LANG, language)
                add(variant, "seg", text)
    return to_bytes(root)
