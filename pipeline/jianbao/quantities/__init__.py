"""Figures: Chinese quantities, their English, and whether a translation carries them."""

from jianbao.quantities.align import align_figures, carries
from jianbao.quantities.chinese import find_quantities
from jianbao.quantities.figures import find_figures
from jianbao.quantities.model import Figure, FigureVerdict, Quantity, Reading
from jianbao.quantities.numerals import parse_numeral

__all__ = [
    "Figure", "FigureVerdict", "Quantity", "Reading", "align_figures", "carries", "find_figures",
    "find_quantities", "parse_numeral",
]  # fmt: skip
