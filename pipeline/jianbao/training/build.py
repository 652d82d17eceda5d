"""The data build: corpus, leak check, lexicons, examples, tokenizer, token arrays, and a report of it all."""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jianbao.constraints import plain
from jianbao.training.corpus import load_corpus
from jianbao.training.examples import Example, build_examples, load_lexica
from jianbao.training.leaks import LeakIndex, without_leaks
from jianbao.training.packing import Packed, Row, chunked, pack, save
from jianbao.training.recipe import Recipe
from jianbao.training.tokenizer import Pieces, prepare_tokenizer

REPORT = "build.json"
_log = logging.getLogger(__name__)


def build_data(recipe: Recipe, out: Path) -> Packed:
    """Everything from text to token arrays in ``out`` (``train.npz``, ``meta.json``, ``joint.spm``, ``build.json``).

    Raises:
        LeakError: training text repeats held-out text.
        InputError: a file of the recipe is missing.
    """
    started = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {"recipe": recipe.name, "seed": recipe.seed}
    loaded = load_corpus(recipe, cache=out / "cache")
    corpus, removed = without_leaks(recipe, loaded)
    report["pairs"] = {source.file: len(pairs) for source, pairs in loaded}
    report["removed_as_held_out"] = removed
    _log.info("corpus: %s; removed as held out: %s", report["pairs"], removed)
    lexica = load_lexica(recipe, corpus)
    report["lexicon"] = {"terms": len(lexica.terms), "words": len(lexica.words)}
    _log.info("lexicon: %s", report["lexicon"])
    texts = (text for _, pairs in corpus for pair in pairs for text in (pair.source, pair.target))
    pieces = Pieces(prepare_tokenizer(recipe, texts, out))
    counts: Counter[str] = Counter()
    rows = _encoded(_checked(build_examples(recipe, corpus, lexica), LeakIndex.of(recipe), counts), pieces)
    packed = pack(rows, pad=pieces.pad, end=pieces.end, longest=recipe.schedule.max_tokens)
    save(packed, out)
    report["examples"] = dict(counts)
    report["packed"] = {
        "examples": len(packed),
        "source_tokens": len(packed.source),
        "target_tokens": len(packed.target),
    }
    report["seconds"] = round(time.monotonic() - started)
    (out / REPORT).write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _log.info("packed: %s in %s s", report["packed"], report["seconds"])
    return packed


def _checked(examples: Iterable[Example], index: LeakIndex, counts: Counter[str]) -> Iterator[Example]:
    """``examples`` without those in which an exchange or a join happened to write a held-out sentence."""
    for example in examples:
        if index.find(plain(example.source)):
            counts["dropped_as_held_out"] += 1
        else:
            counts["all"] += 1
            counts["annotated"] += "<t>" in example.source
            yield example


def _encoded(examples: Iterable[Example], pieces: Pieces) -> Iterator[Row]:
    for chunk in chunked(examples):
        sources = pieces.encode([e.source for e in chunk])
        targets = pieces.encode([e.target for e in chunk])
        for example, source, target in zip(chunk, sources, targets, strict=True):
            yield Row(source, target, example.weight)
