"""results.json as RESULTS.md and plots (SVG); ``python report.py`` makes them again from the numbers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NAMES = {
    "jianbao": "Jianbao (CTranslate2 int8, one call)",
    "ct2_single": "CTranslate2 int8, a sentence a call",
    "transformers_batched": "transformers float32, batches of 32",
    "transformers_single": "transformers float32, a sentence a call",
}


def write_report(results: dict[str, Any], folder: Path) -> None:
    """Write RESULTS.md, speed.svg and scaling.svg."""
    (folder / "speed.svg").write_text(_bars(results), encoding="utf-8")
    (folder / "scaling.svg").write_text(_line(results["scaling"]["runs"]), encoding="utf-8")
    (folder / "RESULTS.md").write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: dict[str, Any]) -> list[str]:
    machine, scaling = results["machine"], results["scaling"]
    lines = [
        "# Speed",
        "",
        f"Made by `bench.py` in one run of {results['minutes']:.0f} minutes on {machine['cores']} cores of "
        f"{machine['processor']} (Python {machine['python']}); beam {results['beam']}, sentences of "
        f"{results['reports']} reports. The contenders took turns; start-up counts from the start of Python to the "
        "first sentence.",
    ]
    for key, title in (
        ("shipped", "The shipped model"),
        ("untrained", "An untrained model of the size of opus-mt-zh-en"),
    ):
        lines += ["", f"## {title}", "", *_table(results[key])]
    if "quality" in results:
        ours, theirs = results["quality"]["jianbao"], results["quality"]["transformers_batched"]
        lines += [
            "",
            f"Quality of the shipped model, same beam: chrF {ours:.2f}, transformers float32 {theirs:.2f}.",
        ]
    lines += [
        "",
        "![speed](speed.svg)",
        "",
        "## How far from what the machine can do",
        "",
        _roofline(results),
    ]
    lines += [
        "",
        "## `jianbao brief`: whole runs, from files to briefings",
        "",
        *_scaling(scaling),
        "",
        "![scaling](scaling.svg)",
    ]
    return lines


def _table(rows: Sequence[dict[str, Any]]) -> list[str]:
    ours = next(row for row in rows if row["name"] == "jianbao")["characters_per_second"]
    lines = [
        "| | source characters/s | output tokens/s | CPU s / 1,000 characters | peak MB | start-up s | Jianbao is |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {NAMES[row['name']]} | {row['characters_per_second']:,.0f} | {row['tokens_per_second']:,.0f} | "
        f"{row['cpu_seconds_per_1000_characters']:.2f} | {row['peak_mb']:,.0f} | {row['start_seconds']:.1f} | "
        f"{ours / row['characters_per_second']:.1f}x |"
        for row in rows
    ]
    return lines


def _roofline(results: dict[str, Any]) -> str:
    """Decoder work per output token against the measured float32 peak, times 4 (VNNI) or 2 for int8."""
    layers, d, vocabulary, beam = 6, 512, 65_001, results["beam"]
    operations = 2 * beam * (layers * (4 + 4 + 8) * d * d + vocabulary * d)
    factor = 4 if results["machine"]["vnni"] else 2
    peak = results["machine"]["float32_gflops"] * factor * 1e9
    bound = peak / operations
    measured = next(row for row in results["untrained"] if row["name"] == "jianbao")["tokens_per_second"]
    return (
        f"Decoding one token of the opus-sized model with beam {beam} takes {operations / 1e6:,.0f} million "
        f"operations (6 layers of 16 d² multiply-adds, the projection onto 65,001 words). The machine does "
        f"{results['machine']['float32_gflops']:,.0f} billion float32 operations a second in a large matrix product "
        f"(measured), so at most about {factor} times as many in int8: a bound of {bound:,.0f} tokens/s. Measured: "
        f"{measured:,.0f}, {measured / bound:.0%} of it. Attention over the source, softmax over the vocabulary and "
        "beam search, which the bound leaves out, take the rest."
    )


def _scaling(scaling: dict[str, Any]) -> list[str]:
    lines = [
        "| documents | characters | s | s a document | CPU s | peak MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {run['documents']} | {run['characters']:,} | {run['seconds']:.1f} | "
        f"{run['seconds'] / run['documents']:.2f} | {run['cpu']:.1f} | {run['peak_mb']:,.0f} |"
        for run in scaling["runs"]
    ]
    one, most = scaling["cores"][0], scaling["cores"][-1]
    return [
        *lines,
        "",
        f"{one['documents']} documents on 1 core {one['seconds']:.1f} s, on {most['cores']} "
        f"{most['seconds']:.1f} s: "
        f"{one['seconds'] / most['seconds']:.2f}x. A run over one finished document takes "
        f"{scaling['finished_start_seconds']:.2f} s, over many "
        f"{1000 * scaling['finished_seconds_per_document']:.0f} ms "
        "a document. Peak memory is that of all processes of the run together.",
    ]


def _bars(results: dict[str, Any]) -> str:
    body, y = [], 10
    for key, title in (("shipped", "shipped model"), ("untrained", "opus-sized model")):
        rows = results[key]
        most = max(row["characters_per_second"] for row in rows)
        body.append(_text(10, y + 14, f"{title}: source characters a second"))
        for row in rows:
            y += 26
            width = max(1.0, 300 * row["characters_per_second"] / most)
            body.append(_text(10, y + 14, NAMES[row["name"]]))
            body.append(f'<rect x="300" y="{y}" width="{width:.1f}" height="18" fill="#2b5c8a"/>')
            body.append(_text(306 + width, y + 14, f"{row['characters_per_second']:,.0f}"))
        y += 40
    return _svg(680, y, body)


def _line(runs: Sequence[dict[str, Any]]) -> str:
    """Seconds a document, by the number of documents."""
    values = [run["seconds"] / run["documents"] for run in runs]
    top, body = max(values), [_text(10, 20, "seconds a document, by the number of documents")]
    points = []
    for index, (run, value) in enumerate(zip(runs, values, strict=True)):
        x, y = 60 + index * 480 / max(1, len(runs) - 1), 190 - 140 * value / top
        points.append(f"{x:.0f},{y:.0f}")
        body += [_text(x - 10, 210, str(run["documents"])), _text(x - 12, y - 8, f"{value:.2f}")]
    body.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="#2b5c8a" stroke-width="2"/>')
    return _svg(620, 225, body)


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-family="sans-serif" font-size="13">{text}</text>'


def _svg(width: int, height: int, body: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    return "\n".join([head, f'<rect width="{width}" height="{height}" fill="#fff"/>', *body, "</svg>", ""])


if __name__ == "__main__":
    here = Path(__file__).parent
    write_report(json.loads((here / "results.json").read_text(encoding="utf-8")), here)
