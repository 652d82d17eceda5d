"""What a translation must carry: built, shown to the model, verified."""

from hypothesis import given
from hypothesis import strategies as st

from jianbao.constraints import AnnotationPolicy, annotate, build_constraints, missing, plain, select
from jianbao.document import Constraint
from jianbao.glossary import Entry, Glossary
from jianbao.normalise import normalise_source

GLOSSARY = Glossary(
    [
        Entry(
            source="党的十九大",
            target="19th CPC National Congress",
            variants=("19th National Congress of the CPC",),
        ),
        Entry(source="城市", target="city"),
        Entry(source="智慧城市", target="smart city"),
        Entry(source="高新技术企业", target="high-tech enterprise"),
        Entry(source="市科技局", target="Municipal Science and Technology Bureau"),
        Entry(source="研发", target="R&D", use="check"),
        Entry(source="研发投入", target="R&D spending"),
        Entry(source="城市长期", target="", use="guard"),
    ]
)  # fmt: skip


def built(text: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.source, c.target) for c in build_constraints(text, GLOSSARY)]


def constraint(source: str, target: str, start: int = 0, *variants: str, kind: str = "term") -> Constraint:
    end = start + len(source)
    return Constraint(start=start, end=end, source=source, target=target, kind=kind, variants=variants)  # type: ignore[arg-type]


def test_figures_terms_and_names_are_found() -> None:
    assert built("中山市新增高新技术企业669家,增长5%") == [
        ("name", "中山市", "Zhongshan"),
        ("term", "高新技术企业", "high-tech enterprise"),
        ("figure", "669", "669"),
        ("figure", "5%", "5 percent"),
    ]


def test_the_longer_of_overlapping_ones_wins() -> None:
    assert built("党的十九大") == [("term", "党的十九大", "19th CPC National Congress")]
    assert built("中山市科技局") == [
        ("name", "中山市科技局", "Zhongshan Municipal Science and Technology Bureau")
    ]


def test_entries_that_are_only_checked_or_guard_give_no_constraint() -> None:
    assert built("研发新药") == []
    assert built("城市长期规划") == []
    assert built("研发投入") == [("term", "研发投入", "R&D spending")]


def test_annotation_is_written_as_the_models_were_trained() -> None:
    text = "安排资金10350万元，支持高新技术企业。"
    assert annotate(text, build_constraints(text, GLOSSARY)) == (
        "安排资金<t>10350万元<e>103.5 million yuan</t>,支持<t>高新技术企业<e>high-tech enterprise</t>。"
    )


def test_annotation_finds_its_place_in_normalised_text() -> None:
    text = "　推进 智慧 城市　建设（３个）"
    (term,) = (c for c in build_constraints("智慧城市", GLOSSARY) if c.kind == "term")
    moved = constraint("智慧 城市", term.target, text.index("智"))
    assert annotate(text, [moved]) == "推进<t>智慧城市<e>smart city</t>建设(3个)"


def test_tags_in_the_text_are_never_taken_for_annotations() -> None:
    assert annotate("<t>城市<e>town</t>", []) == "< t>城市< e>town< /t>"
    assert annotate("＜e＞城市", []) == "< e>城市"


texts = st.text("科技创新 \u3000城市１0万元，。“”（）Ａa\n\u0301é5G", max_size=40)


@given(texts)
def test_without_constraints_annotation_is_normalisation(text: str) -> None:
    assert annotate(text, []) == normalise_source(text)


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=5))
def test_annotations_only_add_to_the_normalised_text(text: str, spans: list[tuple[int, int]]) -> None:
    given_spans = sorted((start, min(start + size, len(text))) for start, size in spans if start < len(text))
    constraints: list[Constraint] = []
    for start, end in given_spans:
        if not constraints or start >= constraints[-1].end:
            constraints.append(constraint(text[start:end], "rendering", start))
    annotated = annotate(text, constraints)
    assert plain(annotated) == normalise_source(text)
    assert annotated.count("<t>") == annotated.count("<e>") == annotated.count("</t>") <= len(constraints)


@given(st.text("党的十九大智慧城市科技局中山高新技术企业669家5%研发投入,。长期 ", max_size=40))
def test_constraints_are_sorted_non_overlapping_spans(text: str) -> None:
    end = 0
    for item in build_constraints(text, GLOSSARY):
        assert end <= item.start < item.end
        assert text[item.start : item.end] == item.source
        end = item.end


def test_missing_renderings() -> None:
    text = "党的十九大以来,高新技术企业增长5%"
    constraints = build_constraints(text, GLOSSARY)
    right = "Since the 19th National Congress of the CPC, high-tech enterprises have grown by 5 percent."
    assert missing(constraints, right) == ()
    assert [c.source for c in missing(constraints, "High-tech enterprises grew by 50 percent.")] == [
        "党的十九大",
        "5%",
    ]


def test_repeated_ones_are_counted() -> None:
    constraints = (constraint("城市", "city"), constraint("城市", "city", 5))
    assert missing(constraints, "The city helps the other cities.") == ()
    assert missing(constraints, "The city grew.") == constraints[1:]


def test_repeated_figures_are_counted() -> None:
    constraints = build_constraints("出口增长5%,进口增长5%", GLOSSARY)
    assert missing(constraints, "Exports grew by 5 percent and imports by 5 percent.") == ()
    assert missing(constraints, "Exports grew by 5 percent and imports too.") == constraints[1:]


def test_a_rendering_inside_a_longer_one_does_not_count() -> None:
    constraints = (constraint("智慧城市", "smart city"), constraint("城市", "city", 6))
    assert missing(constraints, "Smart cities are built.") == constraints[1:]
    assert missing(constraints, "The city becomes a smart city.") == ()


def test_figures_and_the_longest_terms_are_shown_first() -> None:
    text = "中山市建设智慧城市和城市,新增高新技术企业669家"
    constraints = build_constraints(text, GLOSSARY)
    shown = select(constraints, AnnotationPolicy(terms_per_100=8), length=len(text))
    assert [c.source for c in shown] == ["智慧城市", "高新技术企业", "669"]
    assert [c.kind for c in select(constraints, AnnotationPolicy(terms_per_100=0))] == ["figure"]
    assert all(c.kind == "term" for c in select(constraints, AnnotationPolicy(figures=False, names=False)))
    assert select((), AnnotationPolicy()) == ()
