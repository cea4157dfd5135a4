"""The bowl stands in its region with scales that can be read, whatever the lesson's units."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from manim import DL, UR
from numpy.typing import NDArray

from gdmath import Lesson, PlainDescent, compile_loss, convergence, descend
from gdmath.landscape import levels
from gdmath.lesson import X
from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.bowl_axes import loss_scale, parameter_scale
from scenes.ch08_the_bowl.depth.downhill import LEAST, Downhill
from scenes.ch08_the_bowl.depth.edge_axis import APART, beyond
from scenes.ch08_the_bowl.depth.viewpoint import FRONT, TOP, Viewpoint, once_a_view
from scenes.kit.frame import SAFE, STAGE
from scenes.kit.layout.rules import ASTRIDE, CLEARANCE
from scenes.kit.proof.trace import corners
from tests.scenes.proof import misplaced

UNITS = [(1e6, 1.0), (1.0, 1.0), (1e-6, 1.0), (1e3, 40.0), (1.0, 0.025)]
"""Of y and of x: the loss is in the square of the one, the other makes the bowl slender."""
RAISED, DRIFT = 0.49, 0.17
STANDS = [(-np.pi / 2, FRONT), (0, FRONT), (-0.42, RAISED), (0, TOP), (-1.3, RAISED)]
"""The views of the chapter at which it rests, one turned into the next."""
LEFT_OUT, FULL = 0.0, 1.0


@pytest.fixture(params=UNITS, ids=str)
def bowl(request: pytest.FixtureRequest, notebook: Lesson) -> Bowl:
    return stood(notebook, *request.param)


def stood(notebook: Lesson, y: float, x: float) -> Bowl:
    """The notebook's bowl with its scales, as x and y in other units have it."""
    start = y * notebook.start / [x, 1]
    loss = compile_loss(replace(notebook, x=x * notebook.x, y=y * notebook.y, start=start))
    bowl = Bowl(STAGE.columns(4, 1)[0], loss, convergence(loss), start, Viewpoint(0, FRONT))
    parameter_scale(bowl, 0), parameter_scale(bowl, 1), loss_scale(bowl)
    bowl.viewpoint.look(bowl.view(*STANDS[0]))
    return bowl


def drawn(bowl: Bowl) -> tuple[NDArray[np.float64], set[float]]:
    """The boxes (k, 4) of all texts that are seen, and how opaque any text is."""
    boxes, opacities = [], set()
    for scale in bowl.scales:
        scale.update()
        for text in (*scale.numbers, scale.heading):
            opacity = text.family_members_with_points()[0].get_fill_opacity()
            opacities.add(opacity)
            if opacity:
                boxes.append(np.hstack([text.get_corner(DL)[:2], text.get_corner(UR)[:2]]))
    return np.array(boxes), opacities


def test_at_rest_all_numbers_are_in_the_region_and_none_touch(bowl: Bowl) -> None:
    for azimuth, elevation in STANDS:
        bowl.viewpoint.look(bowl.view(azimuth, elevation))
        boxes, opacities = drawn(bowl)
        assert opacities <= {LEFT_OUT, FULL}
        region = bowl.region
        assert (boxes[:, :2] > [region.left, region.bottom]).all()
        assert (boxes[:, 2:] < [region.right, region.top]).all()
        apart = np.maximum(boxes[:, None, :2] - boxes[:, 2:], boxes[:, :2] - boxes[:, None, 2:])
        assert (apart.max(axis=2)[~np.eye(len(boxes), dtype=bool)] > CLEARANCE).all()


def test_while_it_turns_they_stay_in_the_safe_area(bowl: Bowl) -> None:
    *stands, (azimuth, elevation) = STANDS[1:]
    for stand in [*stands, (bowl.clear_azimuth(azimuth, elevation), elevation)]:
        turn = bowl.seen_from(*stand)
        for t in np.linspace(0, 1, 31):
            turn.interpolate(t)
            boxes, _ = drawn(bowl)
            assert (boxes[:, :2] > np.subtract([SAFE.left, SAFE.bottom], ASTRIDE)).all()
            assert (boxes[:, 3] < SAFE.top + ASTRIDE).all()


def test_numbers_legible_before_they_have_room_wait(notebook: Lesson) -> None:
    bowl = stood(notebook, 1.0, 0.02)
    turn = bowl.seen_from(*STANDS[1])
    below = []
    for t in np.linspace(0, 0.25, 21):
        turn.interpolate(t)
        boxes, _ = drawn(bowl)
        below.append(SAFE.bottom - boxes[:, 1].min())
    assert max(below) < ASTRIDE
    # By then there is room for some.
    assert any(scale.shown for scale in bowl.scales[:2])


def test_from_above_the_heights_of_the_rings_are_read_to_the_last_digit(bowl: Bowl) -> None:
    first = float(bowl.loss.value(bowl.loss.lesson.start))
    rings = bowl.rings(levels(first, convergence(bowl.loss).minimum_loss, 5))
    for turn in np.linspace(-0.1, 0.1, 11):
        bowl.viewpoint.look(bowl.view(turn, TOP))
        rings.update()
        for claim in rings.bindings:
            assert not misplaced(np.asarray(claim.drawn()), np.asarray(claim.computed()))


def test_its_scales_say_where_their_ticks_are_even_a_single_one_at_0(bowl: Bowl) -> None:
    for turn in np.linspace(-1.5, 0.1, 11):
        # Almost level with the floor, where a place on it is read least well.
        bowl.viewpoint.look(bowl.view(turn, 2 * FRONT))
        for scale in bowl.scales:
            scale.update()
            for claim in scale.bindings:
                assert not misplaced(np.asarray(claim.drawn()), np.asarray(claim.computed()))


def test_what_is_cut_off_is_cut_level(bowl: Bowl) -> None:
    sheet = bowl.unfolded(1.0)
    for edge in (sheet[:, 0], sheet[:, -1]):
        first = edge[:, 0] / bowl.scale + bowl.middle[0]
        (low, high), within = bowl.bounds[0], 1e-6 * np.ptp(bowl.bounds[0])
        cut = (first > low + within) & (first < high - within)
        # A row that only touches the level is a point of it, and ends at a sample.
        cut &= np.ptp(sheet[..., 0], axis=1) > 0
        assert edge[cut, 2] == pytest.approx(bowl.height, rel=1e-3)


def test_an_edge_seen_end_on_is_turned_until_all_scales_show(notebook: Lesson) -> None:
    bowl = stood(notebook, 1.0, 1.0)
    for asked in (0.03, -np.pi / 2 + 0.05, -0.6):
        turn = bowl.clear_azimuth(asked, RAISED, DRIFT)
        assert abs(turn - asked) <= np.radians(20)
        for azimuth in (turn, turn + DRIFT):
            bowl.viewpoint.look(bowl.view(azimuth, RAISED))
            # Two headings of parameters and one of the loss, each with numbers of its own.
            shown = [scale.update() for scale in bowl.scales if scale.update().shown]
            assert len(shown) == 3
    assert turn == asked


def test_what_is_remembered_of_a_view_is_not_taken_for_another() -> None:
    asked: list[float] = []

    class Thing:
        @once_a_view
        def tilt(self, view: Viewpoint) -> float:
            asked.append(view.state[1])
            return view.state[1]

    thing, view = Thing(), Viewpoint(0, 0.5)
    assert thing.tilt(view) == thing.tilt(view) == 0.5
    view.look((0, 0.7, 1, 0, 0))
    assert [thing.tilt(view), Thing().tilt(view)] == [0.7, 0.7]
    assert asked == [0.5, 0.7, 0.7]


@pytest.mark.parametrize("way", [(1.0, 0.0), (0.0, -1.0), (0.8, -0.6)])
def test_a_name_goes_on_until_it_is_clear_of_all_numbers(way: tuple[float, float]) -> None:
    # Five numbers along the way, each within reach of the next, and one that is not in the way.
    places = np.vstack([np.outer(np.arange(5) * 0.3, way), [(9.0, 9.0)]])
    sizes, size = np.full((6, 2), 0.2), np.array([0.25, 0.15])
    moved = beyond(-places, sizes, size, np.array(way))
    gaps = np.abs(moved - places) - sizes - size
    # At the edge of the last it is exactly as far as it has to be; rounding may take a bit of that.
    assert (gaps.max(axis=1) >= APART - 1e-9).all()
    assert gaps[4].max() == pytest.approx(APART)
    assert not beyond(places[-1:], sizes[-1:], size, np.array(way)).any()


def test_a_surface_ends_where_the_loss_has_no_value(notebook: Lesson) -> None:
    first, second = notebook.parameters
    time = sp.sqrt(first + second * X**2)
    loss = compile_loss(
        replace(
            notebook,
            prediction=time,
            y=np.sqrt(1.8 + 0.9 * notebook.x**2),
            start=np.array([1.0, 2.0]),
        )
    )
    bowl = Bowl(STAGE, loss, convergence(loss), [(1.0, 2.0), (0.5, 0.1)], Viewpoint(0, FRONT))
    (left, right), (bottom, top) = bowl.bounds
    corners = [(a, b) for a in (left, right) for b in (bottom, top)]
    assert np.isnan(loss.value(corners)).any()
    assert np.isfinite(bowl.unfolded(1.0)).all()


def test_the_arrow_is_seen_and_the_tangent_ends_above_ground(bowl: Bowl) -> None:
    theory, start = convergence(bowl.loss), bowl.loss.lesson.start
    rate = 1 / theory.eigenvalues[1]
    way = descend(bowl.loss, PlainDescent(float(rate)), start, 20)
    downhill = Downhill(bowl, way, start)
    tangent = downhill.tangent()
    downhill.grown.set_value(1)
    downhill.raised.set_value(1)
    bowl.viewpoint.look(bowl.view(-1.3, RAISED))
    tail, tip = bowl.parameters_at(corners(downhill.arrow()))[[0, 3]]
    room = np.abs(np.concatenate([tip - low_high for low_high in np.transpose(bowl.bounds)])).min()
    assert np.linalg.norm(tip - tail) * bowl.scale > 0.9 * LEAST or room * bowl.scale < 1e-6
    ground, end, above, touching, _ = corners(tangent.update()[0])
    assert touching[1] > ground[1]
    assert above[1] >= end[1] - 1e-9
