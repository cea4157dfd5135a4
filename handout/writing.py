"""Write the handout's numbers: those that are given, and those that are asked for."""

import math
from collections.abc import Callable, Iterable

from gdmath import FloatArray, Summary
from scenes.kit.wording import fixed, significant, unicode_name

GIVEN, EXACT, ASKED = 6, 10, 3
"""Most significant digits of a number that is given, of one that another nearly as large is taken
from, and of an answer."""
SMALLEST, HALF = 1e-12, 0.5
"""What a step takes off, as a share, from which on it is told, and up to which what it leaves is
near one."""
ROWS = (1, 2, 5)
"""The descent is told after so many steps, and ten and a hundred times as many."""
Value = float | FloatArray
"""One number; NumPy's functions return it as an array without axes."""


def given(value: Value, digits: int = GIVEN) -> str:
    """A number that is given: as short as it is, with no more than so many significant digits."""
    mantissa = f"{float(value):.{digits - 1}e}".partition("e")[0].strip("-").replace(".", "")
    return significant(float(value), len(mantissa.rstrip("0")) or 1)


def asked(value: Value) -> str:
    """A number that is asked for."""
    return significant(float(value), ASKED)


def factor(value: Value) -> str:
    """What a step leaves of a distance, with digits that tell it from all of it: 0.99976."""
    lost = max(abs(1 - abs(float(value))), SMALLEST)
    if lost > HALF:
        return asked(value)
    return fixed(float(value), max(ASKED, 1 - math.floor(math.log10(lost))))


def place(told: Summary, values: Iterable[float], write: Callable[[Value], str] = asked) -> str:
    """Two numbers with the names of their parameters: a = −1, b = 1."""
    pairs = zip(told.lesson.parameters, values, strict=True)
    return ", ".join(f"{unicode_name(name)} = {write(value)}" for name, value in pairs)


def rows(told: Summary) -> list[int]:
    """After which steps the handout tells where the descent is, from 0 to the last."""
    steps = told.lesson.steps
    counts = (count * 10**power for power in range(len(str(steps))) for count in ROWS)
    return [0, *(count for count in counts if count < steps), steps]


def along(told: Summary, slopes: Iterable[float], write: Callable[[Value], str] = asked) -> str:
    """Two slopes with the names of their parameters: −15.3 in a, −17.4 in b."""
    pairs = zip(told.lesson.parameters, slopes, strict=True)
    return ", ".join(f"{write(slope)} in {unicode_name(name)}" for name, slope in pairs)
