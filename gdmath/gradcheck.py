"""Check the symbolic gradient against two numerical ones that know nothing of its formula."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only
from gdmath.numeric import NumericLoss

COMPLEX_STEP = 1e-20
"""Imaginary step h: so small that h² vanishes beside 1; nothing is subtracted."""

CENTRAL_TOLERANCE = 1e-6
"""Relative error of a central difference up to which it agrees: rounding and truncation leave
ε^(2/3) ≈ 4e-11 each, the rest is for third derivatives up to 1e4 times the scale."""

COMPLEX_TOLERANCE = 1e-12
"""Relative error of a complex step up to which it agrees: only the rounding of a mean is left."""


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """One gradient, computed by three methods at `parameters`; every array has shape (2,).

    Errors are relative to the scale of the coordinate, the largest of |∂L/∂θ|, |L|/s and |∂²L/∂θ²|s
    with s = max(1, |θ|): the terms of the Taylor series over the length s. A bare |∂L/∂θ| would
    call rounding a disagreement wherever the gradient vanishes.
    """

    parameters: FloatArray
    symbolic: FloatArray
    central: FloatArray
    """(L(θ + h) − L(θ − h)) / 2h with h = s·∛ε, where truncation h² and rounding ε/h are alike."""
    central_error: FloatArray
    complex_step: FloatArray
    """Im L(θ + ih) / h with h = COMPLEX_STEP (Squire and Trapp, SIAM Review 40, 1998)."""
    complex_error: FloatArray

    @property
    def agrees(self) -> bool:
        """Whether both numerical gradients are within their tolerance of the symbolic one."""
        return bool(
            (self.central_error <= CENTRAL_TOLERANCE).all()
            and (self.complex_error <= COMPLEX_TOLERANCE).all()
        )


def check_gradient(loss: NumericLoss, parameters: npt.ArrayLike) -> GradientCheck:
    """Compare `loss.gradient` at `parameters`, (2,), with central differences and complex steps."""
    theta = read_only(parameters)
    length = np.maximum(1, np.abs(theta))
    # Down and up again, because only the h that θ + h really moves by may divide the difference.
    step = (theta + length * np.cbrt(np.finfo(float).eps)) - theta
    nudges = np.diag(step)
    central = (loss.value(theta + nudges) - loss.value(theta - nudges)) / (2 * step)
    complex_step = np.imag(loss.value(theta + 1j * COMPLEX_STEP * np.eye(2))) / COMPLEX_STEP
    symbolic = loss.gradient(theta)
    curvature = np.abs(np.diagonal(loss.hessian(theta)))
    scale = np.max([np.abs(symbolic), abs(loss.value(theta)) / length, curvature * length], axis=0)
    return GradientCheck(
        parameters=theta,
        symbolic=read_only(symbolic),
        central=read_only(central),
        central_error=_relative(central - symbolic, scale),
        complex_step=read_only(complex_step),
        complex_error=_relative(complex_step - symbolic, scale),
    )


def _relative(difference: FloatArray, scale: FloatArray) -> FloatArray:
    # Where the whole scale vanishes the loss is flat, and no difference is the right one.
    return read_only(np.abs(difference) / np.where(difference == 0, 1, scale))
