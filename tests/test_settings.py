import dataclasses
import tomllib
from pathlib import Path

import pytest

from jianbao.errors import SettingsError
from jianbao.resources import configs_dir
from jianbao.settings import Settings, find_glossary, load_settings


def test_the_default_profile_lists_every_key_with_its_default() -> None:
    written = tomllib.loads((configs_dir() / "default.toml").read_text(encoding="utf-8"))
    defaults = dataclasses.asdict(Settings())
    assert {table: list(keys) for table, keys in written.items()} == {
        table: list(keys) for table, keys in defaults.items()
    }
    assert load_settings(environment={}) == Settings()


@pytest.mark.parametrize("profile", ["fast", "quality"])
def test_shipped_profiles_load(profile: str) -> None:
    assert load_settings(profile, environment={}) != Settings()


def test_overrides_win_over_environment_and_profile(tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text("[translation]\nbeam_size = 2\nmemory = false\n", encoding="utf-8")
    environment = {
        "JIANBAO_TRANSLATION_BEAM_SIZE": "3",
        "JIANBAO_LIMITS_MEGABYTES": "7",
        "JIANBAO_MEMORY": "x",
    }
    settings = load_settings(str(profile), environment=environment, overrides=["translation.beam_size=5"])
    assert settings.translation.beam_size == 5
    assert settings.translation.memory is False
    assert settings.limits.megabytes == 7.0
    assert load_settings(str(profile), environment=environment).translation.beam_size == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[translation]\nbeam_siz = 2\n", ["translation.beam_siz", "'beam_size'", "mine.toml"]),
        ("[translaton]\nbeam_size = 2\n", ["translaton", "'translation'", "mine.toml"]),
        ("[translation]\nbeam_size = 'two'\n", ["translation.beam_size", "int", "'two'"]),
        ("beam_size = 2\n", ["beam_size", "mine.toml"]),
        ("[translation\n", ["mine.toml", "not valid TOML"]),
    ],
)
def test_a_wrong_profile_names_file_key_and_what_is_allowed(
    tmp_path: Path, content: str, said: list[str]
) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(str(profile), environment={})
    assert all(part in str(caught.value) for part in said)


def test_a_wrong_override_is_named() -> None:
    with pytest.raises(SettingsError, match=r"--set limits\.megabytes=much"):
        load_settings(environment={}, overrides=["limits.megabytes=much"])
    with pytest.raises(SettingsError, match=r"table\.key=value"):
        load_settings(environment={}, overrides=["megabytes"])


def test_a_missing_profile_or_glossary_lists_those_that_are_shipped() -> None:
    with pytest.raises(SettingsError, match="default, fast, quality"):
        load_settings("slow", environment={})
    with pytest.raises(SettingsError, match="gov-sci-tech"):
        find_glossary("medicine")
