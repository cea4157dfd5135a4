"""The pivot against the predictions themselves, which no longer change there."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, compile_loss, convergence
from gdmath.lesson import X
from gdmath.pivot import pivot


def test_the_prediction_stays_put_at_the_pivot(notebook: Lesson) -> None:
    loss = compile_loss(notebook)
    theory = convergence(loss)
    for direction in theory.eigenvectors.T:
        x = pivot(notebook, direction)
        assert x is not None
        there = loss.prediction(theory.minimum + np.outer([-3, 0, 2], direction), x)
        # Three products and sums of numbers about 10.
        assert there == pytest.approx(np.full(3, there[1]), abs=1e-13)
    assert pivot(notebook, theory.eigenvectors[:, 0]) == pytest.approx(0.458, abs=5e-4)


def test_a_shift_turns_about_nothing(notebook: Lesson) -> None:
    assert pivot(notebook, [0, 1]) is None
    assert pivot(notebook, [1, 0]) == 0


def test_a_curve_or_a_product_of_parameters_has_no_one_pivot(notebook: Lesson) -> None:
    a, b = notebook.parameters
    for prediction in (a * X**2 + b, a * sp.exp(b * X), a * b * X + b):
        assert pivot(replace(notebook, prediction=prediction), [1, 1]) is None
