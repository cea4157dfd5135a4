"""The record of one descent, and the questions a lecture asks of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Where a descent stood before the first step and after each: index t is the state after t steps.

    `parameters` and `gradients` have shape (steps + 1, 2), `losses` (steps + 1,); all are copied and
    read-only. A question whose moment never comes is answered by None.
    """

    parameters: FloatArray
    losses: FloatArray
    gradients: FloatArray

    def __post_init__(self) -> None:
        for name in ("parameters", "losses", "gradients"):
            # A frozen dataclass leaves no other way to normalise a field while it is being built.
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
            raise ValueError(f"step {step} was asked for; the record goes from 0 to {self.steps}")
        before = np.minimum(moment.astype(np.intp), max(self.steps - 1, 0))
        after = np.minimum(before + 1, self.steps)
        share = (moment - before)[..., np.newaxis]
        here, there = self.parameters[before], self.parameters[after]
        # Weighted this way, whole steps give the recorded parameters to the last bit.
        position: FloatArray = (1 - share) * here + share * there
        return position

    def settles_within(self, fraction: float, target: npt.ArrayLike) -> int | None:
        """First step from which every parameter stays within `fraction` of its `target`, (2,)."""
        aim = np.asarray(target, dtype=np.float64)
        if not aim.all():
            raise ValueError(f"the target {aim.tolist()} has a zero, of which there is no fraction")
        return settles(np.abs(self.parameters / aim - 1).max(axis=1), fraction)

    def loss_settles_within(self, fraction: float) -> int | None:
        """First step from which the loss stays below `fraction` of what it was at the start."""
        return settles(self.losses, fraction * float(self.losses[0]))

    def angle_to(self, point: npt.ArrayLike) -> FloatArray:
        """(2,) → (steps + 1,): degrees between −∇L and the direction to `point`, after each step.

        nan where either of the two has no direction.
        """
        to_point = np.asarray(point, dtype=np.float64) - self.parameters
        dot = -np.einsum("ti,ti->t", self.gradients, to_point)
        cross = np.abs(_cross(self.gradients, to_point))
        # atan2 keeps its digits at small angles, where arccos of a cosine near 1 loses half of them.
        angle: FloatArray = np.degrees(np.arctan2(cross, dot))
        return np.where((dot == 0) & (cross == 0), np.nan, angle)

    def first_crossing(self, parameter: int, level: float) -> int | None:
        """First step after which `parameter` (0 or 1) is at `level` or beyond, seen from the start."""
        side = np.sign(self.parameters[:, parameter] - level)
        (crossed,) = np.nonzero(side != side[0])
        return int(crossed[0]) if crossed.size else None

    def peak(self, parameter: int) -> int:
        """The step after which `parameter` (0 or 1) is largest."""
        return int(np.argmax(self.parameters[:, parameter]))

    @property
    def first_nonfinite_step(self) -> int | None:
        """First step after which the loss is inf or nan: the numbers of a diverging run end here."""
        (broken,) = np.nonzero(~np.isfinite(self.losses))
        return int(broken[0]) if broken.size else None


def settles(series: npt.ArrayLike, limit: float) -> int | None:
    """First index from which every |entry| of `series`, (k,), is at most `limit`; None if the last is not."""
    within = np.abs(np.asarray(series)) <= limit
    if not within[-1]:
        return None
    (outside,) = np.nonzero(~within)
    return int(outside[-1]) + 1 if outside.size else 0


def _cross(first: FloatArray, second: FloatArray) -> FloatArray:
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
