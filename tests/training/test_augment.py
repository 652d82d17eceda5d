import random

from jianbao.training.augment import joined, listed, run_in, varied_punctuation, with_marker, without_marker
from jianbao.training.corpus import Pair
from jianbao.training.mining import mine_phrases

HEADINGS = [
    Pair("推进园区建设", "Advancing the Building of Parks", "a"),
    Pair("(三)改善民生", "(3) Improving lives", "a"),
]
SENTENCES = [
    Pair(f"我们去年为群众办了{n}件实事。", f"We did {n} practical things for the people last year.", "a")
    for n in range(20, 40)
]


def test_joined_neighbours_stay_neighbours() -> None:
    units = joined([*SENTENCES, SENTENCES[0]._replace(origin="b")], 10, longest=60, rng=random.Random(1))
    assert len(units) == 10
    for unit in units:
        assert len(unit.source) <= 60
        assert unit.source.count("。") == unit.target.count(".") in (2, 3, 4)
        numbers = [int(n) for n in "".join(c if c.isdigit() else " " for c in unit.source).split()]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_heading_runs_into_its_sentence() -> None:
    for unit in run_in([*HEADINGS, *SENTENCES], 5, longest=60, rng=random.Random(1)):
        assert unit.source.startswith(("推进园区建设", "改善民生"))
        assert unit.target.startswith(("Advancing the Building of Parks. We", "Improving lives. We"))


def test_lists_are_numbered_on_both_sides() -> None:
    for unit in listed(SENTENCES, 5, longest=100, rng=random.Random(1)):
        assert unit.source.startswith("一是我们")
        assert ";二是我们" in unit.source
        assert unit.target.startswith("First, we did")
        assert "Second, we did" in unit.target


def test_markers_go_and_come_on_both_sides() -> None:
    assert without_marker(HEADINGS[1]) == Pair("改善民生", "Improving lives", "a")
    assert without_marker(HEADINGS[0]) == HEADINGS[0]
    assert without_marker(with_marker(HEADINGS[0], random.Random(2))) == HEADINGS[0]


def test_punctuation_varies_but_not_the_words() -> None:
    source = "坚持“三个优先”,教育、卫生投入达12亿元;民生持续改善。"
    rng = random.Random(1)
    varied = {varied_punctuation(source, rng) for _ in range(40)}
    assert len(varied) > 4
    assert {"".join(c for c in v if c.isalnum()) for v in varied} == {
        "坚持三个优先教育卫生投入达12亿元民生持续改善"
    }


def test_phrases_are_mined_where_both_sides_go_together() -> None:
    contexts = [
        ("发展", "develop", "产业"), ("培育", "foster", "集群"), ("形成", "form", "优势"), ("看", "see", "潜力"),
        ("以", "use", "为引擎"), ("加快", "speed up", "布局"), ("壮大", "grow", "主体"), ("研究", "study", "规律"),
    ]  # fmt: skip
    pairs = [
        Pair(f"{before}新质生产力{after}", f"We will {verb} new quality productive forces {verb}", "x")
        for before, verb, after in contexts
    ] + [
        Pair(f"{before}经济{after}", f"We will {verb} the economy {verb}", "x")
        for before, verb, after in contexts
    ]
    mined = dict(mine_phrases(pairs, least=8))
    assert mined.get("新质生产力") == "new quality productive forces"
