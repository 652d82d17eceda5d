"""Places, bodies and people by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.names import NameTable, find_names
from jianbao.names.divisions import all_names, division, short_names


def names(text: str, document: str | None = None) -> list[tuple[str, str]]:
    table = NameTable.learn(document) if document is not None else None
    return [(name.source, name.target) for name in find_names(text, document=table)]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("重庆市", "Chongqing City"), ("厦门市", "Xiamen City"), ("六安市", "Lu'an City"),
        ("乐清市", "Yueqing City"), ("长治市", "Changzhi City"), ("成都市", "Chengdu City"),
        ("都匀市", "Duyun City"), ("朝阳市", "Chaoyang City"), ("漯河市", "Luohe City"),
        ("陕西省", "Shaanxi Province"), ("山西省", "Shanxi Province"), ("西安市", "Xi'an City"),
        ("呼和浩特市", "Hohhot City"), ("乌鲁木齐市", "Urumqi City"), ("喀什地区", "Kashgar Prefecture"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region"), ("锡林郭勒盟", "Xilin Gol League"),
        ("恩施土家族苗族自治州", "Enshi Tujia and Miao Autonomous Prefecture"),
        ("积石山保安族东乡族撒拉族自治县", "Jishishan Bonan, Dongxiang and Salar Autonomous County"),
        ("三都水族自治县", "Sandu Shui Autonomous County"), ("陵水黎族自治县", "Lingshui Li Autonomous County"),
        ("东乡族自治县", "Dongxiang Autonomous County"), ("鄂伦春自治旗", "Oroqen Autonomous Banner"),
        ("管城回族区", "Guancheng Hui District"), ("浦东新区", "Pudong New Area"),
        ("赵县", "Zhaoxian County"), ("海淀区", "Haidian District"), ("闵行区", "Minhang District"),
    ],
)  # fmt: skip
def test_divisions(chinese: str, english: str) -> None:
    assert division(chinese).full == english


def test_every_division_has_an_english_name_in_latin_letters() -> None:
    assert len(all_names()) > 3000
    for name in all_names():
        assert division(name).full.isascii(), name
        assert " " in division(name).full, name
    assert {"中山", "广东", "北京"} <= short_names().keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在中山市召开", ("中山市", "Zhongshan")),
        ("赴广东考察", ("广东", "Guangdong")),
        ("正定县的经验", ("正定县", "Zhengding County")),
        ("中山市科学技术局印发通知", ("中山市科学技术局", "Zhongshan Municipal Science and Technology Bureau")),
        ("广东省科技厅立项", ("广东省科技厅", "Guangdong Provincial Department of Science and Technology")),
        ("德化县财政局", ("德化县财政局", "Dehua County Finance Bureau")),
        ("宁夏回族自治区教育厅",
         ("宁夏回族自治区教育厅", "Department of Education of Ningxia Hui Autonomous Region")),
        ("苏州市人大常委会", ("苏州市人大常委会", "Standing Committee of the Suzhou Municipal People's Congress")),
        ("杭州市政协", ("杭州市政协", "Hangzhou Municipal Committee of the CPPCC")),
        ("温州市委决定", ("温州市委", "Wenzhou Municipal Party Committee")),
        ("湖南省第十四届人民代表大会第三次会议",
         ("湖南省第十四届人民代表大会第三次会议", "Third Session of the 14th Hunan Provincial People's Congress")),
        ("中山高新区管委会", ("中山高新区管委会", "Administrative Committee of the Zhongshan High-tech Zone")),
        ("中山大学", ("中山大学", "Sun Yat-sen University")),
        ("在皖企业", ("皖", "Anhui")),
        ("推动苏皖鲁豫省际合作", ("苏皖鲁豫", "Jiangsu-Anhui-Shandong-Henan")),
        ("王晓明同志主持会议", ("王晓明", "Wang Xiaoming")),
    ],
)  # fmt: skip
def test_names_by_rule(text: str, expected: tuple[str, str]) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "全市各区加快发展", "城市社区服务", "我市园区建设", "地区生产总值", "县域经济", "开发区管委会", "本市校区",
        "运河南岸绿化", "秀丽江山", "隆重庆祝建党", "主动适应城市发展", "卓越城区建设", "金融局长发言",
        "高校校长座谈", "特色小镇", "农业县", "中山装", "长治久安", "美丽水乡", "创新乡村治理", "平衡水资源",
        "关怀化解矛盾", "重大理论", "5G大连接",
    ],
)  # fmt: skip
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_a_town_is_learned_where_it_is_proved_and_then_known_everywhere() -> None:
    document = "中山市小榄镇获批试点。小榄镇已有企业30家。"
    assert names("小榄镇的做法") == []
    assert names("小榄镇的做法", document) == [("小榄镇", "Xiaolan Town")]


def test_a_person_reads_the_same_throughout_the_document() -> None:
    document = "省长 李晓刚\n李晓刚指出,要抓落实。"
    assert names(document, document).count(("李晓刚", "Li Xiaogang")) == 2


def test_an_unlisted_county_is_known_by_its_bodies() -> None:
    document = "云泽县林业局工作总结\n今年以来,云泽县造林3万亩。"
    assert names(document, document) == [
        ("云泽县林业局", "Yunze County Forestry Bureau"),
        ("云泽县", "Yunze County"),
    ]


@given(st.text("中山市东区广州江西苏皖鲁豫县委第一届人大科技局小榄镇王明同志,、 在来", max_size=25))
def test_names_are_sorted_spans_of_the_text(text: str) -> None:
    end = 0
    for name in find_names(text):
        assert end <= name.start < name.end
        assert text[name.start : name.end] == name.source
        assert name.target.isascii()
        assert name.target not in name.variants
        end = name.end
