"""From above the bowl is the map; it keeps to its region and has a rim, whatever the units."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, PlainDescent, compile_loss, convergence, descend
from gdmath.lesson import X
from scenes.ch08_the_bowl.depth.basin import Basin
from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.surface import Surface
from scenes.ch08_the_bowl.depth.viewpoint import ABOVE, RAISED
from scenes.ch08_the_bowl.tangent import Tangent
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel
from scenes.kit.wording import significant
from tests.scenes.proof import misplaced

UNITS = [(1e6, 1.0), (1.0, 1.0), (1e-6, 1.0), (1e3, 40.0), (1.0, 0.025)]
"""Of y and of x: the loss is in the square of the one, the other makes the bowl slender."""
VIEWS = [(0.0, ABOVE), (-0.3, RAISED), (2.6, RAISED), (-1.2, 0.9)]
ROUNDING = 1e-6


@pytest.fixture(params=UNITS, ids=str)
def bowl(request: pytest.FixtureRequest, notebook: Lesson) -> Bowl:
    y, x = request.param
    start = y * notebook.start / [x, 1]
    loss = compile_loss(replace(notebook, x=x * notebook.x, y=y * notebook.y, start=start))
    return Bowl(STAGE.columns(4, 1)[0], loss, convergence(loss), np.atleast_2d(start))


def test_from_above_it_is_the_flat_map(bowl: Bowl) -> None:
    places, flat = bowl.basin.rim, MapPanel.__mro__[1].c2p
    assert bowl.c2p(places) == pytest.approx(flat(bowl, places), abs=1e-9)
    assert bowl.over(places, bowl.heights(places)) == pytest.approx(bowl.c2p(places), abs=1e-9)


def test_from_anywhere_places_and_heights_are_read_back(bowl: Bowl) -> None:
    places = bowl.basin.places(np.linspace(0.1, 1, 40), np.linspace(0, 6, 40))
    losses = bowl.heights(places)
    for view in VIEWS:
        bowl.viewpoint.look(*view)
        assert not misplaced(bowl.p2c(bowl.c2p(places)), places, np.abs(places).max())
        if view[1] < ABOVE:
            seen = bowl.loss_over(bowl.over(places, losses), places)
            assert not misplaced(seen, losses, bowl.basin.level)


def test_it_stays_in_its_region_and_fills_it_from_above(bowl: Bowl) -> None:
    rim, region = bowl.basin.rim, bowl.region
    for azimuth, elevation in VIEWS:
        bowl.viewpoint.look(azimuth, elevation)
        for losses in (bowl.heights(rim), np.full(len(rim), bowl.base)):
            points = bowl.over(rim, losses)[:, :2]
            assert (points > np.subtract([region.left, region.bottom], ROUNDING)).all()
            assert (points < np.add([region.right, region.top], ROUNDING)).all()


def test_rings_and_surface_show_the_loss_however_far_they_have_come(bowl: Bowl) -> None:
    surface = Surface(bowl, np.array([0.0, 1.0]))
    bowl.viewpoint.look(2.6, RAISED)
    for share in (0.0, 0.4, 1.0):
        surface.spread.set_value(share)
        for ring in bowl.rings:
            ring.risen.set_value(share)
        for mobject in [surface, *(curve for ring in bowl.rings for curve in ring.submobjects)]:
            mobject.update()
            for claim in mobject.bindings:
                drawn, computed = np.asarray(claim.drawn()), np.asarray(claim.computed())
                assert not misplaced(drawn, computed, bowl.basin.level)


def test_the_rim_is_level_where_the_level_is_reached(bowl: Bowl) -> None:
    heights = bowl.heights(bowl.basin.rim)
    assert heights.max() <= bowl.basin.level * (1 + ROUNDING)
    level = np.isclose(heights, bowl.basin.level, rtol=ROUNDING)
    # Not so along a valley that goes on and on, which is cut off beyond the start.
    assert level.mean() > 0.3


def test_the_notebooks_rim_is_level_all_the_way_round(notebook: Lesson) -> None:
    loss = compile_loss(notebook)
    basin = Basin(loss, convergence(loss), np.atleast_2d(notebook.start))
    assert loss.value(basin.rim) == pytest.approx(basin.level)
    assert basin.rim[0] == pytest.approx(basin.rim[-1])


def test_the_start_is_seen_at_the_far_side(bowl: Bowl) -> None:
    start = bowl.loss.lesson.start
    for place in (start, 2 * bowl.basin.minimum - start):
        bowl.viewpoint.look(bowl.facing(place), RAISED)
        assert bowl.point(*place)[1] > bowl.point(*bowl.basin.minimum)[1]


def test_a_basin_ends_where_the_loss_has_no_value(notebook: Lesson) -> None:
    loss = rooted(notebook)
    seen = np.array([(1.0, 2.0), (0.5, 0.1)])
    basin = Basin(loss, convergence(loss), seen)
    shares, angles = np.meshgrid(np.linspace(0, 1, 20), basin.angles)
    assert np.isfinite(loss.value(basin.places(shares, angles))).all()


def rooted(notebook: Lesson) -> NumericLoss:
    first, second = notebook.parameters
    measured = np.sqrt(1.8 + 0.9 * notebook.x**2)
    prediction = sp.sqrt(first + second * X**2)
    start = np.array([1.0, 2.0])
    return compile_loss(replace(notebook, prediction=prediction, y=measured, start=start))


def test_a_curve_is_cut_where_it_leaves_the_basin(notebook: Lesson) -> None:
    loss = compile_loss(notebook)
    basin = Basin(loss, convergence(loss), np.atleast_2d(notebook.start))
    across = np.linspace(-40, 40, 400)
    (within,) = basin.within(basin.minimum + np.outer(across, [1.0, 0.0]))
    assert loss.value(within).max() <= basin.level
    assert basin.within(basin.rim + 100) == []


def test_the_tangent_ends_above_ground_and_its_run_is_a_power_of_ten(bowl: Bowl) -> None:
    way = descend(bowl.loss, PlainDescent(1e-12), bowl.loss.lesson.start, 1)
    tangent = Tangent(bowl, way, significant)
    assert np.log10(tangent.run) == pytest.approx(round(np.log10(tangent.run)))
    bowl.viewpoint.look(2.6, RAISED)
    along, down, slope = tangent.triangle()
    for side in (along, down, slope):
        for claim in side.bindings:
            drawn, computed = np.asarray(claim.drawn()), np.asarray(claim.computed())
            assert not misplaced(drawn, computed, np.abs(computed).max())
    assert tangent.loss - tangent.run * tangent.slope > bowl.base
