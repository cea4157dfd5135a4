"""What becomes of the bowl when x is told in another unit or from another origin."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson, PlainDescent, compile_loss, convergence, descend
from tests.gdmath.bowls import on


@pytest.mark.parametrize(
    ("rescale", "condition_number"),
    [
        (lambda x: x, 15.25),
        (lambda x: x - x.mean(), 10.71),
        (lambda x: (x - x.mean()) / x.std(), 1.0),
        (lambda x: 100 * x, 7921),
    ],
    ids=["as given", "centred", "standardised", "in percent"],
)
def test_scaling_the_data_changes_the_bowl(
    exact_notebook: Lesson, rescale: Callable[[np.ndarray], np.ndarray], condition_number: float
) -> None:
    theory = on(rescale(exact_notebook.x), exact_notebook)
    assert theory.condition_number == pytest.approx(condition_number, rel=5e-4)


def test_standardised_data_make_a_round_bowl(exact_notebook: Lesson) -> None:
    x = exact_notebook.x
    lesson = replace(exact_notebook, x=(x - x.mean()) / x.std())
    loss = compile_loss(lesson)
    theory = convergence(loss)
    assert theory.hessian == pytest.approx(2 * np.eye(2), abs=1e-13)
    assert theory.minimum == pytest.approx([0.916881932475, 9.26763], abs=1e-12)
    one_step = descend(loss, PlainDescent(0.5), lesson.start, 1).parameters[1]
    assert one_step == pytest.approx(theory.minimum, abs=1e-13)


def test_percent_needs_a_tiny_rate(exact_notebook: Lesson) -> None:
    theory = on(100 * exact_notebook.x, exact_notebook)
    assert theory.largest_stable_rate == pytest.approx(0.000368, abs=5e-7)


def test_a_narrow_ravine_has_its_minimum_too(exact_notebook: Lesson) -> None:
    years = np.arange(2000.0, 2021.0)
    y = 0.5 * (years - 2010) + 3 + np.sin(years)
    theory = convergence(compile_loss(replace(exact_notebook, x=years, y=y)))
    assert theory.condition_number > 1e11
    # The line where the data are is what such points settle; a and b apart they hardly do.
    fitted = np.polyval(np.polyfit(years - 2010, y, 1), years - 2010)
    assert np.polyval(theory.minimum, years) == pytest.approx(fitted, abs=1e-6)
