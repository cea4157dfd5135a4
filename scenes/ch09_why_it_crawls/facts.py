"""The facts of chapter 9: two walkers, one along each direction, and what is left to them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, Trajectory, descend
from gdmath.descent import arrival_step, descend_until_arrival
from gdmath.local_quadratic import Rays
from gdmath.pivot import pivot
from scenes.ch09_why_it_crawls.near_minimum import CloseBy, close_by, swings

FLAT, STIFF = 0, 1
"""Index of each direction, as `gdmath.Convergence` has them."""
MARGIN = 1.2
"""Reach of the map, as a multiple of the distance from the start to the minimum."""
SWING, OUT = 0.35, 0.85
"""Shares of the map's reach: of a move to and fro, and of where the two other starts are."""
FEW = 12
"""Share of the steps compared, its inverse, that are a few of them."""


@dataclass(frozen=True)
class Facts:
    """The facts of one lesson's plain ``trajectory``.

    ``theory`` is what its ``loss`` promises.
    """

    loss: NumericLoss
    trajectory: Trajectory
    theory: Convergence

    @cached_property
    def close_by(self) -> CloseBy | None:
        """The surroundings of the minimum that are as good as a bowl; None if all of it is one."""
        return close_by(self.loss, self.theory, self._reach)

    @property
    def _reach(self) -> float:
        return MARGIN * float(np.linalg.norm(self.loss.lesson.start - self.theory.minimum))

    @property
    def rays(self) -> Rays | None:
        """What the map needs of a loss that is not quadratic."""
        return None if self.close_by is None else self.close_by.rays

    @property
    def reach(self) -> float:
        """How far about the minimum the map shows the loss at first."""
        return self._reach if self.rays is None else self.rays.reach

    @property
    def near(self) -> float:
        """How far it shows it later on, where what is told holds near the minimum alone."""
        return self.reach if self.close_by is None else self.close_by.reach

    @property
    def rate(self) -> float:
        """The lesson's learning rate."""
        return self.loss.lesson.learning_rate

    @cached_property
    def steps(self) -> int:
        """How many steps are compared: the lesson's, or as many as leave half of the flat part."""
        half = self.theory.half_lives(self.rate)[FLAT]
        return int(max(1, min(self.loss.lesson.steps, half)))

    @property
    def first(self) -> int:
        """A few of them."""
        return max(1, self.steps // FEW)

    @cached_property
    def arrival(self) -> int | None:
        """The step from which both parameters are close for good, if that is later."""
        if self.close_by is not None:
            return None
        descent = descend_until_arrival(self.loss, self.trajectory, self.theory.minimum)
        arrived = arrival_step(descent, self.theory.minimum)
        return arrived if arrived is not None and arrived > self.steps else None

    @property
    def last(self) -> int:
        """The step up to which both walkers are followed."""
        return self.arrival or self.steps

    @cached_property
    def walkers(self) -> tuple[Trajectory, Trajectory]:
        """Descents from a start along the flat direction and from one along the stiff."""
        sides = np.where(self.theory.coordinates(self.loss.lesson.start) < 0, -1.0, 1.0)
        starts = self.theory.minimum + OUT * self.near * (self.theory.eigenvectors * sides).T
        flat, stiff = (
            descend(self.loss, self.loss.lesson.rule, start, self.last) for start in starts
        )
        return flat, stiff

    @cached_property
    def shares(self) -> FloatArray:
        """(2, last + 1): how much is left of the flat walker's way and of the stiff one's."""
        ways = [
            np.abs(self.theory.coordinates(walker.parameters)[:, k])
            for k, walker in enumerate(self.walkers)
        ]
        return np.array([way / way[0] for way in ways])

    @cached_property
    def promised(self) -> FloatArray:
        """(2, last + 1): the same by theory, |1 − ηλ|ᵗ, where that is exact."""
        if self.close_by is not None:
            return self.shares
        steps = np.arange(self.last + 1)
        return np.abs(self.theory.factors(self.rate))[:, np.newaxis] ** steps

    @cached_property
    def swings(self) -> FloatArray:
        """(2,): how far the parameters are moved to and fro along each direction."""
        level = float(self.trajectory.losses[0])
        return swings(self.loss, self.theory, SWING * self.reach, level)

    @property
    def seen(self) -> FloatArray:
        """(k, 2): all parameters whose lines are drawn."""
        best, moves = self.theory.minimum, (self.theory.eigenvectors * self.swings).T
        starts = [walker.parameters[0] for walker in self.walkers]
        return np.vstack([self.trajectory.parameters, best + moves, best - moves, *starts])

    def pivot(self, direction: int, low: float, high: float) -> float | None:
        """The x between ``low`` and ``high`` about which a move along a direction turns the line.

        None if it turns about nothing there.
        """
        x = pivot(self.loss.lesson, self.theory.eigenvectors[:, direction])
        return x if x is not None and low < x < high else None
