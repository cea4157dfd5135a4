"""Run a descent: the loop that an update rule drives over a loss."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.lesson import MOST_STEPS
from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule
from gdmath.trajectory import Trajectory

MOST_WORK = 1_000_000_000
"""Most pointwise losses that a descent may work out, which takes some 25 s of a processor."""

CLOSE = 0.01
"""Share of a parameter's value at the minimum within which it has arrived."""


def most_steps(loss: NumericLoss) -> int:
    """Return how many steps a descent may take that somebody waits for."""
    return MOST_WORK // loss.work


def descend(loss: NumericLoss, rule: UpdateRule, start: npt.ArrayLike, steps: int) -> Trajectory:
    """Take `steps` steps from `start`, of shape (2,), and return the record of them.

    A descent that diverges is recorded as it happens, up to inf and nan, and keeps its length.
    The gradients recorded are those at the recorded parameters, even for a rule that asks for them
    elsewhere.
    """
    if steps < 0:
        raise ValueError(f"{steps} steps were asked for; there can be none or more")
    return recorded(loss, [start, *walk(repeat(loss, steps), rule, start)])


def recorded(loss: NumericLoss, places: Sequence[npt.ArrayLike] | FloatArray) -> Trajectory:
    """Return the record of a descent that came by `places`, (steps + 1, 2)."""
    parameters = np.array(places, dtype=np.float64)
    return Trajectory(parameters, loss.value(parameters), loss.gradient(parameters))


def walk(
    losses: Iterable[NumericLoss], rule: UpdateRule, start: npt.ArrayLike
) -> Iterator[FloatArray]:
    """Yield, for a step down each of `losses` in turn, where it led.

    `start` has shape (..., 2), and so has all that is yielded: many starts walk at once.
    """
    parameters, state = np.array(start, dtype=np.float64), rule.initial_state()
    for loss in losses:
        with np.errstate(over="ignore", invalid="ignore"):
            gradient = loss.gradient(rule.gradient_point(parameters, state))
            displacement, state = rule.step(gradient, state)
            parameters = parameters + displacement
        yield parameters


def descend_until_arrival(
    loss: NumericLoss, shorter: Trajectory, minimum: FloatArray
) -> Trajectory:
    """Return the lesson's own descent, longer than `shorter` if it has not arrived before.

    It ends where that takes too long: at `MOST_STEPS`, or before over many points.
    """
    lesson, most = loss.lesson, min(MOST_STEPS, most_steps(loss) // 2)
    descent = shorter
    while minimum.all() and descent.steps < most and arrival_step(descent, minimum) is None:
        descent = descend(loss, lesson.rule, lesson.start, 2 * descent.steps)
    return descent


def arrival_step(trajectory: Trajectory, minimum: FloatArray) -> int | None:
    """Return the step from which both parameters are `CLOSE` to the minimum (2,), for good.

    None if there is none, as where a parameter is 0 there: nothing is within a share of that.
    """
    return trajectory.settles_within(CLOSE, minimum) if minimum.all() else None
