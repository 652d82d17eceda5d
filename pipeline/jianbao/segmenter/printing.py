"""The outline as text, for reading."""

from collections import Counter

from jianbao.document import Outline


def outline_text(outline: Outline) -> str:
    """One line a section: its id, marker and title, indented by level, and how many segments of each kind it has."""
    lines = []
    counted: dict[str, Counter[str]] = {section.id: Counter() for section in outline.sections}
    for segment in outline.segments:
        counted[segment.section][segment.kind] += 1
    for section in outline.sections:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(counted[section.id].items()))
        title = section.title or ("(front matter)" if section.heading is None else "(no title)")
        marker = f"{section.marker.strip()} " if section.marker[-1:].isspace() else section.marker
        indent = "  " * (section.level - 1)
        lines.append(f"{indent}{section.id}  {marker}{title}  [{counts or 'empty'}]")
    return "\n".join(lines) + "\n"
