import time

import pytest

from jianbao.quantities import align_figures, carries, find_quantities


def verdicts(source: str, english: str) -> list[tuple[str, str]]:
    return [
        (
            verdict.quantity.text if verdict.quantity else verdict.figure.text if verdict.figure else "",
            verdict.verdict,
        )
        for verdict in align_figures(source, english)
    ]


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        ("投入资金20450万元", "204.5 million yuan was invested", "exact"),
        ("投入资金20450万元", "It invested RMB 204,500,000", "reformatted"),
        ("投入资金20450万元", "20.45 million yuan was invested", "wrong_scale"),
        ("投入资金20450万元", "245.5 million yuan was invested", "wrong_value"),
        ("投入资金20450万元", "204.5 million US dollars was invested", "wrong_value"),
        ("投入资金20450万元", "Money was invested", "missing"),
        ("占比三成", "accounting for 30 percent", "exact"),
        ("占三分之一", "a third of the total", "reformatted"),
        ("提高5个百分点", "up by 5 percent", "wrong_value"),
        ("收入增长1.5倍", "income rose 2.5 times", "reformatted"),
        ("收入增长1.5倍", "income rose 150 times", "wrong_scale"),
        ("产值翻一番", "output doubled", "exact"),
        ("建成3个园区", "Three parks were built", "exact"),
        ("建成1个园区", "A park was built", "reformatted"),
        ("覆盖率达到100%", "covering all villages", "reformatted"),
        ("1500亿斤粮食", "75 million tons of grain", "reformatted"),
        ("新增1亿亩", "an increase of 6.67 million hectares", "reformatted"),
        ("2018年9月5日", "On 5 September 2018", "reformatted"),
        ("2018年9月5日", "On September 6, 2018", "wrong_value"),
        ("“十三五”时期", "in the 12th Five-Year Plan period", "wrong_value"),
        ("奖励3-5万元", "a reward of 30,000 to 50,000 yuan", "exact"),
        ("奖励3-5万元", "a reward of 3,000 to 50,000 yuan", "wrong_scale"),
        ("下午18时以后", "after 6 p.m.", "reformatted"),
    ],
)
def test_verdicts(source: str, english: str, expected: str) -> None:
    (verdict,) = align_figures(source, english)
    assert verdict.verdict == expected


def test_a_figure_without_a_source_is_added() -> None:
    assert verdicts("工作取得成效", "Work paid off, with 35 firms") == [("35", "added")]


def test_markers_idioms_and_pronouns_are_not_added() -> None:
    source = "（三）一是推进“一带一路”建设；二是服务三农。双方共建，四位一体。"
    english = (
        "(3) First, we advanced the Belt and Road as one; second, we served the three rural priorities. "
        "Both sides built a four-in-one model."
    )
    assert verdicts(source, english) == []


def test_repeated_figures_are_counted() -> None:
    source = "国家级5家，省级5家"
    assert [verdict for _, verdict in verdicts(source, "five national and five provincial")] == [
        "exact",
        "exact",
    ]
    assert "missing" in [verdict for _, verdict in verdicts(source, "five national and some provincial")]


def test_exchanged_neighbours_are_wrong() -> None:
    source = "收入增长8.1%、利润增长12.6%"
    assert {v for _, v in verdicts(source, "Revenue grew by 8.1 percent and profit by 12.6 percent")} == {
        "exact"
    }
    assert {v for _, v in verdicts(source, "Revenue grew by 12.6 percent and profit by 8.1 percent")} == {
        "wrong_value"
    }
    assert {v for _, v in verdicts("由1万元提高到2万元", "20,000 yuan, up from 10,000 yuan")} == {"exact"}


def test_verdict_names_the_figure_it_judged() -> None:
    english = "Some 12 parks and 4.5 billion yuan"
    first, second = align_figures("园区12个，投资45亿元", english)
    assert first.figure is not None
    assert second.figure is not None
    assert english[second.figure.start : second.figure.end] == "4.5 billion yuan"


@pytest.mark.parametrize(
    ("source", "english", "right"),
    [
        ("2018年9月", "In September 2018", True),
        ("2018年9月", "In September", False),
        ("3亿元", "0.3 billion yuan", True),
        ("3亿元", "3 billion yuan", False),
        ("PM2.5浓度", "the PM2.5 level", True),
        ("5G基站", "0.5G base stations", False),
        ("三等奖", "third prize", True),
    ],
)
def test_carries(source: str, english: str, right: bool) -> None:
    (quantity,) = find_quantities(source)
    assert carries(quantity, english) is right


def test_alignment_is_linear_enough() -> None:
    source = "，".join(f"企业{number}家增长{number % 90 + 1}.5%" for number in range(1000, 1400))
    english = ", ".join(f"{number:,} firms, up {number % 90 + 1}.5 percent" for number in range(1000, 1400))
    began = time.process_time()
    found = align_figures(source, english)
    assert time.process_time() - began < 3
    assert {verdict.verdict for verdict in found} == {"exact"}
