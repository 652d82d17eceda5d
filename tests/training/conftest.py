"""A tiny corpus and recipe: real text of a few patterns, a model of width 32."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from jianbao.training import load_recipe
from jianbao.training.recipe import Recipe

_WHAT = [
    ("高新技术企业", "high-tech enterprises"), ("科技园区", "science parks"), ("乡村公路", "rural roads"),
    ("公共图书馆", "public libraries"), ("养老服务中心", "elderly care centers"), ("孵化器", "incubators"),
]  # fmt: skip
_PLACES = [("青山县", "Qingshan County"), ("白河县", "Baihe County"), ("南岭市", "Nanling City"),
           ("东港市", "Donggang City"), ("临溪县", "Linxi County"), ("北塘市", "Beitang City")]  # fmt: skip
_RECIPE = """
name = "tiny"
seed = 3
description = "A toy."
licence = "Apache-2.0"
corpus = "corpus"

[[sources]]
file = "official.tsv"
weight = 4
domain = true
licence = "own"

[[sources]]
file = "briefs.tsv"
weight = 1
tag = "<e>"
licence = "own"

[held_out]
files = ["held.tsv", "report.txt"]

[lexicons]
glossaries = ["glossary.tsv"]
places = ["places.tsv"]
dictionaries = ["dictionary.tsv"]

[augmentation]
joined = 0.3
run_in = 0.1
listed = 0.1
swapped = 0.5
punctuation = 0.2

[tokenizer]
vocabulary = 420
characters = "陇皖沪黔"

[architecture]
d_model = 32
ffn = 64
heads = 2
encoder_layers = 1
decoder_layers = 1
positions = 128

[schedule]
rate = 0.01
warmup = 10
decay = "constant"
steps = 40
batch_tokens = 1024
max_tokens = 96
rungs = [16, 32, 48, 64, 96]
draw = 2000
log_steps = 10
processes = 1
average = 0.9

[[dev]]
name = "dev"
file = "held.tsv"

[settings]
annotation = true
brief_tag = "<e>"
"""


def official(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Made-up sentences with their English, and some headings."""
    rng = random.Random(seed)
    pairs = []
    for _ in range(count):
        (what, thing), (place, name) = rng.choice(_WHAT), rng.choice(_PLACES)
        number, percent = rng.randrange(20, 990), rng.randrange(2, 99)
        pairs += [
            (f"去年,{place}新建{what}{number}个,增长{percent}%。",
             f"Last year, {name} built {number} new {thing}, an increase of {percent} percent."),
            (f"{place}投入资金{number}万元,支持{what}建设。",
             f"{name} invested {number * 10_000:,} yuan to support the construction of {thing}."),
            (f"加快{place}{what}建设", f"Accelerating the Building of {thing.title()} in {name}"),
        ]  # fmt: skip
    return pairs


def write_tsv(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def recipe_path(tmp_path: Path) -> Path:
    """A recipe file with its corpus, lexicons and held-out texts around it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    rows = official(120)
    write_tsv(corpus / "official.tsv", [(zh, en, "doc") for zh, en in rows])
    write_tsv(corpus / "briefs.tsv", [(zh, en.split(",")[0] + ".", "brief") for zh, en in rows[:40]])
    write_tsv(tmp_path / "held.tsv", [
        ("全市新增体育场馆12座,市民满意度明显提高。", "The city added 12 sports venues; residents were pleased."),
        ("教育支出达到3.5亿元。", "Spending on education reached 350 million yuan."),
    ])  # fmt: skip
    (tmp_path / "report.txt").write_text("我们将继续做好防汛抗旱工作,确保群众安全。\n", encoding="utf-8")
    header = ("source", "target", "variants", "forbidden")
    write_tsv(tmp_path / "glossary.tsv", [header, ("高新技术企业", "high-tech enterprise", "", "")])
    write_tsv(tmp_path / "places.tsv", _PLACES)
    write_tsv(
        tmp_path / "dictionary.tsv",
        [("支持", "to support"), ("公路", "road; highway"), ("建设", "to build; construction")],
    )
    path = tmp_path / "recipe.toml"
    path.write_text(_RECIPE, encoding="utf-8")
    return path


@pytest.fixture
def recipe(recipe_path: Path) -> Recipe:
    return load_recipe(recipe_path)
