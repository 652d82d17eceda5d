import json
import shutil
from pathlib import Path

import pytest

from jianbao.checkpoint_settings import CheckpointSettings, load_settings
from jianbao.checkpoints import DEFAULT, checkpoint_names, find_checkpoint, list_checkpoints
from jianbao.errors import ModelError
from jianbao.resources import configs_dir, models_dir


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped checkpoint that a test may damage."""
    target = tmp_path / "checkpoint"
    target.mkdir()
    for file in (models_dir() / DEFAULT).iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return target


def test_resources_are_found() -> None:
    assert (models_dir() / DEFAULT / "config.json").is_file()
    assert any((configs_dir() / "glossaries").glob("*.tsv"))


def test_shipped_checkpoint_is_found_by_name_and_by_path() -> None:
    by_name = find_checkpoint(DEFAULT)
    by_path = find_checkpoint(str(models_dir() / DEFAULT))
    assert by_name.hash == by_path.hash
    assert len(by_name.hash) == 16
    assert by_name.weights.name == "model.safetensors"
    assert by_name.settings.annotation


def test_list_holds_the_default() -> None:
    assert DEFAULT in checkpoint_names()
    assert [c.name for c in list_checkpoints()] == list(checkpoint_names())


def test_hash_follows_the_weights_and_not_the_settings(copy: Path) -> None:
    before = find_checkpoint(str(copy)).hash
    (copy / "jianbao.toml").write_text("beam_size = 1\n")
    assert find_checkpoint(str(copy)).hash == before
    content = bytearray((copy / "model.safetensors").read_bytes())
    content[-1] ^= 1
    (copy / "model.safetensors").write_bytes(content)
    assert find_checkpoint(str(copy)).hash != before


@pytest.mark.parametrize("name", ["config.json", "vocab.json", "source.spm", "target.spm"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=name):
        find_checkpoint(str(copy))


def test_missing_weights_are_named(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors or pytorch_model\.bin"):
        find_checkpoint(str(copy))


def test_weights_cut_short_are_seen_before_loading(copy: Path) -> None:
    content = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match="cut short"):
        find_checkpoint(str(copy))
    (copy / "model.safetensors").write_bytes(b"\xff" * 64)
    with pytest.raises(ModelError, match="damaged"):
        find_checkpoint(str(copy))


def test_a_pointer_of_git_lfs_is_explained(copy: Path) -> None:
    (copy / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    with pytest.raises(ModelError, match="git lfs pull"):
        find_checkpoint(str(copy))


def test_another_architecture_is_refused(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "model_type": "t5"}))
    with pytest.raises(ModelError, match="t5"):
        find_checkpoint(str(copy))


def test_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(ModelError, match=DEFAULT):
        find_checkpoint("gov-zh-fr")


def test_hub_id_without_network_gives_advice(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="shipped model"):
        find_checkpoint("jianbao-tests/there-is-no-such-model")


def test_checkpoint_from_the_hub_cache_needs_no_network(
    tmp_path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def offline(hub_id: str, **options: object) -> str:
        assert options["local_files_only"]
        return str(copy)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    assert find_checkpoint("Helsinki-NLP/opus-mt-zh-en").path == copy


def test_settings_default_to_a_plain_checkpoint(copy: Path) -> None:
    (copy / "jianbao.toml").unlink()
    settings = find_checkpoint(str(copy)).settings
    assert settings == CheckpointSettings()
    assert not settings.annotation
    assert not settings.brief_tag


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("beam = 4", "unknown key 'beam'; did you mean 'beam_size'"),
        ("beam_size = 'four'", "beam_size must be of type int"),
        ("annotation = 1", "annotation must be of type bool"),
        ("beam_size = ", "not valid TOML"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "jianbao.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=words):
        load_settings(path)


def test_whole_numbers_serve_as_floats(tmp_path: Path) -> None:
    path = tmp_path / "jianbao.toml"
    path.write_text("max_ratio = 9")
    assert load_settings(path).max_ratio == 9.0


def test_a_directory_named_like_a_shipped_model_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DEFAULT).mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_checkpoint(DEFAULT).path == models_dir() / DEFAULT
    shutil.rmtree(tmp_path / DEFAULT)
