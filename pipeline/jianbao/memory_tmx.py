"""Translation memories in and out as TMX 1.4b, the format of translators' tools."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from jianbao import __version__
from jianbao.errors import InputError

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADER = {
    "creationtool": "jianbao",
    "segtype": "sentence",
    "o-tmf": "jianbao",
    "adminlang": "en",
    "srclang": "zh-Hans",
    "datatype": "plaintext",
}
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})  # their content is formatting, not text


def read_tmx(path: Path) -> Iterator[tuple[str, str]]:
    """The (Chinese, English) pairs of a TMX file; units that lack one of the two are passed over.

    Raises:
        InputError: the file cannot be read or is no TMX.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise InputError(f"{path} cannot be read as TMX: {error}") from error
    if str(root.tag) != "tmx":
        raise InputError(f"{path} is not a TMX file: its root element is not <tmx>")
    for unit in root.iter("tu"):
        texts: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            language = (variant.get(_LANG) or variant.get("lang") or "").lower().split("-")[0]
            segment = variant.find("seg")
            if segment is not None:
                texts.setdefault(language, _text(segment).strip())
        if texts.get("zh") and texts.get("en"):
            yield texts["zh"], texts["en"]


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def write_tmx(entries: Iterable[tuple[str, str, str]]) -> bytes:
    """A TMX file of (source, English, origin) entries; the origin becomes a property of its unit."""
    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(root, "header")
    for name, value in _HEADER.items():
        header.set(name, value)
    header.set("creationtoolversion", __version__)
    body = etree.SubElement(root, "body")
    for source, english, origin in entries:
        unit = etree.SubElement(body, "tu")
        etree.SubElement(unit, "prop", type="x-origin").text = origin
        for language, text in (("zh-Hans", source), ("en", english)):
            variant = etree.SubElement(unit, "tuv", {_LANG: language})
            etree.SubElement(variant, "seg").text = text
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content
