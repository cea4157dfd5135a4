"""Work out the bowl of a lesson in another x, without stating the lesson anew."""

import numpy as np

from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence
from gdmath.scaling import Scaling


def jacobian(scaling: Scaling) -> FloatArray:
    """(2, 2): takes a step of the parameters in x, a column, to the step of those in z."""
    step: FloatArray = scaling.from_original(np.eye(2)).T
    return step


def curvatures(theory: Convergence, scaling: Scaling) -> FloatArray:
    """(2,), ascending: the eigenvalues of the Hessian in z, where `theory` is that in x.

    The loss of a line is the same in both, so H′ = J⁻ᵀHJ⁻¹ with the `jacobian` J.
    """
    back = np.linalg.inv(jacobian(scaling))
    eigenvalues: FloatArray = np.linalg.eigvalsh(back.T @ theory.hessian @ back)
    return eigenvalues
