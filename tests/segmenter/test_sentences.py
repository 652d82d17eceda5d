import pytest

from jianbao.segmenter.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["全年完成投资3.2亿元。", "新建学校5所!", "成效如何?", "群众满意。"],
        ["增长418。6亿元,其中工业增长8。7%。", "价格指数101。9。", "2019年继续增长。"],
        ["报告说：“要抓项目。要抓园区。”", "大家热烈鼓掌。"],
        ["推出“走出去！”战略，支持企业出海。", "成效明显。"],
        ["出台《怎么看？怎么办？》读本。", "发放1,326册。"],
        ["建成农家书屋46个（含改造。另有3个在建）等设施。", "惠及11万人。"],
        ["详见http://www.example.gov.cn/a.b/c?id=1。", "下载登记表.doc后填报。"],
        ["工作取得了新的明显成效.", "下一步要继续努力."],
        ["粮食产量稳定增长……", "农民收入连年提高。"],
        ["从无到有……到如今连片成势。"],
        ["一年来，“大病不出县” 。", "三项任务完成。"],
        ["三次产业结构为19.7:33.4:46.9。", "人均44016元。"],
        ["同志们:", "这次会议很重要。"],
        ["各位代表！", "过去五年成绩来之不易。"],
        ["外部环境复杂；内需不足；风险较多。"],
    ],
)
def test_cuts_where_sentences_end(parts: list[str]) -> None:
    assert sentences("".join(parts)) == [part.strip() for part in parts]


def test_a_long_quotation_is_cut_at_its_own_stops() -> None:
    inner = ["要坚持把发展经济的着力点放在实体经济上" * 3 + "。" for _ in range(4)]
    assert len(sentences("他指出：“" + "".join(inner) + "”会议强调了落实。")) == 5


def test_an_unclosed_quote_does_not_swallow_the_text() -> None:
    assert sentences("建设“数字强市。完成投资5亿元。") == ["建设“数字强市。", "完成投资5亿元。"]


def test_a_missing_stop_before_the_next_point() -> None:
    assert sentences("一是人才不足，占比仅37% 二是投入不够。") == [
        "一是人才不足，占比仅37%",
        "二是投入不够。",
    ]


def test_points_in_a_short_sentence_stay_together() -> None:
    text = "主要问题:一是内容重复,二是不便检索。"
    assert sentences(text) == [text]


def test_points_in_a_long_sentence_are_cut() -> None:
    points = [f"{n}是{'统筹推进重点领域改革和制度创新，' * 5}取得实效；" for n in "一二三"]
    parts = ["要把握以下几点：", *points]
    assert sentences("".join(parts)) == parts


def test_a_first_point_is_cut_off_where_the_list_goes_on_in_other_sentences() -> None:
    parts = ["考虑如下：", "一是机遇叠加。", "国家支持力度很大。", "二是基础扎实。"]
    assert sentences("".join(parts)) == parts
