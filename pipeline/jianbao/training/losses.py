"""Label-smoothed cross-entropy over the real target tokens, in chunks that never hold all logits at once."""

from typing import Any, NamedTuple

import torch
from torch import Tensor

CHUNK = 512


class _Rules(NamedTuple):
    smoothing: float
    rows: int
    chunk: int


class _ChunkedCrossEntropy(torch.autograd.Function):
    """The gradient is formed in the forward pass, chunk by chunk: the logits are computed once and not kept."""

    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, gold: Tensor, rules: "_Rules") -> Tensor:
        smoothing, rows, chunk = rules
        vocabulary = weight.shape[0]
        hidden_grad = torch.empty_like(hidden)
        weight_grad = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        loss = torch.zeros((), device=hidden.device)
        for at in range(0, hidden.shape[0], chunk):
            states, labels = hidden[at : at + chunk], gold[at : at + chunk]
            real = (labels >= 0).to(torch.float32)
            index = labels.clamp(min=0)[:, None]
            logits = torch.mm(states, weight.t())
            scores = logits.float()
            mean, right = scores.mean(-1), scores.gather(1, index)[:, 0]
            top = scores.amax(-1, keepdim=True)
            scores.sub_(top).exp_()
            total = scores.sum(-1, keepdim=True)
            normaliser = total.log().add_(top)[:, 0]
            loss += ((normaliser - (1 - smoothing) * right - smoothing * mean) * real).sum()
            scale = (real / rows)[:, None]
            scores.mul_(scale / total).sub_(scale * (smoothing / vocabulary))
            scores.scatter_add_(1, index, scale * -(1 - smoothing))
            logits.copy_(scores)
            torch.mm(logits, weight, out=hidden_grad[at : at + chunk])
            weight_grad += torch.mm(logits.t(), states)
        ctx.save_for_backward(hidden_grad, weight_grad)
        return loss / rows

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        hidden_grad, weight_grad = ctx.saved_tensors
        scale = grads[0]
        return (
            hidden_grad * scale.to(hidden_grad.dtype),
            (weight_grad * scale).to(hidden_grad.dtype),
            None,
            None,
        )


def smoothed_cross_entropy(
    hidden: Tensor, weight: Tensor, gold: Tensor, *, pad: int, smoothing: float, chunk: int = CHUNK
) -> tuple[Tensor, int]:
    """The mean loss in nats over the tokens of ``gold`` that are not ``pad``, and their number.

    Label smoothing after Szegedy et al. 2016: (1 - s) of the mass on the token, s spread evenly over all.

    Args:
        hidden: decoder states [rows, d], in the precision of the computation.
        weight: output embedding [vocabulary, d], in the same one; ``pad`` has no row in it.
        gold: target ids [rows].
    """
    kept = (gold != pad).nonzero()[:, 0]
    rows = len(kept)
    # A fixed chunk shape: what is missing to the last one is filled with copies that do not count.
    fill = -rows % chunk
    states = hidden[torch.cat([kept, kept[:1].expand(fill)])]
    labels = torch.cat([gold[kept], gold.new_full((fill,), -1)])
    loss: Tensor = _ChunkedCrossEntropy.apply(  # type: ignore[no-untyped-call]
        states, weight, labels, _Rules(smoothing, rows, chunk)
    )
    return loss, rows
