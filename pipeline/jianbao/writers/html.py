"""``briefing.html``: the briefing as one page to read, to print and to send on.

Everything is in the file, and its content security policy forbids any request: style and script are allowed by
their hash alone.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from jianbao import briefing as view
from jianbao.document import Briefing
from jianbao.quality import measure
from jianbao.writers._marks import marked_source, marked_translation
from jianbao.writers._xml import xml_text

FILENAME = "briefing.html"


def write(briefing: Briefing) -> bytes:
    """The page in UTF-8."""
    style, script = _resource("briefing.css"), _resource("briefing.js")
    page = _template().render(
        title=briefing.headline,
        original_title=view.original_title(briefing),
        source_line=view.source_line(briefing),
        summary=briefing.summary,
        key_figures=briefing.key_figures,
        parts=view.parts(briefing),
        furniture=view.furniture(briefing),
        finding_count=len(briefing.findings),
        passages={p.segment.id: p for p in view.passages(briefing)},
        places=view.places(briefing),
        quality=measure(briefing),
        provenance={k: v for k, v in briefing.provenance.items() if k not in view.METADATA_KEYS},
        signature=view.signature(briefing),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'",
    )
    return xml_text(page).encode()


def _resource(name: str) -> str:
    return (files("jianbao.writers") / "templates" / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "source": marked_source,
        "english": marked_translation,
        "notes": view.notes,
        "blocks": view.blocks,
        "cells": view.cells,
    }
    return environment.get_template("briefing.html.j2")


def _hash(text: str) -> str:
    """The text's hash as a content security policy writes it (CSP level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
