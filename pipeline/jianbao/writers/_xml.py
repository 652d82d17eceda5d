"""What the XML formats share."""

import re

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Everything but the characters that XML 1.0 allows (section 2.2, production 2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` without the control characters and lone surrogates that XML cannot hold."""
    return _NOT_XML.sub("", text)


def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new last child of ``parent``, in its namespace; an underscore in an attribute's name is a hyphen."""
    child = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    for name, value in attributes.items():
        child.set(name.replace("_", "-"), xml_text(value))
    if text is not None:
        child.text = xml_text(text)
    return child


def to_bytes(root: etree._Element) -> bytes:
    """The document with its declaration, indented, in UTF-8."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
