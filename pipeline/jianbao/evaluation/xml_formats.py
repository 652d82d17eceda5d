"""Source and target from the formats of translation editors: XLIFF 1.2 and 2.x (OASIS), TMX 1.4b (LISA)."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from jianbao.errors import InputError

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "sm", "em"})
"""Inline elements whose content, if any, is formatting and not text."""


def read_xliff(path: Path) -> Iterator[dict[str, str]]:
    """The units of an XLIFF file as fields of ``formats.Row``, a file element being a document.

    Units that are not to be translated are passed over; proposals (``alt-trans``, ``mtc:matches``) are not read.

    Raises:
        InputError: the file is no XLIFF, or of a version that is not 1.2 or 2.x.
    """
    root = _parse(path, "XLIFF")
    version = root.get("version") or ""
    if _name(root) != "xliff":
        raise InputError(f"{path} is not XLIFF: its root element is <{_name(root)}>")
    if version == "1.2":
        yield from _read_xliff_1(root)
    elif version.startswith("2."):
        yield from _read_xliff_2(root)
    else:
        raise InputError(f"{path} is XLIFF {version or 'without a version'}; export it as 1.2 or 2.x")


def _read_xliff_1(root: etree._Element) -> Iterator[dict[str, str]]:
    for file in _children(root, "file"):
        for unit in file.iter(f"{{{_namespace(root)}}}trans-unit"):
            if unit.get("translate") == "no":
                continue
            group = unit.getparent()
            yield {
                "source": _text(_child(unit, "source")),
                "target": _text(_child(unit, "target")),
                "id": unit.get("id") or "",
                "document": file.get("original") or "",
                "section": (group.get("resname") or "")
                if group is not None and _name(group) == "group"
                else "",
                "kind": (unit.get("restype") or "").removeprefix("x-"),
            }


def _read_xliff_2(root: etree._Element) -> Iterator[dict[str, str]]:
    for file in _children(root, "file"):
        for unit in file.iter(f"{{{_namespace(root)}}}unit"):
            if unit.get("translate") == "no":
                continue
            segments = list(_children(unit, "segment"))
            for number, segment in enumerate(segments, 1):
                id_ = segment.get("id") or (str(number) if len(segments) > 1 else "")
                yield {
                    "source": _text(_child(segment, "source")),
                    "target": _text(_child(segment, "target")),
                    "id": f"{unit.get('id') or ''}/{id_}".strip("/"),
                    "document": file.get("original") or file.get("id") or "",
                }


def read_tmx(path: Path) -> Iterator[dict[str, str]]:
    """The units of a TMX file that have Chinese and English, as fields of ``formats.Row``.

    A property of type ``x-document`` or ``document`` names the document.

    Raises:
        InputError: the file is no TMX.
    """
    root = _parse(path, "TMX")
    if _name(root) != "tmx":
        raise InputError(f"{path} is not TMX: its root element is <{_name(root)}>")
    for unit in root.iter("tu"):
        texts: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            language = (variant.get(_LANG) or variant.get("lang") or "").lower().split("-")[0]
            texts.setdefault(language, _text(variant.find("seg")))
        documents = [p.text or "" for p in unit.iter("prop") if p.get("type") in {"x-document", "document"}]
        if texts.get("zh"):
            yield {
                "source": texts["zh"],
                "target": texts.get("en", ""),
                "id": unit.get("tuid") or "",
                "document": documents[0] if documents else "",
            }


def _parse(path: Path, what: str) -> etree._Element:
    # No entity is expanded and nothing is fetched: these files come from elsewhere.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise InputError(f"{path} cannot be read as {what}: {error}") from error


def _text(element: etree._Element | None) -> str:
    """The text of an element without its inline codes, white space at the ends removed."""
    return "".join(_pieces(element)).strip() if element is not None else ""


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and _name(child) not in _CODES:
            yield from _pieces(child)
        yield child.tail or ""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str) and _name(child) == name)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(_children(element, name), None)
