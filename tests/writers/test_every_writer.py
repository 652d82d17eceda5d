"""What must hold for every registered output format."""

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree, html
from markdown_it import MarkdownIt

from jianbao.briefing import as_title
from jianbao.document import Briefing
from jianbao.errors import SettingsError
from jianbao.writers import load_writer, write_all, writer_names

NAMES = writer_names()


def words(text: str) -> str:
    """Text as a reader sees it, whatever the layout."""
    return " ".join(text.replace("\u2009", " ").split())


def docx_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def html_text(content: bytes) -> str:
    (body,) = html.document_fromstring(content.decode()).xpath("/html/body")
    for script in body.xpath(".//script"):
        script.getparent().remove(script)
    return str(body.text_content())


def markdown_text(content: bytes) -> str:
    page = MarkdownIt("commonmark").enable("table").render(content.decode())
    return html.fromstring(f"<div>{page}</div>").text_content()


def xml_text(content: bytes) -> str:
    return "\n".join(etree.fromstring(content).itertext())


def jsonl_text(content: bytes) -> str:
    return "\n".join(json.loads(line)["translation"] for line in content.decode().splitlines())


READ: dict[str, Callable[[bytes], str]] = {
    "docx": docx_text,
    "html": html_text,
    "md": markdown_text,
    "segments_jsonl": jsonl_text,
    "tmx": xml_text,
    "txt": bytes.decode,
    "xliff": xml_text,
}


@pytest.mark.parametrize("name", NAMES)
def test_same_briefing_gives_same_bytes(name: str, briefing: Briefing) -> None:
    writer = load_writer(name)
    assert writer.write(briefing) == writer.write(briefing)


WITHOUT_TRANSLATIONS = {"quality_json", "abstracts_jsonl"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - WITHOUT_TRANSLATIONS))
def test_every_translation_stands_in_it(name: str, briefing: Briefing) -> None:
    text = words(READ[name](load_writer(name).write(briefing)))
    for translation in briefing.translations:
        for cell in translation.text.split("\t"):
            assert words(as_title(cell)) in text


@pytest.mark.parametrize("name", sorted({"docx", "html", "md"} & set(NAMES)))
def test_readers_formats_hold_all_parts(name: str, briefing: Briefing) -> None:
    text = words(READ[name](load_writer(name).write(briefing)))
    shown = [briefing.headline, "云溪市科学技术局2021年工作总结", "February 11, 2022", "打印 关闭"]
    shown += [s.text for a in (*briefing.abstracts, briefing.summary) for s in a.sentences]
    shown += [text for k in briefing.key_figures for text in (k.indicator, k.value, k.change)]
    shown += [finding.message for finding in briefing.findings]
    shown += [cell for s in briefing.outline.segments for cell in s.text.split("\t")]
    for part in shown:
        assert words(part) in text


@pytest.mark.parametrize("name", NAMES)
def test_control_characters_and_nothing_at_all_are_written(name: str, briefing: Briefing) -> None:
    """A form feed from a PDF, and a report without abstracts, figures or findings."""
    translations = tuple(replace(t, text=t.text and f"{t.text}\x0c\x00") for t in briefing.translations)
    bare = replace(
        briefing,
        translations=translations,
        abstracts=(),
        summary=replace(briefing.summary, sentences=()),
        key_figures=(),
        findings=(),
        provenance={},
    )
    content = load_writer(name).write(bare)
    read = READ.get(name, bytes.decode)
    assert "Yunxi Municipal Science" in read(content) or name in WITHOUT_TRANSLATIONS


def test_write_all_writes_every_format_and_leaves_no_other_file(tmp_path: Path, briefing: Briefing) -> None:
    paths = write_all(briefing, tmp_path / "new" / "folder")
    assert [p.name for p in paths] == [load_writer(name).FILENAME for name in NAMES]
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == sorted(p.name for p in paths)
    assert paths[0].stat().st_mode & 0o777 == 0o666 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, briefing: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "briefing.md").write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_all(briefing, tmp_path, ["md"])
    assert [p.name for p in tmp_path.iterdir()] == ["briefing.md"]
    assert (tmp_path / "briefing.md").read_text() == "old"


def test_an_unknown_format_is_named_before_anything_is_written(tmp_path: Path, briefing: Briefing) -> None:
    with pytest.raises(SettingsError, match="odt"):
        write_all(briefing, tmp_path, ["md", "odt"])
    assert not list(tmp_path.iterdir())


def test_filenames_are_those_promised() -> None:
    filenames = {load_writer(name).FILENAME for name in NAMES}
    promised = {"briefing.md", "briefing.html", "briefing.docx", "segments.jsonl", "quality.json"}
    assert promised | {"briefing.xlf", "briefing.tmx"} <= filenames
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", name) for name in filenames)
