"""Weights in pieces of 15 MiB: some machines give files back only in small ones."""

import os
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import torch
from torch import Tensor

_SIZE = 15 << 20


def write_parts(weights: Mapping[str, Tensor], folder: Path) -> tuple[Path, ...]:
    """Write ``weights`` in half precision to ``folder`` as ``w0``, ``w1`` …; earlier ones are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    torch.save({key: value.detach().half().cpu() for key, value in weights.items()}, buffer)
    content = buffer.getvalue()
    paths = []
    for number, at in enumerate(range(0, len(content), _SIZE)):
        path = folder / f"w{number}"
        path.with_suffix(".tmp").write_bytes(content[at : at + _SIZE])
        os.replace(path.with_suffix(".tmp"), path)
        paths.append(path)
    return tuple(paths)


def join_parts(folder: Path, out: Path) -> Path:
    """Put the pieces of ``folder`` together as one checkpoint file, fit for ``--init`` and for the export."""
    paths: Sequence[Path] = sorted(folder.glob("w[0-9]*"), key=lambda path: int(path.name[1:]))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(b"".join(path.read_bytes() for path in paths))
    return out
