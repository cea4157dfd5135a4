"""What chapter 13 says of momentum beside plain descent, as their losses have it."""

import numpy as np

from gdmath import FloatArray
from scenes.kit.wording import Message, Number, Values, as_much, message, whole


def after_the_run(steps: int, heavy: Number, plain: Number, rooted: bool) -> Message:
    """What momentum and plain descent have come to: their RMSE if ``rooted``, else their loss."""
    values: Values = {"steps": whole(steps), "heavy": heavy, "plain": as_much(heavy, plain)}
    if rooted:
        return message(
            "After {steps} steps its RMSE is {heavy}; plain descent has {plain}.", **values
        )
    return message("After {steps} steps its loss is {heavy}; plain descent has {plain}.", **values)


def at_the_larger_rate(losses: FloatArray, goes_straight: bool) -> Message:
    """What becomes of plain descent at the rate that momentum adds up to, by its ``losses``."""
    if losses[-1] < losses[0]:
        if goes_straight:
            return message("it goes straight down and never swings")
        return message("it jumps from side to side")
    if np.nanmax(losses) > losses[0]:
        return message("it blows up")
    return message("it ends where no loss is")


def at_their_best(steps: int, heavy: Number, plain: Number) -> Message:
    """What both have come to, each at its best rate."""
    return message(
        "After {steps} steps the loss is {heavy}; plain descent at its best rate has {plain}.",
        steps=whole(steps),
        heavy=heavy,
        plain=as_much(heavy, plain),
    )
