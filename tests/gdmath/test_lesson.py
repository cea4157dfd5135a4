from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, LessonError
from gdmath.lesson import PREDICTION, X, Y


def test_a_lesson_cannot_be_changed(notebook: Lesson) -> None:
    for array in (notebook.x, notebook.y, notebook.start):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(FrozenInstanceError):
        notebook.steps = 5  # type: ignore[misc]


def test_a_lesson_keeps_copies(notebook: Lesson) -> None:
    start = np.zeros(2)
    lesson = replace(notebook, start=start)
    start[0] = 1
    assert lesson.start.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"x": [0.5, 0.5], "y": [1, 2]}, "x is 0.5 at all 2 points"),
        ({"x": [1.0], "y": [1.0]}, "have 1 point"),
        ({"x": [], "y": []}, "have 0 point"),
        ({"x": [1, 2, 3], "y": [1, 2]}, r"x has shape \(3,\) and y \(2,\)"),
        ({"x": [1, np.nan], "y": [1, 2]}, "NaN or infinity"),
        ({"x": [1, 2], "y": [1, np.inf]}, "NaN or infinity"),
        ({"start": [1, 2, 3]}, "must be two finite numbers"),
        ({"start": [1, np.nan]}, "must be two finite numbers"),
        ({"learning_rate": 0.0}, "learning rate is 0; it must be finite and above zero"),
        ({"learning_rate": -0.1}, "learning rate is -0.1"),
        ({"learning_rate": np.nan}, "learning rate is nan"),
        ({"learning_rate": np.inf}, "learning rate is inf"),
        ({"steps": 0}, "number of steps is 0; it must be from 1 to 100000"),
        ({"steps": 1_000_000_000}, "number of steps is 1000000000"),
        ({"steps_per_frame": 0}, "steps per frame are 0"),
        ({"steps_per_frame": 401}, "from 1 to the number of steps, 400"),
        ({"prediction": sp.Symbol("c") * X}, r"prediction c\*x uses c; it may use only a, b, x"),
        ({"prediction": PREDICTION}, "uses prediction"),
        ({"pointwise": PREDICTION - sp.Symbol("z")}, "pointwise loss .* uses z"),
        ({"pointwise": Y**2}, "does not contain `prediction`"),
        ({"prediction": X}, "parameter a occurs neither"),
    ],
)
def test_what_no_lecture_could_be_made_of(
    notebook: Lesson, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(LessonError, match=reason):
        replace(notebook, **changes)


@pytest.mark.parametrize("names", [("a", "a"), ("a", "x"), ("prediction", "b")])
def test_parameters_have_names_of_their_own(notebook: Lesson, names: tuple[str, str]) -> None:
    parameters = sp.symbols(names, real=True)
    with pytest.raises(LessonError, match="exactly two, different from each other and from x"):
        replace(notebook, parameters=parameters)
