"""What chapter 9 tells of a descent: what is left of its two parts, and why it crawls."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, Trajectory
from gdmath.descent import CLOSE, arrival_step, descend_until_arrival
from gdmath.local_quadratic import AS_GOOD_AS
from gdmath.pivot import pivot
from scenes.ch09_why_it_crawls.effect import effect_of_a_move
from scenes.ch09_why_it_crawls.left_over import LeftOver
from scenes.ch09_why_it_crawls.near_minimum import CloseBy, close_by, swings
from scenes.kit.wording import Message, Values, fixed, message, whole

FLAT, STIFF = 0, 1
"""Index of each direction, as `gdmath.Convergence` has them."""
MARGIN = 1.2
"""Reach of the map, as a multiple of the distance from the start to the minimum."""
SWING = 0.35
"""Share of the map's reach by which the parameters are moved along a direction."""
ROOM = 1.35
"""Reach of a closer map, as a multiple of the distance from the dot to the minimum."""
CLOSER = 0.5
"""Share of the present reach below which a closer map is worth coming to."""
SLOWER = 0.5
"""Ratio of the last step's length to the first's below which anyone sees the descent slow down."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's plain ``trajectory``, and the sentences that depend on them.

    ``theory`` is what its ``loss`` promises.
    """

    loss: NumericLoss
    trajectory: Trajectory
    theory: Convergence

    @cached_property
    def descent(self) -> Trajectory:
        """The lesson's descent, continued until it has arrived."""
        return descend_until_arrival(self.loss, self.trajectory, self.theory.minimum)

    @cached_property
    def close_by(self) -> CloseBy | None:
        """The surroundings of the minimum that are as good as a bowl; None if all of it is one."""
        return close_by(self.loss, self.theory, self._reach, MARGIN)

    @property
    def _reach(self) -> float:
        return MARGIN * float(np.linalg.norm(self.loss.lesson.start - self.theory.minimum))

    @property
    def reach(self) -> float:
        """How far about the minimum the map shows the loss."""
        return self._reach if self.close_by is None else self.close_by.rays.reach

    @property
    def is_near(self) -> bool:
        """Whether what is told holds near the minimum alone."""
        return self.close_by is not None

    @property
    def followed(self) -> Trajectory:
        """The descent of which both parts are watched: the lesson's, or one near the minimum."""
        return self.descent if self.close_by is None else self.close_by.descent

    @property
    def last(self) -> int:
        """The step up to which they are watched."""
        return self.loss.lesson.steps if self.close_by is None else self.followed.steps

    @cached_property
    def swings(self) -> FloatArray:
        """(2,): how far the parameters are moved to and fro along each direction."""
        level = float(self.trajectory.losses[0])
        return swings(self.loss, self.theory, SWING * self.reach, level)

    @property
    def seen(self) -> FloatArray:
        """(k, 2): all parameters whose lines are drawn."""
        best, moves = self.theory.minimum, (self.theory.eigenvectors * self.swings).T
        return np.vstack([self.trajectory.parameters, best + moves, best - moves])

    def pivot(self, direction: int, low: float, high: float) -> float | None:
        """The x between ``low`` and ``high`` about which a move along a direction turns the line.

        None if it turns about nothing there.
        """
        x = pivot(self.loss.lesson, self.theory.eigenvectors[:, direction])
        return x if x is not None and low < x < high else None

    @cached_property
    def turn(self) -> int | None:
        """The step before the last from which the flat part holds most of the loss, if any.

        Where the loss is not quadratic theory is not exact, so that the descent is asked.
        """
        if self.theory.is_quadratic:
            start = self.followed.parameters[0]
            turn = self.theory.flat_dominates_from(start, self.loss.lesson.learning_rate)
        else:
            flat, stiff = self.theory.loss_parts(self.followed.parameters).T
            turn = next(iter(np.flatnonzero(flat > stiff).tolist()), None)
        return turn if turn is not None and turn < self.last else None

    @property
    def stop(self) -> int:
        """A step before the last that is worth a stop: where the flat part takes the lead."""
        return self.turn or max(1, self.last // 2)

    @cached_property
    def left_over(self) -> LeftOver:
        """What the last step leaves of both parts."""
        first, now = np.abs(self.theory.coordinates(self.followed.parameters[[0, self.last]]))
        flat, stiff = np.divide(now, first, out=np.zeros(2), where=first > 0)
        return LeftOver(self.last, float(flat), float(stiff))

    @property
    def arrival(self) -> int | None:
        """The step of the arrival, if the lesson ends before."""
        arrived = None if self.is_near else arrival_step(self.descent, self.theory.minimum)
        return arrived if arrived is not None and arrived > self.last else None

    @property
    def closer(self) -> float | None:
        """The reach of a map that shows the rest of the descent far better, if there is one."""
        shown = self.reach if self.close_by is None else self.close_by.reach
        away = self.followed.parameters[self.stop] - self.theory.minimum
        near = ROOM * float(np.linalg.norm(away))
        return near if near < CLOSER * shown else None

    def how_it_went(self) -> Message:
        """The pace of the descent, and a question."""
        first, last = self.trajectory.step_lengths[[0, -1]]
        if last < SLOWER * first:
            return message(
                "The rate never changed, yet the descent grew slower and slower. Is it too "
                "small everywhere?"
            )
        return message(
            "One rate, and {steps} steps lead from start to here. Does it suit every direction?",
            steps=whole(self.trajectory.steps),
        )

    def two_directions(self) -> Message:
        """That the bowl has directions of its own."""
        if self.is_near:
            return message(
                "At its minimum the bowl has two directions of its own: "
                "along one it curves least, along the other most."
            )
        return message(
            "The bowl has two directions of its own: "
            "along one it curves least, along the other most."
        )

    def move(self, direction: int, x: float | None) -> Message:
        """What a move along a direction does, which turns the line about ``x``."""
        does = effect_of_a_move(self.loss, x, direction == FLAT, self.theory.condition_number)
        if direction == FLAT:
            return message("A move along the flat direction {does}.", does=does)
        return message("A move along the stiff direction {does}.", does=does)

    def ellipses(self) -> Message:
        """How much of a bowl the surroundings of the minimum are."""
        return message(
            "Close to the minimum all rings are almost ellipses: in here every curvature "
            "is the same to within {share} %.",
            share=fixed(100 * AS_GOOD_AS, 0),
        )

    def each_has_its_factor(self) -> Message:
        """That a step only multiplies what is left along each direction."""
        if self.is_near:
            return message(
                "Start in here: along each a step multiplies what is left by almost one factor."
            )
        return message(
            "Along each of them a step only multiplies what is left, always by the same factor."
        )

    def who_leads(self) -> Message:
        """How both parts shrink up to the stop."""
        if self.turn is None:
            return message("Both parts shrink, each at its own pace.")
        if self.turn == 0:
            return message("The flat part is most of the loss from the start, and ever more.")
        return message(
            "The stiff part dies away. From step {step} on, most of the loss is the flat part's.",
            step=whole(self.turn),
        )

    def half_lives(self) -> Message:
        """How soon both parts halve."""
        slow, fast = self.theory.half_lives(self.loss.lesson.learning_rate)
        values: Values = {"fast": fixed(fast, 1), "slow": fixed(slow, 1)}
        if self.is_near:
            return message(
                "In powers of ten both are almost straight lines: one halves every {fast} steps, "
                "the other every {slow}.",
                **values,
            )
        return message(
            "In powers of ten both are straight lines: one halves every {fast} steps, "
            "the other every {slow}.",
            **values,
        )

    def why(self) -> Message:
        """Why it crawls."""
        return self.left_over.reason(fixed(self.theory.condition_number, 2), self.is_near)


def arriving(step: int) -> Message:
    """How long it takes until both parameters have arrived."""
    return message(
        "So it takes {arrived} steps until both parameters are within {close} %.",
        arrived=whole(step),
        close=fixed(100 * CLOSE, 0),
    )
