"""Quality checks: each module is one check, ``check(segment, translation, context) -> Iterator[Finding]``.

A check looks at one segment and its translation and reports defects; it changes nothing. Furniture is not
translated and so never checked.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jianbao.document import Finding, Segment, Translation
from jianbao.glossary import Glossary
from jianbao.registry import load_plugin, plugin_names


def _no_unknown_characters(_text: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What checks know besides the segment.

    ``glossary`` is asked for the entries that are only checked, not forced; the others are constraints of the
    translation. ``unknown_characters`` gives the characters of a source text that the model's vocabulary lacks;
    ``length_ratio`` the lowest and highest usual number of English words per Chinese character in a long segment
    (in shorter ones the usual range is wider, see ``checks.length``).
    """

    glossary: Glossary | None = None
    unknown_characters: Callable[[str], tuple[str, ...]] = _no_unknown_characters
    length_ratio: tuple[float, float] = (0.45, 1.0)


def check_names() -> tuple[str, ...]:
    """The names of all checks."""
    return plugin_names(sys.modules[__name__])


def run_checks(
    segments: Sequence[Segment],
    translations: Sequence[Translation],
    context: CheckContext | None = None,
    *,
    names: Iterable[str] | None = None,
) -> tuple[Finding, ...]:
    """All findings on ``segments`` and their parallel ``translations``, in text order.

    Raises:
        SettingsError: ``names`` holds a check that does not exist.
    """
    context = context or CheckContext()
    package = sys.modules[__name__]
    checks = [load_plugin(package, name).check for name in (check_names() if names is None else names)]
    return tuple(
        finding
        for segment, translation in zip(segments, translations, strict=True)
        if segment.kind != "furniture"
        for check in checks
        for finding in check(segment, translation, context)
    )
