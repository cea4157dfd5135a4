"""The slopes of one point's loss are the same, whichever way they are told."""

from dataclasses import replace

import sympy as sp

from gdmath import Lesson
from gdmath.lesson import PREDICTION, X
from scenes.ch14_one_point_at_a_time.one_point import (
    INDEX,
    point_slopes,
    point_slopes_by_name,
    slopes_within,
)
from scenes.kit.frame import Region


def test_by_the_name_of_the_prediction_they_are_as_steep(notebook: Lesson) -> None:
    first, second = notebook.parameters
    wave = replace(
        notebook,
        prediction=first * sp.cos(X - second) ** 2,
        pointwise=notebook.pointwise + first**2 / 10,
    )
    named = sp.IndexedBase(PREDICTION.name)[INDEX]
    written_out = wave.prediction.subs(X, sp.IndexedBase(X.name)[INDEX])
    told = zip(point_slopes(wave), point_slopes_by_name(wave), strict=True)
    for plain, by_name in told:
        difference = by_name.rhs.subs(named, written_out).doit() - plain.rhs
        assert sp.simplify(difference) == 0


def test_they_keep_to_their_rows(notebook: Lesson) -> None:
    rows = Region(0, 0, 3, 2).rows(1, 1)
    slopes = slopes_within(rows, notebook)
    assert all(row.holds(slope) for row, slope in zip(rows, slopes, strict=True))
