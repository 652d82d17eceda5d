from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.quantities import find_quantities

REPOSITORY = Path(__file__).parents[2]


def targets(text: str) -> list[tuple[str, str]]:
    return [(quantity.text, quantity.target) for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "span", "target"),
    [
        ("投入资金20450万元", "20450万元", "204.5 million yuan"),
        ("总值365.21亿元", "365.21亿元", "36.521 billion yuan"),
        ("规模2.09万亿元", "2.09万亿元", "2.09 trillion yuan"),
        ("补贴３.５万元", "３.５万元", "35,000 yuan"),
        ("收费800元", "800元", "800 yuan"),
        ("出口12300美元", "12300美元", "US$12,300"),
        ("造林12300亩", "12300亩", "12,300 mu"),
        ("办理12345热线工单", "12345", "12345"),
        ("共12,345,678元", "12,345,678元", "12.345678 million yuan"),
        ("共12,345,678.9元", "12,345,678.9元", "12,345,678.9 yuan"),
        ("出资1234.5678万元", "1234.5678万元", "12.345678 million yuan"),
        ("出口0。84亿美元", "0。84亿美元", "US$84 million"),
        ("捐款5万港元", "5万港元", "HK$50,000"),
        ("壹佰万元", "壹佰万元", "1 million yuan"),
        ("三千余万元", "三千余万元", "more than 30 million yuan"),
        ("30多亿元", "30多亿元", "more than 3 billion yuan"),
        ("新增4万多亿元", "4万多亿元", "more than 4 trillion yuan"),
        ("家企业2710家", "2710", "2,710"),
        ("企业 145 家", "145", "145"),
        ("全县1 326株", "1 326", "1,326"),
        ("引进人才7名", "7", "seven"),
        ("惠及84.3万人次", "84.3万", "843,000"),
        ("惠及843万人次", "843万", "8.43 million"),
        ("组织二十三家企业", "二十三", "23"),
        ("服务1500余家企业", "1500余", "more than 1,500"),
        ("百余名专家", "百余", "more than 100"),
        ("十几个项目", "十几", "more than 10"),
        ("造林10万亩", "10万亩", "100,000 mu"),
        ("新建公路1公里", "1公里", "1 kilometer"),
        ("装机6万千瓦", "6万千瓦", "60,000 kilowatts"),
        ("外送电量743亿千瓦时", "743亿千瓦时", "74.3 billion kilowatt-hours"),
        ("面积9.8平方公里", "9.8平方公里", "9.8 square kilometers"),
        ("工作六个半小时", "六个半", "6.5"),
        ("增长4.50%", "4.50%", "4.50 percent"),
        ("下降-2.1%", "-2.1%", "-2.1 percent"),
        ("提高2.5个百分点", "2.5个百分点", "2.5 percentage points"),
        ("下调25个基点", "25个基点", "25 basis points"),
        ("占百分之三点五", "百分之三点五", "3.5 percent"),
        ("死亡率5.2‰", "5.2‰", "5.2 per mille"),
        ("超过六成为企业", "六成", "60 percent"),
        ("占比三成五", "三成五", "35 percent"),
        ("占全国的三分之一", "三分之一", "one-third"),
        ("占全国1/4", "1/4", "one-quarter"),
        ("产值翻两番", "翻两番", "quadruple"),
        ("收入增长1.7倍", "1.7倍", "170 percent"),
        ("是上年的10倍多", "10倍多", "more than 10 times"),
        ("50%至60%", "50%至60%", "50 to 60 percent"),
        ("奖励3-5万元", "3-5万元", "30,000 to 50,000 yuan"),
        ("奖励300万元至800万元", "300万元至800万元", "3 million to 8 million yuan"),
        ("每组2至3名", "2至3", "two to three"),
        ("三四十家", "三四十", "30 to 40"),
        ("第15届", "第15", "15th"),
        ("第三次会议", "第三", "third"),
        ("青山市七届人大", "七", "seventh"),
        ("成立70周年", "70", "70th"),
        ("获二等奖", "二等奖", "second prize"),
        ("第二十三条 本办法", "第二十三条", "Article 23"),
        ("2018年9月", "2018年9月", "September 2018"),
        ("二〇一八年九月五日", "二〇一八年九月五日", "September 5, 2018"),
        ("发布日期:2019-03-22", "2019-03-22", "March 22, 2019"),
        ("2018新增", "2018", "2018"),
        ("6月底完成", "6月底", "the end of June"),
        ("2018年底", "2018年底", "the end of 2018"),
        ("9月中旬", "9月中旬", "mid-September"),
        ("1—11月", "1—11月", "January to November"),
        ("2018年1-11月", "2018年1-11月", "January to November 2018"),
        ("3月15日至17日", "3月15日至17日", "March 15 to 17"),
        ("2016—2020年", "2016—2020年", "2016-2020"),
        ("2018年上半年", "2018年上半年", "the first half of 2018"),
        ("前三季度", "前三季度", "the first three quarters"),
        ("“十三五”时期", "“十三五”时期", "the 13th Five-Year Plan period"),
        ("十四五规划", "十四五规划", "14th Five-Year Plan"),
        ("第十五个五年规划", "第十五个五年规划", "15th Five-Year Plan"),
        ("20世纪90年代", "20世纪90年代", "1990s"),
        ("8时30分开始", "8时30分", "8:30"),
        ("新建5G基站", "5G", "5G"),
        ("PM2.5浓度", "PM2.5", "PM2.5"),
        ("标准GB/T 29490-2013", "GB/T 29490-2013", "GB/T 29490-2013"),
        ("拨打12345热线", "12345", "12345"),
        ("投资(万元)", "万元", "10,000 yuan"),
        ("电话：88221234", "88221234", "88221234"),
    ],
)
def test_house_style(text: str, span: str, target: str) -> None:
    assert targets(text) == [(span, target)]


@pytest.mark.parametrize(
    "text",
    [
        "共建一带一路",
        "践行三个代表重要思想",
        "学习党的十九大精神",
        "一是加强领导",
        "进一步统一思想",
        "一、工作情况",
        "(二)主要做法",
        "1.加强组织领导",
        "十分重要",
        "千方百计",
        "零部件",
        "打通最后一公里",
        "开展“三会一课”",
        "甲、乙、丙三市",
        "周四上午",
        "百姓生活",
        "三次产业",
        "培育百亿级产业",
    ],
)
def test_idioms_and_markers_are_no_firm_figures(text: str) -> None:
    assert targets(text) == []


def test_from_to_is_two_figures() -> None:
    assert [target for _, target in targets("从4小时压缩到2小时，处2万元以上5万元以下罚款")] == [
        "four",
        "two",
        "20,000 yuan",
        "50,000 yuan",
    ]


def test_soft_quantities_only_on_request() -> None:
    found = find_quantities("一带一路投资3亿元", soft=True)
    assert [quantity.firm for quantity in found] == [False, False, True]
    assert [quantity.text for quantity in find_quantities("一带一路投资3亿元")] == ["3亿元"]


def test_every_digit_of_the_seed_report_is_covered() -> None:
    text = (REPOSITORY / "seeds" / "zhongshan-science-bureau-2018.txt").read_text(encoding="utf8")
    found = find_quantities(text)
    covered = {index for quantity in found for index in range(quantity.start, quantity.end)}
    assert [
        index for index, character in enumerate(text) if character.isdecimal() and index not in covered
    ] == []
    rendered = {(quantity.text, quantity.target) for quantity in found}
    assert rendered >= {
        ("481.87亿元", "48.187 billion yuan"),
        ("1296.11亿元", "129.611 billion yuan"),
        ("10350万元", "103.5 million yuan"),
        ("4784.12万元", "47.8412 million yuan"),
        ("2.8亿元", "280 million yuan"),
        ("10倍多", "more than 10 times"),
        ("121%", "121 percent"),
        ("1957", "1,957"),
        ("三等奖", "third prize"),
        ("12月底", "the end of December"),
    }
    assert len(found) > 130


def test_every_digit_of_the_messy_pages_is_covered() -> None:
    for path in sorted((REPOSITORY / "tests" / "data" / "messy").glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig", errors="ignore")
        covered = {
            i for quantity in find_quantities(text, soft=True) for i in range(quantity.start, quantity.end)
        }
        assert [
            text[max(0, i - 5) : i + 5] for i, c in enumerate(text) if c.isdecimal() and i not in covered
        ] == []


@settings(max_examples=300)
@given(
    st.text(
        alphabet="01239０,.。、%％-—至一二两三十百千万亿零多余几第年月日个家元美成倍分之点半“”五 aG（",
        max_size=40,
    )
)
def test_spans_are_slices_and_do_not_overlap(text: str) -> None:
    found = find_quantities(text, soft=True)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start < quantity.end
        assert quantity.parts
        assert quantity.target
        assert quantity.target not in quantity.variants
    for left, right in pairwise(found):
        assert left.end <= right.start
