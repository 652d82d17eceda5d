"""HTML and Markdown that was left in plain text: how to see it, and how to take it out."""

import html
import re

_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|button|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|"
    "fieldset|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|legend|li|link|main|mark|"
    "meta|nav|nobr|noscript|object|ol|option|o:p|p|param|pre|rt|ruby|s|samp|script|section|select|small|span|strike|"
    "strong|style|sub|sup|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|track|u|ul|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--|<(?P<tag>script|style|noscript)\b[^>]*>", re.IGNORECASE)
_HIDDEN_END = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("script", "style", "noscript")} | {
    "": re.compile("-->")
}
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<!doctype[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6]|table|dd|dt|title)\s*>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>(?=\s*<t[dh]\b)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_MARKDOWN = {
    "heading": re.compile(r"^#{1,6} \S", re.MULTILINE),
    "bold": re.compile(r"\*\*[^\s*][^*\n]*\*\*"),
    "table": re.compile(r"^\s*\|?\s*:?-{2,}:?\s*\|", re.MULTILINE),
    "link": re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)"),
    "escape": re.compile(r"\\[-.()*_\[\]#+!|]"),
    "fence": re.compile(r"^```", re.MULTILINE),
    "quote": re.compile(r"^> ", re.MULTILINE),
}


def is_html_page(text: str) -> bool:
    """Whether the text is a whole HTML page, whatever its file is called."""
    return _PAGE.match(text) is not None


def has_html_remnants(text: str) -> bool:
    """Whether tags, comments or entities are left in the text."""
    return any(pattern.search(text) for pattern in (_TAG, _HIDDEN, _DECLARATION, _ENTITY))


def strip_html(text: str) -> str:
    """Text without tags, comments, script and style bodies; entities become characters.

    What is dropped: the tags themselves and what a browser never shows. Breaks and the ends of paragraphs become
    line ends, borders between cells tabs.
    """
    text = _DECLARATION.sub("", _without_hidden(text))
    text = _TAG.sub("", _BREAKS.sub("\n", _CELL.sub("\t", text)))
    return unescape(text)


def _without_hidden(text: str) -> str:
    """Text without comments and the bodies of scripts and styles; in linear time, also where they never end."""
    kept: list[str] = []
    endless: set[str] = set()
    at = 0
    for opening in _HIDDEN.finditer(text):
        tag = (opening.group("tag") or "").lower()
        if opening.start() < at or tag in endless:
            continue
        closing = _HIDDEN_END[tag].search(text, opening.end())
        if closing is None:
            endless.add(tag)
            continue
        kept.append(text[at : opening.start()])
        at = closing.end()
    return "".join([*kept, text[at:]])


def unescape(text: str) -> str:
    """Entities as characters, also those escaped twice (``&amp;nbsp;``)."""
    return _ENTITY.sub(
        lambda m: html.unescape(m.group()), _ENTITY.sub(lambda m: html.unescape(m.group()), text)
    )


def looks_like_markdown(text: str) -> bool:
    """Whether plain text is Markdown: marks of two kinds, or two bold spans, or a table."""
    found = {name: len(pattern.findall(text)) for name, pattern in _MARKDOWN.items()}
    return sum(1 for count in found.values() if count) >= 2 or found["bold"] >= 2 or found["table"] > 0
