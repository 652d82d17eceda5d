"""MarianMT weights to a CTranslate2 model, from numpy arrays alone.

The layout follows ``ctranslate2.converters.transformers.MarianMTLoader``; that converter loads the model
through torch and transformers, which a first ``jianbao brief`` must not wait for.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from jianbao.checkpoints import Checkpoint
from jianbao.errors import ModelError

_NEVER = -1e9  # logit of a token that must not be generated

Weights = Mapping[str, np.ndarray[Any, Any]]


def converted(checkpoint: Checkpoint, cache: Path) -> Path:
    """The int8 CTranslate2 model of ``checkpoint`` below ``cache``; made on first use.

    Raises:
        ModelError: the weights do not make a MarianMT model, or the cache cannot be written.
    """
    import ctranslate2

    target = cache / "ct2" / f"{checkpoint.hash}-{ctranslate2.__version__}"
    if (target / "model.bin").is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            model = Path(scratch) / "model"
            model.mkdir()
            _convert(checkpoint, model)
            _publish(model, target)
    except OSError as error:
        raise ModelError(f"cannot write the model cache {target}: {error}; set JIANBAO_CACHE") from error
    return target


def _publish(model: Path, target: Path) -> None:
    """Rename in one step, so that no reader ever sees half a model."""
    try:
        os.replace(model, target)
    except OSError:
        if not (target / "model.bin").is_file():  # left by something else than a finished conversion
            shutil.rmtree(target, ignore_errors=True)
            os.replace(model, target)


def _convert(checkpoint: Checkpoint, directory: Path) -> None:
    config = json.loads((checkpoint.path / "config.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((checkpoint.path / "vocab.json").read_text(encoding="utf-8"))
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    try:
        weights = _load_weights(checkpoint)
        with _without_torch():
            if not _start_vector(config, weights).any() and tokens[-1] == "<pad>":
                tokens.pop()  # the start from a zero vector is a flag in CTranslate2 and needs no token
            spec = _specification(config, weights, len(tokens))
            for register in (spec.register_source_vocabulary, spec.register_target_vocabulary):
                register(tokens)
            spec.validate()
            spec.optimize(quantization="int8")
            spec.save(str(directory))
    except (KeyError, ValueError, AttributeError) as error:
        raise ModelError(f"{checkpoint.weights} does not hold a MarianMT model: {error}") from error


@contextmanager
def _without_torch() -> Iterator[None]:
    """``ctranslate2.specs`` imports torch where it finds it, without needing it for numpy arrays."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


def _load_weights(checkpoint: Checkpoint) -> dict[str, np.ndarray[Any, Any]]:
    if checkpoint.weights.suffix == ".safetensors":
        from safetensors.numpy import load_file

        arrays = load_file(checkpoint.weights)
    else:
        import torch  # nothing else reads its pickles

        state = torch.load(checkpoint.weights, map_location="cpu", weights_only=True)
        arrays = {name: tensor.float().numpy() for name, tensor in state.items()}
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def _specification(config: dict[str, Any], weights: Weights, size: int) -> Any:
    """The model as CTranslate2 sees it; ``size`` is the vocabulary without the padding token."""
    from ctranslate2.specs import Activation, TransformerSpec

    activations = {"swish": Activation.SWISH, "silu": Activation.SWISH, "relu": Activation.RELU}
    spec = TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=False,
        activation=activations[config["activation_function"]],
    )
    shared = weights["model.shared.weight"][:size]
    spec.decoder.projection.weight = weights.get("lm_head.weight", shared)[:size]
    bias = weights.get("final_logits_bias", np.zeros(size, np.float32)).reshape(-1)[:size].copy()
    if _start_vector(config, weights).any():
        spec.config.decoder_start_token = "<pad>"
        bias[config["decoder_start_token_id"]] = _NEVER
    else:
        spec.config.decoder_start_token = spec.config.eos_token
        spec.decoder.start_from_zero_embedding = True
    if bias.any():
        spec.decoder.projection.bias = bias
    for name, side in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights.get(f"model.{name}.embed_tokens.weight", shared)[:size]
        side.scale_embeddings = config["d_model"] ** 0.5 if config["scale_embedding"] else 1.0
        side.position_encodings.encodings = _positions(config["max_position_embeddings"], config["d_model"])
        for index, layer in enumerate(side.layer):
            _set_layer(layer, weights, f"model.{name}.layers.{index}")
    return spec


def _start_vector(config: dict[str, Any], weights: Weights) -> np.ndarray[Any, Any]:
    """What the decoder starts from: the row of ``<pad>``.

    It is zero in the checkpoints of the Marian toolkit, which the converter of CTranslate2 takes for granted.
    In a model trained with transformers it may hold values, and a start from zero then costs the translation
    its first words.
    """
    shared = weights.get("model.decoder.embed_tokens.weight", weights.get("model.shared.weight"))
    if shared is None:
        raise KeyError("model.shared.weight")
    row: np.ndarray[Any, Any] = shared[config["decoder_start_token_id"]]
    return row


def _set_layer(layer: Any, weights: Weights, prefix: str) -> None:
    _set_attention(layer.self_attention, weights, f"{prefix}.self_attn", ("qkv", "out"))
    if f"{prefix}.encoder_attn.q_proj.weight" in weights:
        _set_attention(layer.attention, weights, f"{prefix}.encoder_attn", ("q", "kv", "out"))
    _set_linear(layer.ffn.linear_0, weights, [f"{prefix}.fc1"])
    _set_linear(layer.ffn.linear_1, weights, [f"{prefix}.fc2"])
    _set_norm(layer.ffn.layer_norm, weights, f"{prefix}.final_layer_norm")


def _set_attention(attention: Any, weights: Weights, prefix: str, groups: tuple[str, ...]) -> None:
    """``groups`` are the projections as CTranslate2 fuses them: those of one group in one matrix."""
    for linear, group in zip(attention.linear, groups, strict=True):
        names = [group] if group == "out" else list(group)
        _set_linear(linear, weights, [f"{prefix}.{name}_proj" for name in names])
    _set_norm(attention.layer_norm, weights, f"{prefix}_layer_norm")


def _set_linear(linear: Any, weights: Weights, names: list[str]) -> None:
    linear.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    linear.bias = np.concatenate([weights[f"{name}.bias"] for name in names])


def _set_norm(norm: Any, weights: Weights, name: str) -> None:
    norm.gamma = weights[f"{name}.weight"]
    norm.beta = weights[f"{name}.bias"]


def _positions(count: int, dimension: int) -> np.ndarray[Any, Any]:
    """Marian's sinusoidal positions: all sines, then all cosines (Vaswani et al. 2017, section 3.5)."""
    rates = 1 / np.power(10000, 2 * np.arange(0, (dimension + 1) // 2) / dimension)
    angles = np.arange(count)[:, None] * rates[None, :]
    return np.concatenate([np.sin(angles), np.cos(angles)[:, : dimension // 2]], axis=1).astype(np.float32)
