"""How numbers are written, and where ticks fall.

A number is rounded from the computed value and has a true minus sign.
"""

import math
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
from numpy.typing import NDArray

MINUS = "\N{MINUS SIGN}"


def fixed(value: float, decimals: int = 2) -> str:
    """``value`` correctly rounded to ``decimals`` places: −0.07 for (−0.0712, 2), never −0.00."""
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{abs(rounded) if rounded == 0 else rounded:f}".replace("-", MINUS)


def significant(value: float, digits: int = 3) -> str:
    """``value`` correctly rounded to ``digits`` significant digits: 77.0 for (77.0136, 3)."""
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    return fixed(float(f"{value:.{digits - 1}e}"), max(0, digits - 1 - magnitude))


def whole(value: float) -> str:
    """A count with thin spaces between thousands: 1968 stays, 10 000 parts."""
    digits = f"{int(value):,}" if abs(value) >= 10_000 else str(int(value))
    return digits.replace(",", "\N{THIN SPACE}").replace("-", MINUS)


def power_of_ten(value: float) -> str:
    """The nearest power of ten as a caption can carry it: 100, 0.1, 1e−8."""
    power = round(math.log10(abs(value)))
    written = f"{10.0**power:g}" if abs(power) <= 2 else f"1e{power}"
    return written.replace("-", MINUS)


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
