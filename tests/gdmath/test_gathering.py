import numpy as np
import pytest

from gdmath.gathering import MANY, gathered


def cloud(n: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    x = generator.exponential(2, n)
    # Student's t with three degrees of freedom has outliers, which no loss may lose.
    return x, np.log1p(x) + 0.2 * generator.standard_t(3, n)


def test_means_and_covariances_are_those_of_all_points() -> None:
    x, y = cloud(3 * MANY)
    points = gathered(x, y)
    assert not points.exact
    assert points.x.size < 6000
    assert points.weights.sum() == pytest.approx(1)
    for power in [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]:
        few = points.weights @ (points.x ** power[0] * points.y ** power[1])
        assert few == pytest.approx((x ** power[0] * y ** power[1]).mean())


def test_a_loss_that_is_not_quadratic_has_as_good_as_the_same_mean() -> None:
    x, y = cloud(3 * MANY)
    points = gathered(x, y)
    for slope in (-0.5, 0.4, 2.0):
        every, few = (
            np.log(np.cosh(slope * np.sqrt(a) - b)) for a, b in [(x, y), (points.x, points.y)]
        )
        # What is left is of third order in cells a thirtieth of the data wide.
        assert points.weights @ few == pytest.approx(every.mean(), rel=1e-4)


def test_no_point_leaves_the_data() -> None:
    x, y = cloud(3 * MANY)
    points = gathered(x, y)
    for few, every in [(points.x, x), (points.y, y)]:
        assert every.min() <= few.min()
        assert few.max() <= every.max()


def test_points_at_few_places_are_counted() -> None:
    points = gathered(np.tile([1.0, 2.0, 1.0], MANY), np.tile([0.5, 3.0, 0.5], MANY))
    assert points.exact
    assert np.column_stack([points.x, points.y]).tolist() == [[1, 0.5], [2, 3]]
    assert points.weights == pytest.approx([2 / 3, 1 / 3])


def test_places_that_rounding_cannot_tell_apart_come_to_an_end() -> None:
    close = np.nextafter(1.0, 2.0)
    x = np.concatenate([np.full(MANY, 1.0), np.full(MANY, close), np.linspace(2, 3, 2 * MANY)])
    assert gathered(x, np.zeros(x.size)).weights.sum() == pytest.approx(1)
