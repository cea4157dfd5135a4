"""The bowl carried over to another x against the one derived anew from the scaled lesson."""

from collections.abc import Callable

import pytest

from gdmath import Lesson, compile_loss, convergence
from gdmath.scaling import Scaling, centred, in_units, standardised


@pytest.mark.parametrize(
    "told",
    [centred, standardised, lambda lesson: in_units(lesson, 100)],
)
def test_the_curvatures_are_those_of_the_scaled_lesson(
    told: Callable[[Lesson], Scaling], notebook: Lesson
) -> None:
    scaling = told(notebook)
    found = scaling.curvatures(convergence(compile_loss(notebook)))
    promised = convergence(compile_loss(scaling.lesson)).eigenvalues
    # An eigenvalue is good to round-off of the largest one.
    assert found == pytest.approx(promised, abs=1e-13 * promised[1])


def test_the_jacobian_takes_differences_along(notebook: Lesson) -> None:
    scaling = standardised(notebook)
    there, here = scaling.from_original([[2.0, -5.0], [0.5, 1.0]])
    assert scaling.jacobian @ [1.5, -6.0] == pytest.approx(there - here)
