"""What chapter 10 says of rates: which is ahead, how soon one blows up, and how a root goes."""

import numpy as np

from gdmath import FloatArray
from scenes.kit.wording import Message, Number, Values, as_much, message, told_apart, whole

DECIMALS = 4
LONGEST_RATE = 4
"""Digits of a rate that is chosen to be short."""
NARROW = 1e-3
"""Of a root: losses as near as that would need too many digits to be told apart."""


def swings(roots: FloatArray) -> bool:
    """Whether ``roots`` (steps + 1,) end by jumping over the minimum and back."""
    earlier, before, last = roots[-3:].tolist()
    return bool(before < last or earlier < before)


def steps_of_a_root(roots: FloatArray) -> Message:
    """One sentence: how long the steps are."""
    if swings(roots):
        return message("Its slope does not fade, so its steps stay long.")
    return message("Its slope is no steeper far out, where steps stay short.")


def end_of_a_root(roots: FloatArray, mean: float) -> Message:
    """One sentence: where ``roots`` come to, and if need be what descent on the ``mean`` has."""
    first, before, last = roots[[0, -2, -1]].tolist()
    if not swings(roots):
        begun, ended = told_apart(first, last, DECIMALS)
        return message(
            "Its RMSE began as {begun}; after {steps} steps it is {ended}.",
            begun=begun,
            steps=whole(len(roots) - 1),
            ended=as_much(begun, ended),
        )
    if abs(last - before) > NARROW * last:
        low, high = told_apart(min(before, last), max(before, last), DECIMALS)
        return message(
            "It ends up hopping to and fro between an RMSE of {low} and one of {high}.",
            low=low,
            high=high,
        )
    low, high = told_apart(mean, last, DECIMALS)
    return message(
        "It ends up hopping to and fro at an RMSE of {high}; the mean has come to {low}.",
        high=high,
        low=low,
    )


def ahead_of_the_others(steps: Number, rate: Number, is_smaller: bool) -> Message:
    """Which rate has come farthest by now; it may be smaller than that which is best for ever."""
    values: Values = {"steps": steps, "rate": rate}
    if is_smaller:
        return message(
            "In the long run nothing is faster. After {steps} steps {rate} is still ahead.",
            **values,
        )
    return message(
        "In the long run nothing is faster. After {steps} steps {rate} is ahead.", **values
    )


def the_sum_blows_up(rate: Number, steps: Number, at_once: bool) -> Message:
    """How soon a rate that is fine for the mean is too much for the sum."""
    if at_once:
        return message("A rate of {rate}, fine for the mean, blows up the sum at once.", rate=rate)
    return message(
        "A rate of {rate}, fine for the mean, blows up the sum in {steps} steps.",
        rate=rate,
        steps=steps,
    )


def rounded(rate: float, low: float, high: float) -> float:
    """``rate`` in as few digits as keep it between ``low`` and ``high``, or else their middle."""
    first = -int(np.floor(np.log10(rate)))
    shorter = (round(rate, first + more) for more in range(LONGEST_RATE))
    return next((short for short in shorter if low < short < high), (low + high) / 2)
