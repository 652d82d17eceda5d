"""The data of this package: readings, quantities (Chinese), figures (English), verdicts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal[
    "number",
    "money",
    "percent",
    "measure",
    "ordinal",
    "range",
    "date",
    "period",
    "fraction",
    "multiple",
    "code",
]
Verdict = Literal["exact", "reformatted", "wrong_scale", "wrong_value", "missing", "added"]


class Reading(NamedTuple):
    """A value with its unit (a name of ``units.UNITS``; empty where the text names none)."""

    value: Decimal
    unit: str = ""


Part = tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure of a Chinese text. Offsets index the text given, and ``text`` is its slice.

    The span of a counted thing holds the number alone (``1634`` of 1634家), so that the noun stays open;
    that of money, percentages, measures and dates holds the unit too. ``target`` is the English in house
    style, ``variants`` are others of the same value. ``parts`` are the values that the English must show
    (a range has two, a date up to three), each with its equivalent readings, the literal one first;
    ``value`` and ``unit`` are those of the first part. Only a ``firm`` quantity must stand in the English;
    the others (一带一路, 双方) merely explain a number that does.
    """

    start: int
    end: int
    text: str
    kind: Kind
    target: str
    variants: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    firm: bool = True

    @property
    def value(self) -> Decimal:
        """The literal value of the first part."""
        return self.parts[0][0].value

    @property
    def unit(self) -> str:
        """The literal unit of the first part."""
        return self.parts[0][0].unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of an English text. Offsets index the text given, and ``text`` is its slice.

    ``others`` are further readings (the "3" of "3 to 5 million" may be three million). A ``firm`` figure
    needs a source; "one", "first", "both" or the 19 of COVID-19 do not.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str = ""
    others: Part = ()
    firm: bool = True

    @property
    def readings(self) -> Part:
        """All readings, the literal one first."""
        return (Reading(self.value, self.unit), *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureVerdict:
    """What became of one quantity (``figure`` is its partner), or of a figure without a source (``added``)."""

    quantity: Quantity | None
    figure: Figure | None
    verdict: Verdict
