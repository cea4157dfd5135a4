"""How plain descent on the root of a mean square goes, in words: its slope hardly ever changes."""

from gdmath import FloatArray
from scenes.kit.wording import Message, as_much, message, told_apart, whole

DECIMALS = 4
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
