"""The seed report and ten pages with the faults of real ones: nothing lost, nothing translated that is no prose."""

import re
from pathlib import Path

import pytest

from jianbao.document import Document
from jianbao.readers import read_document

_ROOT = Path(__file__).parents[2]
_MESSY = _ROOT / "tests" / "data" / "messy"
_SEED = _ROOT / "seeds" / "zhongshan-science-bureau-2018.txt"


def _page(number: str) -> Document:
    return read_document(next(_MESSY.glob(f"{number}_*.txt")))


def _lines(document: Document, *kinds: str) -> list[str]:
    return [
        document.text[b.start : b.end]
        for b in document.blocks
        if b.kind in (kinds or ("paragraph", "heading"))
    ]


@pytest.mark.parametrize("path", sorted(_MESSY.glob("*.txt")), ids=lambda path: path.stem[:2])
def test_blocks_tile_the_text(path: Path) -> None:
    document = read_document(path)
    assert len(document.original) == len(document.text)
    end = 0
    for block in document.blocks:
        assert not document.text[end : block.start].strip()
        assert document.text[block.start : block.end].strip()
        end = block.end
    assert not document.text[end:].strip()


@pytest.mark.parametrize("path", sorted(_MESSY.glob("*.txt")), ids=lambda path: path.stem[:2])
def test_no_character_is_lost(path: Path) -> None:
    raw = re.sub(
        r"<script>.*?</script>|<[^>]*>|!\[\]\([^)]*\)|\]\(javascript:;\)", "", path.read_text("utf-8-sig")
    )
    text = read_document(path).text
    kept = re.findall(r"[\u4e00-\u9fff]", text)
    assert sorted(kept) == sorted(re.findall(r"[\u4e00-\u9fff]", raw))
    dropped_digits = len(re.findall(r"\d", raw)) - len(re.findall(r"\d", text))
    assert dropped_digits == (4 if path.stem.startswith("18") else 0)  # the note marks [1] to [4]


def test_seed() -> None:
    document = read_document(_SEED)
    assert document.metadata.title == "中山市科学技术局2018年工作总结及2019年工作计划"
    assert document.metadata.issuer == "中山市科学技术局"
    assert document.metadata.date == "2019-03-22"
    assert document.metadata.source == "本网"
    assert _lines(document, "furniture") == [
        "当前位置:首页 > 政务公开 > 规划计划",
        "发布日期:2019-03-22 信息来源:本网",
        "分享:",
        "打印 关闭",
    ]
    assert "共组织145项市级科技计划项目结题" in document.text


def test_furniture_round_an_opinion() -> None:
    document = _page("02")
    assert document.metadata.title == "云泽县林业局关于加强古树名木保护的实施意见"
    assert document.metadata.date == "2018-06-14"
    assert document.metadata.source == "云泽县林业局"
    furniture = _lines(document, "furniture")
    for start in ("归档时间", "当前位置", "来源", "视力保护色", "浏览量", "附件", "2.养护责任书", "打印"):
        assert any(line.startswith(start) for line in furniture), start
    assert "完成全县1326株古树的普查建档;到2020年" in document.text
    assert _lines(document)[-2:] == ["云泽县林业局", "2018年6月11日"]


def test_flattened_tables_become_rows() -> None:
    rows = _lines(_page("05"), "row")
    assert "信息内容\t本年制发件数\t本年废止件数\t现行有效件数" in rows
    assert "行政规范性文件\t1\t2\t5" in rows
    assert "行政许可\t1274" in rows
    assert "四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0" in rows
    prose = _lines(_page("05"))
    assert "四、存在的主要问题及改进情况" in prose
    assert not any(re.fullmatch(r"\d+", line) for line in prose)


def test_table_of_a_bulletin_and_its_notes() -> None:
    document = _page("18")
    assert document.metadata.title == "云泽县2021年国民经济和社会发展统计公报"
    assert _lines(document, "row") == [
        "单位:%",
        "指标\t全县\t城镇\t农村",
        "居民消费价格\t0.7\t0.8\t0.5",
        "其中:食品烟酒\t-0.4\t-0.3\t-0.6",
        "居住\t0.9\t1.0\t0.6",
        "交通和通信\t3.8\t3.9\t3.6",
    ]
    assert "一、综合" in _lines(document)
    assert "全年地区生产总值158.43亿元" in document.text
    assert "[2]地区生产总值" in document.text


def test_full_stops_in_figures_are_points() -> None:
    document = _page("08")
    assert "418.6亿元,同比增长8.7%" in document.text
    assert "居民消费价格指数101.9。" in document.text
    assert not re.search(r"\d。\d", document.text)
    assert _lines(document, "furniture") == ["(记者 己某 通讯员 庚某某)"]


def test_chunk_numbers_no_longer_cut_words() -> None:
    document = _page("09")
    assert document.metadata.title == "2016年安澜市卫生和计划生育局工作总结"
    assert document.metadata.date == "2016-12-20"
    for phrase in ("建档率92.7%", "没有一例错发、漏发。", "招聘医学毕业生200名"):
        assert phrase in document.text
    headings = _lines(document, "heading")
    assert "一、主要工作及成效" in headings
    assert "(三)全面两孩政策平稳实施" in headings
    assert _lines(document, "furniture") == ["第1页 共4页", "1、2、3、4、"]


def test_title_of_a_budget_report_is_said_once() -> None:
    document = _page("14")
    assert document.metadata.title == "沐溪县2022年预算执行情况和2023年预算草案的报告"
    assert document.metadata.issuer == "沐溪县财政局"
    assert document.metadata.date == "2023-01-12"
    assert sum("预算草案的报告" in line for line in _lines(document)) == 1
    assert "收入完成46,318万元(自然口径),占调整预算102.13%" in document.text


def test_markdown_in_a_text_file_comes_out_clean() -> None:
    document = _page("20")
    assert not re.search(r"\*\*|&nbsp;|\\|`|\]\(|^#", document.text, re.MULTILINE)
    assert "（二）文艺创作出新。大型山歌剧" in document.text
    assert "投入资金318万元" in document.text
    assert "县文化馆新馆\t建筑面积6200㎡\t4,850\t2024年10月" in _lines(document, "row")
    first = document.blocks[0]
    assert (first.kind, first.level) == ("heading", 1)


def test_speech_in_one_line() -> None:
    document = _page("21")
    assert [line for line in _lines(document, "heading") if line[1] == "、"] == [
        "一、成绩要肯定,差距要看清",
        "二、任务要明确,重点要突出",
        "三、办法要对头,责任要压实",
        "四、作风要扎实,奖惩要兑现",
    ]
    assert "20*年,全县完成土石方512万方" in document.text
    assert len(_lines(document, "furniture")) == 1


def test_contents_list_of_a_regulation() -> None:
    document = _page("26")
    assert document.encoding == "utf-8-sig"
    assert document.metadata.issuer == "安澜市人民代表大会常务委员会"
    furniture = _lines(document, "furniture")
    assert furniture[0] == "安澜市河道采砂管理条例"
    assert furniture[1:] == ["目录", "第一章 总则", "第二章 规划与许可", "第三章 法律责任", "第四章 附则"]
    assert _lines(document).count("第一章 总则") == 1


def test_html_remnants_in_a_text_file() -> None:
    document = _page("29")
    assert not re.search(r"[<>&]|var a", document.text)
    assert "由“本单元全体业主同意”改为“双三分之二参与、双四分之三同意”。" in document.text
    lines = _lines(document)
    assert lines[0] == "《青芦市既有住宅加装电梯办法》政策解读"
    assert (
        "问:电费和维修费谁出?答:按楼层分摊,参考比例为:三楼10%、四楼20%、五楼30%、六楼40%,一、二楼不出。"
        in lines
    )
    assert not any("解读机关" in line or "扫一扫" in line or "无障碍" in line for line in lines)
