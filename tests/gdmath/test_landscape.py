from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Convergence,
    Lesson,
    NumericLoss,
    compile_loss,
    convergence,
    landscape,
    two_basins,
)
from gdmath.clipping import stretch
from gdmath.lesson import X

BOUNDS = ((-2.0, 8.0), (-1.0, 12.0))


@pytest.mark.parametrize("side", [1, -1], ids=["x as it is", "x mirrored"])
def test_rings_lie_on_their_level(exact_loss: NumericLoss, side: int) -> None:
    lesson = replace(exact_loss.lesson, x=side * exact_loss.lesson.x)
    loss = replace(exact_loss, lesson=lesson)
    lowest = convergence(loss).minimum_loss
    levels = lowest + np.array([1e-6, 0.1, 77.0136, 1e6])
    for level, curves in zip(levels, landscape.contours(loss, levels, BOUNDS), strict=True):
        (ring,) = curves
        assert (ring[0] == ring[-1]).all()
        assert loss.value(ring) == pytest.approx(level, rel=1e-9)


def test_the_ring_through_the_start(theory: Convergence, exact_loss: NumericLoss) -> None:
    axes = landscape.semi_axes(theory, float(exact_loss.value([-1, 1])))
    assert axes == pytest.approx([31.37, 8.03], abs=5e-3)
    ((ring,),) = landscape.contours(exact_loss, [exact_loss.value([-1, 1])], BOUNDS)
    reach = np.abs(theory.coordinates(ring)).max(axis=0)
    assert reach == pytest.approx(axes, rel=1e-4)
    # A degree of the ring is half a unit long at most; the start lies between two points of it.
    assert np.hypot(*(ring - [-1, 1]).T).min() < 0.5


def test_below_the_minimum_there_is_no_ring(loss: NumericLoss) -> None:
    minimum = convergence(loss).minimum_loss
    assert landscape.contours(loss, [minimum / 2, minimum, 1], BOUNDS)[:2] == [[], []]
    assert np.isnan(landscape.semi_axes(convergence(loss), minimum / 2)).all()


def test_curves_of_any_loss_lie_on_their_level(example_loss: NumericLoss) -> None:
    theory = convergence(example_loss)
    start = example_loss.lesson.start
    span = 1.2 * np.abs(theory.minimum - start).max()
    first, second = theory.minimum
    bounds = ((first - span, first + span), (second - span, second + span))
    levels = landscape.levels(float(example_loss.value(start)), theory.minimum_loss, 4)
    curves = landscape.contours(example_loss, levels, bounds)
    assert len(curves) == 4
    for level, lines in zip(levels, curves, strict=True):
        assert lines
        for line in lines:
            assert line.shape[1] == 2
            assert example_loss.value(line) == pytest.approx(level, rel=1e-9)


def test_a_small_ring_is_as_smooth_as_a_large_one() -> None:
    loss = compile_loss(two_basins())
    level = 1e-4
    ((curve,),) = landscape.contours(loss, [level], ((0.0, 3.0), (0.0, 3.0)))
    edges = np.diff(curve, axis=0)
    turns = np.diff(np.unwrap(np.arctan2(*edges.T[::-1])))
    # A ring two cells of the grid wide would have some ten corners, of over 30 degrees each.
    assert np.degrees(np.abs(turns)).max() < 10


@pytest.mark.parametrize("height", [0.01, 1.0, 70.0])
def test_a_ring_in_a_narrow_valley_is_closed_about_the_minimum(
    notebook: Lesson, height: float
) -> None:
    start, rate = notebook.parameters
    lesson = replace(
        notebook,
        prediction=start * sp.exp(-rate * X),
        x=np.arange(0.0, 24.0, 3.0),
        y=np.array([62, 48.9, 38.4, 30.3, 23.7, 18.7, 14.7, 11.6]),
        start=np.array([60, 0.07]),
    )
    loss = compile_loss(lesson)
    theory = convergence(loss)
    level = theory.minimum_loss + height
    # A cell of the grid over this is many times as wide as the smallest ring.
    ((ring,),) = landscape.contours(loss, [level], ((36.0, 88.0), (-16.0, 16.0)))
    assert loss.value(ring) == pytest.approx(level, rel=1e-7)
    across, along = ((ring - theory.minimum) / np.ptp(ring, axis=0)).T
    turn = np.unwrap(np.arctan2(along, across))
    assert abs(turn[-1] - turn[0]) == pytest.approx(2 * np.pi)


def test_what_is_thinner_than_the_grid_is_true_or_left_out(notebook: Lesson) -> None:
    a, b = notebook.parameters
    lesson = replace(
        notebook,
        prediction=(1 - X) * 100 * sp.exp(a - b) + X * (a + b),
        x=np.array([0.0, 1.0]),
        y=np.array([103, 0.2]),
    )
    loss = compile_loss(lesson)
    for level in (1.0, 100.0):
        (curves,) = landscape.contours(loss, [level], ((-10.0, 10.0), (-10.0, 10.0)))
        for line in curves:
            assert loss.value(line) == pytest.approx(level, rel=1e-7)


def test_a_ring_is_the_same_wherever_its_loss_is_counted_from() -> None:
    lesson, bounds = two_basins(), ((0.0, 3.0), (0.0, 3.0))
    lowered = replace(lesson, pointwise=lesson.pointwise - sp.Rational(1, 4))
    (rings,) = landscape.contours(compile_loss(lesson), [0.25], bounds)
    # A likelihood may be anything: here the level is 0.
    (same,) = landscape.contours(compile_loss(lowered), [0.0], bounds)
    assert rings
    assert np.vstack(same) == pytest.approx(np.vstack(rings), rel=1e-9)


def test_curves_that_cross_at_a_saddle_stay_whole(notebook: Lesson) -> None:
    a, b = notebook.parameters
    lesson = replace(
        notebook, prediction=(a**2 - b**2) * X, x=np.array([1.0, 2.0]), y=np.array([2.0, 4.0])
    )
    loss = compile_loss(lesson)
    level = loss.value([0, 0])
    (curves,) = landscape.contours(loss, [level], ((-1.0, 1.0), (-1.0, 1.0)))
    assert curves
    for line in curves:
        assert (np.abs(line) <= 1.01).all()
        # At the crossing, which is a node of the grid, there is no slope to move along.
        assert loss.value(line) == pytest.approx(level, rel=1e-9)


def test_levels_are_rings_of_even_growth_through_the_start(theory: Convergence) -> None:
    levels = landscape.levels(77.0, 1.0, 5)
    assert levels[-1] == 77
    assert (np.diff(levels) > 0).all()
    assert (levels[1:] - 1) / (levels[:-1] - 1) == pytest.approx(4 * np.ones(4))
    axes = np.array([landscape.semi_axes(theory, level - 1) for level in levels])
    assert axes[1:] / axes[:-1] == pytest.approx(2 * np.ones((4, 2)))


def test_a_grid_is_laid_out_as_a_picture(loss: NumericLoss) -> None:
    first, second, heights = landscape.grid(loss, BOUNDS, (3, 5))
    assert first.shape == second.shape == heights.shape == (3, 5)
    assert first[1].tolist() == [-2, 0.5, 3, 5.5, 8]
    assert second[:, 1].tolist() == [-1, 5.5, 12]
    assert heights[2, 4] == loss.value([8, 12])


def test_ways_are_stretched_until_the_first_meets_the_border() -> None:
    places, vectors = [(1.0, 1.0), (2.0, 1.5)], [(1.0, 0.5), (-1.0, 0.0)]
    assert stretch(places, vectors, ((0.0, 6.0), (0.0, 2.0))) == 2
    assert stretch(places, vectors, ((0.0, 9.0), (0.0, 9.0))) == 2
    assert stretch(places, vectors, ((-9.0, 9.0), (0.0, 4.0))) == 6
    assert stretch(places, np.zeros((2, 2)), ((0.0, 9.0), (0.0, 9.0))) == np.inf
