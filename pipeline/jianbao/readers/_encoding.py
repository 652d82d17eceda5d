"""Bytes to text: every encoding that Chinese reports come in is tried on the whole file, and the best one wins."""

import codecs
from collections import Counter
from functools import cache

from jianbao.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF: rename it to .pdf"),
    (b"PK\x03\x04", "a zip archive: if it is a Word file, rename it to .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save it as .docx"),
    (b"{\\rtf", "an RTF file: save it as .docx"),
    (b"\x89PNG", "a picture: recognise its text (OCR) first"),
    (b"\xff\xd8\xff", "a picture: recognise its text (OCR) first"),
    (b"GIF8", "a picture: recognise its text (OCR) first"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
)
_LADDER = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_ENOUGH = 0.75  # real text scores above 0.9, the wrong encoding below 0.65


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The text of ``data`` without byte order mark, and the encoding it was in.

    ``declared`` is what the file says of itself (the ``charset`` of a page); it joins the ladder, and wins ties.

    Raises:
        InputError: the bytes are no text; ``name`` is the file for the message.
    """
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}: not a text file but {advice}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    if b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass  # the ladder decides; a few damaged bytes must not cost the whole file
    candidates = _candidates(declared)
    scored = [
        (_plausibility(text), text, encoding) for encoding in candidates if (text := _try(data, encoding))
    ]
    score, text, encoding = max(scored, key=lambda entry: entry[0], default=(0.0, "", ""))
    if score < _ENOUGH:
        raise InputError(f"{name}: not text in a known encoding; save it as UTF-8 text")
    return text, "big5" if encoding == "big5hkscs" else encoding


def _candidates(declared: str | None) -> tuple[str, ...]:
    """The ladder, headed by the declared encoding; pages that claim GB2312 hold GBK as a rule."""
    if declared is None:
        return _LADDER
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        return _LADDER
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(codec, codec)
    return (codec, *(step for step in _LADDER if step != codec))


def _try(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, errors="replace")
    except (UnicodeError, LookupError):
        return ""


def _plausibility(text: str) -> float:
    """How much the text looks like a Chinese report: the mean worth of its characters, at most 1."""
    counts = Counter(text)
    common = _common_characters()
    return sum(_worth(char, common) * count for char, count in counts.items()) / max(len(text), 1)


def _worth(char: str, common: frozenset[str]) -> float:
    code = ord(char)
    if char in common or char in "\t\n\r\f" or 0x20 <= code < 0x7F:
        return 1.0
    if (
        code < 0x20
        or code in (0x7F, 0xFFFD)
        or 0x80 <= code < 0xA0
        or 0xD800 <= code < 0xF900
        or code >= 0xF0000
    ):
        return -3.0
    if 0x3000 <= code < 0x3020 or 0xFF00 <= code < 0xFF60 or 0x2010 <= code < 0x2030:
        return 1.0  # Chinese punctuation, full-width forms, dashes and quotes
    return 0.3 if 0x3400 <= code < 0xA000 else 0.1


@cache
def _common_characters() -> frozenset[str]:
    """The everyday characters: GB 2312 level 1 (simplified, 3,755) and Big5 level 1 (traditional, 5,401)."""
    simplified = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    decoded = [pair.decode("gb2312", errors="ignore") for pair in simplified]
    decoded += [pair.decode("big5", errors="ignore") for pair in traditional]
    return frozenset("".join(decoded))
