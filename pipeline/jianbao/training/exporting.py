"""From a run to the directory that ships: Hugging Face MarianMT in half precision, checked, measured, described."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jianbao.checkpoint_settings import FILENAME as SETTINGS
from jianbao.errors import ModelError
from jianbao.training.card import write_card
from jianbao.training.recipe import Recipe
from jianbao.training.tokenizer import FILENAME as JOINT
from jianbao.training.tokenizer import Pieces

RECORD = "training.json"
_CHECKED = 64
_AGREEING = 60.0


def export_run(recipe: Recipe, run: Path, out: Path, *, weights: Path | None = None) -> Path:
    """Write ``out`` from the averaged weights of the run in ``run`` (or from the file ``weights``).

    Raises:
        ModelError: there is no checkpoint, or CTranslate2 int8 disagrees with transformers.
    """
    from jianbao.training.evaluate_dev import evaluate_dev

    checkpoint = weights or run / "checkpoint.pt"
    data = next((folder for folder in (run / "data", run) if (folder / JOINT).is_file()), None)
    spm = data / JOINT if data else recipe.path(recipe.tokenizer.reuse)
    write_directory(recipe, checkpoint, spm, out)
    record = run_record(recipe, run, checkpoint)
    record["ct2_int8"] = check_conversion(recipe, out)
    record["dev"] = [score.as_dict() for score in evaluate_dev(recipe, out)]
    (out / RECORD).write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_card(recipe, record, out)
    return out


def write_directory(recipe: Recipe, weights: Path, spm: Path, out: Path) -> None:
    """The files of a MarianMT directory; sizes are read off the weights, so that grown models fit too."""
    import torch

    from jianbao.training.model import SHARED, build_model, depth, read_weights

    state, pieces = read_weights(weights), Pieces(spm)
    width = state[SHARED].shape[1]
    sizes = replace(
        recipe.architecture,
        d_model=width,
        ffn=state["model.encoder.layers.0.fc1.weight"].shape[0],
        heads=max(1, width // (recipe.architecture.d_model // recipe.architecture.heads)),
        encoder_layers=depth(state, "encoder"),
        decoder_layers=depth(state, "decoder"),
    )
    if state[SHARED].shape[0] != pieces.pad + 1:
        raise ModelError(
            f"{weights} has {state[SHARED].shape[0]} pieces, {spm} {pieces.pad + 1}; they must match"
        )
    model = build_model(sizes, pad=pieces.pad, end=pieces.end)
    state[SHARED][pieces.pad] = 0
    model.load_state_dict(state, strict=False)
    _set_generation(model.generation_config, pieces)
    out.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        model.half().save_pretrained(out)
    (out / "model.safetensors").chmod(0o644)
    content = spm.read_bytes()
    for name in ("source.spm", "target.spm"):
        (out / name).write_bytes(content)
    _write_json(out / "vocab.json", pieces.vocabulary())
    _write_json(
        out / "tokenizer_config.json",
        {
            "source_lang": "zh",
            "target_lang": "en",
            "model_max_length": sizes.positions,
            "tokenizer_class": "MarianTokenizer",
            "separate_vocabs": False,
        },
    )
    if not (out / SETTINGS).exists() and recipe.settings:
        lines = ["# How this checkpoint wants to be used; see jianbao/checkpoint_settings.py for the keys."]
        lines += [f"{key} = {json.dumps(value)}" for key, value in recipe.settings.items()]
        (out / SETTINGS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _set_generation(config: Any, pieces: Pieces) -> None:
    config.num_beams, config.max_length = 4, 512
    config.bad_words_ids = [[pieces.pad]]
    config.decoder_start_token_id = config.pad_token_id = pieces.pad
    config.eos_token_id = config.forced_eos_token_id = pieces.end


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


def check_conversion(recipe: Recipe, directory: Path) -> dict[str, float | int]:
    """Decode some sentences with transformers in full precision and with CTranslate2 in int8, greedily.

    Returns how many were compared, the share that came out the same, the chrF of the one against the other, and
    the mean difference of the scores (mean log probabilities).

    Raises:
        ModelError: the chrF is below 60: the conversion is not faithful.
    """
    from sacrebleu.metrics.chrf import CHRF

    from jianbao.checkpoints import find_checkpoint
    from jianbao.engines import DecodingOptions, load_engine
    from jianbao.normalise import normalise_source

    sources = [normalise_source(text) for text in _some_sources(recipe)]
    checkpoint = find_checkpoint(str(directory.resolve()))
    options = DecodingOptions(beam_size=1, max_length=128)
    marian, ct2 = (
        [
            found[0]
            for found in load_engine(name, checkpoint, device="cpu", threads=1).decode(sources, options)
        ]
        for name in ("marian", "ct2")
    )
    pairs = list(zip(marian, ct2, strict=True))
    agreement = float(CHRF().corpus_score([b.text for b in ct2], [[a.text for a in marian]]).score)
    if pairs and agreement < _AGREEING:
        raise ModelError(
            f"{directory}: CTranslate2 int8 and transformers disagree (chrF {agreement:.0f}), for instance "
            f"{ct2[0].text!r} for {marian[0].text!r}; the conversion is not faithful"
        )
    return {
        "sentences": len(pairs),
        "same_text": round(sum(a.text == b.text for a, b in pairs) / max(1, len(pairs)), 4),
        "chrf": round(agreement, 1),
        "score_difference": round(sum(abs(a.score - b.score) for a, b in pairs) / max(1, len(pairs)), 4),
    }


def _some_sources(recipe: Recipe) -> Sequence[str]:
    """Short sources of the development sets, evenly from each."""
    from jianbao.training.evaluate_dev import read_dev_set

    sources: list[str] = []
    for dev in recipe.dev:
        texts = [t for t in read_dev_set(dev, recipe.path(dev.file))[0] if len(t) <= 60]
        sources += texts[: _CHECKED // len(recipe.dev)]
    return sources


def run_record(recipe: Recipe, run: Path, checkpoint: Path) -> dict[str, Any]:
    """What is known of a run: data, steps, tokens, hours, hardware, last loss."""
    import torch

    record: dict[str, Any] = {"recipe": recipe.name, "seed": recipe.seed}
    content = torch.load(checkpoint, map_location="cpu", weights_only=True)
    for key in ("step", "tokens", "minutes", "hardware"):
        if key in content:
            record[key] = content[key] if key != "minutes" else round(content[key], 1)
    for folder in (run / "data", run):
        if (folder / "build.json").is_file():
            record["data"] = json.loads((folder / "build.json").read_text(encoding="utf-8"))
            break
    log = run / "log.jsonl"
    if log.is_file():
        record["last"] = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    return record
