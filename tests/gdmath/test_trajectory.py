from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import Convergence, Lesson, NumericLoss, Trajectory, convergence, descend
from gdmath.trajectory import Overshoot, settles, swing


def test_the_record_cannot_be_changed(trajectory: Trajectory) -> None:
    for array in (trajectory.parameters, trajectory.losses, trajectory.gradients):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(FrozenInstanceError):
        trajectory.losses = trajectory.losses  # type: ignore[misc]


def test_the_record_is_a_copy() -> None:
    losses = np.ones(1)
    record = Trajectory(np.zeros((1, 2)), losses, np.zeros((1, 2)))
    losses[0] = 5
    assert record.losses[0] == 1


def test_whole_steps_are_the_recorded_positions(trajectory: Trajectory) -> None:
    steps = np.arange(trajectory.steps + 1)
    assert (trajectory.position(steps) == trajectory.parameters).all()
    far_to_near = Trajectory(np.array([[1e17, 0], [1, 0]]), np.ones(2), np.ones((2, 2)))
    assert far_to_near.position(1).tolist() == [1, 0]


@given(st.floats(0, 400))
def test_between_steps_the_position_divides_the_segment(
    trajectory: Trajectory, step: float
) -> None:
    position = trajectory.position(step)
    expected = [
        np.interp(step, np.arange(401), trajectory.parameters[:, index]) for index in (0, 1)
    ]
    assert position == pytest.approx(expected, rel=1e-12)


def test_positions_keep_the_shape_of_the_steps(trajectory: Trajectory) -> None:
    assert trajectory.position(0.5).shape == (2,)
    assert trajectory.position([[1.5, 2, 3]]).shape == (1, 3, 2)


@pytest.mark.parametrize("step", [-0.001, 400.001, np.nan, [0, 401]])
def test_positions_outside_the_record_are_refused(trajectory: Trajectory, step: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 400"):
        trajectory.position(step)


def test_step_lengths_shrink_as_the_lecture_says(trajectory: Trajectory) -> None:
    assert trajectory.step_lengths.shape == (400,)
    assert trajectory.step_lengths[0] == pytest.approx(0.1917, abs=5e-5)
    assert trajectory.step_lengths[-1] == pytest.approx(0.00060, abs=5e-6)


def test_the_steps_at_which_the_lecture_says_it_settles(exact_trajectory: Trajectory) -> None:
    target = np.array([3, 8])
    offset = exact_trajectory.parameters - target
    assert exact_trajectory.settles_within(0.01, target) == 1968
    assert settles(exact_trajectory.losses, 0.01 * exact_trajectory.losses[0]) == 97
    assert settles(np.sqrt(exact_trajectory.losses), 0.01 * 8.775741645) == 530
    assert settles(offset[:, 1], 0.08) == 844
    assert settles(offset[:, 0], 0.03) == 1968
    distance = np.hypot(*offset.T)
    assert settles(distance, 0.01 * distance[0]) == 1398


def test_four_hundred_steps_do_not_settle(trajectory: Trajectory) -> None:
    assert trajectory.settles_within(0.01, [3, 8]) is None


@given(
    st.lists(st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0, np.nan, np.inf]), min_size=1),
    st.sampled_from([0.0, 1.0, 2.0]),
)
def test_settling_is_the_first_index_after_which_nothing_leaves(
    series: list[float], limit: float
) -> None:
    quiet = [all(abs(entry) <= limit for entry in series[index:]) for index in range(len(series))]
    assert settles(series, limit) == (quiet.index(True) if True in quiet else None)


def test_a_fraction_of_zero_is_refused(trajectory: Trajectory) -> None:
    with pytest.raises(ValueError, match="fraction of zero"):
        trajectory.settles_within(0.01, [0, 8])


def test_the_gradient_does_not_point_at_the_minimum(exact_trajectory: Trajectory) -> None:
    angle = exact_trajectory.angle_to([3, 8])
    assert angle[0] == pytest.approx(4.8, abs=0.05)
    assert angle[150] == pytest.approx(59.5, abs=0.05)


@given(st.floats(0, 360), st.floats(0, 180))
def test_an_angle_is_the_one_it_was_built_with(direction: float, angle: float) -> None:
    downhill = np.radians(direction)
    target = np.radians(direction + angle)
    record = Trajectory(
        np.array([[2.0, 3.0]]), np.ones(1), -np.array([[np.cos(downhill), np.sin(downhill)]])
    )
    point = np.array([2.0, 3.0]) + 5 * np.array([np.cos(target), np.sin(target)])
    assert record.angle_to(point)[0] == pytest.approx(angle, abs=1e-9)


def test_there_is_no_angle_where_there_is_no_direction() -> None:
    record = Trajectory(np.ones((2, 2)), np.ones(2), np.array([[0.0, 0], [1, 0]]))
    assert np.isnan(record.angle_to([1, 1])).all()
    assert np.isnan(record.angle_to([2, 2])).tolist() == [True, False]


@given(st.floats(0, 360), st.floats(0, 180))
def test_a_step_is_as_far_off_the_slope_as_it_was_built(direction: float, angle: float) -> None:
    downhill, step = np.radians([direction, direction - angle])
    places = np.array([[2.0, 3.0], [2.0 + 5 * np.cos(step), 3.0 + 5 * np.sin(step)]])
    slope = -np.array([np.cos(downhill), np.sin(downhill)])
    record = Trajectory(places, np.ones(2), np.array([slope, [7.0, 7.0]]))
    assert record.step_angles == pytest.approx([angle], abs=1e-9)


def test_the_overshoot_of_b(trajectory: Trajectory) -> None:
    assert trajectory.overshoot([3, 8]) == Overshoot(parameter=1, crossing=142, turn=262)
    assert trajectory.parameters[262, 1] == pytest.approx(8.1858, abs=5e-5)
    assert trajectory.first_crossing(0, 3) is None


def test_a_mirrored_start_overshoots_alike(loss: NumericLoss, notebook: Lesson) -> None:
    goal = convergence(loss).minimum
    mirrored = descend(loss, notebook.rule, 2 * goal - notebook.start, notebook.steps)
    assert mirrored.overshoot(goal) == Overshoot(parameter=1, crossing=142, turn=262)


def test_what_has_not_turned_by_the_end_is_no_overshoot() -> None:
    going = Trajectory(np.array([[0.0, 0], [2, 0], [3, 0]]), np.ones(3), np.ones((3, 2)))
    assert going.overshoot([1, 5]) is None


def test_a_crossing_is_seen_from_either_side_and_on_the_level() -> None:
    parameters = np.array([[0.0, 5], [1, 3], [2, 1]])
    record = Trajectory(parameters, np.ones(3), np.ones((3, 2)))
    assert record.first_crossing(0, 1) == 1
    assert record.first_crossing(1, 2) == 2
    assert record.first_crossing(1, 5) == 0
    assert record.first_crossing(1, 6) is None


def test_a_steady_gradient_lies_within_the_steepest_angle(
    exact_trajectory: Trajectory, theory: Convergence
) -> None:
    # Kantorovich's inequality for the angle between e and He.
    kappa = theory.condition_number
    steepest = np.degrees(np.arccos(2 * np.sqrt(kappa) / (1 + kappa)))
    assert exact_trajectory.angle_to([3, 8]).max() < steepest


@pytest.mark.parametrize(
    ("losses", "soonest", "step"),
    [
        ([9, 9, 3, 9, 3, 2], 0, 4),
        ([9, 3, 3, 3, 3, 2], 3, 3),
        ([9, 9, 9, 9, 9, 9], 0, 5),
        ([1, 1, 1, 1, 1, 1], 2, 2),
        ([9, 9, 3, 3, 3, 4 + 1e-12], 0, 2),
    ],
)
def test_a_run_is_ahead_from_where_it_stays_ahead(
    losses: list[float], soonest: int, step: int
) -> None:
    run, other = (
        Trajectory(np.zeros((6, 2)), np.array(values, dtype=float), np.zeros((6, 2)))
        for values in (losses, [9, 8, 7, 6, 5, 4])
    )
    assert run.overtakes(other, soonest) == step


def test_it_is_inside_a_rectangle_where_both_are_and_there_is_a_loss() -> None:
    places = np.array([[0.0, 2], [1, 5], [3, 2], [2, 2], [2, 3]])
    record = Trajectory(places, np.array([1, 1, 1, np.nan, 1]), np.ones((5, 2)))
    assert record.inside([(0, 2), (2, 4)]).tolist() == [True, False, False, False, True]


@pytest.mark.parametrize(
    ("series", "found"),
    [
        ([3, 1, -1, -2, -1, -3, 1], (2, 3)),
        ([-3, 1, 2, 2, 1], (1, 3)),
        ([3, 1, -1, -2], (2, 3)),
        ([3, 0, -1, 0.5], (1, 2)),
        ([3, 2, 1, 1], None),
    ],
)
def test_a_swing_turns_where_it_first_comes_back(
    series: list[float], found: tuple[int, int] | None
) -> None:
    assert swing(series) == found


def test_a_run_has_grown_where_its_loss_is_no_longer_below_a_multiple() -> None:
    losses = [1, 0.5, 9.9, 10, 3, np.nan]
    run = Trajectory(np.zeros((6, 2)), np.array(losses), np.zeros((6, 2)))
    assert run.grown_by(10) == 3
    assert run.grown_by(20) == 5, "a loss that is no number has grown out of bounds"
    assert Trajectory(run.parameters[:2], run.losses[:2], run.gradients[:2]).grown_by(2) is None
