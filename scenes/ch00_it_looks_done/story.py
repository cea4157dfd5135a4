"""What chapter 0 tells of the notebook's clip: how far it gets, and whether that is the end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, Trajectory
from gdmath.descent import CLOSE, arrival_step, descend_until_arrival
from scenes.kit.wording import Message, Number, Values, fixed, message, unicode_name, whole
from scenes.kit.wording.numbers import padded

SECONDS_PER_FRAME, LONGEST_CLIP = 0.1, 6.0
"""Seconds that a frame of the clip is shown, and that all of them take at most."""
VISIBLE = 0.04
"""Share of a panel's height by which two lines must differ to be told apart at a glance."""
MARGIN = 0.12
"""Share of what a gauge must show that is left free at its ends."""


@dataclass(frozen=True)
class Story:
    """The facts of the clip of one lesson's descent, and the sentences that depend on them.

    ``graph`` is what the prediction is drawn as.
    """

    loss: NumericLoss
    trajectory: Trajectory
    theory: Convergence
    graph: Message

    @property
    def frames(self) -> int:
        """How many pictures the clip has; the last shows all updates but an incomplete frame's."""
        return self.loss.lesson.steps // self.loss.lesson.steps_per_frame

    @property
    def last(self) -> int:
        """The updates made when the clip's last frame is drawn."""
        return self.frames * self.loss.lesson.steps_per_frame

    @property
    def seconds(self) -> float:
        """How long the clip plays."""
        return min(SECONDS_PER_FRAME * self.frames, LONGEST_CLIP)

    def frame_by_frame(self, t: float) -> float:
        """The share of the clip that its frame at a share ``t`` of its time shows."""
        return min(int(t * self.frames + 1e-6), self.frames - 1) / max(self.frames - 1, 1)

    @cached_property
    def whole_descent(self) -> Trajectory:
        """The same descent, continued until both parameters are close to the best, if they come."""
        return descend_until_arrival(self.loss, self.trajectory, self.theory.minimum)

    @property
    def arrival(self) -> int | None:
        """The step from which both parameters are close to the best; None if not after the clip."""
        settled = arrival_step(self.whole_descent, self.theory.minimum)
        return settled if settled is not None and settled > self.last else None

    @property
    def has_arrived(self) -> bool:
        """Whether both parameters are close to the best while the lesson's descent lasts."""
        return arrival_step(self.trajectory, self.theory.minimum) is not None

    def looks_done(self, x: FloatArray, height: float) -> bool:
        """Whether the clip's last line is as good as the best, at ``x`` on a panel so high."""
        lines = [self.trajectory.parameters[self.last], self.theory.minimum]
        apart = np.ptp(self.loss.prediction(lines, x), axis=0).max()
        return bool(apart < VISIBLE * height)

    @property
    def stretches(self) -> FloatArray:
        """The lowest and the highest value on the gauge of each parameter, both as long: (2, 2)."""
        best = self.theory.minimum
        ahead = self.whole_descent.parameters[self.last : (self.arrival or self.last) + 1]
        ends = np.array([padded(column, MARGIN) for column in np.vstack([ahead, best]).T])
        # Ends that are all but one place are seen in a stretch as long as what counts as close.
        reach = max(np.ptp(ends, axis=1).max() / 2, 2 * CLOSE * float(np.abs(best).max()))
        return np.asarray(ends.mean(axis=1, keepdims=True) + np.array([-reach, reach]))

    def the_points(self) -> Message:
        """How many points there are, how many of them are drawn, and what is looked for."""
        sought = (
            message("Somewhere among all lines is the one that fits best.")
            if self.loss.lesson.is_straight
            else message("Somewhere among all curves is the one that fits best.")
        )
        count, drawn = self.loss.lesson.x.size, self.loss.lesson.shown.size
        values: Values = {"count": whole(count), "drawn": whole(drawn), "sought": sought}
        if drawn == count:
            return message("{count} points. {sought}", **values)
        return message("{count} points. {drawn} of them are drawn. {sought}", **values)

    def how_it_looks(self, done: bool) -> Message:
        """What anyone would say of the last picture."""
        if done:
            return message(
                "The {graph} lies on the points, and nothing moves any more. It looks done.",
                graph=self.graph,
            )
        return message("The clip is over, and the picture stands still. Is the descent done?")

    def a_number(self, parameter: int, stands: Number, best: Number) -> Message:
        """Where a parameter (0 or 1) stands, and where it belongs."""
        told = message(
            "{name} is {stands}, and the best {graph} has {best}.",
            name=unicode_name(self.loss.lesson.parameters[parameter]),
            stands=stands,
            best=best,
            graph=self.graph,
        )
        return told if parameter else message("Ask for its numbers. {told}", told=told)

    def arriving(self, step: int, done: bool) -> Message:
        """After which step both parameters are close to the best."""
        values: Values = {
            "step": whole(step),
            "close": fixed(100 * CLOSE, 0),
            "graph": self.graph,
        }
        if done:
            return message(
                "Let it run on. Only after {step} updates are both within {close} %, "
                "and the {graph} hardly stirs.",
                **values,
            )
        return message(
            "Let it run on. Only after {step} updates are both within {close} %.", **values
        )


def chapters_left_out(count: int) -> Message:
    """How many chapters a lesson goes without."""
    if count == 1:
        return message("One chapter does not apply to this lesson, and is left out.")
    return message(
        "{count} chapters do not apply to this lesson, and are left out.", count=whole(count)
    )
