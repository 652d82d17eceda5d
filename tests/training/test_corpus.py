from collections.abc import Sequence
from pathlib import Path

import pytest

from jianbao.training.corpus import Pair, is_clean, load_corpus
from jianbao.training.leaks import LeakError, LeakIndex, without_leaks
from jianbao.training.recipe import Cleaning, HeldOut, Recipe, Source


def write_tsv(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def load(tmp_path: Path, rows: Sequence[tuple[str, ...]], **options: object) -> list[Pair]:
    write_tsv(tmp_path / "a.tsv", rows)
    source = Source(file="a.tsv", weight=1, **options)  # type: ignore[arg-type]
    recipe = Recipe(name="x", directory=str(tmp_path), sources=(source,))
    return load_corpus(recipe, cache=tmp_path / "cache")[0][1]


def test_loading_normalises_filters_and_drops_duplicates(tmp_path: Path) -> None:
    rows = [
        ("新建 学校１２所，改造３所。", "We built 12 schools — and rebuilt 3.", "a"),
        ("新建学校12所,改造3所。", "We built 12 schools - and rebuilt 3.", "b"),
        ("完全没有译文的一个句子在这里", "NA", "a"),
        ("只有中文", "还是中文", "a"),
        ("null", "no Chinese here", "a"),
        ("绿化造林", "Planting trees", "skip-this"),
    ]
    pairs = load(tmp_path, rows, without=("skip",))
    assert pairs == [Pair("新建学校12所,改造3所。", "We built 12 schools - and rebuilt 3.", "a")]


def test_a_cap_samples_the_same_pairs_every_time(tmp_path: Path) -> None:
    rows = [(f"第{n}号文件已经印发", f"Document No. {n} was issued", "a") for n in range(50)]
    first = load(tmp_path, rows, cap=10)
    assert len(first) == 10
    assert first == load(tmp_path, rows, cap=10)
    assert first != [Pair(*row) for row in rows[:10]]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("点击<b>这里</b>", "Click <b>here</b>"),
        ("一个相当长的中文句子配了太短的英文", "Too short"),
        ("这个句子有日文", "これは English"),
    ],
)
def test_dirty_pairs(source: str, target: str) -> None:
    assert not is_clean(source, target, Cleaning())


RULES = HeldOut(ngram=8, share=0.6, least=10)


@pytest.mark.parametrize(
    ("sentence", "leaks"),
    [
        ("我们将继续做好防汛抗旱工作,确保群众安全。", True),
        ("二是我们将继续做好防汛抗旱工作,确保群众的安全。", True),
        ("今年,我们将继续做好防汛抗旱工作,确保群众安全,同时改善水利设施、修建水库三座。", True),
        ("我们将继续做好招商引资工作,确保项目落地。", False),
        ("做好防汛抗旱工作", False),
    ],
)
def test_what_counts_as_a_leak(tmp_path: Path, sentence: str, leaks: bool) -> None:
    (tmp_path / "report.txt").write_text("我们将继续做好防汛抗旱工作,确保群众安全。\n", encoding="utf-8")
    assert bool(LeakIndex(RULES, [tmp_path / "report.txt"]).find(sentence)) is leaks


def test_a_planted_leak_fails_the_build_unless_it_may_be_removed(recipe: Recipe, tmp_path: Path) -> None:
    planted = Pair("全市新增体育场馆12座,市民满意度明显提高。", "The city added 12 sports venues.", "doc")
    good = Pair("改善营商环境,服务企业发展。", "We will improve the business environment.", "doc")
    source = recipe.sources[0]
    with pytest.raises(LeakError, match=r"1 training sentences repeat .* repeats held\.tsv"):
        without_leaks(recipe, [(source, [good, planted])])
    import dataclasses

    lenient = dataclasses.replace(recipe, held_out=dataclasses.replace(recipe.held_out, removable=1))
    kept, counts = without_leaks(lenient, [(source, [good, planted])])
    assert kept == [(source, [good])]
    assert counts == {"official.tsv repeats held.tsv": 1}
