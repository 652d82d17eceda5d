"""Options that several commands share."""

import argparse

from jianbao.settings import Settings, load_settings

_FLAGS = {
    "model": ("model.name", "a shipped model, a directory, or a hub id (see: jianbao models list)"),
    "engine": ("model.engine", "ct2 (CTranslate2 int8, the default) or marian (transformers)"),
    "device": ("model.device", "auto, cpu or cuda"),
    "threads": ("model.threads", "decoding threads; 0 = one per physical core"),
    "beam-size": ("translation.beam_size", "hypotheses kept in the search"),
    "batch-tokens": ("translation.batch_tokens", "source tokens translated together"),
    "memory": (
        "translation.memory_file",
        "the translation memory to use (default: JIANBAO_MEMORY or your own)",
    ),
}


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the profile, the overrides and the flags for the settings that people change most."""
    group = parser.add_argument_group("settings")
    group.add_argument(
        "--profile", metavar="NAME", help="default, fast, quality, or a .toml file of your own"
    )
    for flag, (key, text) in _FLAGS.items():
        group.add_argument(f"--{flag}", metavar="X", dest=_destination(key), help=text)
    group.add_argument(
        "--glossary",
        metavar="FILE",
        action="append",
        help="a glossary on top of the shipped ones; repeatable",
    )
    group.add_argument(
        "--no-memory", action="store_true", help="neither read nor write the translation memory"
    )
    group.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="any setting, e.g. limits.megabytes=50",
    )


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Add ``--ray``."""
    parser.add_argument(
        "--ray",
        metavar="ADDRESS",
        default="",
        help="have a Ray cluster do the work; auto finds a running one (needs: pip install 'jianbao[ray]')",
    )


def add_output_style(parser: argparse.ArgumentParser) -> None:
    """Add ``--quiet`` and ``--json``."""
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that the arguments ask for."""
    overrides = []
    for key, _ in _FLAGS.values():
        value = getattr(arguments, _destination(key))
        if value is not None:
            overrides.append(f"{key}={value}")
    if arguments.no_memory:
        overrides.append("translation.memory=false")
    overrides += arguments.set
    settings = load_settings(arguments.profile, overrides=overrides)
    if arguments.glossary:
        files = ",".join([*settings.glossary.files, *arguments.glossary])
        settings = load_settings(arguments.profile, overrides=[*overrides, f"glossary.files={files}"])
    return settings


def _destination(key: str) -> str:
    return key.replace(".", "_")
