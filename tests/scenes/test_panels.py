"""Panels hold what is drawn on them, whatever the lesson's numbers are."""

import numpy as np
import pytest
from manim import VMobject

from gdmath import Trajectory
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.panels import pieces
from scenes.kit.panels.curve_panel import CurvePanel
from scenes.kit.panels.log_panel import LogPanel
from scenes.kit.text.given import given
from scenes.kit.text.numbers import WRITTEN

REGION = Region(0, 0, 6, 4)


@pytest.mark.parametrize("losses", [[9.0, 4.0, 1.0], [1.0, -0.5, -0.9], [-2.0, -3.0, -3.5]])
def test_a_curve_stays_on_its_panel_and_zero_is_in_sight(losses: list[float]) -> None:
    clock = DescentClock(Trajectory(np.zeros((3, 2)), np.array(losses), np.zeros((3, 2))))
    panel = CurvePanel(REGION, clock, losses, "L")
    inner = panel.inside(REGION)
    _, heights, _ = panel.c2p([*panel.rows, (0, 0)]).T
    assert ((heights > inner.bottom - 1e-9) & (heights < inner.top + 1e-9)).all()


@pytest.mark.parametrize("level", [1.0, 1e-4])
def test_a_label_stands_where_its_curve_is_not(level: float) -> None:
    panel = LogPanel(REGION, [[1.0, 1e-4]], 40, '"step"', "L")
    rows = panel.rows(np.full(41, level))
    still = Trajectory(np.zeros((41, 2)), np.zeros(41), np.zeros((41, 2)))
    label = panel.label("noisy points", panel.curve(DescentClock(still), rows))
    _, height, _ = panel.c2p(rows[20:21])[0]
    assert not label.get_bottom()[1] - 0.08 < height < label.get_top()[1] + 0.08
    assert panel.inside(REGION).holds(label)


def test_numbers_that_the_lesson_gives_are_known_as_written() -> None:
    WRITTEN.clear()
    assert given("Prices of 2024, in 1.5 m") == "Prices of 2024, in 1.5 m"
    assert {name: written.value for name, written in WRITTEN.items()} == {"2024": 2024, "1.5": 1.5}


def test_of_a_line_that_leaves_a_panel_what_is_on_it_is_drawn() -> None:
    x = np.linspace(0, 4, 9)
    inverse = np.column_stack([x, np.divide(1.0, x - 2, where=x != 2, out=np.full(9, np.nan))])
    first, second = held = pieces.between(inverse, -1.5, 1.5)
    assert first[0].tolist() == [0, -0.5]
    assert second[-1].tolist() == [4, 0.5]
    # From (1, −1) to (1.5, −2) it crosses −1.5 half-way; there is nothing at 2.
    assert first[-1] == pytest.approx([1.25, -1.5])
    assert second[0] == pytest.approx([2.75, 1.5])
    line = VMobject()
    pieces.draw(line, [np.column_stack([piece, np.zeros(len(piece))]) for piece in held])
    assert np.array_equal(pieces.drawn_ends(line)[:, :2], pieces.ends(held))
    assert pieces.between(inverse, 5, 6) == []
    (whole,) = pieces.between(inverse[5:], 0, 3)
    assert np.array_equal(whole, inverse[5:])
