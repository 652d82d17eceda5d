"""Run settings: one strict loader for profiles, environment and overrides.

Later sources win: the defaults below, then a profile (``configs/NAME.toml`` or a TOML file), then environment
variables ``JIANBAO_<TABLE>_<KEY>``, then overrides ``table.key=value``. What is tuned to a checkpoint does not
stand here but beside the checkpoint (see :mod:`jianbao.checkpoints`).
"""

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

from jianbao.errors import SettingsError
from jianbao.resources import configs_dir

ENVIRONMENT_PREFIX = "JIANBAO_"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which checkpoint, on which engine and hardware. ``threads`` 0 = one per physical core."""

    name: str = "gov-zh-en"
    engine: str = "ct2"
    device: str = "auto"
    threads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSettings:
    """Decoding and reuse. ``beam_size`` 0 = what suits the checkpoint; ``batch_tokens`` counts source tokens;
    ``memory`` switches the translation memory, ``memory_file`` says where it is ("" = in the user's data folder).
    """

    beam_size: int = 0
    batch_tokens: int = 2048
    memory: bool = True
    memory_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySettings:
    """Glossaries by shipped name or path; where two hold the same source, the later one wins."""

    files: tuple[str, ...] = ("gov-sci-tech-extra", "gov-sci-tech")


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstractSettings:
    """How abstracts are written; ``model`` is a directory or hub id, for the methods that take one."""

    method: str = "faithful"
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """Which files are written, by writer name."""

    formats: tuple[str, ...] = ("md", "html", "docx", "segments_jsonl", "abstracts_jsonl", "quality_json")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """A document beyond these is set aside, with its reason; the last two bound the reading of one document."""

    megabytes: float = 20.0
    pages: int = 2000
    seconds: float = 120.0
    memory_megabytes: float = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySettings:
    """Thresholds below which a run exits with 1: shares (0 to 1) of the source's figures and terms that are right."""

    figures: float = 0.95
    terms: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a run, one field per TOML table."""

    model: ModelSettings = field(default_factory=ModelSettings)
    translation: TranslationSettings = field(default_factory=TranslationSettings)
    glossary: GlossarySettings = field(default_factory=GlossarySettings)
    abstracts: AbstractSettings = field(default_factory=AbstractSettings)
    output: OutputSettings = field(default_factory=OutputSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    quality: QualitySettings = field(default_factory=QualitySettings)


def load_settings(
    profile: str | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    overrides: Iterable[str] = (),
) -> Settings:
    """The settings of ``profile`` (a shipped name or a path; None = ``default``) with what overrides them.

    ``overrides`` are ``table.key=value``.

    Raises:
        SettingsError: the profile is missing or malformed, or a key or value is wrong. The message names the
            file (or variable, or flag), the key, and what is allowed.
    """
    path = find_profile(profile or "default")
    settings = _apply_tables(Settings(), _read_toml(path), origin=str(path))
    for table, key, text, origin in [*_from_environment(environment), *_from_overrides(overrides)]:
        settings = _apply(settings, table, key, text, origin=origin, parse=True)
    return settings


def find_profile(name: str) -> Path:
    """The file of a profile: a path if it ends in ``.toml``, else ``configs/NAME.toml``."""
    path = Path(name) if name.endswith(".toml") else configs_dir() / f"{name}.toml"
    if path.is_file():
        return path
    shipped = sorted(p.stem for p in configs_dir().glob("*.toml"))
    raise SettingsError(f"no profile {name!r}; give a .toml file or one of {', '.join(shipped)}")


def find_glossary(name: str) -> Path:
    """The file of a glossary: a path if it ends in ``.tsv``, else ``configs/glossaries/NAME.tsv``."""
    path = Path(name) if name.endswith(".tsv") else configs_dir() / "glossaries" / f"{name}.tsv"
    if path.is_file():
        return path
    shipped = sorted(p.stem for p in (configs_dir() / "glossaries").glob("*.tsv"))
    raise SettingsError(f"no glossary {name!r}; give a .tsv file or one of {', '.join(shipped)}")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def _apply_tables(settings: Settings, tables: Mapping[str, Any], *, origin: str) -> Settings:
    for table, content in tables.items():
        _require_known(table, _field_names(settings), f"table [{table}] in {origin}")
        if not isinstance(content, dict):
            raise SettingsError(f"{origin}: {table} must be a table: write [{table}]")
        for key, value in content.items():
            settings = _apply(settings, table, key, value, origin=origin, parse=False)
    return settings


def _from_environment(environment: Mapping[str, str]) -> Iterable[tuple[str, str, str, str]]:
    tables = _field_names(Settings())
    for variable, text in sorted(environment.items()):
        table, _, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition("_")
        if variable.startswith(ENVIRONMENT_PREFIX) and key and table in tables:
            yield table, key, text, f"environment variable {variable}"


def _from_overrides(overrides: Iterable[str]) -> Iterable[tuple[str, str, str, str]]:
    for override in overrides:
        name, equals, text = override.partition("=")
        table, dot, key = name.strip().partition(".")
        if not equals or not dot:
            raise SettingsError(f"--set {override!r} is not of the form table.key=value")
        yield table, key, text.strip(), f"--set {override}"


def _apply(settings: Settings, table: str, key: str, value: Any, *, origin: str, parse: bool) -> Settings:
    _require_known(table, _field_names(settings), f"table {table!r} in {origin}")
    group = getattr(settings, table)
    _require_known(key, _field_names(group), f"key {table}.{key} in {origin}")
    wanted = get_type_hints(type(group))[key]
    converted = _convert(value, wanted, f"{table}.{key} in {origin}", parse=parse)
    changed = dataclasses.replace(group, **{key: converted})
    return dataclasses.replace(settings, **{table: changed})


def _convert(value: Any, wanted: Any, where: str, *, parse: bool) -> Any:
    if parse:
        value = _parse(str(value), wanted)
    if wanted is float and type(value) is int:
        value = float(value)
    if wanted == tuple[str, ...] and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = tuple(value)
    expected = tuple if wanted == tuple[str, ...] else wanted
    if type(value) is not expected:
        name = {"tuple": "list of texts", "str": "text", "bool": "true or false"}.get(
            expected.__name__, expected.__name__
        )
        raise SettingsError(f"{where} must be {name}, not {value!r}")
    return value


def _parse(text: str, wanted: Any) -> Any:
    if wanted is bool:
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
            text.lower(), text
        )
    if wanted == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return wanted(text)
    except ValueError:
        return text


def _field_names(group: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(group))


def _require_known(name: str, known: tuple[str, ...], what: str) -> None:
    if name in known:
        return
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    advice = f"did you mean {nearest[0]!r}?" if nearest else f"known are {', '.join(known)}"
    raise SettingsError(f"unknown {what}: {advice}")
