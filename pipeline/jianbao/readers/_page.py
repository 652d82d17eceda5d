"""What a reader plug-in hands over: the pieces of a page in reading order, before they become a Document."""

from dataclasses import dataclass, field

from jianbao.document import BlockKind, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document may cost. ``max_bytes`` counts the file, ``max_unpacked`` what it unpacks to (bytes)."""

    max_bytes: int = 20_000_000
    max_unpacked: int = 200_000_000
    max_pages: int = 2_000
    max_cells: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One line, paragraph, heading or table row (cells separated by tabs), in the script of the file."""

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The pieces of a file, how its bytes were decoded, and what the format itself states about it."""

    pieces: tuple[Piece, ...]
    encoding: str
    metadata: Metadata = field(default_factory=Metadata)
