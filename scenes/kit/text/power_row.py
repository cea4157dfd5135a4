"""A power row puts ticks at 1, 10 and 100, or from closer at 1, 2, 5 and 10."""

import math

import numpy as np
from numpy.typing import NDArray

from scenes.kit.text.tick_row import TickRow, tick_row
from scenes.kit.wording.numbers import tick_label, tick_step, tick_value, ticks

FEWEST = 3
"""Least number of ticks from which one sees how an axis goes up."""
STEPS = np.log10([1, 2, 5])


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
