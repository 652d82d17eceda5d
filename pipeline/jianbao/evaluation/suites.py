"""Suites: what to evaluate and what must be reached, as a TOML file, so that it can stand in a build.

::

    description = "Our gold set, translated here and now"
    source = "../gold/gold.jsonl"        # or: report = "../../seeds/….txt", or: abstracts = "….jsonl"
    reference = "…"                      # where the source file holds none
    glossary = ["gov-sci-tech"]          # shipped names or files; the default profile's by default

    [[systems]]
    name = "jianbao"
    profile = "default"                  # translate with this profile
    [[systems]]
    name = "other"
    hypothesis = "other.en"              # or judge this file
    entities = true                      # … which holds HTML entities

    [thresholds]                         # of the first system
    "figures.accuracy" = 0.98

Paths are relative to the suite's file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianbao.errors import InputError, SettingsError
from jianbao.evaluation.harness import check_metric
from jianbao.resources import data_root

_KEYS = {
    "description",
    "source",
    "report",
    "abstracts",
    "reference",
    "glossary",
    "systems",
    "thresholds",
    "overrides",
}
_SYSTEM_KEYS = {"name", "profile", "hypothesis", "entities", "method", "overrides"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteSystem:
    """A system of a suite: translated with ``profile``, or read from ``hypothesis``.

    ``method`` is the summarizer of a suite of abstracts ("expert" = the references themselves). ``overrides`` are
    settings, ``table.key=value``.
    """

    name: str
    profile: str = "default"
    hypothesis: Path | None = None
    entities: bool = False
    method: str = ""
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite as read; exactly one of ``source``, ``report`` and ``abstracts`` is there."""

    name: str
    description: str
    systems: tuple[SuiteSystem, ...]
    source: Path | None = None
    report: Path | None = None
    abstracts: Path | None = None
    reference: Path | None = None
    glossary: tuple[str, ...] = ()
    thresholds: Mapping[str, float]


def suites_dir() -> Path:
    """The folder of the shipped suites."""
    return data_root() / "eval" / "suites"


def find_suite(name: str) -> Suite:
    """The suite of a shipped name or a ``.toml`` path.

    Raises:
        SettingsError: there is no such suite, or it is malformed.
        InputError: a file it names is not here.
    """
    path = Path(name) if name.endswith(".toml") else suites_dir() / f"{name}.toml"
    if not path.is_file():
        shipped = sorted(p.stem for p in suites_dir().glob("*.toml"))
        raise SettingsError(f"no suite {name!r}; give a .toml file or one of {', '.join(shipped)}")
    return read_suite(path)


def read_suite(path: Path) -> Suite:
    """Read and check a suite file; see ``find_suite`` for the errors."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    _require_known(values, _KEYS, str(path))
    kinds = [key for key in ("source", "report", "abstracts") if key in values]
    if len(kinds) != 1:
        raise SettingsError(
            f"{path}: give exactly one of source, report and abstracts, not {kinds or 'none'}"
        )
    systems = tuple(_system(path, values, own) for own in values.get("systems", [{"name": "jianbao"}]))
    limits = values.get("thresholds", {})
    for metric, limit in limits.items():
        check_metric(metric)
        if not isinstance(limit, int | float) or isinstance(limit, bool):
            raise SettingsError(f"{path}: threshold {metric} must be a number, not {limit!r}")
    return Suite(
        name=path.stem,
        description=values.get("description", ""),
        systems=systems,
        source=_file(path, values, "source"),
        report=_file(path, values, "report"),
        abstracts=_file(path, values, "abstracts"),
        reference=_file(path, values, "reference"),
        glossary=tuple(values.get("glossary", ())),
        thresholds={metric: float(limit) for metric, limit in limits.items()},
    )


def _system(path: Path, suite: Mapping[str, Any], values: Mapping[str, Any]) -> SuiteSystem:
    _require_known(values, _SYSTEM_KEYS, f"{path}, systems")
    if "name" not in values:
        raise SettingsError(f"{path}: a system has no name; give it one")
    return SuiteSystem(
        name=values["name"],
        profile=values.get("profile", "default"),
        hypothesis=_file(path, values, "hypothesis"),
        entities=bool(values.get("entities", False)),
        method=values.get("method", ""),
        overrides=(*suite.get("overrides", ()), *values.get("overrides", ())),
    )


def _file(path: Path, values: Mapping[str, Any], key: str) -> Path | None:
    if key not in values:
        return None
    found = (path.parent / str(values[key])).resolve()
    if not found.exists():
        raise InputError(f"suite {path.stem} needs {found}, which is not here; get it or run another suite")
    return found


def _require_known(values: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(values) - known):
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; there are {', '.join(sorted(known))}")
