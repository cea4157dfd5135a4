"""Measure slopes by finite differences, and by how much they are wrong."""

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.numeric import NumericLoss

KINDS = ("forward", "central")


def forward_difference(
    loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> FloatArray:
    """(2,) and nudges h (...) → (...): (L(θ + h) − L(θ))/h, only θ_index nudged; nan at h = 0."""
    theta, away = _nudges(parameters, index, h)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (loss.value(theta + away) - loss.value(theta)) / away[..., index]


def central_difference(
    loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> FloatArray:
    """(2,) and nudges h (...) → (...): (L(θ + h) − L(θ − h))/2h, the same nudge to both sides."""
    theta, away = _nudges(parameters, index, h)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (loss.value(theta + away) - loss.value(theta - away)) / (2 * away[..., index])


def secant(loss: NumericLoss, parameters: npt.ArrayLike, index: int, h: float) -> FloatArray:
    """(2, 2): the points (θ_index, L) at θ and θ + h; the forward difference is their slope."""
    theta, away = _nudges(parameters, index, [0, h])
    return np.stack([(theta + away)[:, index], loss.value(theta + away)], axis=-1)


def difference_errors(
    loss: NumericLoss,
    parameters: npt.ArrayLike,
    index: int,
    steps: npt.ArrayLike,
    kind: str = "forward",
) -> FloatArray:
    """(2,) and nudges (k,) → (k,): |difference − ∂L/∂θ_index| for the `kind` in `KINDS`.

    A large nudge makes a forward difference wrong by ½h·∂²L and a central one by ⅙h²·∂³L, which is
    nothing for a quadratic loss. A small one makes both wrong by the rounding of L, ε|L|/h: smaller
    is not always better (Nocedal and Wright, Numerical Optimization, 2nd ed., section 8.1).
    """
    if kind not in KINDS:
        raise ValueError(f"the kind of difference is {kind!r}; it must be {' or '.join(KINDS)}")
    difference = forward_difference if kind == "forward" else central_difference
    errors: FloatArray = np.abs(
        difference(loss, parameters, index, steps) - loss.gradient(parameters)[index]
    )
    return errors


def gradient_errors(loss: NumericLoss, parameters: npt.ArrayLike) -> FloatArray:
    """(2,) → (2,): by how much `loss.gradient` is off from central differences, relatively.

    The nudge is s·∛ε with s = max(1, |θ|), where truncation h² and rounding ε/h are alike. Errors
    are relative to the scale of the coordinate, the largest of |∂L/∂θ|, |L|/s and |∂²L/∂θ²|s: the
    terms of the Taylor series over the length s. A bare |∂L/∂θ| would call rounding a disagreement
    wherever the gradient vanishes.
    """
    theta = np.asarray(parameters, dtype=np.float64)
    length = np.maximum(1, np.abs(theta))
    # Down and up again, because only the h that θ + h really moves by may divide the difference.
    step = (theta + length * np.cbrt(np.finfo(float).eps)) - theta
    central = [central_difference(loss, theta, index, step[index]) for index in range(2)]
    symbolic = loss.gradient(theta)
    curvature = np.abs(np.diagonal(loss.hessian(theta)))
    scale = np.max([np.abs(symbolic), abs(loss.value(theta)) / length, curvature * length], axis=0)
    difference = np.abs(central - symbolic)
    # Where the whole scale vanishes the loss is flat, and no difference is the right one.
    return np.asarray(difference / np.where(difference == 0, 1, scale))


def _nudges(
    parameters: npt.ArrayLike, index: int, h: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return θ, (2,), and the nudges of its component `index`, (..., 2)."""
    nudge = np.asarray(h, dtype=np.float64)[..., np.newaxis]
    return np.asarray(parameters, dtype=np.float64), nudge * np.eye(2)[index]
