"""The lessons on NIST's data come to the values that NIST has certified."""

from collections.abc import Sequence

import numpy as np
import pytest

from gdmath import compile_loss, convergence, load_lesson
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("name", "units", "certified", "squares"),
    [
        ("dan_wood", (1, 1), (7.6886226176e-01, 3.8604055871e00), 4.3173084083e-03),
        ("box_bod", (1, 1e-2), (2.1380940889e02, 5.4723748542e-01), 1.1680088766e03),
        ("misra1a", (1, 1e-6), (2.3894212918e02, 5.5015643181e-04), 1.2455138894e-01),
        ("misra1d", (1, 1e-6), (4.3736970754e02, 3.0227324449e-04), 5.6419295283e-02),
    ],
)
def test_a_minimum_is_what_nist_has_certified(
    name: str, units: Sequence[float], certified: Sequence[float], squares: float
) -> None:
    """NIST, Statistical Reference Datasets, nonlinear regression: parameters, sum of squares."""
    lesson = load_lesson(ROOT / f"lessons/{name}.toml")
    theory = convergence(compile_loss(lesson))
    assert theory.minimum * np.array(units) == pytest.approx(certified, rel=1e-9)
    assert theory.minimum_loss * lesson.x.size == pytest.approx(squares, rel=1e-9)
