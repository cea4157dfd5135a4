"""A TickRow is the ticks of one axis and their numbers, in thousands or thousandths if need be.

A power row puts ticks at 1, 10 and 100, or from closer at 1, 2, 5 and 10.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from scenes.kit.wording.numbers import tick_label, tick_step, tick_value, ticks
from scenes.kit.wording.written import MINUS, Written, numbers_of

FEWEST = 3
"""Least number of ticks of a logarithmic axis from which one sees how it goes up."""
STEPS = np.log10([1, 2, 5])
LONGEST = 5
"""Most digits of a number beside a tick, or of what takes their room."""
UNITS = {
    24: "septillions",
    21: "sextillions",
    18: "quintillions",
    15: "quadrillions",
    12: "trillions",
    9: "billions",
    6: "millions",
    3: "thousands",
    0: "",
    -3: "thousandths",
    -6: "millionths",
    -9: "billionths",
    -12: "trillionths",
    -15: "quadrillionths",
    -18: "quintillionths",
    -21: "sextillionths",
    -24: "septillionths",
}
"""Names of the units that labels count in, by power of ten, as far as squares of amounts go."""


@dataclass(frozen=True, eq=False)
class TickRow:
    """The ``values`` of the ticks, shape (k,), ``step`` apart, and the ``labels`` beside them.

    The labels count in powers of ten: a value is what its label says times 10**``power``.
    """

    values: NDArray[np.float64]
    labels: list[str]
    step: float
    power: int = 0

    def said(self, index: int) -> float:
        """The value that a label says, in steps: so a tick at 0 has a size to be compared with."""
        return tick_value(self.labels[index]) * 10.0**self.power / self.step

    def only(self, kept: Sequence[bool]) -> "TickRow":
        """The same row without the ticks that are not ``kept``, one truth for each of them."""
        return replace(self, values=self.values[list(kept)], labels=[*compress(self.labels, kept)])

    def named(self, name: str) -> str:
        """The ``name`` of the axis in Typst, with the unit in which its labels count."""
        if not self.power:
            return name
        unit = f" in {UNITS[self.power]}"
        # Two texts side by side would stand too far apart.
        text = f'{name[:-1]},{unit}"' if name.endswith('"') else f'{name} "{unit}"'
        return Written(text, numbers_of(name))


def tick_row(low: float, high: float, about: int = 5, longest: int = LONGEST) -> TickRow:
    """At most ``about`` + 1 ticks at round values from ``low`` to ``high``.

    They count in thousands or the like where a label would be wider than ``longest`` digits.
    """
    step, values = tick_step(high - low, about), ticks(low, high, about)
    plain = TickRow(values, [tick_label(value, step) for value in values], step)
    largest = max(abs(low), abs(high))
    power = 3 * math.floor(math.log10(largest) / 3)
    power = min(max(power, min(UNITS)), max(UNITS))
    if max(map(width, plain.labels), default=0) <= longest or not power:
        return plain
    unit = 10.0**power
    labels = [tick_label(value / unit, step / unit) for value in values]
    shorter = max(map(len, labels)) < max(map(len, plain.labels))
    return TickRow(values, labels, step, power) if shorter else plain


def width(label: str) -> float:
    """About how wide a number is, in digits: a minus is wider than one, a point narrower."""
    return len(label) + 0.5 * label.count(MINUS) - 0.5 * label.count(".")


class PowerRow(TickRow):
    """A row whose ``values`` are powers of ten, and whose labels say the numbers themselves."""

    def said(self, index: int) -> float:
        """The power of ten of what a label says."""
        return math.log10(tick_value(self.labels[index])) + self.power


def power_row(low: float, high: float, about: int) -> TickRow:
    """At most ``about`` + 1 ticks from 10**``low`` to 10**``high``, at round numbers."""
    whole = ticks(low, high, about)
    if tick_step(high - low, about) < 1:
        whole = np.arange(math.ceil(low), math.floor(high) + 1.0)
    between = one_two_five(low, high)
    if len(whole) >= FEWEST or len(between) > about + 1:
        return TickRow(whole, [f"10^({tick_label(power, 1)})" for power in whole], 1.0)
    # From closer still an axis of powers is all but even, and has its ticks.
    even = tick_row(10**low, 10**high, about)
    if len(between) < FEWEST:
        return PowerRow(np.log10(even.values), even.labels, 1.0, even.power)
    numbers = 10 ** (between - even.power)
    return PowerRow(between, [tick_label(n, n) for n in numbers], 1.0, even.power)


def one_two_five(low: float, high: float) -> NDArray[np.float64]:
    """The powers of ten of 1, 2, 5, 10, 20 … from ``low`` to ``high``, shape (k,)."""
    decades = np.arange(math.floor(low), math.ceil(high) + 1.0)
    powers = np.add.outer(decades, STEPS).ravel()
    return np.asarray(powers[(powers >= low - 1e-9) & (powers <= high + 1e-9)])
