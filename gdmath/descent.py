"""The descent: the loop that a rule drives over a loss, and nothing else."""

import numpy as np
import numpy.typing as npt

from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule
from gdmath.trajectory import Trajectory


def descend(loss: NumericLoss, rule: UpdateRule, start: npt.ArrayLike, steps: int) -> Trajectory:
    """Take `steps` steps from `start`, of shape (2,), and return the record of them.

    A descent that diverges is recorded as it happens, up to inf and nan, and keeps its length;
    `Trajectory.first_nonfinite_step` tells. The gradients recorded are those at the recorded
    parameters, even for a rule that asks for them elsewhere.
    """
    if steps < 0:
        raise ValueError(f"{steps} steps were asked for; there can be none or more")
    parameters = np.empty((steps + 1, 2))
    parameters[0] = start
    state = rule.initial_state()
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps):
            gradient = loss.gradient(rule.gradient_point(parameters[step], state))
            displacement, state = rule.step(gradient, state)
            parameters[step + 1] = parameters[step] + displacement
    return Trajectory(parameters, loss.value(parameters), loss.gradient(parameters))
