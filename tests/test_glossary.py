"""Glossary files, their errors, and matching."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.errors import GlossaryError
from jianbao.glossary import Entry, Glossary
from jianbao.matching import EnglishText, find_renderings

SHIPPED = sorted((Path(__file__).parents[1] / "configs" / "glossaries").glob("*.tsv"))


def write(folder: Path, text: str, name: str = "terms.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sources(glossary: Glossary, text: str) -> list[str]:
    return [match.entry.source for match in glossary.match(text)]


def terms(*names: str) -> Glossary:
    return Glossary(Entry(source=name, target=f"term {number}") for number, name in enumerate(names))


def test_two_columns_are_enough(tmp_path: Path) -> None:
    glossary = Glossary.load(write(tmp_path, "source\ttarget\n科技局\tScience and Technology Bureau\n"))
    assert glossary.entries == (Entry(source="科技局", target="Science and Technology Bureau"),)


def test_all_columns_in_any_order(tmp_path: Path) -> None:
    header = "use\ttarget\tsource\tnote\tdomain\tforbidden\tvariants\n"
    row = (
        "check\tR&D\t研发\ta verb too\ttech\tresearch and make | R and D\tresearch and development|develop\n"
    )
    (entry,) = Glossary.load(write(tmp_path, header + row)).entries
    assert entry.variants == ("research and development", "develop")
    assert entry.forbidden == ("research and make", "R and D")
    assert (entry.domain, entry.note, entry.use) == ("tech", "a verb too", "check")
    assert entry.renderings == ("R&D", "research and development", "develop")


def test_byte_order_mark_blank_lines_and_repeated_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeffsource\ttarget\n\n县委\tcounty committee\n县委\tcounty committee\n")
    assert len(Glossary.load(path)) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("sourse\ttarget\n", 1, "did you mean 'source'?"),
        ("source\ttarget\tcolour\n", 1, "unknown column 'colour'"),
        ("source\tnote\n", 1, "column 'target' is missing"),
        ("source,target\n", 1, "unknown column"),
        ("source\ttarget\ttarget\n", 1, "stands twice"),
        ("source\ttarget\n园区\t\n", 2, "target of '园区' is empty"),
        ("source\ttarget\n\tpark\n", 2, "source is empty"),
        ("source\ttarget\n园区\tpark\textra\n", 2, "3 cells for 2 columns"),
        ("source\ttarget\n园区\tpark 园\n", 2, "holds Chinese characters"),
        ("source\ttarget\n园区\tpark\n\n园区\tzone\n", 4, "stands already on line 2 as 'park'"),
        ("source\ttarget\tforbidden\n园区\tpark\tPark\n", 2, "both right and forbidden"),
        ("source\ttarget\tuse\n园区\tpark\tforced\n", 2, "one of force, check, guard"),
    ],
)
def test_malformed_files_name_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(GlossaryError) as caught:
        Glossary.load(path)
    assert f"{path}, line {line}" in str(caught.value)
    assert words in str(caught.value)


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be read"):
        Glossary.load(tmp_path / "none.tsv")
    gbk = tmp_path / "gbk.tsv"
    gbk.write_bytes("source\ttarget\n园区\tpark\n".encode("gb18030"))
    with pytest.raises(GlossaryError, match="UTF-8"):
        Glossary.load(gbk)
    with pytest.raises(GlossaryError, match="empty"):
        Glossary.load(write(tmp_path, ""))


def test_later_files_win(tmp_path: Path) -> None:
    first = write(tmp_path, "source\ttarget\n园区\tpark\n县委\tcounty committee\n", "a.tsv")
    second = write(tmp_path, "source\ttarget\n园区\tzone\n", "b.tsv")
    glossary = Glossary.load(first, second)
    assert [entry.target for entry in glossary.entries] == ["zone", "county committee"]
    assert glossary.signature != Glossary.load(first).signature
    assert glossary.signature == Glossary.load(first, second).signature


def test_the_longest_of_the_leftmost_wins() -> None:
    glossary = terms("科技", "科技创新", "创新券", "市科技")
    assert sources(glossary, "市科技创新券与科技创新") == ["市科技", "创新券", "科技创新"]


def test_width_case_and_quotes_do_not_count() -> None:
    glossary = terms("“十四五”规划", "5G基站", "R&D经费")
    text = '５Ｇ基站、"十四五"规划、「十四五」规划、r&d经费'
    matches = glossary.match(text)
    assert [text[m.start : m.end] for m in matches] == [
        "５Ｇ基站",
        '"十四五"规划',
        "「十四五」规划",
        "r&d经费",
    ]


def test_words_in_latin_letters_and_numbers_are_not_cut() -> None:
    assert sources(terms("AI", "5G"), "AIDS防治、15G、AI技术、5G网络") == ["AI", "5G"]


def test_pieces_of_other_words_do_not_match() -> None:
    glossary = terms("教育部", "研究生", "高校", "市长", "北京市")
    assert sources(glossary, "教育部署、研究生产、提高校企合作、超市长期、北京市场") == []
    assert sources(glossary, "教育部、研究生、高校、市长、北京市") == [
        "教育部",
        "研究生",
        "高校",
        "市长",
        "北京市",
    ]


def test_guards_keep_shorter_terms_out(tmp_path: Path) -> None:
    path = write(tmp_path, "source\ttarget\tuse\n市长\tmayor\t\n城市长期\t\tguard\n")
    glossary = Glossary.load(path)
    assert sources(glossary, "城市长期规划由市长主持") == ["市长"]


@given(
    st.lists(st.text("市科技创新部“”ＡA1 ", min_size=1, max_size=4), max_size=6),
    st.text("市科技创新部“”ＡA1 a"),
)
def test_matches_are_sorted_spans_that_fold_to_their_source(names: list[str], text: str) -> None:
    glossary = terms(*names)
    end = 0
    for match in glossary.match(text):
        assert match.start >= end
        end = match.end
        assert glossary.get(text[match.start : match.end]) == match.entry


def test_an_empty_glossary_matches_nothing() -> None:
    assert Glossary().match("科技") == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_glossaries_are_sound(path: Path) -> None:
    for entry in Glossary.load(path).entries:
        if entry.use == "guard":
            continue
        assert find_renderings([entry.target], entry.target) == ((0, len(entry.target)),), entry.source
        own = EnglishText(entry.target)
        assert not own.find_any(entry.forbidden), f"{entry.source}: the target holds a forbidden rendering"


def test_shipped_glossaries_do_not_contradict_one_another() -> None:
    assert len(SHIPPED) == 2
    assert len(Glossary.load(*SHIPPED)) == sum(len(Glossary.load(path)) for path in SHIPPED)


def test_matching_is_linear_enough() -> None:
    glossary = terms(*(f"{chr(0x4E00 + i % 997)}{chr(0x5000 + i % 4999)}{i}" for i in range(20_000)))
    text = "全面推进科技创新发展" * 30_000 + glossary.entries[7].source
    assert sources(glossary, text) == [glossary.entries[7].source]
