"""Other ways to what gdmath computes, and losses over other points, shared by its tests."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from gdmath import NumericLoss

COMPLEX_STEP = 1e-20
"""Imaginary step h: so small that h² vanishes beside 1; nothing is subtracted."""


def complex_steps(loss: NumericLoss, parameters: npt.ArrayLike) -> np.ndarray:
    """(2,) → (2,): Im L(θ + ih)/h, the gradient (Squire and Trapp, SIAM Review 40, 1998)."""
    nudged = np.asarray(parameters) + 1j * COMPLEX_STEP * np.eye(2)
    return np.imag(loss.value(nudged)) / COMPLEX_STEP


def over(loss: NumericLoss, x: npt.ArrayLike, y: npt.ArrayLike) -> NumericLoss:
    """The same loss over other points."""
    return replace(loss, lesson=replace(loss.lesson, x=x, y=y))
