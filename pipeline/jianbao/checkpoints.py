"""Finding a MarianMT checkpoint by shipped name, directory or hub id, and checking it before it is loaded."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jianbao.checkpoint_settings import FILENAME, CheckpointSettings, load_settings
from jianbao.errors import ModelError
from jianbao.resources import models_dir

DEFAULT = "gov-zh-en"
WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_NEEDED = ("config.json", "vocab.json", "source.spm", "target.spm")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_LFS_POINTER = b"version https://git-lfs"


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A Hugging Face MarianMT directory that passed the checks of :func:`find_checkpoint`.

    ``name`` is what was asked for; ``files`` are the names of the files that make the model.
    """

    name: str
    path: Path
    files: tuple[str, ...]
    settings: CheckpointSettings

    @property
    def weights(self) -> Path:
        """The file with the weights."""
        return next(self.path / name for name in WEIGHTS if name in self.files)

    @cached_property
    def hash(self) -> str:
        """First 16 hex digits of the SHA-256 over the names and contents of ``files``."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            digest.update(f"{name}\0".encode())
            with (self.path / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]


def find_checkpoint(name_or_path: str = DEFAULT) -> Checkpoint:
    """The checkpoint called ``name_or_path``: a shipped name, a directory, or a hub id (``owner/name``).

    Shipped names and directories never touch the network. A hub id is looked for in the local cache first.

    Raises:
        ModelError: there is no such checkpoint, or one of its files is missing, cut short or of another kind.
    """
    shipped = models_dir() / name_or_path
    if re.fullmatch(r"[\w.-]+", name_or_path) and (shipped / "config.json").is_file():
        return _checked(name_or_path, shipped)
    directory = Path(name_or_path).expanduser()
    if directory.is_dir():
        return _checked(name_or_path, directory)
    if _HUB_ID.fullmatch(name_or_path):
        return _checked(name_or_path, _from_hub(name_or_path))
    known = ", ".join(checkpoint_names()) or "none"
    raise ModelError(
        f"no model {name_or_path!r}: give a shipped name ({known}), a directory with a MarianMT checkpoint, "
        "or a hub id such as Helsinki-NLP/opus-mt-zh-en"
    )


def checkpoint_names() -> tuple[str, ...]:
    """The names of the shipped checkpoints, sorted."""
    return tuple(sorted(path.parent.name for path in models_dir().glob("*/config.json")))


def list_checkpoints() -> tuple[Checkpoint, ...]:
    """The shipped checkpoints, sorted by name."""
    return tuple(find_checkpoint(name) for name in checkpoint_names())


def _checked(name: str, path: Path) -> Checkpoint:
    weights = next((file for file in WEIGHTS if (path / file).is_file()), None)
    if weights is None:
        raise ModelError(f"{path} has no {' or '.join(WEIGHTS)}: it is not a complete MarianMT checkpoint")
    files = (*_NEEDED, weights)
    for file in files:
        _check_present(path / file)
    kind = _read_json(path / "config.json").get("model_type")
    if kind != "marian":
        raise ModelError(
            f"{path / 'config.json'} has model_type {kind!r}; only 'marian' checkpoints can translate"
        )
    _read_json(path / "vocab.json")
    if weights.endswith(".safetensors"):
        _check_safetensors(path / weights)
    return Checkpoint(name=name, path=path, files=files, settings=load_settings(path / FILENAME))


def _check_present(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        raise ModelError(f"{path} is missing or empty; fetch the checkpoint again")
    with path.open("rb") as file:
        if file.read(len(_LFS_POINTER)) == _LFS_POINTER:
            raise ModelError(f"{path} is a Git LFS pointer, not the file itself; run `git lfs pull`")


def _read_json(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path} is not valid JSON ({error}); fetch the checkpoint again") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path} does not hold a JSON object; fetch the checkpoint again")
    return content


def _check_safetensors(path: Path) -> None:
    """The header of the format states how long the file is: 8 bytes, header, tensors."""
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length)) if length < size else {}
        expected = 8 + length + max(v["data_offsets"][1] for k, v in header.items() if k != "__metadata__")
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged; fetch the checkpoint again") from error
    if size != expected:
        raise ModelError(f"{path} is cut short: {size} bytes of {expected}; fetch the checkpoint again")


def _from_hub(hub_id: str) -> Path:
    """The local snapshot of ``hub_id``, downloaded where it is not cached yet."""
    from huggingface_hub import snapshot_download

    wanted = [*_NEEDED, *WEIGHTS, FILENAME]
    try:
        return Path(snapshot_download(hub_id, allow_patterns=wanted, local_files_only=True))
    except Exception:  # not cached: the kinds of error differ between versions of the client
        pass
    try:
        return Path(snapshot_download(hub_id, allow_patterns=wanted))
    except Exception as error:
        raise ModelError(
            f"model {hub_id!r} is not in the local Hugging Face cache and the hub does not give it "
            f"({type(error).__name__}); download it where there is a network and pass its directory, "
            f"or use a shipped model ({', '.join(checkpoint_names())})"
        ) from error
