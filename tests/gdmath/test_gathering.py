from itertools import islice

import numpy as np
import pytest

from gdmath.blockwise import Weighted
from gdmath.gathering import MANY, counted, gathered


def cloud(n: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    x = generator.exponential(2, n)
    # Student's t with three degrees of freedom has outliers, which no loss may lose.
    return x, np.log1p(x) + 0.2 * generator.standard_t(3, n)


def weights(points: Weighted) -> np.ndarray:
    assert points.weights is not None
    return points.weights


def test_means_and_covariances_are_those_of_all_points() -> None:
    x, y = cloud(3 * MANY)
    points = next(gathered(x, y))
    assert points.size < 6000
    assert weights(points).sum() == pytest.approx(1)
    for power in [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]:
        few = weights(points) @ (points.x ** power[0] * points.y ** power[1])
        assert few == pytest.approx((x ** power[0] * y ** power[1]).mean())


def test_a_loss_that_is_not_quadratic_has_as_good_as_the_same_mean() -> None:
    x, y = cloud(3 * MANY)
    points = next(gathered(x, y))
    for slope in (-0.5, 0.4, 2.0):
        every, few = (
            np.log(np.cosh(slope * np.sqrt(a) - b)) for a, b in [(x, y), (points.x, points.y)]
        )
        # What is left is of third order in cells a thirtieth of the data wide.
        assert weights(points) @ few == pytest.approx(every.mean(), rel=1e-4)


def test_finer_groups_come_closer() -> None:
    x, y = cloud(3 * MANY)
    every = np.exp(np.sin(3 * x - y)).mean()
    found = list(islice(gathered(x, y), 3))
    off = [
        abs(weights(points) @ np.exp(np.sin(3 * points.x - points.y)) - every) for points in found
    ]
    # Each time a group is halved, what is of third order in its size falls to a third.
    assert off[2] < off[0] / 3
    assert [points.size for points in found] == sorted(points.size for points in found)


def test_no_point_leaves_the_data() -> None:
    x, y = cloud(3 * MANY)
    points = next(gathered(x, y))
    for few, every in [(points.x, x), (points.y, y)]:
        assert every.min() <= few.min()
        assert few.max() <= every.max()


def test_points_are_counted_by_place() -> None:
    points = counted(np.tile([1.0, 2.0, 1.0], 5), np.tile([0.5, 3.0, 0.5], 5))
    assert np.column_stack([points.x, points.y]).tolist() == [[1, 0.5], [2, 3]]
    assert points.weights == pytest.approx([2 / 3, 1 / 3])


def test_places_fewer_than_groups_are_left_as_they_are() -> None:
    x = np.repeat(np.linspace(0, 1, 900), 20)
    points = next(gathered(x, x**2))
    assert points.size == 900
    assert weights(points) @ points.y == pytest.approx((x**2).mean())


def test_places_that_rounding_cannot_tell_apart_come_to_an_end() -> None:
    close = np.nextafter(1.0, 2.0)
    x = np.concatenate([np.full(900, 1.0), np.full(900, close), np.linspace(2, 3, 1800)])
    for points in gathered(x, np.zeros(x.size)):
        assert weights(points).sum() == pytest.approx(1)
