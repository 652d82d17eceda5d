import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from jianbao.document import Briefing
from jianbao.writers.html import write


@pytest.fixture(scope="module")
def page(briefing: Briefing) -> html.HtmlElement:
    return html.document_fromstring(write(briefing).decode())


def test_no_request_leaves_the_page(page: html.HtmlElement) -> None:
    for element in page.iter():
        for name, value in element.attrib.items():
            if name in {"href", "src", "srcset", "action", "data", "poster", "xlink:href"}:
                assert value.startswith("#"), (element.tag, name, value)
    style = "".join(page.xpath("//style/text()"))
    assert "url(" not in style
    assert "@import" not in style
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //*[@style] | //*[@onclick]")


def test_policy_allows_this_style_and_script_alone(page: html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (text,) = page.xpath(f"//{tag}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_link_has_its_aim_and_every_id_is_unique(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    aims = {href.removeprefix("#") for href in page.xpath("//@href")}
    assert aims <= set(ids)


def test_abstracts_and_key_figures_lead_to_their_passages(page: html.HtmlElement) -> None:
    assert "#s-s7" in page.xpath("//section[@id='summary']//a/@href")
    assert page.xpath("//section[@id='key-figures']//a/@href") == ["#s-s7", "#s-s8", "#s-s12", "#s-s17"]


def test_marks_stand_on_both_sides(page: html.HtmlElement) -> None:
    (pair,) = page.xpath("//*[@id='s-s7']")
    for side in ("english", "source"):
        (term,) = pair.xpath(f".//*[contains(@class, '{side}')]//span[@class='term']")
        assert term.get("title") == "高新技术企业 = high-tech enterprises"
    assert pair.xpath(".//*[@class='english']//span[@class='figure']/text()") == ["312", "18.5 percent"]
    assert pair.xpath(".//*[@class='source']//span[@class='figure']/text()") == ["312", "18.5%"]


def test_findings_are_marked_and_explained(page: html.HtmlElement) -> None:
    (pair,) = page.xpath("//*[@id='s-s8']")
    assert pair.get("data-severity") == "error"
    (marked,) = pair.xpath(".//div[@class='english']//span[contains(@class, 'error')]")
    assert marked.text_content() == "26.4 billion yuan"
    (note,) = pair.xpath(".//li[contains(@class, 'note')]")
    assert "off by a power of ten" in note.text_content()
    assert "2.64 billion yuan" in note.text_content()


def test_source_is_marked_as_chinese(page: html.HtmlElement) -> None:
    for element in page.xpath("//*[contains(@class, 'source') and not(contains(@class, 'source-line'))]"):
        assert element.get("lang") == "zh-Hans"


def test_headings_go_down_one_level_at_a_time(page: html.HtmlElement) -> None:
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_markup_in_the_source_is_text(briefing: Briefing) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    hostile = replace(
        briefing,
        headline=attack,
        translations=tuple(replace(t, text=attack if t.text else "") for t in briefing.translations),
        provenance={attack: attack},
    )
    page = html.document_fromstring(write(hostile).decode())
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img")
    assert page.xpath("//h1")[0].text_content() == attack


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        full = colour.lstrip("#")
        full = "".join(c * 2 for c in full) if len(full) == 3 else full
        channels = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_keeps_contrast_in_light_and_dark(page: html.HtmlElement, scheme: int) -> None:
    style = "".join(page.xpath("//style/text()"))
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", blocks[scheme]))
    text = {"ink", "soft", "link", "accent", "error", "warning"}
    for name in text:
        for ground in ("paper", "card", "panel", "hover"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for ground in ("error-back", "warning-back", "lit", "figure"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
