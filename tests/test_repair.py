import pytest

from jianbao.checkpoint_settings import CheckpointSettings
from jianbao.document import Constraint
from jianbao.judging import Unit, best, judge
from jianbao.repair import repair, to_pinyin

SETTINGS = CheckpointSettings()


def term(source: str, target: str, at: str, *forbidden: str) -> Constraint:
    start = at.index(source)
    return Constraint(
        start=start, end=start + len(source), source=source, target=target, kind="term", forbidden=forbidden
    )


def repaired(source: str, english: str, *constraints: Constraint) -> str:
    unit = Unit(source=source, constraints=constraints)
    return repair(unit, judge(unit, english, -0.5, "model", SETTINGS))


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("转移群众1.9万人。", "190,000 people were moved.", "19,000 people were moved."),
        (
            "完成投资10350万元,增长4.5%。",
            "Investment reached 1.035 billion yuan, up 4.5 percent.",
            "Investment reached 103.5 million yuan, up 4.5 percent.",
        ),
        (
            "新增企业1634家,增长4.5%。",
            "1,643 firms were added, up 45 percent.",
            "1,634 firms were added, up 4.5 percent.",
        ),
        ("截至11月,新增企业73家。", "By October, 73 firms were added.", "By November, 73 firms were added."),
        ("2018年9月,启动改革。", "In June 2018, reform began.", "In September 2018, reform began."),
        (
            "3月试运行,6月上线。",
            "Trials began in April; it went online in May.",
            "Trials began in April; it went online in May.",
        ),
    ],
)
def test_a_wrong_figure_with_one_possible_owner_is_replaced(source: str, wrong: str, right: str) -> None:
    assert repaired(source, wrong) == right


def test_figures_that_could_be_each_others_are_left() -> None:
    wrong = "There are 31 schools and 41 hospitals."
    assert repaired("全市有学校30所、医院40所。", wrong) == wrong


def test_a_right_text_is_left_alone() -> None:
    right = "Investment reached 103.5 million yuan in 2018."
    assert repaired("2018年完成投资10350万元。", right) == right


def test_a_forbidden_rendering_gives_way() -> None:
    source = "党的十九大精神深入人心。"
    constraint = term("精神", "guiding principles", source, "spirit")
    assert repaired(source, "The spirit took root.", constraint) == "The guiding principles took root."


def test_chinese_becomes_its_rendering_or_pinyin() -> None:
    source = "翠亨新区与中山港签约。"
    constraint = term("翠亨新区", "Cuiheng New Area", source)
    english = repaired(source, "翠亨新区 signed with中山港.", constraint)
    assert english == "Cuiheng New Area signed with Zhongshangang."
    assert to_pinyin("重庆") == "Chongqing"


def test_figures_weigh_more_than_terms_and_likelihood() -> None:
    source = "新增高新技术企业669家。"
    unit = Unit(source=source, constraints=(term("高新技术企业", "high-tech enterprises", source),))
    fluent = judge(unit, "Many high-tech enterprises were added.", -0.1, "model", SETTINGS)
    exact = judge(unit, "669 high-tech firms were added.", -0.9, "model", SETTINGS)
    perfect = judge(unit, "669 high-tech enterprises were added.", -1.2, "model", SETTINGS)
    assert best([fluent, exact]) is exact
    assert best([fluent, exact, perfect]) is perfect
    assert perfect.sound
    assert fluent.grave
    assert not exact.grave


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("We will will strengthen the supervision of the market.", "loop"),
        ("We will strengthen the supervision of 市场.", "chinese"),
        ("We will.", "short"),
        ("We will " + " ".join(f"strengthen item {chr(97 + i)}" for i in range(20)) + ".", "long"),
    ],
)
def test_faults_are_named(english: str, fault: str) -> None:
    judged = judge(Unit(source="加强对市场的监督管理。"), english, -0.3, "model", SETTINGS)
    assert fault in judged.faults
    assert judged.grave


def test_tags_are_gone_before_judging() -> None:
    unit = Unit(source="完成投资10350万元。")
    judged = judge(unit, "Investment was <t>10350万元<e>103.5 million yuan</t>.", -0.3, "model", SETTINGS)
    assert judged.text == "Investment was 103.5 million yuan."
    assert judged.sound
