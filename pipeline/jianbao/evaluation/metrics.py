"""The measures by name: what each is, which way is better, how it is shown."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["quality", "figures", "terms", "names", "checks", "confidence", "abstracts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure. ``share`` says that it is a share, 0 to 1, shown in percent; others are shown as they are.

    ``better`` is +1 where higher is better, -1 where lower is, 0 where neither is. ``main`` ones are in the first
    table that a reader sees; ``tested`` ones are compared between systems.
    """

    name: str
    label: str
    meaning: str
    better: int = 1
    share: bool = True
    main: bool = False
    tested: bool = False

    @property
    def group(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]

    def show(self, value: float | None) -> str:
        """The value for a reader: ``93.4 %``, ``31.2``, or a dash where there is none."""
        if value is None:
            return "–"
        return f"{value * 100:.1f} %" if self.share else f"{value:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The value of a measure; None where there was nothing to measure.

    ``right`` and ``total`` are the counts behind a share (None for other measures), ``signature`` says how it was
    computed where more than one way exists.
    """

    value: float | None
    right: float | None = None
    total: float | None = None
    signature: str = ""


def _share(
    name: str, label: str, meaning: str, *, better: int = 1, main: bool = False, tested: bool = False
) -> Metric:
    return Metric(name=name, label=label, meaning=meaning, better=better, main=main, tested=tested)


def _plain(
    name: str, label: str, meaning: str, *, better: int = 1, main: bool = False, tested: bool = True
) -> Metric:
    return Metric(
        name=name, label=label, meaning=meaning, better=better, main=main, tested=tested, share=False
    )


def _consistency(mode: str, which: str) -> list[Metric]:
    return [
        _share(
            f"terms.consistency_{mode}_{average}",
            f"Term consistency, {mode}, {average}",
            f"Occurrences of a term that have {which}: {how} (Semenov and Bojar 2022).",
            main=(mode, average) == ("frequent", "micro"),
        )
        for average, how in (("micro", "over all occurrences"), ("macro", "mean over document and term"))
    ]


_QUALITY = (
    _plain("quality.bleu", "BLEU", "N-grams shared with the reference (sacreBLEU).", main=True),
    _plain("quality.chrf", "chrF", "Character n-grams shared with the reference (sacreBLEU, chrF2)."),
    _plain("quality.chrf++", "chrF++", "The same with words and pairs of words (chrF2++).", main=True),
    _plain("quality.ter", "TER", "Edits for 100 words of the reference (sacreBLEU).", better=-1),
    _plain("quality.comet", "COMET", "A model's judgement, times 100, by the process that was given."),
)
_FIGURES = (
    _share(
        "figures.accuracy",
        "Figures right",
        "Quantities of the source that stand in the English at their value, exact or reformatted.",
        main=True,
        tested=True,
    ),
    _share("figures.exact", "Figures exact", "Quantities written in house style."),
    _share("figures.reformatted", "Figures reformatted", "Right in value, written otherwise.", better=0),
    _share("figures.wrong_scale", "Figures off by a power of ten", "Ten times, a tenth …", better=-1),
    _share("figures.wrong_value", "Figures of another value", "Another value or unit.", better=-1),
    _share("figures.missing", "Figures missing", "Quantities that the English does not have.", better=-1),
    _share(
        "figures.added",
        "Figures added",
        "Figures without a source, for each quantity of the source.",
        better=-1,
    ),
)
_TERMS = (
    _share(
        "terms.success_rate",
        "Term success rate",
        "Mean over document and term of min(renderings in the English / terms in the source, 1) (WMT25).",
        main=True,
    ),
    _share(
        "terms.exact_match",
        "Term accuracy",
        "Occurrences of terms rendered as the glossary says, in any inflection (Alam et al. 2021).",
        tested=True,
    ),
    *_consistency("first", "the rendering found first in their document"),
    *_consistency("frequent", "the most frequent rendering of their document"),
    *_consistency("predefined", "the target of the glossary"),
    _share(
        "terms.window_overlap_2",
        "Window overlap, 2 words",
        "Of the two words on each side of a term in the reference, those beside it here (Alam et al. 2021).",
    ),
    _share("terms.window_overlap_3", "Window overlap, 3 words", "The same with three words on each side."),
    _share(
        "terms.one_minus_term",
        "1 - TERm",
        "One less TER with edits of term words counted twice, mean of segments (Alam et al. 2021).",
    ),
    _share(
        "terms.forbidden",
        "Forbidden renderings",
        "Renderings that the glossary forbids, for each occurrence of a term.",
        better=-1,
        main=True,
    ),
    _share(
        "names.accuracy",
        "Names right",
        "Places, bodies and people whose rendering by rule stands in the English.",
        tested=True,
    ),
)
_CHECKS = (
    _share("checks.errors", "Segments with errors", "A check found an error.", better=-1, main=True),
    *(
        _share(f"checks.{name}", f"Check: {name}", f"Segments with {what}.", better=-1)
        for name, what in {
            "figures": "a figure that is wrong, missing or added",
            "terms": "a term or name that is missing or has a forbidden rendering",
            "untranslated": "Chinese left in the English, or no English",
            "repetition": "words that repeat themselves",
            "length": "an English far too short or too long",
            "omission": "a clause of which no figure, term or name arrived",
        }.items()
    ),
    _share(
        "confidence.mean", "Confidence", "The model's own probability of a token (geometric mean).", better=0
    ),
    _plain(
        "confidence.correlation",
        "Confidence and chrF++",
        "Spearman's rank correlation of the confidence of a segment with its chrF++, times 100.",
        better=0,
        tested=False,
    ),
)
_ABSTRACTS = (
    _share(
        "abstracts.faithful",
        "Abstracts faithful",
        "Sentences whose figures, names and terms stand in their evidence: they pass the lock.",
        main=True,
    ),
    _share(
        "abstracts.figures", "Figures of abstracts right", "Figures that stand in the Chinese of the section."
    ),
    _share(
        "abstracts.unsupported",
        "Unsupported words",
        "Content words that the evidence does not hold, mean of abstracts.",
        better=-1,
    ),
    _share(
        "abstracts.compression", "Compression", "Words over those of the section's translation.", better=0
    ),
    _plain("abstracts.words", "Words of an abstract", "Mean length.", better=0, tested=False),
    _share("abstracts.coverage", "Sections with an abstract", "Of those with two sentences and more."),
    _share(
        "abstracts.lead_bias",
        "Lead bias",
        "Abstracts that rest on the first sentences of their section and on no other.",
        better=-1,
    ),
    _share("abstracts.rouge_1", "ROUGE-1", "F1 of words against the reference abstract."),
    _share("abstracts.rouge_2", "ROUGE-2", "F1 of pairs of words against the reference abstract."),
    _share(
        "abstracts.rouge_l", "ROUGE-L", "F1 of the longest common subsequence with the reference abstract."
    ),
)

METRICS: tuple[Metric, ...] = (*_QUALITY, *_FIGURES, *_TERMS, *_CHECKS, *_ABSTRACTS)
"""All measures, in the order in which they are shown."""

BY_NAME = {metric.name: metric for metric in METRICS}
