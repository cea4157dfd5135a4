"""Curvatures and their directions, against arithmetic with fifty digits."""

import mpmath
import numpy as np
import pytest

from gdmath.eigenpairs import eigenpairs

YEARS = np.arange(1990.0, 2021.0)
MATRICES = {
    "years as x": [[2 * np.mean(YEARS**2), 2 * YEARS.mean()], [2 * YEARS.mean(), 2.0]],
    "the offset first": [[2.0, 2 * YEARS.mean()], [2 * YEARS.mean(), 2 * np.mean(YEARS**2)]],
    "falling": [[3.0, -1.25], [-1.25, 0.75]],
    "a saddle": [[0.5, 2.0], [2.0, -1.0]],
    "upside down": [[-4.0, 0.5], [0.5, -1.0]],
    "upright": [[1e-9, 0.0], [0.0, 5.0]],
    "round": [[2.0, 0.0], [0.0, 2.0]],
    "flat one way": [[4.0, 2.0], [2.0, 1.0]],
    "all flat": [[0.0, 0.0], [0.0, 0.0]],
}
# The determinant of years as x is a difference that loses five of its sixteen digits.
RELATIVE = 1e-10


@pytest.mark.parametrize("rows", MATRICES.values(), ids=MATRICES)
def test_each_curvature_has_its_digits(rows: list[list[float]]) -> None:
    values, vectors = eigenpairs(np.array(rows))
    with mpmath.workdps(50):
        exact = sorted(mpmath.eigsy(mpmath.matrix(rows), eigvals_only=True))
    size = np.abs(rows).max()
    assert values == pytest.approx([float(e) for e in exact], rel=RELATIVE, abs=1e-30 * size)
    assert np.all(np.diff(values) >= 0)
    assert vectors.T @ vectors == pytest.approx(np.eye(2), abs=1e-15)
    assert np.array(rows) @ vectors == pytest.approx(vectors * values, abs=1e-15 * size)
