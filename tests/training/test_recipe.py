from pathlib import Path

import pytest

from jianbao.errors import SettingsError
from jianbao.training import load_recipe


def test_paths_start_at_the_recipe(recipe_path: Path) -> None:
    recipe = load_recipe(recipe_path)
    assert recipe.corpus_path("official.tsv") == recipe_path.parent / "corpus" / "official.tsv"
    assert recipe.sources[0].domain
    assert recipe.schedule.rungs == (16, 32, 48, 64, 96)


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('name = "x"\n[schedule]\nrat = 1.0\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"schedule: unknown key 'rat'; did you mean 'rate'"):
        load_recipe(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('seed = "one"', "seed must be a whole number"),
        ('[schedule]\ndecay = "linear"', "decay must be one of 'constant', 'cosine', 'sqrt'"),
        ('[[sources]]\nfile = "a"', "'weight' is missing"),
    ],
)
def test_wrong_values_say_what_is_allowed(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "r.toml"
    path.write_text(f'name = "x"\n{line}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_recipe(path)


def test_a_recipe_extends_another(recipe_path: Path) -> None:
    wide = recipe_path.parent / "wide.toml"
    wide.write_text(
        'extends = "recipe.toml"\nname = "wide"\n[architecture]\nd_model = 64\n', encoding="utf-8"
    )
    recipe = load_recipe(wide)
    assert (recipe.name, recipe.architecture.d_model, recipe.architecture.ffn) == ("wide", 64, 64)
    assert len(recipe.sources) == 2


def test_the_shipped_recipes_load() -> None:
    folder = Path(__file__).parents[2] / "models"
    names = {load_recipe(path).name for path in folder.glob("*.toml")}
    assert "gov-zh-en" in names
