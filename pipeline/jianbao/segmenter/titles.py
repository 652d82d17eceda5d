"""Where titles end: the title of a numbered heading that runs into its text, and the title of the document."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianbao.document import Block, Document
from jianbao.segmenter.numbering import read_marker
from jianbao.segmenter.sentences import split_sentences, trim
from jianbao.segmenter.spans import CutMask, bracket_pairs, short_pairs

_WINDOW = 400  # characters in which the title of a heading is looked for
_LONGEST_TITLE = 64
_LONGEST_LINE = 84  # characters of a heading that has its line to itself
_LONGEST_LABEL = 20  # characters before a colon
_STOPS = "。！？!?．."
_FIRST_POINT = re.compile(
    r"\s*(?<![统之唯单第万专同合如划逐不])一(?:是(?![一否非])|要(?![素点件求么闻员职]))"
)
_SECOND_POINT = re.compile(r"二[是要]|三是")
_SPACED_POINT = re.compile(r"\s+(?=(?:一是|一要|首先|第一[，,、是]))")
_COLON = re.compile(r"[^，,。；;：:\d]*[：:]\s*(?=\S)")
_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fff”》）)])\s+(?=[\u4e00-\u9fff“《（(])"
    r"|(?<=[\u4e00-\u9fff”》）)])(?<![到至自从在于截对])\s+(?=\d[\d*xX×]{1,3}\s?年)"
)
_STOCK_TITLE = re.compile(
    r"(?:\d{4}年(?:度)?)?(?:基本情况|总体情况|主要做法|主要成效|存在的?(?:主要|突出)?(?:困难和)?问题"
    r"|下一步(?:工作)?(?:打算|计划|思路|安排)|工作(?:打算|思路|目标)|总体要求|指导思想|基本原则|保障措施)"
    r"(?=[\u4e00-\u9fff\d])(?![和与及的])|主要工作(?=\d{4}年)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleEnd:
    """Where the title of a numbered line ends (punctuation included).

    ``alone``: it has the line to itself, without a full stop; ``reads_well``: it has the length and form of a title.
    """

    end: int
    alone: bool
    reads_well: bool


def find_title_end(text: str, start: int, end: int) -> TitleEnd:
    """The end of the title that begins at ``start`` (behind its numbering) in a block that ends at ``end``.

    The title ends at the first full stop; without one before 一是, behind a short label with a colon, at a space
    between two phrases, or behind a stock phrase (基本情况, 存在问题).
    """
    window = min(end, start + _WINDOW)
    sentences = split_sentences(text, start, window)
    if not sentences:
        return TitleEnd(end=start, alone=True, reads_well=False)
    sentence_end = sentences[0][1]
    ends = [sentence_end, *_early_ends(text, start, sentence_end, end)]
    title_end = min(ends)
    title = text[start:title_end].strip()
    alone = title_end == end and not title.endswith(tuple(_STOPS))
    longest = _LONGEST_LINE if alone or title_end < sentence_end else _LONGEST_TITLE
    well = len(title) <= longest and not re.search(r"[；;]|[，,、]$", title)
    return TitleEnd(end=title_end, alone=alone, reads_well=well)


def _early_ends(text: str, start: int, sentence_end: int, end: int) -> Iterator[int]:
    mask = CutMask(
        start, sentence_end, short_pairs(bracket_pairs(text, start, sentence_end), longest=_WINDOW)
    )
    for match in _FIRST_POINT.finditer(text, start + 2, sentence_end):
        if mask.allows(match.start()) and _SECOND_POINT.search(text, match.end(), end):
            yield match.start()
            break
    spaced = _SPACED_POINT.search(text, start + 2, sentence_end)
    if spaced:
        yield spaced.start()
    colon = _COLON.match(text, start, min(sentence_end, start + _LONGEST_LABEL))
    if colon and mask.allows(colon.end()):
        yield start + len(text[start : colon.end()].rstrip())
    if sentence_end - start > 40 or text[sentence_end - 1] in _STOPS:
        for match in _SPACE.finditer(text, start + 4, sentence_end):
            if mask.allows(match.start()) and sentence_end - match.end() > 4:
                yield match.start()
                break
    stock = _STOCK_TITLE.match(text, start, sentence_end)
    if stock and sentence_end - start > 30:
        yield stock.end()


_GENRE = (
    r"工\s?作\s?(?:总\s?结|报\s?告|计\s?划|要\s?点)|总\s?结|报\s?告|讲\s?话|发\s?言|致\s?辞|意\s?见|通\s?知|办\s?法|条\s?例|规\s?划"
    r"|方\s?案|公\s?报|规\s?定|决\s?定"
)
_RUN_IN = re.compile(rf"[^。；;！!\n]{{4,70}}?(?:{_GENRE})(?=\s)")
_PROSE = re.compile(r"[。；;！!，,：:]\s*$")
_LABEL = re.compile(r"^[（(—【-]|^[^，。]{2,6}[:：]|[>|]")
_DATE = re.compile(r"[\d\s年月日:：/.-]+")
_LONGEST_HEADLINE = 70
_FRONT = 12  # blocks of content in which the title may stand


def document_titles(document: Document, blocks: Sequence[Block]) -> dict[int, int]:
    """The lines that give the document's title: index of the block to the end of the title in it.

    They equal the title that the metadata state, or else are the first line that reads like one; a title that is
    repeated counts each time. ``blocks`` are those of the document, possibly shortened at their start.
    """
    text = document.text
    front = _front(text, blocks)
    stated = _squeeze(document.metadata.title or "")
    matching = [
        index for index in front if stated and _names(_squeeze(text[slice(*_span(blocks[index]))]), stated)
    ]
    if matching:
        return {index: blocks[index].end for index in matching}
    for index in front:
        line = text[blocks[index].start : blocks[index].end].strip()
        if _reads_like_title(line, blocks[index]):
            same = [
                other for other in front if _squeeze(text[slice(*_span(blocks[other]))]) == _squeeze(line)
            ]
            return {other: blocks[other].end for other in same}
        run_in = _RUN_IN.match(text, *_span(blocks[index])) if len(line) > _LONGEST_HEADLINE else None
        if run_in:
            return {index: run_in.end()}
        if len(line) > _LONGEST_HEADLINE:
            break
    return {}


def _front(text: str, blocks: Sequence[Block]) -> list[int]:
    """The first blocks of content, up to the first numbered line or the first paragraph of prose (included)."""
    front: list[int] = []
    for index, block in enumerate(blocks):
        span = trim(text, block.start, block.end)
        if span is None or block.kind in ("furniture", "row"):
            continue
        marker = read_marker(text, *span)
        if (marker and marker.style not in ("dash", "digit", "annex")) or len(front) == _FRONT:
            break
        front.append(index)
        if span[1] - span[0] > _LONGEST_HEADLINE:
            break
    return front


def _reads_like_title(line: str, block: Block) -> bool:
    if (
        len(line) > _LONGEST_HEADLINE
        or _DATE.fullmatch(line)
        or len(re.findall(r"[\u4e00-\u9fff]", line)) < 4
    ):
        return False
    return block.kind == "heading" or not (
        _PROSE.search(line) or line.startswith(("(", "（", "—", "-", "【"))
    )


def _names(line: str, title: str) -> bool:
    return (
        line == title
        or (len(line) * 2 >= len(title) and line in title)
        or (title in line and len(line) <= len(title) + 24)
    )


def _squeeze(text: str) -> str:
    return re.sub(r"[\s〈〉《》<>]", "", unicodedata.normalize("NFKC", text))


def _span(block: Block) -> tuple[int, int]:
    return block.start, block.end
