"""Each number in a text is traced to the computed value that it was written for."""

import math
from dataclasses import dataclass

from scenes.kit.wording.written import Number, numbers_of, numerals


@dataclass(frozen=True)
class Told:
    """A text, and for each of its numerals the number that was written there, None if none was."""

    text: str
    numbers: tuple[Number | None, ...]


def told(text: str) -> Told:
    """``text`` with what its numerals stand for, as far as it knows."""
    known = {str(number): number for number in numbers_of(text)}
    return Told(text, tuple(known.get(numeral) for numeral in numerals(text)))


SAME = 1e-6
"""Share by which two values of one quantity may differ."""
PERCENT = 100.0


def shows(shown: Number, said: Number) -> bool:
    """Whether a number on screen is the one ``said``: of its value, or of what that is rounded to.

    What is said as so many per cent, or without its sign, may be shown as a share, and with it.
    """
    if not math.isfinite(said.value) or not math.isfinite(shown.value):
        return str(said) == str(shown)
    if said.place is None:
        return math.isclose(said.value, shown.value, rel_tol=SAME) or said == shown
    there = abs(shown.value)
    rounding = 10.0**said.place / 2 * (shown.place is not None and shown.place <= said.place)
    return any(
        abs(abs(said.value) - times * there) <= max(SAME * abs(said.value), rounding)
        for times in (1, PERCENT, 1 / PERCENT)
    )
