"""Token arrays: all examples in four flat arrays, as small as training needs them and quick to load."""

import itertools
import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jianbao.errors import InputError

DATA, META = "train.npz", "meta.json"
_CHUNK = 20_000
Ids = npt.NDArray[np.uint16]


class Row(NamedTuple):
    """One tokenised example."""

    source: Sequence[int]
    target: Sequence[int]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Examples as arrays: ``source[source_at[i]:source_at[i + 1]]`` are the ids of example i, without its end.

    ``pad`` is the last id (the vocabulary has ``pad + 1``), ``end`` the end of sentence.
    """

    source: Ids
    source_at: npt.NDArray[np.int64]
    target: Ids
    target_at: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float32]
    pad: int
    end: int

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def source_lengths(self) -> npt.NDArray[np.int64]:
        """Tokens of each source with its end."""
        return np.diff(self.source_at) + 1

    @property
    def target_lengths(self) -> npt.NDArray[np.int64]:
        """Tokens of each target with its end."""
        return np.diff(self.target_at) + 1

    def subset(self, indices: npt.NDArray[np.int64]) -> "Packed":
        """Only the examples of ``indices``, in that order."""
        source, source_at = _taken(self.source, self.source_at, indices)
        target, target_at = _taken(self.target, self.target_at, indices)
        weight = self.weight[indices]
        return Packed(
            source=source,
            source_at=source_at,
            target=target,
            target_at=target_at,
            weight=weight,
            pad=self.pad,
            end=self.end,
        )


def _taken(
    flat: Ids, at: npt.NDArray[np.int64], indices: npt.NDArray[np.int64]
) -> tuple[Ids, npt.NDArray[np.int64]]:
    return _flat_arrays([flat[at[i] : at[i + 1]] for i in indices])


def pack(rows: Iterable[Row], *, pad: int, end: int, longest: int) -> Packed:
    """Gather ``rows``; those with a side of more than ``longest`` tokens (end included) or none are left out."""
    sources: list[Ids] = []
    targets: list[Ids] = []
    weights: list[float] = []
    for row in rows:
        if 0 < len(row.source) < longest and 0 < len(row.target) < longest and row.weight > 0:
            sources.append(np.array(row.source, dtype=np.uint16))
            targets.append(np.array(row.target, dtype=np.uint16))
            weights.append(row.weight)
    source, source_at = _flat_arrays(sources)
    target, target_at = _flat_arrays(targets)
    return Packed(
        source=source,
        source_at=source_at,
        target=target,
        target_at=target_at,
        weight=np.array(weights, dtype=np.float32),
        pad=pad,
        end=end,
    )


def _flat_arrays(pieces: list[Ids]) -> tuple[Ids, npt.NDArray[np.int64]]:
    at = np.cumsum([0, *map(len, pieces)]).astype(np.int64)
    return (np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.uint16)), at


def chunked(items: Iterable[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """``items`` in lists of ``size``."""
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk


def save(packed: Packed, folder: Path, *, compress: bool = False) -> Path:
    """Write the arrays and ``meta.json`` to ``folder``; ``compress`` packs them with xz, to travel."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    # Lengths instead of offsets: they fit two bytes and compress well.
    np.savez(
        buffer,
        source=packed.source,
        target=packed.target,
        weight=packed.weight,
        source_lengths=np.diff(packed.source_at).astype(np.uint16),
        target_lengths=np.diff(packed.target_at).astype(np.uint16),
    )
    path = folder / (DATA + ".xz" if compress else DATA)
    path.write_bytes(lzma.compress(buffer.getvalue(), preset=6) if compress else buffer.getvalue())
    meta = {"pad": packed.pad, "end": packed.end, "examples": len(packed)}
    (folder / META).write_text(json.dumps(meta) + "\n", encoding="utf-8")
    return path


def load(folder: Path) -> Packed:
    """Read what :func:`save` wrote.

    Raises:
        InputError: there are no packed data.
    """
    path = next((p for p in (folder / DATA, folder / (DATA + ".xz")) if p.is_file()), None)
    if path is None:
        raise InputError(f"{folder} has no {DATA}; run `jianbao train RECIPE --prepare-only` first")
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    arrays = np.load(BytesIO(raw))
    return Packed(
        source=arrays["source"],
        source_at=_offsets(arrays["source_lengths"]),
        target=arrays["target"],
        target_at=_offsets(arrays["target_lengths"]),
        weight=arrays["weight"],
        pad=int(meta["pad"]),
        end=int(meta["end"]),
    )


def _offsets(lengths: Ids) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths.astype(np.int64))]).astype(np.int64)
