"""The verbs of official English, with their forms: enough to give a sentence without a subject its subject.

Chinese reports leave the subject out, and their translations begin "Strengthen ...", "Strengthening ..." or
"Strengthened ...". An abstract says who, and says it in one tense.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

Form = Literal["base", "past", "gerund", "third"]

_REGULAR = """
abolish accelerate accept achieve activate adapt add address adhere adjust adopt advance advocate align
allocate amplify apply arrange attach attract boost broaden carry channel combine compile complete comply
concentrate conduct confront consolidate continue convene coordinate crack create cultivate cure deepen
defuse delegate deliver deploy develop dispatch eliminate employ enact enable encourage endeavor energize
enforce enhance enrich ensure establish exceed execute expand expedite explore extend facilitate formulate
forge foster fulfill guarantee guide handle help hold identify implement improve incorporate increase
incubate innovate inspect institute integrate intensify introduce invest investigate issue join launch
maintain manage mobilize modernize obtain offer optimize organize participate perform persist popularize
prepare press prevent produce prohibit promote propose protect provide publicize publish pursue quicken
raise realize recruit rectify redouble reduce refine regard register regulate reinforce relax release rely
relocate remove renovate resolve respond revise revitalize safeguard secure select serve shoulder simplify
solve stabilize standardize start stimulate streamline strengthen supervise tackle tighten transform
undertake unify unleash update upgrade uphold urge widen achieve administer allow analyze answer approve
assign assist balance ban call care cherish clear commercialize compete control cooperate cover declare
demolish earmark emphasize equip exercise extend fund gather generate grant hire host include inject lower
match merge monitor move nurture oppose outline oversee overhaul phase pilot pioneer place plan play polish pool
practice process push rally reach receive recognize recommend record refer reform replace report require
restore restrict review reward roll scale sign support study summarize sustain
tap train treat turn use value verify visit
work
"""
_IRREGULAR = {
    "begin": "began",
    "break": "broke",
    "bring": "brought",
    "build": "built",
    "cut": "cut",
    "deal": "dealt",
    "do": "did",
    "draw": "drew",
    "drive": "drove",
    "fight": "fought",
    "find": "found",
    "get": "got",
    "give": "gave",
    "go": "went",
    "grow": "grew",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "make": "made",
    "meet": "met",
    "overcome": "overcame",
    "oversee": "oversaw",
    "pay": "paid",
    "put": "put",
    "rebuild": "rebuilt",
    "run": "ran",
    "see": "saw",
    "seek": "sought",
    "seize": "seized",
    "send": "sent",
    "set": "set",
    "speed": "sped",
    "spend": "spent",
    "stick": "stuck",
    "strive": "strove",
    "take": "took",
    "undertake": "undertook",
    "uphold": "upheld",
    "win": "won",
}
_DOUBLING = frozenset({"ban", "cut", "get", "plan", "put", "refer", "run", "set", "tap", "win", "begin"})

_AMBIGUOUS_TEXT = """
advance balance benefit boost call care channel control cover cut deal fight fund grant help host increase
issue launch lead match pilot place plan practice process push reach record reform release report review
reward roll scale set sign start support train use value visit work exercise pool break move address run
"""
AMBIGUOUS = frozenset(_AMBIGUOUS_TEXT.split())
"""Base forms that are as often nouns or adjectives ("support for ...", "work on ...")."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb and the verb."""

    base: str
    form: Form


def past(base: str) -> str:
    """The simple past of a verb: improve -> improved, build -> built."""
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLING else "") + "ed"


def gerund(base: str) -> str:
    """The -ing form of a verb."""
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    return stem + (stem[-1] if base in _DOUBLING else "") + "ing"


def third(base: str) -> str:
    """The third person singular of the present."""
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


@cache
def _forms() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for base in (*_IRREGULAR, *_REGULAR.split()):
        table.setdefault(gerund(base), Verb(base, "gerund"))
        table.setdefault(past(base), Verb(base, "past"))
        table.setdefault(third(base), Verb(base, "third"))
    table.update({base: Verb(base, "base") for base in (*_REGULAR.split(), *_IRREGULAR)})
    return table


def verb(word: str) -> Verb | None:
    """What verb ``word`` is a form of, if it is one that reports use."""
    return _forms().get(word.lower())
