"""A worked derivation stands on its page line under line, also when it takes another's place."""

from dataclasses import replace
from itertools import pairwise

import pytest
import sympy as sp

from gdmath import Lesson, compile_loss, derive
from gdmath.lesson import X
from scenes.ch05_the_chain_rule_worked.pulls import Pulls
from scenes.ch05_the_chain_rule_worked.worked import WorkedDerivation
from scenes.kit.frame import STAGE, Region
from scenes.kit.layout.rules import CLEARANCE
from scenes.kit.text.equations import by_meaning


def test_lines_that_take_the_place_of_fewer_keep_their_distance(notebook: Lesson) -> None:
    parameters = first, second = sp.symbols("P_max alpha", real=True)
    curved = replace(notebook, parameters=parameters, prediction=first * sp.tanh(second * X))
    short, long = (
        WorkedDerivation(STAGE, derive(curved), parameter, by_meaning(parameters))
        for parameter in parameters
    )
    assert short.rows < long.rows == len(long.lines)
    short.turn_into(long)
    standing = long.standing()
    assert STAGE.holds(standing[0])
    for upper, lower in pairwise(standing):
        assert upper.get_bottom()[1] - lower.get_top()[1] > CLEARANCE


def test_a_page_holds_a_line_and_what_grows_out_of_it_however_low(notebook: Lesson) -> None:
    low = Region(STAGE.left, 0.0, STAGE.right, 1.5)
    first = notebook.parameters[0]
    worked = WorkedDerivation(low, derive(notebook), first, by_meaning(notebook.parameters))
    assert worked.rows == 2
    assert all(low.holds(line) for line in worked.lines)
    assert all(worked.begins_a_page(k) for k in range(2, len(worked.lines)))


@pytest.mark.parametrize("index", [0, 1])
def test_the_mean_of_the_pulls_is_the_slope(notebook: Lesson, index: int) -> None:
    loss = compile_loss(notebook)
    slope = loss.gradient(notebook.start)[index]
    assert Pulls(STAGE, loss, index).pulls.mean() == pytest.approx(slope)
