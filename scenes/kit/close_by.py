"""The surroundings of a minimum that are as good as a bowl, and a descent that stays in them."""

from dataclasses import dataclass

from gdmath import Convergence, NumericLoss, Trajectory
from gdmath.neighbourhood import Rays, descent_close_by, quadratic_reach, rays


@dataclass(frozen=True)
class CloseBy:
    """What a `RoundMap` needs to close in on the minimum of a loss that is not quadratic."""

    rays: Rays
    reach: float
    """How far about the minimum the loss is as good as quadratic."""
    descent: Trajectory
    """By the lesson's rule, from within `reach`."""


def close_by(loss: NumericLoss, theory: Convergence, reach: float, margin: float) -> CloseBy | None:
    """Look about the minimum as far as ``reach``; None if the loss is quadratic anyway.

    The descent starts where ``margin`` times its distance is still as good as quadratic.
    """
    if loss.is_quadratic:
        return None
    around = rays(loss, theory, reach)
    near = quadratic_reach(loss, theory, around.reach)
    return CloseBy(around, near, descent_close_by(loss, theory, near / margin))
