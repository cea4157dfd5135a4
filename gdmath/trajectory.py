"""Record one descent and answer the questions that a lecture asks of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only

_ROUNDING = 1e-9
"""Relative difference of two losses below which it may be rounding, and is never told."""


@dataclass(frozen=True)
class Overshoot:
    """A parameter (0 or 1) that passes its goal after the step `crossing` and turns at `turn`."""

    parameter: int
    crossing: int
    turn: int


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Where a descent stood before its first step and after each: index t is the state after t.

    `parameters` and `gradients` have shape (steps + 1, 2), `losses` (steps + 1,); all are copied
    and read-only. A question whose moment never comes is answered by None.
    """

    parameters: FloatArray
    losses: FloatArray
    gradients: FloatArray

    def __post_init__(self) -> None:
        for name in ("parameters", "losses", "gradients"):
            # A frozen dataclass lets a field be set only so while it is being built.
            object.__setattr__(self, name, read_only(getattr(self, name)))

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.losses) - 1

    @property
    def step_lengths(self) -> FloatArray:
        """(steps,): how far each step went, in the plane of the parameters."""
        lengths: FloatArray = np.hypot(*np.diff(self.parameters, axis=0).T)
        return lengths

    def position(self, step: npt.ArrayLike) -> FloatArray:
        """(...) → (..., 2): the parameters after `step` steps, from 0 to `steps`.

        Between two whole steps it is the point of the straight segment that joins them: the descent
        itself is nowhere there, a picture is.
        """
        moment = np.asarray(step, dtype=np.float64)
        if not ((moment >= 0) & (moment <= self.steps)).all():
            raise ValueError(f"step {step!r} was asked for; the record goes from 0 to {self.steps}")
        before = np.minimum(moment.astype(np.intp), max(self.steps - 1, 0))
        after = np.minimum(before + 1, self.steps)
        share = (moment - before)[..., np.newaxis]
        here, there = self.parameters[before], self.parameters[after]
        # Weighted so, a whole step gives the recorded parameters to the last bit.
        position: FloatArray = (1 - share) * here + share * there
        return position

    def settles_within(self, fraction: float, target: npt.ArrayLike) -> int | None:
        """First step from which every parameter stays within `fraction` of its `target`, (2,)."""
        aim = np.asarray(target, dtype=np.float64)
        if not aim.all():
            raise ValueError(f"the target is {aim.tolist()}; a fraction of zero says nothing")
        return settles(np.abs(self.parameters / aim - 1).max(axis=1), fraction)

    def angle_to(self, point: npt.ArrayLike) -> FloatArray:
        """(2,) → (steps + 1,): degrees between −∇L and the direction to `point`, after each step.

        It is nan where one of the two has no direction.
        """
        return between(-self.gradients, np.asarray(point, dtype=np.float64) - self.parameters)

    @property
    def step_angles(self) -> FloatArray:
        """(steps,): degrees between each step and −∇L where it began; nan if one is nothing."""
        return between(-self.gradients[:-1], np.diff(self.parameters, axis=0))

    def first_crossing(self, parameter: int, level: float) -> int | None:
        """First step after which `parameter` (0 or 1) has reached `level` from its start."""
        offset = self.parameters[:, parameter] - level
        (reached,) = np.nonzero(np.sign(offset) != np.sign(offset[0]) if offset[0] else offset == 0)
        return int(reached[0]) if reached.size else None

    def overshoot(self, goals: npt.ArrayLike) -> Overshoot | None:
        """The first parameter that passes its goal, of (2,), and later turns back towards it.

        The turn is where it is farthest beyond, in the direction in which it set out. A descent
        that ends there has not been seen to turn.
        """
        for parameter, goal in enumerate(np.asarray(goals, dtype=np.float64)):
            column = self.parameters[:, parameter]
            crossing = self.first_crossing(parameter, float(goal))
            turn = int(np.argmax(np.sign(goal - column[0]) * column))
            if crossing is not None and crossing < turn < self.steps:
                return Overshoot(parameter, crossing, turn)
        return None

    def inside(self, bounds: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """(2, 2) → (steps + 1,): after which steps it is within a rectangle and has a loss.

        Its `bounds` are a lowest and a highest value for each of the parameters.
        """
        low, high = np.asarray(bounds, dtype=np.float64).T
        within = np.all((low <= self.parameters) & (self.parameters <= high), axis=1)
        inside: npt.NDArray[np.bool_] = within & np.isfinite(self.losses)
        return inside

    def overtakes(self, other: "Trajectory", soonest: int = 0) -> int:
        """First step, `soonest` or later, from which its loss stays below that of `other`.

        It is the last if none is. Both have equally many steps. Where both have arrived, only
        rounding says which is the lower.
        """
        arrived = np.isclose(self.losses, other.losses, rtol=_ROUNDING, atol=0)
        (behind,) = np.nonzero((self.losses >= other.losses) & ~arrived)
        return max(soonest, min(int(behind.max(initial=-1)) + 1, self.steps))

    def grown_by(self, factor: float) -> int | None:
        """First step after which the loss is no longer below `factor` times that of the start."""
        (grown,) = np.nonzero(~(self.losses < factor * self.losses[0]))
        return int(grown[0]) if grown.size else None


def settles(series: npt.ArrayLike, limit: float) -> int | None:
    """First index from which `series`, (k,), stays between −limit and limit; None if it does not.

    An answer is about the series as recorded: what comes after its end nobody knows.
    """
    (outside,) = np.nonzero(~(np.abs(np.asarray(series)) <= limit))
    settled = int(outside[-1]) + 1 if outside.size else 0
    return settled if settled < np.size(series) else None


def swing(series: npt.ArrayLike) -> tuple[int, int] | None:
    """First index at which `series`, (k,), has another sign, and from which it then comes back.

    What does not come back turns at its end. None if the sign never changes.
    """
    values = np.asarray(series, dtype=np.float64)
    (beyond,) = np.nonzero(np.sign(values) != np.sign(values[0]))
    if not beyond.size:
        return None
    crossing = int(beyond[0])
    (turns,) = np.nonzero(np.diff(np.abs(values[crossing:])) < 0)
    return crossing, crossing + int(turns[0]) if turns.size else len(values) - 1


def between(first: FloatArray, second: FloatArray) -> FloatArray:
    """(k, 2), (k, 2) → (k,): degrees between directions, nan where one of the two is nothing."""
    along = (first * second).sum(axis=1)
    across = np.abs(np.linalg.det(np.stack([first, second], axis=1)))
    # arctan2 keeps its digits at small angles, where the arccos of a cosine loses half of them.
    angle: FloatArray = np.degrees(np.arctan2(across, along))
    return np.where((along == 0) & (across == 0), np.nan, angle)
