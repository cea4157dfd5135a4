"""Panels hold what is drawn on them, whatever the lesson's numbers are."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from manim import DL, DOWN, DR, LEFT, RIGHT, UP, UR, Dot, Square, ValueTracker, VMobject

from gdmath import Convergence, Lesson, NumericLoss, Trajectory, compile_loss
from gdmath.lesson import X
from scenes.ch00_it_looks_done.scrubber import HEIGHT, Scrubber
from scenes.ch00_it_looks_done.shortfall import Shortfall
from scenes.ch01_a_guess_and_its_errors.uprights import Perpendicular
from scenes.ch02_one_number_for_wrong.squares import BEHIND, mean_square
from scenes.ch07_every_step.footprints import Footprints
from scenes.ch11_fix_the_bowl.number_columns import parameter_column
from scenes.ch13_momentum.losses import floor_under
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.layout.contrast import contrast_with
from scenes.kit.layout.ground import Ground, rgb
from scenes.kit.layout.rules import STROKE_CONTRAST
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.maps.rate_map import RateMap
from scenes.kit.panels import pieces
from scenes.kit.panels.beside import CLEAR, beside, crossing
from scenes.kit.panels.curve_panel import CurvePanel
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.panels.log_panel import LogPanel
from scenes.kit.proof.trace import corners
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import from_lesson, significant

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
    label = from_lesson("Prices of 2024, in 1.5 m")
    assert label == "Prices of 2024, in 1.5 m"
    assert {str(n): n.value for n in label.numbers} == {"2024": 2024, "1.5": 1.5}


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


def test_a_model_may_have_no_value_beyond_the_data(notebook: Lesson) -> None:
    a, b = notebook.parameters
    x = np.linspace(0.5, 40, 12)
    lesson = replace(notebook, prediction=a * sp.log(X) + b, x=x, y=2 * np.log(x) - 1)
    panel = DataPanel(REGION, compile_loss(lesson), [(2.0, -1.0)])
    assert panel.x.low < 0
    # The points are on the curve: it decides the height of the panel no more than they do.
    assert panel.y.span == pytest.approx(1.1 * np.ptp(lesson.y), rel=0.1)
    assert panel.interpolated((2.0, -1.0), x[-1]) == pytest.approx(lesson.y[-1], rel=0.01)
    foot = Perpendicular(panel, 6, np.array([2.0, 0.5])).line.get_end()
    assert np.isfinite(foot).all()


def test_a_name_stands_where_no_line_runs_even_between_its_corners() -> None:
    head = Dot(np.array([5.0, 2.0, 0.0]))
    # Tall strokes, whose corners are all far from the name that they would run through.
    swinging = np.array([[x, 4 * (k % 2), 0] for k, x in enumerate(np.arange(0.1, 5, 0.2))])
    name = beside(Square(0.4), head, LEFT, REGION, [swinging])
    assert name.get_left()[0] > swinging[-1, 0]
    assert crossing(swinging[:, :2], np.array([4.0, 1.9]), np.array([4.3, 2.1]))
    assert not crossing(swinging[:, :2], np.array([4.95, 1.9]), np.array([5.3, 2.1]))
    taken = Square(0.4).next_to(head, UP)
    for side in (UP, DOWN, LEFT, RIGHT):
        name = beside(Square(0.4), head, side, REGION, [], [taken])
        assert REGION.holds(name)
        assert np.abs((name.get_center() - taken.get_center())[:2]).max() > 0.4


def test_a_bar_and_the_word_over_its_mark_stand_in_a_low_region() -> None:
    clock = DescentClock(Trajectory(np.zeros((3, 2)), np.zeros(3), np.zeros((2, 2))))
    low = Region(0, 0, 8, HEIGHT)
    scrubber = Scrubber(low, clock, ValueTracker(2), 1)
    for step in (0, 1, 2):
        mark = scrubber.mark(step, "clip begins").update()
        assert low.bottom <= mark.get_bottom()[1] < mark.get_top()[1] <= low.top
    assert low.holds(scrubber)


def test_what_lies_on_the_edge_of_a_square_is_told_from_it(loss: NumericLoss) -> None:
    panel = DataPanel(REGION, loss, [loss.lesson.start])
    mean = mean_square(panel, loss.lesson.start)
    one = panel.squares(loss.lesson.start)[panel.telling].set_fill(opacity=0.15)
    for square, ends, ink in (
        (mean, (UR, DR), (*rgb(PALETTE.loss), BEHIND)),
        (one, (DL, DR), (*rgb(PALETTE.parameters), 1)),
    ):
        # Where the edge falls between the pixels decides how much of them it takes.
        for shift in np.arange(0, 0.03, 0.005):
            square.shift(shift * UR)
            first, last = (square.get_corner(end)[:2] for end in ends)
            edge = np.linspace(first, last, 50)
            assert contrast_with(ink, Ground([square]).at(edge)).min() >= STROKE_CONTRAST


def test_where_none_is_free_a_name_stays_on_its_side() -> None:
    head = Dot(np.array([3.0, 2.0, 0.0]))
    full = np.array([[x, 4 * (k % 2), 0] for k, x in enumerate(np.arange(0, 6, 0.1))])
    assert beside(Square(0.4), head, RIGHT, REGION, [full]).get_left()[0] > head.get_right()[0]


@pytest.mark.parametrize(
    ("ends", "taken_off"),
    [
        ((1e-2, 1e-3, 1e-1), 0.0),
        ((0.2882, 0.2746, 0.2728), 0.272),
        # The last two are as near to each other above the least as they are above 0.
        ((6.4e-1, 2.08e-3, 1.72e-3), 0.0),
        ((-0.1, 0.5, 0.2), -0.2),
    ],
)
def test_the_least_is_taken_off_where_that_tells_curves_apart(
    ends: tuple[float, ...], taken_off: float
) -> None:
    least = taken_off or 1e-4
    assert floor_under([np.array([4.1, end]) for end in ends], least) == taken_off


def test_a_dot_goes_out_before_it_leaves_its_map(loss: NumericLoss, theory: Convergence) -> None:
    start = loss.lesson.start
    seen = [start, 2 * theory.minimum - start]
    panel = RateMap(REGION, loss, theory, 1.2 * theory.largest_stable_rate, seen, 12)
    inside = panel.map.region
    # At rest it may be faded, with its map.
    assert panel.dot.set_opacity(0.5).update().get_fill_opacity() == 0.5
    shone = []
    for time in np.arange(0.02, 12, 0.02):
        panel.clock.set_value(time)
        panel.dot.update()
        shone.append(panel.dot.get_fill_opacity() > 0)
        assert not shone[-1] or inside.holds(panel.dot)
    # Once out it stays out, though the descent leaps across the map again and again.
    assert (shone[0], shone[-1]) == (True, False)
    assert np.count_nonzero(np.diff(shone)) == 1


@pytest.fixture
def turning(loss: NumericLoss, theory: Convergence) -> tuple[MapPanel, DescentClock]:
    """A map of the unit square, and a descent that comes onto it from the left, to stay."""
    places = np.array([(-3.0, 0.2), (-1.0, 0.6), (1.0, 1.0), (0.5, 0.5), (0.2, 0.3)])
    clock = DescentClock(Trajectory(places, np.zeros(5), np.zeros((5, 2))))
    panel = MapPanel(REGION, loss, theory, [(0.0, 0.0), (1.0, 1.0)], margin=0, close=True)
    assert panel.x.low > -1
    return panel, clock


def test_a_path_comes_onto_its_map_at_the_edge(turning: tuple[MapPanel, DescentClock]) -> None:
    panel, clock = turning
    path = panel.path(clock)
    crossing = (panel.x.low, 0.6 + 0.2 * (panel.x.low + 1))
    for time in (0, 1, panel.entry(clock) - 0.01):
        clock.set_value(time)
        assert not len(path.update().points)
    clock.set_value(2.5)
    expected = panel.c2p([crossing, (1, 1), (0.75, 0.75)])
    assert np.allclose(corners(path.update()), expected, atol=1e-9)


def test_footprints_are_left_as_the_clock_passes(turning: tuple[MapPanel, DescentClock]) -> None:
    panel, clock = turning
    marks = Footprints(panel, clock, 1)
    for time, left in ((0, 0), (1.9, 0), (2, 1), (3.5, 2), (9, 3), (2, 1)):
        clock.set_value(time)
        assert sum(mark.get_fill_opacity() > 0 for mark in marks.update()) == left


@pytest.mark.parametrize("name", ["b", '"intercept"', '"the intercept"'])
def test_a_shortfall_reads_beside_its_aim_however_long_the_name(name: str) -> None:
    region = Region(0, 0, 4.4, 1.5)
    row = Shortfall(region, name, lambda: 8.1597, 8.0, significant(8.0), 0.1)
    assert row.value.get_right()[0] + CLEAR < row.aim.get_left()[0]
    assert row.aim.get_right()[0] <= region.right + CLEAR
    assert row.missing.get_right()[0] <= region.right + CLEAR


def test_a_long_formula_for_a_parameter_keeps_to_its_column() -> None:
    region = Region(0, 0, 3, 1.4)
    column = parameter_column(
        region, ["a", '"intercept" = "intercept"\' - "slope" dot 0.42'], [3, 8]
    )
    assert column.get_right()[0] <= region.right + 1e-9
    first = column[0]
    assert first[0].height < maths("a = 3.0000", SIZE.label)[0].height
