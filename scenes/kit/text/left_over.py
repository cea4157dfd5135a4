"""What is left of a descent's two parts, said as the numbers have it."""

import numpy as np

from gdmath import Convergence, Trajectory
from scenes.kit.wording.numbers import fixed, whole

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


def how_it_went(way: Trajectory) -> str:
    """One sentence on the pace of a descent, and a question."""
    first, last = np.linalg.norm(np.diff(way.parameters, axis=0)[[0, -1]], axis=1)
    if last < SLOWER * first:
        return (
            "The rate never changed, yet the descent grew slower and slower. "
            "Is it too small everywhere?"
        )
    return (
        f"One rate, and {whole(way.steps)} steps lead from start to here. "
        "Does it suit every direction?"
    )


def who_leads(
    way: Trajectory, theory: Convergence, learning_rate: float, last: int
) -> tuple[int, str]:
    """A step up to ``last`` worth a stop, and one sentence on how both parts shrink up to it."""
    turn = turns(way, theory, learning_rate)
    if turn == 0:
        return max(1, last // 2), "The flat part is most of the loss from the start, and ever more."
    if turn is None or turn >= last:
        return max(1, last // 2), "Both parts shrink, each at its own pace."
    most = f"From step {whole(turn)} on, most of the loss is the flat part's."
    return turn, f"The stiff part dies away. {most}"


def what_is_left(last: int, flat: float, stiff: float) -> str:
    """One sentence on what ``last`` steps leave of both parts."""
    after = f"After {whole(last)} steps"
    if stiff > LITTLE:
        return f"{after} {_share(stiff)} of the stiff part is left, and {_share(flat)} of the flat."
    if flat > LITTLE:
        return f"{after} the stiff part is gone, but {_share(flat)} of the flat part is left."
    return f"{after} both parts are as good as gone, the flat one last."


def whose_fault(flat: float, stiff: float, kappa: str, where: str) -> str:
    """Why it crawls, in one or two sentences; ``where`` begins the last of them, or is empty."""
    one = f"{where} one" if where else "One"
    if stiff > LITTLE:
        return f"One rate has to do for both. {one} direction is κ = {kappa} times as flat."
    is_done = "is done" if flat > LITTLE else "was done first"
    return (
        f"The rate is not too small everywhere. {one} direction {is_done}, "
        f"the other is κ = {kappa} times as flat."
    )


def _share(share: float) -> str:
    return f"{fixed(100 * share, 0)} %" if share < NEARLY_ALL else "nearly all"
