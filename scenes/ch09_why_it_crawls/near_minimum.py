"""The surroundings of a minimum that are as good as a bowl, and how far a move may lead there."""

from dataclasses import dataclass

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss
from gdmath.local_quadratic import Rays, quadratic_reach, rays

SHORTER = 0.9
"""Factor by which a move that climbs too high is shortened, again and again."""


@dataclass(frozen=True)
class CloseBy:
    """What a `RoundMap` needs to close in on the minimum of a loss that is not quadratic."""

    rays: Rays
    reach: float
    """How far about the minimum the loss is as good as quadratic."""


def close_by(loss: NumericLoss, theory: Convergence, reach: float) -> CloseBy | None:
    """Look about the minimum as far as ``reach``; None if the loss is quadratic anyway."""
    if loss.is_quadratic:
        return None
    around = rays(loss, theory, reach)
    return CloseBy(around, quadratic_reach(loss, theory, around.reach))


def swings(loss: NumericLoss, theory: Convergence, far: float, level: float) -> FloatArray:
    """(2,): how far to go to and fro along the flat and the stiff direction, ``far`` at most.

    A loss that is not quadratic may rise so fast that all else would be small: not over ``level``.
    """
    lengths = np.full(2, far)
    for k, direction in enumerate(theory.eigenvectors.T):
        ends = np.outer((1, -1), direction)
        while (
            not loss.is_quadratic and loss.value(theory.minimum + lengths[k] * ends).max() > level
        ):
            lengths[k] *= SHORTER
    return lengths
