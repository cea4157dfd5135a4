"""What chapter 9 says of a descent: what is left of its two parts, and why it crawls."""

import numpy as np

from gdmath import Convergence, Trajectory
from scenes.kit.wording import Message, Number, Values, fixed, message, whole

LITTLE = 0.01
"""The share of a part from which on it counts as gone."""
NEARLY_ALL = 0.995
"""The share of a part that would be written as all of it."""
SLOWER = 0.5
"""By how much steps have grown shorter for anyone to see it."""


def left_over(way: Trajectory, theory: Convergence, last: int) -> tuple[float, float]:
    """How much of the flat and of the stiff part ``way`` leaves after ``last`` steps, as shares."""
    first, now = np.abs(theory.coordinates(way.parameters[[0, last]]))
    flat, stiff = np.divide(now, first, out=np.zeros(2), where=first > 0)
    return float(flat), float(stiff)


def turns(way: Trajectory, theory: Convergence, learning_rate: float) -> int | None:
    """The step of ``way`` from which the flat part holds most of the loss, if it ever does.

    Where the loss is not quadratic theory is not exact, so that the way is asked.
    """
    if theory.is_quadratic:
        return theory.flat_dominates_from(way.parameters[0], learning_rate)
    flat, stiff = theory.loss_parts(way.parameters).T
    (leads,) = np.nonzero(flat > stiff)
    return int(leads[0]) if leads.size else None


def how_it_went(way: Trajectory) -> Message:
    """One sentence on the pace of a descent, and a question."""
    first, last = np.linalg.norm(np.diff(way.parameters, axis=0)[[0, -1]], axis=1)
    if last < SLOWER * first:
        return message(
            "The rate never changed, yet the descent grew slower and slower. Is it too "
            "small everywhere?"
        )
    return message(
        "One rate, and {steps} steps lead from start to here. Does it suit every direction?",
        steps=whole(way.steps),
    )


def who_leads(
    way: Trajectory, theory: Convergence, learning_rate: float, last: int
) -> tuple[int, Message]:
    """A step up to ``last`` worth a stop, and one sentence on how both parts shrink up to it."""
    turn = turns(way, theory, learning_rate)
    if turn == 0:
        return max(1, last // 2), message(
            "The flat part is most of the loss from the start, and ever more."
        )
    if turn is None or turn >= last:
        return max(1, last // 2), message("Both parts shrink, each at its own pace.")
    return turn, message(
        "The stiff part dies away. From step {step} on, most of the loss is the flat part's.",
        step=whole(turn),
    )


def what_is_left(last: int, flat: float, stiff: float) -> Message:
    """One sentence on what ``last`` steps leave of both parts."""
    steps = whole(last)
    if stiff > LITTLE:
        return message(
            "After {steps} steps {stiff} of the stiff part is left, and {flat} of the flat.",
            steps=steps,
            stiff=_share(stiff),
            flat=_share(flat),
        )
    if flat > LITTLE:
        return message(
            "After {steps} steps the stiff part is gone, but {flat} of the flat part is left.",
            steps=steps,
            flat=_share(flat),
        )
    return message(
        "After {steps} steps both parts are as good as gone, the flat one last.", steps=steps
    )


def whose_fault(flat: float, stiff: float, kappa: Number, near: bool) -> Message:
    """Why it crawls, in two sentences; ``near`` the minimum alone, if it is not so everywhere."""
    one = message("Near the minimum one direction") if near else message("One direction")
    values: Values = {"one": one, "kappa": kappa}
    if stiff > LITTLE:
        return message("One rate has to do for both. {one} is κ = {kappa} times as flat.", **values)
    if flat > LITTLE:
        return message(
            "The rate is not too small everywhere. {one} is done, "
            "the other is κ = {kappa} times as flat.",
            **values,
        )
    return message(
        "The rate is not too small everywhere. {one} was done first, "
        "the other is κ = {kappa} times as flat.",
        **values,
    )


def _share(share: float) -> Message:
    return (
        message("{share} %", share=fixed(100 * share, 0))
        if share < NEARLY_ALL
        else message("nearly all")
    )


def the_two_directions(near: bool) -> Message:
    """That the bowl has directions of its own; ``near`` the minimum alone, if not everywhere."""
    if near:
        return message(
            "At its minimum the bowl has two directions of its own: "
            "along one it curves least, along the other most."
        )
    return message(
        "The bowl has two directions of its own: along one it curves least, along the other most."
    )


def each_has_its_factor(near: bool) -> Message:
    """That a step only multiplies what is left along each direction."""
    if near:
        return message(
            "Start in here: along each a step multiplies what is left by almost one factor."
        )
    return message(
        "Along each of them a step only multiplies what is left, always by the same factor."
    )


def in_powers_of_ten(fast: Number, slow: Number, near: bool) -> Message:
    """How soon both parts halve."""
    values: Values = {"fast": fast, "slow": slow}
    if near:
        return message(
            "In powers of ten both are almost straight lines: one halves every {fast} steps, "
            "the other every {slow}.",
            **values,
        )
    return message(
        "In powers of ten both are straight lines: one halves every {fast} steps, "
        "the other every {slow}.",
        **values,
    )
