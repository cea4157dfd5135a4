from dataclasses import FrozenInstanceError, replace
from functools import partial

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, LessonError, Momentum, PlainDescent
from gdmath.lesson import MOST_SHOWN, PREDICTION, X, Y


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
        ({"pointwise": PREDICTION - sp.Symbol("z")}, "pointwise prediction - z uses z"),
        ({"pointwise": Y**2}, "does not contain `prediction`"),
        ({"pointwise": PREDICTION**2}, "does not contain `y`"),
        ({"x": [1e300, 2e300], "y": [1, 2]}, r"x goes up to 2e\+300 in size"),
        ({"x": [1, 2], "y": [0, 1e-300]}, "y goes up to 1e-300 in size"),
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


def test_a_rule_is_made_for_the_rate_of_the_lesson(notebook: Lesson) -> None:
    heavy = replace(notebook, rule_at=partial(Momentum, momentum=0.5), learning_rate=0.2)
    assert heavy.rule == Momentum(0.2, 0.5)
    assert notebook.rule == PlainDescent(notebook.learning_rate)


def test_few_points_are_all_shown(notebook: Lesson) -> None:
    assert notebook.shown.tolist() == list(range(30))


def test_of_many_points_the_outermost_are_shown_and_no_region_is_forgotten(
    notebook: Lesson,
) -> None:
    generator = np.random.default_rng(3)
    x, y = generator.normal(size=(2, 50_000))
    many = replace(notebook, x=x, y=y)
    shown = many.shown
    assert shown.size <= MOST_SHOWN
    assert shown.tolist() == sorted(set(shown.tolist()))
    assert {np.argmin(x), np.argmax(x), np.argmin(y), np.argmax(y)} <= set(shown)
    # Evenly by rank: each of ten equal groups of points along x has a tenth of those shown.
    groups = np.searchsorted(np.sort(x), x[shown]) * 10 // 50_000
    assert np.bincount(groups).min() >= 18


def test_the_mistake_names_the_field_it_is_about(notebook: Lesson) -> None:
    with pytest.raises(LessonError) as refusal:
        replace(notebook, steps=0)
    assert refusal.value.about == "steps"
