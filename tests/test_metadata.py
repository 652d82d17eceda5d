"""Title, issuing body, date and source of a page."""

import pytest

from jianbao.document import Block, Metadata
from jianbao.furniture import mark_furniture
from jianbao.metadata import find_metadata, find_title, iso_date

_PROSE = "全县推广良种12.6万亩，测土配方施肥30万亩，农民人均收入增长8.1%。"


def _metadata(lines: list[str], stated: Metadata | None = None) -> Metadata:
    text, blocks, start = "\n".join(lines), [], 0
    for line in lines:
        blocks.append(Block(start=start, end=start + len(line)))
        start += len(line) + 1
    marked = mark_furniture(text, blocks)
    said = stated or Metadata()
    return find_metadata(text, marked, said, find_title(text, marked, said))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-3-22", "2019-03-22"),
        ("2019年3月22日", "2019-03-22"),
        ("2019/03/22 10:00", "2019-03-22"),
        ("二〇一六年十二月二十日", "2016-12-20"),
        ("二○二一年十月三十一日", "2021-10-31"),
        ("2019年13月1日", None),
        ("2019年3月", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_furniture_states_date_and_source() -> None:
    lines = [
        "首页 > 公开",
        "青河县农业局关于加强春耕工作的意见",
        "来源：本网 发布时间：2021-03-22",
        _PROSE,
        "2021年3月1日",
    ]
    assert _metadata(lines) == Metadata(
        title="青河县农业局关于加强春耕工作的意见", issuer="青河县农业局", date="2021-03-22", source="本网"
    )


def test_signature_states_body_and_date() -> None:
    metadata = _metadata(["春耕工作总结", _PROSE, "青河县农业局", "二〇二一年三月一日"])
    assert (metadata.issuer, metadata.date) == ("青河县农业局", "2021-03-01")


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["2026年青河省政府工作报告", "省长 某某", _PROSE], "青河省人民政府"),
        (["2010年国务院政府工作报告", _PROSE], "国务院"),
        (
            ["青河市种子条例", "2020年1月2日 青河市第七届人民代表大会第三次会议通过", _PROSE],
            "青河市人民代表大会",
        ),
        (["种子管理条例", "2012年9月9日 中华人民共和国国务院令第624号公布", _PROSE], "国务院"),
        (["2021年青河县农业局工作总结", _PROSE], "青河县农业局"),
        (["春耕之歌", _PROSE], None),
    ],
)
def test_issuing_body(lines: list[str], issuer: str | None) -> None:
    assert _metadata(lines).issuer == issuer


def test_number_is_no_part_of_the_title() -> None:
    assert _metadata(["青河县关于春耕的意见(青农发〔2021〕3号)", _PROSE]).title == "青河县关于春耕的意见"
    assert _metadata(["青河县种子管理办法(试行)", _PROSE]).title == "青河县种子管理办法(试行)"


def test_a_page_without_a_title_has_none() -> None:
    assert _metadata(["（六）推进春耕生产", _PROSE]).title is None
    assert _metadata(["（六）推进春耕生产", _PROSE], Metadata(title="春耕")).title == "春耕"
