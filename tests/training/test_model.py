from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional

from jianbao.errors import ModelError, SettingsError
from jianbao.training.losses import smoothed_cross_entropy
from jianbao.training.model import build_model, core_state, grow, initialise, read_weights
from jianbao.training.optimisation import rate_factor
from jianbao.training.parts import join_parts, write_parts
from jianbao.training.recipe import Architecture, Schedule

SMALL = Architecture(
    d_model=64, ffn=96, heads=1, encoder_layers=2, decoder_layers=1, positions=32, dropout=0.0
)
PAD, END = 40, 0


def made(sizes: Architecture) -> Any:
    torch.manual_seed(1)
    return build_model(sizes, pad=PAD, end=END).eval()


def logits(model: Any) -> torch.Tensor:
    source = torch.tensor([[5, 6, 7, END, PAD], [9, 8, 7, 6, END]])
    begun = torch.tensor([[PAD, 11, 12], [PAD, 13, 14]])
    with torch.no_grad():
        out = model(input_ids=source, attention_mask=(source != PAD).long(), decoder_input_ids=begun)
    found: torch.Tensor = out.logits[..., :PAD]
    return found


@pytest.mark.parametrize(
    "change",
    [{"encoder_layers": 4}, {"decoder_layers": 3}, {"ffn": 192}, {"ffn": 192, "encoder_layers": 3}],
)
def test_growing_keeps_the_function(change: dict[str, int]) -> None:
    small, big = made(SMALL), made(replace(SMALL, **change))
    # Norms that do something, as after training.
    for name, parameter in small.named_parameters():
        if "layer_norm" in name:
            parameter.data += 0.3 * torch.randn_like(parameter)
    initialise(big, read_state(small), pad=PAD)
    assert torch.allclose(logits(big), logits(small), atol=1e-4)


def test_growing_wider_keeps_all_but_the_positions() -> None:
    small, big = made(SMALL), made(replace(SMALL, d_model=128, heads=2))
    for model in (small, big):
        for side in (model.model.encoder, model.model.decoder):
            side.embed_positions.weight.data.zero_()
    initialise(big, read_state(small), pad=PAD)
    assert torch.allclose(logits(big), logits(small), atol=1e-4)


def read_state(model: Any) -> dict[str, torch.Tensor]:
    return core_state(model.state_dict())


def test_shrinking_is_refused() -> None:
    with pytest.raises(SettingsError, match="cannot grow"):
        grow(read_state(made(SMALL)), read_state(made(replace(SMALL, d_model=96))))
    with pytest.raises(SettingsError, match="cannot shrink"):
        grow(read_state(made(SMALL)), read_state(made(replace(SMALL, encoder_layers=1))))


def test_the_start_symbol_is_zero() -> None:
    model, other = made(SMALL), made(SMALL)
    other.model.shared.weight.data[PAD] = 1.0
    initialise(model, read_state(other), pad=PAD)
    assert not model.model.shared.weight[PAD].any()


@pytest.mark.parametrize(
    "wrap", [lambda w: w, lambda w: {"m": w}, lambda w: {"m": None, "ema": w, "step": 3}]
)
def test_weights_are_read_from_any_checkpoint_file(tmp_path: Path, wrap: Any) -> None:
    state = read_state(made(SMALL))
    torch.save(wrap(state), tmp_path / "c.pt")
    assert torch.equal(read_weights(tmp_path / "c.pt")["model.shared.weight"], state["model.shared.weight"])
    torch.save({"x": 1}, tmp_path / "d.pt")
    with pytest.raises(ModelError, match="holds no MarianMT weights"):
        read_weights(tmp_path / "d.pt")


def test_parts_join_to_a_checkpoint(tmp_path: Path) -> None:
    state = {**read_state(made(SMALL)), "big": torch.zeros(9_000_000)}
    assert len(write_parts(state, tmp_path / "parts")) == 2
    joined = read_weights(join_parts(tmp_path / "parts", tmp_path / "joined.pt"))
    assert torch.allclose(joined["model.shared.weight"], state["model.shared.weight"], atol=1e-3)


def test_the_chunked_loss_is_the_loss_of_torch() -> None:
    torch.manual_seed(2)
    hidden = torch.randn(50, 16, requires_grad=True)
    weight = torch.randn(30, 16, requires_grad=True)
    gold = torch.randint(0, 30, (50,))
    gold[::7] = 99
    ours, rows = smoothed_cross_entropy(hidden, weight, gold, pad=99, smoothing=0.1, chunk=16)
    ours.backward()  # type: ignore[no-untyped-call]
    grads = hidden.grad.clone(), weight.grad.clone()  # type: ignore[union-attr]
    hidden.grad = weight.grad = None
    theirs = functional.cross_entropy(hidden @ weight.t(), gold, ignore_index=99, label_smoothing=0.1)
    theirs.backward()  # type: ignore[no-untyped-call]
    assert rows == int((gold != 99).sum())
    assert torch.allclose(ours, theirs, atol=1e-5)
    assert torch.allclose(grads[0], hidden.grad, atol=1e-6)  # type: ignore[arg-type]
    assert torch.allclose(grads[1], weight.grad, atol=1e-5)  # type: ignore[arg-type]


def test_the_rate_warms_holds_and_falls() -> None:
    schedule = Schedule(warmup=10, hold=0.5, floor=0.1, decay="sqrt")
    assert rate_factor(schedule, 0, 0.0) == pytest.approx(0.1)
    assert rate_factor(schedule, 99, 0.5) == 1.0
    assert rate_factor(schedule, 99, 0.75) == pytest.approx(0.1 + 0.9 * (1 - 0.5**0.5))
    assert rate_factor(schedule, 99, 1.0) == pytest.approx(0.1)
    assert rate_factor(replace(schedule, decay="constant"), 99, 1.0) == 1.0
