import json
from pathlib import Path

import pytest
import torch

from jianbao.checkpoints import find_checkpoint
from jianbao.constraints import plain
from jianbao.engines import DecodingOptions, load_engine
from jianbao.training import load_recipe, prepare, train
from jianbao.training.exporting import write_directory
from jianbao.training.gpu_run import main as gpu_main
from jianbao.training.packing import load
from jianbao.training.plot import plot_log
from jianbao.training.recipe import Recipe
from jianbao.training.tokenizer import Pieces


def test_prepare_writes_what_the_recipe_asks_for(recipe: Recipe, tmp_path: Path) -> None:
    data = prepare(recipe, tmp_path / "out")
    packed, pieces = load(data), Pieces(data / "joint.spm")
    report = json.loads((data / "build.json").read_text(encoding="utf-8"))
    assert report["packed"]["examples"] == len(packed)
    assert 0.3 < report["examples"]["annotated"] / report["examples"]["all"] < 0.9
    texts = pieces._model.decode(
        [packed.source[packed.source_at[i] : packed.source_at[i + 1]].tolist() for i in range(len(packed))]
    )
    annotated = [text for text in texts if "<t>" in text]
    assert any("万元<e>" in text for text in annotated)
    assert any("<t>高新技术企业<e>high-tech enterprise</t>" in text for text in annotated)
    assert any(text.startswith("<e>") for text in texts)
    assert all("<" not in plain(text.removeprefix("<e>")) for text in texts)


def test_the_tokenizer_keeps_tags_and_falls_back_to_bytes(recipe: Recipe, tmp_path: Path) -> None:
    pieces = Pieces(prepare(recipe, tmp_path / "out") / "joint.spm")
    vocabulary = pieces.vocabulary()
    assert (pieces.end, vocabulary["</s>"], vocabulary["<pad>"]) == (0, 0, pieces.pad)
    assert {"<t>", "<e>", "</t>", "陇", "皖", "沪", "黔", "<0xE9>"} <= vocabulary.keys()
    assert not any(piece.strip("▁").isdigit() and len(piece.strip("▁")) > 1 for piece in vocabulary)
    (ids,) = pieces.encode(["<t>陇<e>Gansu</t>龘"])
    assert pieces._model.decode(ids) == "<t>陇<e>Gansu</t>龘"


def limited(path: Path, name: str, steps: int) -> Path:
    copy = path.with_name(name)
    copy.write_text(
        path.read_text(encoding="utf-8").replace("steps = 40", f"steps = {steps}"), encoding="utf-8"
    )
    return copy


def test_training_learns_and_resumes_exactly(recipe_path: Path, tmp_path: Path) -> None:
    data = prepare(load_recipe(recipe_path), tmp_path / "out")
    whole = torch.load(train(recipe_path, tmp_path / "whole", data=data))
    log = [json.loads(line) for line in (tmp_path / "whole/log.jsonl").read_text().splitlines()]
    assert log[-1]["step"] == 40
    assert log[-1]["loss"] < log[0]["loss"] - 0.3
    half = limited(recipe_path, "half.toml", 20)
    assert torch.load(train(half, tmp_path / "parts", data=data))["step"] == 20
    parts = torch.load(train(recipe_path, tmp_path / "parts", data=data))
    assert parts["step"] == whole["step"] == 40
    assert parts["position"] == whole["position"]
    for name in ("model", "average"):
        for key, value in whole[name].items():
            assert torch.equal(value, parts[name][key]), key
    assert "polyline" in plot_log(tmp_path / "whole/log.jsonl", tmp_path / "plot.svg").read_text()


def test_a_stop_file_ends_a_run(recipe_path: Path, tmp_path: Path) -> None:
    from jianbao.training.trainer import RunOptions, Trainer

    data = prepare(load_recipe(recipe_path), tmp_path / "out")
    trainer = Trainer(load_recipe(recipe_path), RunOptions(data=data, out=tmp_path / "run"))
    (tmp_path / "run/stop").touch()
    assert trainer.run().step == 0
    assert (tmp_path / "run/checkpoint.pt").is_file()


@pytest.mark.slow
def test_two_processes_train_one_model(recipe_path: Path, tmp_path: Path) -> None:
    data = prepare(load_recipe(recipe_path), tmp_path / "out")
    both = recipe_path.with_name("both.toml")
    both.write_text(
        recipe_path.read_text().replace("processes = 1", "processes = 2").replace("steps = 40", "steps = 20")
    )
    content = torch.load(train(both, tmp_path / "run", data=data))
    assert content["step"] == 20
    log = [json.loads(line) for line in (tmp_path / "run/log.jsonl").read_text().splitlines()]
    assert log[-1]["loss"] < log[0]["loss"]


@pytest.mark.slow
def test_an_exported_directory_works_in_both_engines(recipe_path: Path, tmp_path: Path) -> None:
    from transformers import MarianMTModel

    from jianbao.training import export

    recipe = load_recipe(recipe_path)
    out = tmp_path / "run"
    train(recipe_path, out)
    directory = export(recipe, out, tmp_path / "shipped")
    model = MarianMTModel.from_pretrained(directory)
    assert model.config.d_model == 32
    card = (directory / "README.md").read_text(encoding="utf-8")
    assert "| dev (2) | figures and terms annotated |" in card
    assert "40 steps" in card
    assert (directory / "jianbao.toml").read_text().count("\n") == 3
    checkpoint = find_checkpoint(str(directory))
    for name in ("ct2", "marian"):
        (found,) = load_engine(name, checkpoint, device="cpu", threads=1).decode(
            ["青山县新建科技园区30个"], DecodingOptions(beam_size=1, max_length=20)
        )
        assert found[0].text


@pytest.mark.slow
def test_the_gpu_folder_trains_and_joins(recipe_path: Path, tmp_path: Path) -> None:
    data = prepare(load_recipe(recipe_path), tmp_path / "out")
    first = train(limited(recipe_path, "few.toml", 5), tmp_path / "run", data=data)
    gpu, parts, joined = tmp_path / "gpu", tmp_path / "parts", tmp_path / "joined.pt"
    assert (
        gpu_main(
            ["pack", str(recipe_path), str(gpu), "--data", str(data), "--share", "0.5", "--init", str(first)]
        )
        == 0
    )
    assert len(load(gpu)) < len(load(data))
    assert (
        gpu_main(
            [
                "train",
                str(recipe_path),
                str(gpu),
                "--out",
                str(tmp_path / "g"),
                "--parts",
                str(parts),
                "--minutes",
                "0.03",
            ]
        )
        == 0
    )
    assert gpu_main(["join", str(parts), str(joined)]) == 0
    write_directory(load_recipe(recipe_path), joined, data / "joint.spm", tmp_path / "shipped")
    assert find_checkpoint(str(tmp_path / "shipped")).files
