"""A plane tells where a place of the picture is, however large its units are."""

import pytest

from scenes.kit.frame import STAGE
from scenes.kit.panels.plane import Plane, Scale


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
