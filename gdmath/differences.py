"""Slopes by nudging: a difference of two losses over the nudge, and by how much it is wrong."""

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.numeric import NumericLoss

KINDS = ("forward", "central")


def forward_difference(
    loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> FloatArray:
    """(2,) and nudges (...) → (...): (L(θ + h) − L(θ))/h, the parameter `index` nudged by h."""
    (before, after), nudge = _ends(loss, parameters, index, h), np.asarray(h, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((after - before) / nudge)[()]


def central_difference(
    loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> FloatArray:
    """(2,) and nudges (...) → (...): (L(θ + h) − L(θ − h))/2h."""
    nudge = np.asarray(h, dtype=np.float64)
    theta = np.asarray(parameters, dtype=np.float64)
    away = nudge[..., np.newaxis] * np.eye(2)[index]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((loss.value(theta + away) - loss.value(theta - away)) / (2 * nudge))[()]


def secant(loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: float) -> FloatArray:
    """(2, 2): the two points (θ_index, L) through which the secant of a forward difference goes."""
    theta = np.asarray(parameters, dtype=np.float64)
    places = theta[index] + np.array([0, h])
    return np.stack([places, np.stack(_ends(loss, theta, index, h))], axis=-1)


def difference_errors(
    loss: NumericLoss,
    parameters: npt.ArrayLike,
    index: int,
    steps: npt.ArrayLike,
    kind: str = "forward",
) -> FloatArray:
    """(2,) and nudges (k,) → (k,): |difference − ∂L/∂θ_index|, truncation and rounding together.

    For large h a forward difference is off by ½h·∂²L, a central one by ⅙h²·∂³L (nothing, if the
    loss is quadratic); for small h both by the rounding of L over h.
    """
    if kind not in KINDS:
        raise ValueError(f"the kind of difference is {kind!r}; it must be {' or '.join(KINDS)}")
    difference = forward_difference if kind == "forward" else central_difference
    slope = loss.gradient(parameters)[index]
    errors: FloatArray = np.abs(difference(loss, parameters, index, steps) - slope)
    return errors


def _ends(
    loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """L at θ and at θ + h, (...) each."""
    theta = np.asarray(parameters, dtype=np.float64)
    nudges = np.asarray(h, dtype=np.float64)[..., np.newaxis] * np.eye(2)[index]
    return np.broadcast_to(loss.value(theta), nudges.shape[:-1]), loss.value(theta + nudges)
