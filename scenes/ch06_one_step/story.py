"""What chapter 6 says of a single step, and of the mistakes made beside it."""

import numpy as np

from gdmath import FloatArray
from scenes.kit.wording import Message, Number, Values, message, told_apart


def the_rate(rate: Number, length: Number, is_shorter: bool, comes_close: bool) -> Message:
    """What the learning rate makes of the slope, and how the step is looked at."""
    look = (
        message("To see it, we come closer.")
        if comes_close
        else message("We step back to have room.")
    )
    values: Values = {"rate": rate, "length": length, "look": look}
    if is_shorter:
        return message("The learning rate, {rate}, makes it short: {length}. {look}", **values)
    return message("The learning rate, {rate}, gives it its length: {length}. {look}", **values)


def without_the_minus(losses: FloatArray) -> Message:
    """Where a step up the slope leads, by the ``losses`` before and after it, (2,)."""
    before, after = losses
    if not np.isfinite(after):
        return message("Forget the minus, and the same step climbs to where no loss is.")
    return message(
        "Forget the minus, and the same step climbs: the loss would be {loss}.",
        loss=told_apart(float(before), float(after))[1],
    )
