"""The equations of the update stand in their region, whatever parameters and rules are called."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import AdaGrad, Adam, Lesson, PlainDescent, Trajectory, UpdateRule, derive
from scenes.ch06_one_step.step_equations import StepEquations
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.update_panel import UpdatePanel

REGION = Region(1.3, -2.7, 6.7, -0.95)
"""As chapter 7 has it."""
VALUES = np.array([[10.0, 1.0], [-24.1168, -7.7413]])
SLOPES = np.array([[-47.192, 14.6947], [30.4702, -10.8186]])


@pytest.mark.parametrize(
    ("rule_at", "names"),
    [
        (PlainDescent, ("P_max", "lnA")),
        (AdaGrad, ("m", "c")),
        (Adam, ("velocity_max", "alpha")),
    ],
)
def test_rule_and_numbers_stand_side_by_side(
    notebook: Lesson, rule_at: Callable[[float], UpdateRule], names: tuple[str, str]
) -> None:
    symbols = sp.symbols(names, real=True)
    renamed = notebook.prediction.subs(dict(zip(notebook.parameters, symbols, strict=True)))
    lesson = replace(notebook, parameters=symbols, prediction=renamed, rule_at=rule_at)
    clock = DescentClock(Trajectory(VALUES, np.zeros(2), SLOPES))
    panel = UpdatePanel(REGION, derive(lesson), clock)
    for step in (0, 1):
        clock.set_value(step)
        panel.update()
        assert REGION.holds(panel)
        for update, value in zip(panel.updates, panel.numbers, strict=True):
            assert update.get_right()[0] < value.get_left()[0]


def test_the_number_of_an_update_is_what_the_parameter_becomes(
    notebook: Lesson, trajectory: Trajectory
) -> None:
    clock = DescentClock(trajectory)
    panel = UpdatePanel(REGION, derive(notebook), clock)
    for step, before in ((0, 0), (17, 17), (trajectory.steps, trajectory.steps - 1)):
        clock.set_value(step)
        shown = [number[1].text().value for number in panel.numbers]
        slopes, values = trajectory.gradients[before], trajectory.parameters[before]
        assert shown == pytest.approx(list(values - notebook.learning_rate * slopes))


def test_the_first_step_in_long_numbers_fits(notebook: Lesson) -> None:
    region = Region(-6.7, -2.75, 6.7, -1.4)
    values, slopes = np.array([[0.0, 50.0], [9.0, 50.0000125]]), np.array([[-9.0, -0.00223666]] * 2)
    symbols = sp.symbols("a resistance_of_the_wire_at_zero_degrees", real=True)
    renamed = notebook.prediction.subs(dict(zip(notebook.parameters, symbols, strict=True)))
    lesson = replace(notebook, parameters=symbols, prediction=renamed)
    trajectory = Trajectory(values, np.zeros(2), slopes)
    short, long = StepEquations(region, trajectory, lesson).lines
    assert short.get_left()[0] == pytest.approx(long.get_left()[0])
    assert region.holds(short)
    assert region.holds(long)
    assert short.select("slope").height == pytest.approx(long.select("slope").height, rel=0.1)
