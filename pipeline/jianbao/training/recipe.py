"""Training recipes: one TOML file from text to shipped checkpoint, read strictly into frozen dataclasses.

Paths in a recipe are relative to the recipe's own folder. A recipe may build on another one: ``extends =
"other.toml"`` takes that recipe's tables, and what stands here replaces single keys (lists as a whole).
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jianbao.errors import SettingsError
from jianbao.training.tables import build

Decay = Literal["constant", "cosine", "sqrt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of sentence pairs (TSV: Chinese, English, origin; xz or plain) and how it is used.

    ``weight`` is the relative frequency of one of its pairs; ``cap`` > 0 keeps a random sample of that many.
    ``only`` and ``without`` select by the beginning of the origin. ``tag`` stands before every source: a task of
    its own. ``domain`` marks official prose: it is joined, varied, swapped and annotated most richly.
    """

    file: str
    weight: float
    cap: int = 0
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    min_chars: int = 2
    max_chars: int = 260
    tag: str = ""
    domain: bool = False
    annotate: bool = True
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    """Bounds of a pair. The ratio is English characters per Chinese character, for sources of 8 or more."""

    max_target_chars: int = 900
    min_ratio: float = 1.0
    max_ratio: float = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Texts that training must not have seen: TSV (first column), JSON lines (``source``) or plain text.

    A training sentence leaks if at least ``share`` of its character ``ngram``-grams, or of those of a held-out
    sentence, stand in the other one. Below ``least`` n-grams (headings, formulas such as 坚决遏制重特大事故) only
    equal sentences count. The build removes up to ``removable`` such pairs; where there are more, it fails.
    """

    files: tuple[str, ...] = ()
    ngram: int = 8
    share: float = 0.6
    least: int = 10
    removable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicons:
    """Where renderings come from. ``glossaries``: Jianbao's own format; ``banks`` and ``dictionaries``: zh TAB en.

    ``mined_count`` > 0 mines phrase pairs that stand together at least that often in official prose.
    """

    glossaries: tuple[str, ...] = ()
    banks: tuple[str, ...] = ()
    dictionaries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mined_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """How many examples are made of official prose, as a multiple of its pairs, and their weight.

    ``joined``: 2-4 neighbours, at most ``joined_chars`` long; ``run_in``: a heading run into its sentence;
    ``listed``: "一是…；二是…"; ``swapped``: figures, places and terms exchanged on both sides; ``punctuation`` is the
    share of all sources with other punctuation.
    """

    joined: float = 0.0
    joined_chars: int = 220
    joined_weight: float = 4.0
    run_in: float = 0.0
    listed: float = 0.0
    swapped: float = 0.0
    swapped_weight: float = 4.0
    punctuation: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """``share`` of a pair's weight goes to its annotated versions; ``versions`` of them in the domain, else one.

    ``dense`` is the share of versions in which most content words carry a dictionary rendering. ``rare_count``: a
    word seen less often than that counts as rare. ``general`` is the share of pairs outside the domain that get a
    version.
    """

    share: float = 0.5
    versions: int = 3
    general: float = 0.5
    dense: float = 0.2
    rare_count: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenizer:
    """``reuse``: a sentencepiece model to keep; empty trains one of ``vocabulary`` pieces on ``sample`` pairs.

    A new one is joint, unigram, with byte fallback, digits split and ``tags`` as user-defined symbols, and holds
    every character of ``characters`` ("gb2312", or the text itself).
    """

    reuse: str = ""
    vocabulary: int = 8000
    sample: int = 400_000
    tags: tuple[str, ...] = ("<t>", "<e>", "</t>")
    characters: str = "gb2312"


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """The sizes of a MarianMT model: post-norm, swish, sinusoidal positions, one shared embedding."""

    d_model: int = 256
    ffn: int = 1024
    heads: int = 4
    encoder_layers: int = 5
    decoder_layers: int = 2
    positions: int = 512
    dropout: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The run. ``batch_tokens`` are padded target tokens per process and micro-batch, ``accumulate`` of them a step.

    ``steps`` and ``minutes`` end the run (0 = no limit). After ``warmup`` steps the rate is ``rate`` until the share
    ``hold`` of the nearer limit has passed; then it falls to ``floor`` x ``rate`` by ``decay``: a run without a
    limit never decays. ``average`` is the decay of the moving average of the weights, ``max_tokens`` the longest
    side of a pair, ``rungs`` the lengths to which sides are padded. ``draw`` pairs are drawn by weight at a time.
    """

    rate: float = 1e-3
    warmup: int = 300
    decay: Decay = "sqrt"
    hold: float = 0.0
    floor: float = 0.01
    steps: int = 0
    minutes: float = 0.0
    batch_tokens: int = 6144
    accumulate: int = 1
    max_tokens: int = 256
    rungs: tuple[int, ...] = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256)
    draw: int = 200_000
    smoothing: float = 0.1
    weight_decay: float = 0.01
    clip: float = 1.0
    average: float = 0.999
    processes: int = 2
    save_minutes: float = 4.0
    log_steps: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DevSet:
    """A development set: TSV of source and reference. ``annotated``: figures and glossary terms are shown."""

    name: str
    file: str
    annotated: bool = True
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All of one checkpoint. ``directory`` is the folder of the recipe file; paths start there."""

    name: str
    seed: int = 1
    description: str = ""
    licence: str = ""
    corpus: str = "."
    init: str = ""
    sources: tuple[Source, ...] = ()
    cleaning: Cleaning = field(default_factory=Cleaning)
    held_out: HeldOut = field(default_factory=HeldOut)
    lexicons: Lexicons = field(default_factory=Lexicons)
    augmentation: Augmentation = field(default_factory=Augmentation)
    annotation: Annotation = field(default_factory=Annotation)
    tokenizer: Tokenizer = field(default_factory=Tokenizer)
    architecture: Architecture = field(default_factory=Architecture)
    schedule: Schedule = field(default_factory=Schedule)
    dev: tuple[DevSet, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    weaknesses: tuple[str, ...] = ()
    directory: str = "."

    def path(self, name: str) -> Path:
        """``name`` as the recipe means it: relative to the recipe's folder."""
        return Path(self.directory) / name

    def corpus_path(self, name: str) -> Path:
        """A file of the corpus."""
        return self.path(self.corpus) / name


def load_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        SettingsError: the file is missing or not TOML, a key is unknown, a value has the wrong type.
    """
    table = _read(path)
    table["directory"] = str(path.parent)
    return build(Recipe, table, str(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: the recipe cannot be read ({error.strerror}); give a TOML file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the recipe is not valid TOML: {error}") from error
    base = table.pop("extends", None)
    return _merged(_read(path.parent / base), table) if base else table


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """``base`` with the keys of ``over``; tables are merged, everything else is replaced."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
