import pytest

from jianbao.titles import render_title


@pytest.mark.parametrize(
    ("title", "english"),
    [
        (
            "中山市科学技术局2018年工作总结及2019年工作计划",
            "2018 Work Summary and 2019 Work Plan of the Zhongshan Municipal Science and Technology Bureau",
        ),
        (
            "呼伦贝尔市应急管理局二○二二年工作总结暨二○二三年工作计划",
            "2022 Work Summary and 2023 Work Plan of the Hulunbuir Municipal Emergency Management Bureau",
        ),
        (
            "云泽县2021年国民经济和社会发展统计公报",
            "2021 Statistical Communiqué on National Economic and Social Development of Yunze County",
        ),
        ("2023年河北省政府工作报告", "2023 Report on the Work of the Government of Hebei Province"),
        ("政府工作报告", None),
        ("关于加强古树名木保护的实施意见", None),
        ("市科技局2020年工作总结", None),
        ("2018年工作情况", "Work in 2018"),
        ("2019年工作设想", "Work plan for 2019"),
        ("存在的主要问题", "Problems"),
        ("总 则", "General Provisions"),
        ("下一步工作打算", "Next steps"),
        ("推动高新区创新发展", None),
    ],
)
def test_titles_follow_the_pattern_or_are_left_to_the_model(title: str, english: str | None) -> None:
    assert render_title(title) == english
