"""Every figure of the source must stand in the English with the same value."""

from collections.abc import Iterator

from jianbao.checks import CheckContext
from jianbao.document import Finding, Segment, Translation
from jianbao.quantities import FigureVerdict, align_figures
from jianbao.segmenter import render_marker

NAME = "figures"
_MESSAGES = {
    "wrong_scale": "the figure is off by a power of ten",
    "wrong_value": "the figure has another value",
    "missing": "the figure is missing",
    "added": "the source has no such figure",
}


def check(segment: Segment, translation: Translation, _context: CheckContext) -> Iterator[Finding]:
    """A finding for each figure that is wrong or missing (error) or added (warning).

    A numbering that stands in the English as it should is no figure and is left out on both sides.
    """
    english = translation.text
    marker = render_marker(segment.marker) if segment.marker else ""
    cut = (len(segment.marker), len(marker)) if marker and english.startswith(marker) else (0, 0)
    for verdict in align_figures(segment.text[cut[0] :], english[cut[1] :]):
        if verdict.verdict in _MESSAGES:
            yield _finding(segment, verdict, cut)


def _finding(segment: Segment, verdict: FigureVerdict, cut: tuple[int, int]) -> Finding:
    quantity, figure = verdict.quantity, verdict.figure
    return Finding(
        check=NAME,
        severity="warning" if verdict.verdict == "added" else "error",
        segment=segment.id,
        message=_MESSAGES[verdict.verdict],
        expected=f"{quantity.text} = {quantity.target}" if quantity else "",
        found=figure.text if figure else "",
        source_span=(quantity.start + cut[0], quantity.end + cut[0]) if quantity else None,
        target_span=(figure.start + cut[1], figure.end + cut[1]) if figure else None,
    )
