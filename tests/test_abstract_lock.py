import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.abstract_lock import unsupported_share, violations
from jianbao.glossary import Entry, Glossary

SOURCE = "全市新增高新技术企业126家,研发经费投入达到18.5亿元,增长12.4%。"
ENGLISH = (
    "The city added 126 high-tech enterprises, and R&D spending reached 1.85 billion yuan, up 12.4 percent."
)
EVIDENCE = [(SOURCE, ENGLISH)]
GLOSSARY = Glossary(
    [
        Entry(
            source="高新技术企业", target="high-tech enterprise", forbidden=("new and high technology firm",)
        ),
        Entry(source="粤港澳大湾区", target="Guangdong-Hong Kong-Macao Greater Bay Area"),
    ]
)


@pytest.mark.parametrize(
    "sentence",
    [
        "R&D spending reached 1.85 billion yuan, up 12.4 percent.",
        "The city added 126 high-tech enterprises.",
        "High-tech enterprises grew by 126, while spending on R&D reached 1.85 billion yuan.",
    ],
)
def test_what_the_evidence_holds_may_stand(sentence: str) -> None:
    assert violations(sentence, EVIDENCE, GLOSSARY) == ()


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("R&D spending reached 18.5 billion yuan, up 12.4 percent.", "figure"),
        ("The city added 162 high-tech enterprises.", "figure"),
        ("R&D spending reached 1.85 billion yuan, up 0.4 percent.", "figure"),
        ("Shenzhen added 126 high-tech enterprises.", "name"),
        ("The city of Qingdao added 126 high-tech enterprises.", "name"),
        (
            "The city added 126 high-tech enterprises in the Guangdong-Hong Kong-Macao Greater Bay Area.",
            "term",
        ),
        ("The city added 126 new and high technology firms.", "forbidden"),
        ("The city added 1,26 high-tech enterprises.", "malformed"),
        ("The city added 126 高新 enterprises.", "Chinese"),
        ("The city added <t>126 high-tech enterprises.", "marks"),
        ("The city added 126 enterprises and enterprises.", "repetition"),
        ("The city added high-tech enterprises and the city added high-tech firms.", "repetition"),
        ("Farmers planted orchards along mountain slopes near villages.", "content words"),
        ("", "empty"),
    ],
)
def test_what_the_evidence_does_not_hold_never_stands(sentence: str, reason: str) -> None:
    found = violations(sentence, EVIDENCE, GLOSSARY)
    assert any(reason in violation for violation in found), found


def test_a_name_that_the_model_invented_in_the_translation_too_does_not_stand() -> None:
    source = "加快建设区域科技创新中心。"
    invented = (
        "The city will build the Guangdong-Hong Kong-Macao Greater Bay Area science and technology center."
    )
    assert violations(invented, [(source, invented)], GLOSSARY)
    assert not violations(invented, [(source + "融入粤港澳大湾区。", invented)], GLOSSARY)


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("A total of 2018 patents were granted.", False),
        ("In 2018, 45 patents were granted.", True),
        ("Patents were granted under the 13th Five-Year Plan in 2018.", False),
    ],
)
def test_a_year_is_no_count_and_a_plan_must_be_named(sentence: str, stands: bool) -> None:
    evidence = [
        ("2018年授权专利45件,13日公布。", "In 2018, 45 patents were granted, as announced on the 13th.")
    ]
    assert (not violations(sentence, evidence)) == stands


def test_evidence_of_two_segments_holds_together() -> None:
    other = ("新建孵化器7家。", "Seven incubators were built.")
    sentence = "The city added 126 high-tech enterprises, while seven incubators were built."
    assert violations(sentence, EVIDENCE, GLOSSARY)
    assert not violations(sentence, [*EVIDENCE, other], GLOSSARY)


@given(st.integers(min_value=20, max_value=1899))
def test_another_count_never_stands(count: int) -> None:
    right = count == 126
    assert (not violations(f"The city added {count:,} high-tech enterprises.", EVIDENCE)) == right


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_judged(sentence: str, source: str, translation: str) -> None:
    violations(sentence, [(source, translation)], GLOSSARY)
    assert 0.0 <= unsupported_share(sentence, source, translation, GLOSSARY) <= 1.0
