"""A path of many steps is drawn by some of them."""

import numpy as np
import pytest

from gdmath import Trajectory
from scenes.kit.clock import DescentClock, drawn_steps, path_so_far


def test_no_step_is_left_out_where_there_are_few() -> None:
    assert drawn_steps(2900).tolist() == list(range(2901))


@pytest.mark.parametrize("last", [3001, 100_000, 99_999])
def test_of_many_steps_no_more_are_drawn_than_can_be_seen(last: int) -> None:
    steps = drawn_steps(last)
    assert (steps[0], steps[-1]) == (0, last)
    assert len(steps) < 3100
    assert np.ptp(np.diff(steps[1000:-1])) == 0


def test_a_path_ends_where_the_clock_is() -> None:
    places = np.column_stack([np.arange(10_001.0), np.zeros(10_001)])
    clock = DescentClock(Trajectory(places, np.zeros(10_001), np.zeros((10_001, 2))))
    walked = path_so_far(clock)
    for time in (0, 999.5, 5003.25, 10_000):
        clock.set_value(time)
        walked_to = walked()[:, 0]
        assert walked_to[-1] == time
        assert (np.diff(walked_to) >= 0).all()
