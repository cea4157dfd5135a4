import numpy as np
import pytest
import sympy as sp

from gdmath import LessonError
from gdmath.lesson import X
from gdmath.lesson_file.points import made_up_points
from gdmath.lesson_file.schema import Recipe

A, B = sp.symbols("a b", real=True)


def made(**recipe: object) -> np.ndarray:
    return np.array(made_up_points(Recipe(**{"n": 50, "x": [0, 2]} | recipe), A * X + B, (A, B)))  # type: ignore[arg-type]


def test_anybody_can_make_the_same_points() -> None:
    generator = np.random.default_rng(7)
    x = generator.uniform(0, 2, 50)
    y = np.sin(x) + 0.5 * generator.standard_normal(50)
    points = made(formula="sin(x)", spacing="random", noise=0.5, seed=7)
    # SymPy may write a formula in another order, which costs rounding.
    np.testing.assert_allclose(points, [x, y], rtol=1e-14)


def test_the_prediction_itself_may_be_the_formula() -> None:
    x, y = made(values=[3, 4])
    assert x.tolist() == np.linspace(0, 2, 50).tolist()
    np.testing.assert_allclose(y, 3 * x + 4, rtol=1e-14)


def test_points_may_be_rounded_as_one_would_note_them_down() -> None:
    settings = {"formula": "3*x", "spacing": "random", "noise": 0.5, "seed": 7}
    rounded = made(**settings, decimals=2)
    assert [
        [float(f"{value:.2f}") for value in row] for row in made(**settings)
    ] == rounded.tolist()


def test_a_constant_is_a_formula_too() -> None:
    assert made(formula="2")[1].tolist() == [2] * 50


@pytest.mark.parametrize(
    ("recipe", "answer"),
    [
        ({}, "either a formula such as"),
        ({"formula": "x", "values": [1, 2]}, "either a formula such as"),
        ({"formula": "a*x"}, "uses a; the names allowed are x"),
        ({"formula": "log(x)"}, r"log\(x\) is not a finite number at x = 0; choose another"),
        ({"formula": "x", "x": [1, 1]}, "x goes from 1 to 1; the first must be the smaller"),
    ],
)
def test_recipes_that_make_nothing(recipe: dict[str, object], answer: str) -> None:
    with pytest.raises(LessonError, match=answer):
        made(**recipe)
