"""When a figure of the English says the same as a part of a Chinese quantity."""

import re
from collections.abc import Iterable
from decimal import Decimal

from jianbao.quantities.model import Figure, Part, Reading, Verdict
from jianbao.quantities.units import UNITS

# Dimensions that no translation swaps for another; a bare number agrees with every one.
_OPEN = {"", "count", "ordinal", "code", "calendar year", "calendar month", "calendar day"}
# 100 million mu are 6.67 million hectares, rounded.
_ROUNDING = Decimal("0.01")
_NEVER_COUNTED = {"percent", "ratio", "yuan", "US dollar", "euro", "Hong Kong dollar", "pound", "yen"}
_ALL = re.compile(
    r"\b(?:all|full|fully|every|each|entire|entirely|complete|completely|universal|whole)\b", re.IGNORECASE
)
_NONE = re.compile(r"\b(?:no|not|none|nil|without|never|free)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:an?|one|single|sole|only|each|every|another|same|once|first|the)\b", re.IGNORECASE)


def goes_without_figure(part: Part, english: str) -> bool:
    """One is also said by "a", zero by "no", 100 percent by "all"."""
    reading = part[0]
    if reading.unit == "percent":
        return reading.value == 100 and bool(_ALL.search(english))
    if reading.value == 0:
        return bool(_NONE.search(english))
    if reading.value != 1 or reading.unit.startswith("calendar"):
        return False
    if UNITS[reading.unit].plural:
        noun = re.escape(reading.unit).replace("meter", "met(?:er|re)")
        return re.search(rf"\b(?:an?|one|each|per|every|another|last)\s{noun}", english) is not None
    return bool(_ONE.search(english))


def _canonical(reading: Reading) -> tuple[str, Decimal]:
    unit = UNITS[reading.unit]
    return unit.dimension, abs(reading.value) * unit.factor


def _agree(source: Reading, figure: Reading) -> int | None:
    """How well two readings agree: 0 in value and unit, 1 in value with a unit left open, None not at all."""
    dimension, value = _canonical(source)
    other_dimension, other_value = _canonical(figure)
    if dimension == other_dimension:
        return 0 if value == other_value else None
    if abs(source.value) != abs(figure.value):
        return None
    return 1 if _compatible(dimension, other_dimension) else None


def _compatible(source: str, figure: str) -> bool:
    if "times" in (source, figure):
        # "both" is no doubling, and 180 percent are not 180 times.
        return {source, figure} <= {"times", "", "ordinal"} or (source == "count" and figure == "times")
    if figure in _OPEN:
        return True
    return source in _OPEN and not (source == "count" and figure in _NEVER_COUNTED)


def rank(part: Part, figure: Figure, *, firm: bool = True) -> int | None:
    """The cost of pairing a part with a figure: lower is better, None is impossible. Soft parts fit any unit."""
    if not firm and any(abs(a.value) == abs(b.value) for a in part for b in figure.readings):
        return 5
    costs = [
        cost + 2 * (i > 0) + 2 * (j > 0)
        for i, reading in enumerate(part)
        for j, other in enumerate(figure.readings)
        if (cost := _agree(reading, other)) is not None
    ]
    return min(costs, default=None)


def keys(readings: Iterable[Reading]) -> set[tuple[str, Decimal]]:
    """What two readings share when they agree: the bare value, or the value in base units."""
    return {key for reading in readings for key in (("", abs(reading.value)), _canonical(reading))}


def fault(part: Part, figure: Figure, distance: float) -> Verdict | None:
    """What is wrong with the figure if it is meant for this part; None where it hardly is."""
    source, other = part[0], Reading(figure.value, figure.unit)
    dimension, value = _canonical(source)
    other_dimension, other_value = _canonical(other)
    same = dimension == other_dimension
    if same or _compatible(dimension, other_dimension):
        left, right = (value, other_value) if same else (abs(source.value), abs(other.value))
        if same and source.unit != other.unit and left and abs(right / left - 1) < _ROUNDING:
            return "reformatted"
        if left and right and _is_power_of_ten(left / right):
            return "wrong_scale"
        return "wrong_value" if distance < 0.35 else None
    return "wrong_value" if abs(source.value) == abs(other.value) and distance < 0.5 else None


def _is_power_of_ten(ratio: Decimal) -> bool:
    """Whether a ratio other than one is 10, 100, ... or 0.1, 0.01, ..."""
    return ratio.normalize().as_tuple().digits == (1,) and ratio != 1
