"""Here numbers are written, and ticks fall.

A number is rounded from the computed value and has a true minus sign. It is a `Number`: a text that
knows what it was written for, so that it can be asked where it comes from.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.kit.wording.messages import Message, message
from scenes.kit.wording.written import MINUS, PLAIN, SUPERSCRIPTS, THIN_SPACE, Number

INFINITE = "\N{INFINITY}"
UNDEFINED = "undefined"
"""How a value is written that is no number, such as 0/0."""
EXACT = Context(prec=800)
"""Context with digits enough for any float, so that rounding is done once and exactly."""
PLAIN_POWERS = 2
FIVE = 5
"""Least number of digits before the point at which thousands stand apart."""
LONGEST = 6
"""Most digits of a number with decimals, as many as are read at a glance."""
LARGEST, SMALLEST = 7, -5
"""Powers of ten from which, and below which, a number is written by one."""
DIGITS = 4
"""Significant digits of a number written by a power of ten."""
FEW = 2
"""Significant digits of a number of a series that has become too small for decimals."""
COUNTLESS = 1e15
ROUNDING = 1e-13
"""Share of the largest of a series that is rounding: a few hundred times what an addition loses."""


def fixed(value: float, decimals: int = 2) -> Number:
    """``value`` correctly rounded to ``decimals`` places: −0.07 for (−0.0712, 2), never −0.00."""
    return _written(_rounded(value, -decimals), value, -decimals)


def significant(value: float, digits: int = 3) -> Number:
    """``value`` correctly rounded to ``digits`` significant digits: 77.0 for (77.0136, 3).

    What is very large or very small is written by a power of ten: 2.17e9, 4.0e−8.
    """
    if not math.isfinite(value):
        return _written(_rounded(value, 0), value, 0)
    exponent = _exponent(value, digits)
    if value and not SMALLEST <= exponent < LARGEST:
        return by_power(value, digits)
    place = exponent - digits + 1 if value else 0
    return _written(_rounded(value, place), value, place)


def by_power(value: float, digits: int = 3) -> Number:
    """``value`` correctly rounded to ``digits`` digits and a power of ten: 7.70e1, 4.00e−8."""
    if not math.isfinite(value):
        return _written(_rounded(value, 0), value, 0)
    exponent = _exponent(value, digits)
    place = exponent - digits + 1
    mantissa = _rounded(Decimal(_rounded(value, place)).scaleb(-exponent), place - exponent)
    return _written(f"{mantissa}e{exponent}", value, place)


def as_given(value: float) -> Number:
    """A number as whoever gave it wrote it, to `DIGITS` digits: 0.05, 0.015, 5e−8."""
    shortest = f"{value:.{DIGITS - 1}e}".partition("e")[0]
    return significant(value, len(shortest.strip("-").rstrip("0").replace(".", "")) or 1)


def suited(values: ArrayLike, most: int = 4) -> Callable[[float], Number]:
    """How to write numbers no larger than the largest of ``values``, all with one precision.

    They get ``most`` decimals, fewer where that would be more than `LONGEST` digits, and more where
    all would be zeros; if they are very large or very small, `DIGITS` digits and a power of ten.
    """
    decimals = _decimals(values, most)
    if decimals is None:
        return partial(significant, digits=DIGITS)
    return partial(fixed, decimals=decimals)


def dwindling(values: ArrayLike, most: int = 4) -> Callable[[float], Number]:
    """How to write a series that dies away: as `suited` does, until that would be all zeros.

    From there on `FEW` digits and a power of ten, but for what is mere rounding of the largest.
    """
    plain, nothing = suited(values, most), ROUNDING * _largest(values)

    def write(value: float) -> Number:
        told = plain(value)
        return told if told.strip(f"{MINUS}0.") or abs(value) <= nothing else by_power(value, FEW)

    return write


def told_apart(first: float, second: float, most: int = 2) -> tuple[Number, Number]:
    """Two numbers written so that they can be told apart, if they differ: 0.301 and 0.279."""
    decimals = _decimals([first, second], most)
    if decimals is None:
        return significant_apart(first, second, DIGITS)
    if math.isfinite(first) and math.isfinite(second) and first != second:
        decimals = max(decimals, 1 - math.floor(math.log10(abs(first - second))))
    return fixed(first, decimals), fixed(second, decimals)


def significant_apart(first: float, second: float, digits: int) -> tuple[Number, Number]:
    """Two numbers to ``digits`` significant digits; if they are then one, more, up to `LONGEST`."""
    for more in range(digits, LONGEST + 1):
        written = significant(first, more), significant(second, more)
        if written[0] != written[1]:
            break
    return written


def as_much(first: Number, second: Number) -> Number | Message:
    """``second`` as it is written, or that it is the same if it reads as ``first`` does."""
    return message("the same") if second == first else second


def _decimals(values: ArrayLike, most: int) -> int | None:
    """How many decimals suit numbers up to the largest of ``values``; None if none do."""
    largest = _largest(values)
    exponent = math.floor(math.log10(largest)) if largest else 0
    if not SMALLEST < exponent < LARGEST:
        return None
    return max(0, min(most + max(0, -exponent - 1), LONGEST - 1 - exponent))


def _largest(values: ArrayLike) -> float:
    """The largest size among those of ``values`` that are finite; 0 if none is."""
    sizes = np.abs(np.asarray(values, dtype=float))
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))


def whole(value: float) -> Number:
    """A count: 1968, 10 000; one that nobody would count is written by a power of ten."""
    if COUNTLESS <= abs(value) < math.inf:
        return by_power(value, DIGITS)
    return _written(_rounded(value, 0), value, 0)


def power_of_ten(value: float) -> Number:
    """The nearest power of ten as a caption can carry it: 100, 0.1, 10⁻⁸."""
    power = round(math.log10(abs(value)))
    if abs(power) <= PLAIN_POWERS:
        return _written(f"{10.0**power:g}", value, None)
    raised = str(power).translate(str.maketrans(PLAIN, SUPERSCRIPTS))
    return Number(f"10{raised}", value, None)


def heard_roughly(number: Number, digits: int = 2) -> Number:
    """``number`` for the eye, of which the ear is told that it is about so many ``digits``."""
    seen = Number(number, number.value, number.place)
    seen.heard = f"about {significant(number.value, digits)}"
    return seen


def counted(value: float) -> Number:
    """A count of things that are seen in the picture, so that it need not be written there."""
    number = whole(value)
    seen = Number(number, number.value, number.place)
    seen.counted = True
    return seen


def tick_label(value: float, step: float) -> str:
    """The number at a tick, of ticks ``step`` apart: with as many decimals as all of them need."""
    return signed(_rounded(value, min(0, math.floor(math.log10(step) + 1e-9))))


def tick_value(label: str) -> float:
    """The coordinate that a label of a tick says; of a power of ten, the power."""
    return float(label.removeprefix("10^(").removesuffix(")").replace(MINUS, "-"))


def signed(digits: str) -> str:
    """``digits`` with a true minus sign."""
    return digits.replace("-", MINUS)


def _rounded(value: float | Decimal, place: int) -> str:
    """``value`` to the nearest multiple of 10**``place``, half to even; zero has no sign."""
    if not math.isfinite(value):
        return UNDEFINED if math.isnan(value) else INFINITE if value > 0 else f"-{INFINITE}"
    exact = value if isinstance(value, Decimal) else Decimal(float(value))
    rounded = exact.quantize(Decimal(1).scaleb(place), ROUND_HALF_EVEN, EXACT)
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def _exponent(value: float, digits: int) -> int:
    """The power of ten of the first digit of ``value``, once it is rounded to ``digits``."""
    return int(f"{value:.{digits - 1}e}".partition("e")[2])


def _written(digits: str, value: float, place: int | None) -> Number:
    return Number(signed(_grouped(digits)), float(value), place)


def _grouped(digits: str) -> str:
    """``digits`` with thin spaces between thousands: 1968 stays, 10 000 parts."""
    ones, point, rest = digits.partition(".")
    if not ones.lstrip("-").isdigit() or "e" in digits or len(ones.lstrip("-")) < FIVE:
        return digits
    return f"{int(ones):,}".replace(",", THIN_SPACE) + point + rest


def tick_step(span: float, about: int = 5) -> float:
    """A step of 1, 2 or 5 times a power of ten, for at most ``about`` + 1 parts of ``span``."""
    raw = span / about
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * (1 - 1e-9))


def ticks(low: float, high: float, about: int = 5) -> NDArray[np.float64]:
    """The multiples of the tick step from ``low`` to ``high``, shape (k,)."""
    step = tick_step(high - low, about)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return np.arange(first, last + 1, dtype=np.float64) * step


def padded(values: NDArray[np.float64], margin: float = 0.08) -> tuple[float, float]:
    """The range of ``values`` widened by ``margin`` of its span on both sides."""
    low, high = float(np.min(values)), float(np.max(values))
    pad = margin * (high - low or abs(high) or 1.0)
    return low - pad, high + pad
