"""The two curvatures of a bowl and their directions, each to its last digits however narrow."""

import numpy as np

from gdmath.arrays import FloatArray


def eigenpairs(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(2, 2), symmetric → the eigenvalues (2,), ascending, and unit eigenvectors as columns.

    NumPy's are right to within rounding of the larger eigenvalue, which in a ravine is more than
    the smaller one. Here that is the determinant over the larger, and the vectors are Jacobi's
    rotation by the smaller angle (Golub and Van Loan, Matrix Computations, 4th ed., section 8.5.2),
    so that no component loses its digits.
    """
    (p, q), (_, r) = matrix
    half, reach = (p + r) / 2, np.hypot((p - r) / 2, q)
    larger = half + np.copysign(reach, half)
    smaller = p / larger * r - q / larger * q if larger else 0.0
    angle = np.arctan2(2 * q, abs(p - r)) / 2
    cosine, sine = np.cos(angle), np.sin(angle)
    highest = (cosine, sine) if p > r else (sine, cosine)
    lowest = (-highest[1], highest[0])
    return np.sort([smaller, larger]), np.array([lowest, highest]).T
