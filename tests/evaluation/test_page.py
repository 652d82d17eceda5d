"""The page, as text and in a real browser."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from jianbao.document import Abstract, AbstractSentence
from jianbao.evaluation import Corpus, Evaluation, Options, Section, evaluate
from jianbao.evaluation.report import write_reports
from jianbao.evaluation.report.view import changed_spans
from jianbao.glossary import Glossary

SOURCES = ["高新技术企业达到1634家。", "优化营商环境。", "完成投资2亿元。", "<b>城市</b>"]
GOOD = [
    "There are 1,634 high-tech enterprises.",
    "Improve the business environment.",
    "Investment of 200 million yuan.",
    "<b>The city</b>",
]
BAD = [
    "There are 16,340 high-tech enterprises.",
    "Improve the climate.",
    "Investment of 200 million yuan.",
    "城市",
]


@pytest.fixture(scope="module")
def evaluation(make_corpus: Callable[..., Corpus], glossary: Glossary) -> Evaluation:
    corpus = make_corpus(SOURCES, BAD, GOOD, references=GOOD, documents=["a", "a", "b", "b"])
    abstracts = {
        name: Abstract(section="1", sentences=(AbstractSentence(text=text, evidence=("s0",)),))
        for name, text in (
            ("system0", "In Paris there are 9."),
            ("system1", "There are 1,634 high-tech enterprises."),
        )
    }
    section = Section(
        id="1",
        title="工作",
        lines=(0, 1),
        abstracts=abstracts,
        reference="There are 1,634 high-tech enterprises.",
    )
    corpus = replace(corpus, name='"><script>alert(1)</script>', sections=(section,))
    return evaluate(corpus, glossary, options=Options(trials=50), thresholds={"figures.accuracy": 1})


@pytest.fixture(scope="module")
def path(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(evaluation, tmp_path_factory.mktemp("page"))[1]


@pytest.fixture(scope="module")
def page(path: Path) -> Any:
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def test_nothing_is_fetched_and_only_our_script_runs(page: Any) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (text,) = page.xpath(f"//{tag}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert all(value.startswith("#") for value in page.xpath("//@href | //@src"))
    assert not page.xpath("//b[text()='城市']")  # markup of the texts is text


def test_every_link_has_its_aim_and_every_id_is_unique(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.xpath("//@href")} <= set(ids)


def test_what_is_missed_stands_on_top(page: Any) -> None:
    text = page.xpath("//*[@class='shortfalls']")[0].text_content()
    assert "system0: Figures right 50.0 % < 100.0 %" in text


def test_the_worst_segment_comes_first(page: Any) -> None:
    first = page.xpath("//article[@class='segment']")[0]
    assert first.get("data-severity") == "error"
    assert "16,340" in first.text_content() or "城市" in first.text_content()


def test_differences_from_the_reference_are_marked(page: Any) -> None:
    assert [english[slice(*s)] for english in [BAD[1]] for s in changed_spans(english, GOOD[1])] == [
        "climate"
    ]
    assert changed_spans("The city.", "the city.") == []
    assert "climate" in page.xpath("//span[contains(@class, 'changed')]/text()")


def test_abstracts_stand_beside_each_other(page: Any) -> None:
    versions = page.xpath("//*[@class='abstract-row']//h4/text()")
    assert versions == ["system0", "system1"]  # system1 says what the reference says
    assert "figure not in the evidence: 9" in page.xpath("//*[@id='abstracts']")[0].text_content()


def shown(browser: Any, table: str) -> int:
    count = browser.run(
        f"[...(document.querySelector('#{table} tbody') ?? document.querySelector('#{table}')).children]"
        ".filter(row => row.getClientRects().length).length"
    )
    assert isinstance(count, int)
    return count


def choose(browser: Any, field: str, value: str) -> None:
    browser.run(
        f"(() => {{ const field = document.getElementById('{field}'); field.value = '{value}';"
        " field.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_in_a_browser_nothing_complains_and_nothing_leaves(browser: Any, path: Path) -> None:
    browser.open(path)
    assert browser.complaints == []
    assert browser.requests == [path.resolve().as_uri()]


def test_in_a_browser_the_filters_work(browser: Any, path: Path) -> None:
    browser.open(path)
    assert shown(browser, "figure-table") == 1  # the wrong ones first
    choose(browser, "figure-verdict", "")
    assert shown(browser, "figure-table") == 4
    choose(browser, "figure-system", "system1")
    assert shown(browser, "figure-table") == 2
    choose(browser, "figure-text", "1634")
    assert shown(browser, "figure-table") == 1
    choose(browser, "term-state", "wrong")
    assert shown(browser, "term-table") == 2
    choose(browser, "segment-severity", "error")
    assert shown(browser, "segment-list") == 2
    choose(browser, "segment-check", "untranslated")
    assert shown(browser, "segment-list") == 1
    assert browser.run("document.querySelector('#segments output').textContent") == "1 of 4 shown"


def test_in_a_browser_a_link_to_a_hidden_segment_shows_it(browser: Any, path: Path) -> None:
    browser.open(path)
    choose(browser, "segment-check", "untranslated")
    browser.run("location.hash = '#line-0'; new Promise(done => setTimeout(done, 300))")
    assert browser.run("document.getElementById('line-0').getClientRects().length") > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_browser_nothing_is_wider_than_the_screen(browser: Any, path: Path, width: int) -> None:
    browser.open(path, width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.complaints == []
