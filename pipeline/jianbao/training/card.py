"""The model card: written from the recipe and the record of the run, never by hand."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jianbao.training.recipe import Recipe

_HOW = """\
## How its input is written

1. Unicode NFKC; runs of white space become one space; no space between Chinese characters
   (`jianbao.normalise.normalise_source`, the one function for training and translation).
2. What the translation must carry stands inline: `<t>10350万元<e>103.5 million yuan</t>`.
3. `<e>` before the whole source asks for its one-sentence brief instead of the translation.
4. Pieces of `source.spm`, then `</s>`. `<pad>` is the last id and starts the decoder.

`jianbao` does all of this; a plain `MarianMTModel` with `MarianTokenizer` translates unannotated text.
"""


def write_card(recipe: Recipe, record: Mapping[str, Any], out: Path) -> Path:
    """Write ``README.md`` of the checkpoint directory ``out``."""
    path = out / "README.md"
    path.write_text("\n".join(_lines(recipe, record)).rstrip() + "\n", encoding="utf-8")
    return path


def _lines(recipe: Recipe, record: Mapping[str, Any]) -> Iterator[str]:
    yield from ("---", "language: [zh, en]", "library_name: transformers", "pipeline_tag: translation")
    yield from (
        f"license: {recipe.licence.lower()}",
        "---",
        "",
        f"# {recipe.name}",
        "",
        recipe.description,
        "",
    )
    yield from (f"Written by the export of `models/{recipe.name}.toml`; do not edit.", "", _HOW)
    yield from _sizes(recipe, record)
    yield from _data(recipe, record.get("data", {}))
    yield from _scores(record)
    if recipe.weaknesses:
        yield from ("## Known weaknesses", "")
        yield from (f"- {text}" for text in recipe.weaknesses)


def _sizes(recipe: Recipe, record: Mapping[str, Any]) -> Iterator[str]:
    sizes, schedule = recipe.architecture, recipe.schedule
    yield from ("## Model and training", "")
    yield (
        f"- d_model {sizes.d_model}, feed-forward {sizes.ffn}, {sizes.encoder_layers} encoder and "
        f"{sizes.decoder_layers} decoder layers"
    )
    if "step" in record:
        yield (
            f"- {record['step']:,} steps, {record.get('tokens', 0) / 1e6:.1f} million target tokens, "
            f"{record.get('minutes', 0) / 60:.1f} hours on {record.get('hardware', 'unknown hardware')}"
        )
    yield (
        f"- AdamW at {schedule.rate:g}, {schedule.warmup} steps of warm-up, decay {schedule.decay}, label smoothing "
        f"{schedule.smoothing:g}, dropout {sizes.dropout:g}; the weights are a moving average ({schedule.average:g})"
    )
    yield from (f"- started from `{recipe.init}`" for _ in range(bool(recipe.init)))
    yield ""


def _data(recipe: Recipe, build: Mapping[str, Any]) -> Iterator[str]:
    yield from ("## Data", "", "| file | weight | licence |", "| --- | --- | --- |")
    for source in recipe.sources:
        yield f"| {source.file} | {source.weight:g} | {source.licence} |"
    if packed := build.get("packed"):
        yield ""
        yield (
            f"{packed['examples']:,} examples, {packed['target_tokens'] / 1e6:.1f} million target tokens, of which "
            f"{build.get('examples', {}).get('annotated', 0):,} are annotated. "
            f"{sum(build.get('removed_as_held_out', {}).values()):,} pairs that repeat held-out text were removed."
        )
    yield ""


def _scores(record: Mapping[str, Any]) -> Iterator[str]:
    dev: Sequence[Mapping[str, Any]] = record.get("dev", ())
    if dev:
        yield from ("## Scores", "", "CTranslate2 int8, beam 4, raw output of the model (no repair).", "")
        yield "| set | input | BLEU | chrF | figures carried | terms carried |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row in dev:
            kind = "figures and terms annotated" if row["annotated"] else "plain"
            yield (
                f"| {row['name']} ({row['segments']}) | {kind} | {row['bleu']:.1f} | {row['chrf']:.1f} | "
                f"{_percent(row['figures_carried'])} | {_percent(row['terms_carried'])} |"
            )
        yield from ("", f"`{dev[0]['bleu_signature']}`, `{dev[0]['chrf_signature']}`", "")
    if check := record.get("ct2_int8"):
        yield (
            f"CTranslate2 int8 against transformers float32: {check['same_text']:.1%} of {check['sentences']} "
            f"sentences the same (chrF {check['chrf']:.1f}), scores differ by {check['score_difference']:.4f}."
        )
        yield ""


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
