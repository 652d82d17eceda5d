"""The MarianMT model: built from a recipe, started from a checkpoint, grown without changing what it computes."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from jianbao.errors import ModelError, SettingsError
from jianbao.training.recipe import Architecture

State = dict[str, Tensor]
_LAYER = re.compile(r"model\.(encoder|decoder)\.layers\.(\d+)\.")
_TIED = ("lm_head.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight")
SHARED = "model.shared.weight"


def build_model(sizes: Architecture, *, pad: int, end: int, attention: str = "eager") -> Any:
    """A ``MarianMTModel`` with fresh weights; ``<pad>`` is the last id, and its embedding is zero.

    The decoder starts from ``<pad>``, as Marian does. ``attention`` is the implementation ("eager", "sdpa"):
    eager is the faster one on CPU.
    """
    from transformers import MarianConfig, MarianMTModel

    config = MarianConfig(
        vocab_size=pad + 1,
        d_model=sizes.d_model,
        encoder_layers=sizes.encoder_layers,
        decoder_layers=sizes.decoder_layers,
        encoder_ffn_dim=sizes.ffn,
        decoder_ffn_dim=sizes.ffn,
        encoder_attention_heads=sizes.heads,
        decoder_attention_heads=sizes.heads,
        max_position_embeddings=sizes.positions,
        pad_token_id=pad,
        eos_token_id=end,
        bos_token_id=None,
        decoder_start_token_id=pad,
        forced_eos_token_id=end,
        scale_embedding=True,
        activation_function="swish",
        dropout=sizes.dropout,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        attn_implementation=attention,  # type: ignore[call-arg]
    )
    model = MarianMTModel(config)
    for name, parameter in model.named_parameters():
        if parameter.dim() > 1 and "embed" not in name and "shared" not in name:
            nn.init.xavier_uniform_(parameter)
    nn.init.normal_(model.model.shared.weight, std=sizes.d_model**-0.5)
    with torch.no_grad():
        model.model.shared.weight[pad] = 0
    return model


def core_state(state: Mapping[str, Tensor]) -> State:
    """The weights that are learnt: without copies of the shared embedding, positions and the zero bias."""
    skipped = (*_TIED, "final_logits_bias")
    return {k: v for k, v in state.items() if k not in skipped and "embed_positions" not in k}


def read_weights(path: Path) -> State:
    """The learnt weights, float32, of a Hugging Face directory or of a checkpoint file of a trainer.

    A file holds a state dict, alone or under "average", "ema", "model" or "m" (the first that is there).

    Raises:
        ModelError: there is nothing like it at ``path``.
    """
    if path.is_dir():
        from safetensors.torch import load_file

        weights = path / "model.safetensors"
        if not weights.is_file():
            raise ModelError(
                f"{path} has no model.safetensors; give a Hugging Face directory or a checkpoint file"
            )
        state = load_file(weights)
    elif path.is_file():
        content = torch.load(path, map_location="cpu", weights_only=True)
        keys = (key for key in ("average", "ema", "model", "m") if content.get(key))
        state = content.get(next(keys, ""), content)
    else:
        raise ModelError(f"{path}: there is no such checkpoint; correct the path")
    state = {key: value.float() for key, value in state.items() if isinstance(value, Tensor)}
    if SHARED not in state:
        raise ModelError(f"{path} holds no MarianMT weights ({SHARED} is missing); give another checkpoint")
    return core_state(state)


def initialise(model: Any, weights: State, *, pad: int) -> None:
    """Load ``weights`` into ``model``, grown to its sizes; the embedding of ``<pad>`` becomes zero.

    Raises:
        SettingsError: the weights do not fit, not even grown.
    """
    own = core_state(model.state_dict())
    grown = grow(weights, own)
    if grown[SHARED].shape != own[SHARED].shape:
        raise SettingsError(
            f"the checkpoint has {grown[SHARED].shape[0]} pieces, the data {own[SHARED].shape[0]}: "
            "reuse its sentencepiece model in [tokenizer]"
        )
    grown[SHARED][pad] = 0
    model.load_state_dict(grown, strict=False)


def grow(weights: State, wanted: Mapping[str, Tensor]) -> State:
    """``weights`` in the shapes of ``wanted``, computing the same function.

    Width of the model: every feature is repeated (Net2Net, Chen et al. 2016); only the sinusoidal positions,
    which have other frequencies then, are not kept. Width of the feed-forward layers: units are repeated and their
    outputs halved, with a little noise so that the copies part ways. Depth: new layers on top that add nothing;
    the gain of the last norm moves up with them.

    Raises:
        SettingsError: ``wanted`` is smaller, or not a whole multiple of the width.
    """
    old, new = weights[SHARED].shape[1], wanted[SHARED].shape[1]
    if new % old:
        raise SettingsError(
            f"a model of width {old} cannot grow to {new}; take a multiple, or train from scratch"
        )
    state = {key: value.clone() for key, value in weights.items()}
    if new > old:
        state = _widened(state, new // old)
    fc1 = "model.encoder.layers.0.fc1.weight"
    units, target_units = state[fc1].shape[0], wanted[fc1].shape[0]
    if target_units % units:
        raise SettingsError(f"{units} feed-forward units cannot grow to {target_units}; take a multiple")
    if target_units > units:
        state = _with_more_units(state, target_units // units)
    for side in ("encoder", "decoder"):
        state = _deepened(state, side, depth(state, side), depth(wanted, side))
    return state


def depth(state: Mapping[str, Tensor], side: str) -> int:
    """The number of layers of ``side`` ("encoder", "decoder")."""
    return 1 + max(int(m.group(2)) for key in state if (m := _LAYER.match(key)) and m.group(1) == side)


def _widened(state: State, times: int) -> State:
    """Repeat every feature ``times`` times: feature i becomes features times*i ... times*i + times - 1.

    Attention heads are repeated as wholes. A matrix that reads repeated features divides by ``times``.
    """
    head = 64
    result = {}
    for key, value in state.items():
        if key == SHARED:
            grown = value.repeat_interleave(times, 1) / times**0.5
        elif "_proj.weight" in key and "out_proj" not in key:
            grown = _repeat_heads(value, head, times).repeat_interleave(times, 1) / times
        elif "out_proj.weight" in key:
            grown = _repeat_heads(value.t(), head, times).t().repeat_interleave(times, 0) / times
        elif "_proj.bias" in key and "out_proj" not in key:
            grown = _repeat_heads(value, head, times)
        elif "fc1.weight" in key:
            grown = value.repeat_interleave(times, 1) / times
        elif "fc1.bias" in key:
            grown = value
        else:
            grown = value.repeat_interleave(times, 0)
        result[key] = grown.contiguous()
    last = f"model.decoder.layers.{depth(state, 'decoder') - 1}.final_layer_norm"
    for name in (f"{last}.weight", f"{last}.bias"):
        result[name] = result[name] / times**0.5
    return result


def _repeat_heads(value: Tensor, head: int, times: int) -> Tensor:
    """Repeat whole heads along the first dimension."""
    heads = value.reshape(-1, head, *value.shape[1:])
    return heads.repeat_interleave(times, 0).reshape(-1, *value.shape[1:])


def _with_more_units(state: State, times: int) -> State:
    generator = torch.Generator().manual_seed(0)
    result = dict(state)
    for key, value in state.items():
        if key.endswith("fc1.weight") or key.endswith("fc1.bias"):
            result[key] = value.repeat_interleave(times, 0)
        elif key.endswith("fc2.weight"):
            share = torch.rand(value.shape[1], times, generator=generator) * 0.2 + 0.9
            share = share / share.sum(1, keepdim=True)
            result[key] = value.repeat_interleave(times, 1) * share.reshape(1, -1)
    return result


def _deepened(state: State, side: str, old: int, new: int) -> State:
    if new < old:
        raise SettingsError(f"the checkpoint has {old} {side} layers, the recipe {new}; it cannot shrink")
    result = dict(state)
    top = f"model.{side}.layers.{old - 1}."
    for index in range(old, new):
        for key, value in state.items():
            if key.startswith(top):
                name = f"model.{side}.layers.{index}." + key.removeprefix(top)
                result[name] = _neutral(key, value)
    if new > old:
        for part in ("weight", "bias"):
            key = f"{top}final_layer_norm.{part}"
            result[f"model.{side}.layers.{new - 1}.final_layer_norm.{part}"] = state[key].clone()
            result[key] = _neutral(key, state[key])
    return result


def _neutral(key: str, value: Tensor) -> Tensor:
    """A part of a layer that passes on what it gets: norms without gain, no output; the rest as it is."""
    if "layer_norm" in key:
        return torch.ones_like(value) if key.endswith("weight") else torch.zeros_like(value)
    return torch.zeros_like(value) if "out_proj" in key or "fc2" in key else value.clone()
