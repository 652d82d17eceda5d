from hypothesis import given
from hypothesis import strategies as st

from jianbao.summarizers._core import LONGEST, core
from jianbao.summarizers._features import FEATURES, bigrams, features, is_bare, overlap
from jianbao.summarizers._selection import load_selector

SECTION = [
    "坚持以新发展理念为引领,凝心聚力再上新台阶。",
    "全年新增孵化器12家,孵化面积达到36万平方米,在孵企业增长21.5%。",
    "办好各类活动。",
    "安排专项资金2.4亿元,支持企业技术改造项目85个,带动投资31亿元。",
    "继续做好宣传工作。",
    "对这些问题,我们将认真加以解决。",
]
SENTENCES = st.lists(st.text(alphabet="建设成效增长3%亿元,“”《》坚持企业", max_size=60), max_size=12)


def test_sentences_with_results_carry_a_section_and_slogans_do_not() -> None:
    order = load_selector().rank(SECTION)
    assert set(order[:2]) == {1, 3}
    assert order.index(5) >= 3


def test_a_sentence_said_twice_is_chosen_once() -> None:
    twice = [SECTION[1], SECTION[1], SECTION[3], "出台科技金融政策5项,发放贷款18亿元。"]
    assert set(load_selector().rank(twice)[:3]) != {0, 1, 2}


def test_points_share_the_abstract() -> None:
    sentences = ["建成实验室12个,投入2亿元。", "建成中试基地11个,投入3亿元。", "引进人才130名,投入1亿元。"]
    selector = load_selector()
    assert 2 in selector.rank(sentences, points=[1, 1, 2])[:2]


@given(SENTENCES)
def test_choice_is_in_order_within_bounds_and_repeatable(sentences: list[str]) -> None:
    selector = load_selector()
    chosen = selector.choose(sentences)
    assert chosen == sorted(set(chosen))
    assert min(selector.fewest, len(sentences)) <= len(chosen) <= min(selector.most, len(sentences))
    assert chosen == selector.choose(sentences)
    assert sorted(selector.rank(sentences)) == list(range(len(sentences)))


@given(SENTENCES)
def test_every_feature_is_a_small_number(sentences: list[str]) -> None:
    for row in features(sentences, "一、工作情况"):
        assert len(row) == len(FEATURES)
        assert all(abs(value) < 10 for value in row)


def test_salutations_are_bare() -> None:
    assert is_bare("各位代表!")
    assert is_bare("明年重点做好以下工作。")
    assert is_bare("向全体科技工作者表示衷心感谢!")
    assert not is_bare("全市专利授权量突破3万件。")


@given(st.text(max_size=30), st.text(max_size=30))
def test_overlap_is_a_share(a: str, b: str) -> None:
    assert 0.0 <= overlap(bigrams(a), bigrams(b)) <= 1.0


def test_core_is_the_clause_with_the_figures() -> None:
    sentence = (
        "坚持把创新摆在发展全局的核心位置,深入贯彻上级决策部署,持续完善工作机制,"
        "全年认定工程技术研究中心48家、新型研发机构9家,进一步营造良好氛围。"
    )
    assert "48家" in core(sentence)
    assert "深入贯彻" not in core(sentence)
    assert len(core(sentence)) <= LONGEST + 1


def test_a_dependent_clause_does_not_open_a_core() -> None:
    sentence = (
        "全市高新技术产品产值达到1250亿元,占规模以上工业总产值的46.8%,比上年提高2.1个百分点,"
        "拥有省级以上企业研发机构312家,各项工作取得了明显成效和新的进展。"
    )
    assert not core(sentence).startswith(("占", "比"))


@given(st.text(alphabet="建成企业12家,;、“”《》()。", max_size=120))
def test_core_never_cuts_quotes_and_is_made_of_the_sentence(sentence: str) -> None:
    found = core(sentence)
    assert found.rstrip("。,;:") in core(sentence, 10_000)
