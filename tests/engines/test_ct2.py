"""The conversion to CTranslate2: cached, safe, free of torch, and true to the weights."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from jianbao.checkpoints import Checkpoint, find_checkpoint
from jianbao.engines._ct2_convert import converted
from jianbao.errors import ModelError


def _variant(directory: Path, *, zero_start: bool) -> Checkpoint:
    """The shipped checkpoint with the vector that starts the decoder made zero, as in those of Marian."""
    shipped = find_checkpoint()
    directory.mkdir()
    for name in shipped.files:
        (directory / name).write_bytes((shipped.path / name).read_bytes())
    weights = load_file(shipped.weights)
    shared = weights["model.shared.weight"].copy()
    shared[-1] = 0 if zero_start else 0.05 * np.arange(shared.shape[1]) / shared.shape[1]
    save_file({**weights, "model.shared.weight": shared}, directory / "model.safetensors", {"format": "pt"})
    return find_checkpoint(str(directory))


def test_conversion_is_made_once(tmp_path: Path) -> None:
    first = converted(find_checkpoint(), tmp_path)
    stamp = (first / "model.bin").stat().st_mtime_ns
    assert converted(find_checkpoint(), tmp_path) == first
    assert (first / "model.bin").stat().st_mtime_ns == stamp
    assert [path.name for path in (tmp_path / "ct2").iterdir()] == [first.name]


def test_a_conversion_left_half_done_is_made_again(tmp_path: Path) -> None:
    path = converted(find_checkpoint(), tmp_path)
    size = (path / "model.bin").stat().st_size
    (path / "model.bin").unlink()
    assert converted(find_checkpoint(), tmp_path) == path
    assert (path / "model.bin").stat().st_size == size


def test_a_cache_that_cannot_be_written_is_an_error_with_advice(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ModelError, match="JIANBAO_CACHE"):
        converted(find_checkpoint(), blocked)


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    checkpoint = _variant(tmp_path / "model", zero_start=True)
    weights = load_file(checkpoint.weights)
    del weights["model.encoder.layers.0.fc1.weight"]
    save_file(weights, checkpoint.weights)
    with pytest.raises(ModelError, match="MarianMT"):
        converted(find_checkpoint(str(checkpoint.path)), tmp_path / "cache")


@pytest.mark.parametrize(("zero_start", "token"), [(True, "</s>"), (False, "<pad>")])
def test_decoder_starts_from_the_vector_of_the_checkpoint(
    tmp_path: Path, zero_start: bool, token: str
) -> None:
    """The official converter always starts from zero, which costs a translation its first words where it is not."""
    checkpoint = _variant(tmp_path / "model", zero_start=zero_start)
    config = json.loads((converted(checkpoint, tmp_path / "cache") / "config.json").read_text())
    assert config["decoder_start_token"] == token


def test_first_run_imports_neither_torch_nor_transformers(tmp_path: Path) -> None:
    code = (
        "import sys; from jianbao.checkpoints import find_checkpoint; from jianbao.engines import *;"
        "e = load_engine('ct2', find_checkpoint(), device='cpu'); e.decode(['发展。'], DecodingOptions());"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    environment = {"JIANBAO_CACHE": str(tmp_path), "PATH": "/usr/bin:/bin"}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    assert result.stdout.strip() == "[]"


def test_weights_in_the_format_of_torch_are_read(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file as load_tensors

    checkpoint = _variant(tmp_path / "model", zero_start=False)
    torch.save(load_tensors(checkpoint.weights), tmp_path / "model" / "pytorch_model.bin")
    path = converted(checkpoint, tmp_path / "cache")
    checkpoint.weights.unlink()
    pickled = find_checkpoint(str(checkpoint.path))
    assert pickled.weights.name == "pytorch_model.bin"
    other = converted(pickled, tmp_path / "cache")
    assert other != path
    assert (other / "model.bin").read_bytes() == (path / "model.bin").read_bytes()


@pytest.mark.slow
def test_bytes_equal_those_of_the_official_converter(tmp_path: Path) -> None:
    """Where the decoder starts from zero, the two agree to the last byte."""
    checkpoint = _variant(tmp_path / "model", zero_start=True)
    weights = {name: array.astype(np.float32) for name, array in load_file(checkpoint.weights).items()}
    save_file(weights, checkpoint.weights, {"format": "pt"})
    config = json.loads((checkpoint.path / "config.json").read_text())
    (checkpoint.path / "config.json").write_text(json.dumps({**config, "dtype": "float32"}))
    checkpoint = find_checkpoint(str(checkpoint.path))
    code = (
        "import sys; from ctranslate2.converters import TransformersConverter as C;"
        "C(sys.argv[1]).convert(sys.argv[2], quantization='int8')"
    )
    official = tmp_path / "official"
    command = [sys.executable, "-c", code, str(checkpoint.path), str(official)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours = converted(checkpoint, tmp_path / "cache")
    assert (ours / "model.bin").read_bytes() == (official / "model.bin").read_bytes()
    assert (ours / "shared_vocabulary.json").read_text() == (official / "shared_vocabulary.json").read_text()
