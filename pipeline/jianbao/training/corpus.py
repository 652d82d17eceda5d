"""Sentence pairs: loading with ``datasets``, cleaning, sampling, removing duplicates."""

import csv
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jianbao.errors import InputError
from jianbao.normalise import normalise_source, normalise_target
from jianbao.training.recipe import Cleaning, Recipe, Source

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\{\{|\}\}|%\([a-z]|%[sd]|&[a-z]+;|\\n")


class Pair(NamedTuple):
    """A normalised Chinese text, its English, and where it comes from."""

    source: str
    target: str
    origin: str


def is_clean(source: str, target: str, rules: Cleaning) -> bool:
    """Whether a normalised pair looks like a Chinese sentence with its English.

    It needs Chinese on the one side and Latin letters (and no other script) on the other, no markup, and a
    plausible ratio of lengths.
    """
    if not _CHINESE.search(source) or _OTHER_SCRIPT.search(target) or not _LETTER.search(target):
        return False
    if len(target) > rules.max_target_chars or _MARKUP.search(source) or _MARKUP.search(target):
        return False
    return len(source) < 8 or rules.min_ratio <= len(target) / len(source) <= rules.max_ratio


def load_source(source: Source, path: Path, rules: Cleaning, *, cache: Path, seed: int) -> list[Pair]:
    """The clean pairs of one file, in order; ``cap`` keeps a random sample (order kept).

    ``cache`` is where ``datasets`` keeps what it parsed.

    Raises:
        InputError: the file is missing.
    """
    rows = _read(path, cache).map(
        _normalised,
        batched=True,
        remove_columns=["zh", "en", "source"],
        fn_kwargs={"source": source, "rules": rules},
        load_from_cache_file=False,
    )
    pairs = [Pair(*row) for row in zip(rows["source"], rows["target"], rows["origin"], strict=True)]
    if source.cap and len(pairs) > source.cap:
        kept = sorted(random.Random(seed).sample(range(len(pairs)), source.cap))
        pairs = [pairs[index] for index in kept]
    return pairs


def _read(path: Path, cache: Path) -> Any:
    import datasets

    if not path.is_file():
        raise InputError(f"{path}: there is no such file; correct the path in the recipe")
    datasets.disable_progress_bars()
    return datasets.Dataset.from_csv(
        str(path),
        cache_dir=str(cache),
        delimiter="\t",
        column_names=["zh", "en", "source"],
        quoting=csv.QUOTE_NONE,
        keep_default_na=False,
        features=datasets.Features({name: datasets.Value("string") for name in ("zh", "en", "source")}),
    )


def _normalised(batch: Mapping[str, Sequence[str]], source: Source, rules: Cleaning) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {"source": [], "target": [], "origin": []}
    for zh, en, origin in zip(batch["zh"], batch["en"], batch["source"], strict=True):
        if source.only and not origin.startswith(source.only):
            continue
        if source.without and origin.startswith(source.without):
            continue
        chinese, english = normalise_source(zh or ""), normalise_target(en or "")
        if not source.min_chars <= len(chinese) <= source.max_chars:
            continue
        if is_clean(chinese, english, rules):
            kept["source"].append(chinese)
            kept["target"].append(english)
            kept["origin"].append(origin)
    return kept


def load_corpus(recipe: Recipe, *, cache: Path) -> list[tuple[Source, list[Pair]]]:
    """Every source of the recipe with its pairs; a pair stands only in the first source that has it.

    Pairs of different ``tag`` (tasks) are not duplicates of one another.
    """
    seen: set[tuple[str, str, str]] = set()
    result = []
    for source in recipe.sources:
        rules, path = recipe.cleaning, recipe.corpus_path(source.file)
        pairs = load_source(source, path, rules, cache=cache, seed=recipe.seed)
        result.append((source, list(_unseen(pairs, source.tag, seen))))
    return result


def _unseen(pairs: Iterable[Pair], tag: str, seen: set[tuple[str, str, str]]) -> Iterable[Pair]:
    for pair in pairs:
        key = (tag, pair.source, pair.target.lower())
        if key not in seen:
            seen.add(key)
            yield pair
