"""A plane tells where a place of the picture is, however large its units are."""

import math
from itertools import pairwise

import pytest
from manim import Polygon

from scenes.kit.frame import STAGE, Region
from scenes.kit.maps.zoom import closer, zoom
from scenes.kit.plane import Plane, Scale
from scenes.kit.text.axis_name import axis_name, shorter
from scenes.kit.theme import SIZE
from scenes.kit.wording.numbers import MINUS


@pytest.fixture(scope="module")
def plane() -> Plane:
    """Fifteen million units high, of which one is less than the picture's round-off."""
    return Plane(STAGE, Scale(0, 9, "x"), Scale(-2.3e6, 1.31e7, "y"))


def test_nought_is_read_back_as_nought(plane: Plane) -> None:
    ((x, y),) = plane.p2c(plane.c2p([(1, 0)]))
    assert (x, y) == (pytest.approx(1), 0)


def test_a_unit_has_all_its_digits(plane: Plane) -> None:
    height = plane.lines[1].height
    # A difference over one unit alone has six digits.
    assert plane.unit()[1] * 1.54e7 == pytest.approx(height, rel=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (1e-6, 1.0, [f"10^({MINUS}{power})" for power in range(6, 0, -1)] + ["10^(0)"]),
        (0.08, 2.3, ["0.1", "0.2", "0.5", "1", "2"]),
        (2.9, 3.3, ["2.9", "3.0", "3.1", "3.2", "3.3"]),
        (2e-7, 3e-6, ["0.2", "0.5", "1", "2"]),
    ],
)
def test_an_axis_of_powers_has_round_numbers_where_they_belong(
    low: float, high: float, labels: list[str]
) -> None:
    row = Scale(math.log10(low), math.log10(high), "L", logarithmic=True).ticks()
    assert row.labels == labels
    for power, label in zip(row.values, labels, strict=True):
        number = float(label.replace("10^(", "1e").rstrip(")").replace(MINUS, "-"))
        assert 10**power == pytest.approx(number * 10**row.power)
    assert [row.said(k) for k in range(len(labels))] == pytest.approx(row.values)


@pytest.mark.parametrize("high", [5e11, 8.6e17, 3e24])
def test_places_of_squared_amounts_are_read_back(high: float) -> None:
    plane = Plane(STAGE, Scale(0, 120, "t"), Scale(-high / 50, high, "L"))
    ((x, y),) = plane.p2c(plane.c2p([(60, high / 3)]))
    assert (x, y) == pytest.approx((60, high / 3), rel=1e-12)
    assert STAGE.holds(plane.lines)
    assert min(number.get_left()[0] for number in plane.numbers) >= STAGE.left


@pytest.mark.parametrize("low", [1.83766, 1.83768])
def test_wide_numbers_are_fewer_and_keep_to_their_region(low: float) -> None:
    region = Region(0, 0, 4.2, 3.5)
    plane = Plane(region, Scale(low, low + 25e-5, "x"), Scale(0, 1, "y"))
    numbers = [number for number in plane.numbers if number.get_top()[1] < 0.75]
    assert len(numbers) > 1
    assert all(region.holds(number) for number in numbers)
    for first, second in pairwise(numbers):
        assert second.get_left()[0] - first.get_right()[0] > first.width / 6, "not a digit apart"


@pytest.mark.parametrize(
    "label", ["signal", "pressure", "pressure in the upper half of the vessel"]
)
def test_names_keep_to_their_region(label: str) -> None:
    region, name = Region(0, 0, 4.2, 3.5), axis_name(label, "mm Hg")
    plane = Plane(region, Scale(0, 3e-7, name), Scale(0, 3e7, name))
    for shown in plane.names:
        assert region.left <= shown.get_left()[0] < shown.get_right()[0] <= region.right + 1e-9
        assert shown.font_size >= SIZE.tick - 1e-9, "smaller than the numbers"


def test_a_name_is_shortened_before_its_unit() -> None:
    assert list(shorter(axis_name("time in a vessel", "s")))[1:] == [
        '"time in a … in s"',
        '"time in … in s"',
        '"time … in s"',
        '"… in s"',
    ]
    assert list(shorter("theta_1")) == ["theta_1"]


@pytest.mark.parametrize(
    ("low", "high", "frames"), [(2, 3, True), (-9, 30, True), (8, 13, False), (20, 21, False)]
)
def test_a_zoom_draws_no_frame_beside_its_panels(low: float, high: float, frames: bool) -> None:
    region = Region(0, 0, 6, 4)
    wide, close = (
        Plane(region, Scale(*ends, "x"), Scale(0, 9, "y")) for ends in ((0.0, 10.0), (low, high))
    )
    drawn: list[object] = [part.mobject for part in zoom(wide, close, [], []).animations]
    outlines = [shape for shape in drawn if isinstance(shape, Polygon)]
    assert bool(outlines) == frames
    assert all(region.holds(outline) for outline in outlines)


@pytest.mark.parametrize(
    ("share", "worth"), [(0.9, False), (0.5, True), (1e-5, True), (1e-8, False)]
)
def test_a_map_comes_closer_only_as_far_as_a_loss_has_digits(share: float, worth: bool) -> None:
    wide, close = (
        Plane(STAGE, Scale(5, 5 + span, "a"), Scale(-1, span - 1, "b"), bare=True)
        for span in (1.0, share)
    )
    assert closer(close, wide) == worth
