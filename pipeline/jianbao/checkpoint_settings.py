"""What is tuned to one checkpoint, kept in ``jianbao.toml`` beside its weights."""

import difflib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jianbao.errors import ModelError

FILENAME = "jianbao.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointSettings:
    """How a checkpoint wants to be used. The defaults suit a plain MarianMT model that knows no annotation.

    ``annotation``: it copies the target of ``<t>source<e>target</t>``. ``annotate_figures`` and
    ``annotate_names`` say whether it is shown figures and names, ``terms_per_100`` how many terms and names for
    every 100 characters of source (see ``constraints.AnnotationPolicy``).
    ``brief_tag``: what stands before a source to ask for its one-sentence brief ("" = it has no such mode).
    ``unit_limit``: the longest unit in source characters. ``min_ratio`` and ``max_ratio``: English characters
    per source character outside which a translation counts as cut or inflated.
    """

    annotation: bool = False
    annotate_figures: bool = True
    annotate_names: bool = True
    terms_per_100: float = 4.0
    brief_tag: str = ""
    unit_limit: int = 120
    beam_size: int = 4
    n_best: int = 4
    max_length: int = 256
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    min_ratio: float = 1.8
    max_ratio: float = 8.5


def load_settings(path: Path) -> CheckpointSettings:
    """Read ``path``; a file that is not there gives the defaults.

    Raises:
        ModelError: the file is not TOML, has an unknown key, or a value of another type.
    """
    if not path.is_file():
        return CheckpointSettings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} is not valid TOML: {error}") from error
    known = {field.name: field.type for field in fields(CheckpointSettings)}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(known)}"
            raise ModelError(f"{path}: unknown key {key!r}; {advice}")
        values[key] = _typed(path, key, value, known[key])
    return CheckpointSettings(**values)


def _typed(path: Path, key: str, value: object, kind: Any) -> object:
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ModelError(f"{path}: {key} must be of type {kind.__name__}, not {value!r}")
    return value
