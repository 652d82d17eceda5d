"""``evaluation.html``: the evaluation as one page, in the looks of a briefing.

Everything is in the file, and its content security policy forbids any request: style and script are allowed by
their hash alone.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from jianbao.evaluation.metrics import BY_NAME
from jianbao.evaluation.report import view
from jianbao.evaluation.report.terminal import comparisons_by_metric, is_significant, shortfall_texts
from jianbao.evaluation.results import Evaluation
from jianbao.writers._xml import xml_text


def to_page(evaluation: Evaluation) -> bytes:
    """The page in UTF-8."""
    style = _read("jianbao.writers", "briefing.css") + _read("jianbao.evaluation.report", "evaluation.css")
    script = _read("jianbao.evaluation.report", "evaluation.js")
    segments = view.segment_rows(evaluation)
    page = _template().render(
        evaluation=evaluation,
        corpus=evaluation.corpus,
        systems=evaluation.systems,
        headline=view.headline(evaluation),
        shortfalls=shortfall_texts(evaluation),
        score_groups=view.score_groups(evaluation),
        comparisons=comparisons_by_metric(evaluation),
        groups=view.group_rows(evaluation),
        figures=view.figure_rows(evaluation),
        terms=view.term_rows(evaluation),
        segments=segments,
        on_page=frozenset(row.index for row in segments),
        abstracts=view.abstract_rows(evaluation),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'",
    )
    return xml_text(page).encode()


def _read(package: str, name: str) -> str:
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(lambda name: _read("jianbao.evaluation.report", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["metric"] = BY_NAME.__getitem__
    environment.filters["significant"] = is_significant
    return environment.get_template("evaluation.html.j2")


def _hash(text: str) -> str:
    """The text's hash as a content security policy writes it (CSP level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
