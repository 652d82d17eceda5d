"""The log of a run as a picture: loss and speed over target tokens, a plain SVG."""

import json
from collections.abc import Sequence
from pathlib import Path

_WIDTH, _HEIGHT, _MARGIN = 720, 320, 48


def plot_log(log: Path, out: Path) -> Path:
    """Draw ``log`` (JSON lines of the trainer) to the SVG file ``out``: loss in black, tokens a second in grey."""
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    tokens = [entry["tokens"] / 1e6 for entry in entries]
    losses = [entry["loss"] for entry in entries]
    speeds = [entry["tokens_per_second"] for entry in entries]
    body = [
        _curve(tokens, speeds, "#bbb"),
        _curve(tokens, losses, "#000"),
        _text(_MARGIN, 20, f"loss {losses[0]:.2f} to {losses[-1]:.2f} (black)" if losses else "no steps yet"),
        _text(_WIDTH // 2, 20, f"up to {max(speeds, default=0):,} tokens a second (grey)"),
        _text(_WIDTH // 2 - 80, _HEIGHT - 12, f"{tokens[-1] if tokens else 0:.1f} million target tokens"),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
    background = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
    out.write_text("\n".join([head, background, *body, "</svg>"]) + "\n", encoding="utf-8")
    return out


def _curve(xs: Sequence[float], ys: Sequence[float], colour: str) -> str:
    """A line that fills the frame."""
    if len(xs) < 2:
        return ""
    right, low, high = max(xs) or 1.0, min(ys), max(ys)
    span = (high - low) or 1.0
    points = " ".join(
        f"{_MARGIN + x / right * (_WIDTH - 2 * _MARGIN):.1f},"
        f"{_HEIGHT - _MARGIN - (y - low) / span * (_HEIGHT - 2 * _MARGIN):.1f}"
        for x, y in zip(xs, ys, strict=True)
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _text(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="13">{text}</text>'
