"""What chapter 0 tells of the notebook's clip: how far it gets, and whether that is the end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, Trajectory
from gdmath.arrays import IntArray
from gdmath.descent import CLOSE, arrival_step, descend_until_arrival
from gdmath.requirements import slope_index
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    counted,
    fixed,
    message,
    significant,
    unicode_name,
    whole,
)

MOST = 0.6
"""Share of the way on to the arrival that is gone while the eye is kept on a number."""
VISIBLE = 0.04
"""Share of a panel's height by which two lines must differ to be told apart at a glance."""
CLOSE_POINTS, SEEN_CLOSER = 4, 0.2
"""Points that are seen under the glass, and the share of its height that an error must take."""
NOTHING = 1e-3
"""Share of the spread of the points, or of one, that counts as nothing."""
SLOW = 0.5
"""Share of the first tenth's way that the last tenth goes at most, if the clip slows down."""


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
    def slope(self) -> int | None:
        """Which parameter is the slope of the line, if one is."""
        return slope_index(self.loss.lesson)

    @property
    def asked(self) -> int:
        """The parameter that is asked for first: the slope, or else the one that is farther off."""
        return int(np.argmax(self.off)) if self.slope is None else self.slope

    @property
    def off(self) -> FloatArray:
        """How far off both parameters are when the clip ends, (2,), as shares of the best.

        What should be nought has none.
        """
        best = np.where(self.theory.minimum == 0, np.inf, self.theory.minimum)
        missing = self.trajectory.parameters[self.last] - self.theory.minimum
        return np.asarray(np.abs(missing / best))

    @property
    def is_exact(self) -> bool:
        """Whether the best leaves nothing over, so that it is the truth that made the points."""
        left = np.abs(self.loss.residuals(self.theory.minimum)).max()
        return bool(left < NOTHING * np.ptp(self.loss.lesson.y))

    def numbers(self, parameter: int) -> tuple[Number, Number]:
        """How a parameter is written when the clip ends, and how it is at the best."""
        stands = float(self.trajectory.parameters[self.last][parameter])
        best = float(self.theory.minimum[parameter])
        near = self.is_exact and abs(best - round(best)) < NOTHING
        return significant(stands), whole(best) if near else significant(best)

    def end_seen_closer(self) -> IntArray | None:
        """The points (k,) at the end where the clip's last line is farther from the best.

        None if close to them its error would still not be seen, for they are scattered.
        """
        x, y = self.loss.lesson.x, self.loss.lesson.y
        lines = [self.trajectory.parameters[self.last], self.theory.minimum]
        order = np.argsort(x)[:: 1 if self._gap(lines, x.min()) > self._gap(lines, x.max()) else -1]
        end = order[:CLOSE_POINTS]
        heights = np.concatenate([y[end], self.loss.prediction(lines, x[end]).ravel()])
        gap = self._gap(lines, x[end[0]])
        return end if gap > SEEN_CLOSER * np.ptp(heights) else None

    def _gap(self, lines: list[FloatArray], x: float) -> float:
        return float(np.ptp(self.loss.prediction(lines, x)))

    def the_points(self) -> Message:
        """What is seen, and how many points it is fitted to."""
        count, drawn = self.loss.lesson.x.size, self.loss.lesson.shown.size
        values: Values = {"count": counted(count), "graph": self.graph}
        told = message(
            "Here is a {graph} that learns. It is looking for the best fit to {count} points.",
            **values,
        )
        if drawn == count:
            return told
        return message("{told} {drawn} of them are drawn.", told=told, drawn=counted(drawn))

    def the_clip(self) -> Message:
        """How many frames the clip has, of how many updates, and how it goes."""
        values: Values = {
            "frames": whole(self.frames),
            "updates": whole(self.loss.lesson.steps_per_frame),
        }
        if not self._slows:
            return message("{frames} frames, {updates} updates each: then the clip ends.", **values)
        if not self.loss.lesson.is_straight:
            return message(
                "{frames} frames, {updates} updates each: it bends, it slows down, it stops.",
                **values,
            )
        return message(
            "{frames} frames, {updates} updates each: it swings, it slows down, it stops.", **values
        )

    @property
    def _slows(self) -> bool:
        """Whether the last tenth of the clip moves far less than the first."""
        walked = self.trajectory.step_lengths[: self.last]
        tenth = max(1, len(walked) // 10)
        return bool(walked[-tenth:].sum() < SLOW * walked[:tenth].sum())

    def how_it_looks(self, done: bool) -> Message:
        """What anyone would say of the last picture."""
        if done:
            return message("It looks done.")
        return message("The clip is over. Is the descent done?")

    def a_number(self) -> Message:
        """Where the parameter asked for stands, and where it belongs."""
        name = unicode_name(self.loss.lesson.parameters[self.asked])
        stands, best = self.numbers(self.asked)
        values: Values = {"name": name, "stands": stands, "best": best, "graph": self.graph}
        here = (
            message("Its {name} is {stands}.", **values)
            if self.slope is None
            else message("Its slope is {stands}.", **values)
        )
        if self.is_exact:
            return message(
                "{here} It should be {best}: these points are free of noise, so we know the truth.",
                here=here,
                **values,
            )
        if stands == best:
            return message("{here} That is what the best {graph} has, too.", here=here, **values)
        return message("{here} The best {graph} has {best}.", here=here, **values)

    def still_off(self, closer: bool) -> Message:
        """By how much the parameter asked for is off, and whether that is seen from ``closer``."""
        off = fixed(100 * self.off[self.asked], 0)
        if closer:
            return message(
                "Still {off} % off. From here you cannot see it; closer, you can.", off=off
            )
        return message("Still {off} % off, and no picture says so.", off=off)

    def arrived(self) -> Message:
        """That both parameters are close to the best when the clip ends."""
        return message(
            "Both are within {close} %: this one has arrived. The picture alone could not tell.",
            close=fixed(100 * CLOSE, 0),
        )

    def arriving(self, step: int, done: bool) -> Message:
        """After which step both parameters are close to the best."""
        values: Values = {"step": whole(step), "close": fixed(100 * CLOSE, 0)}
        told = message("Only after {step} updates are both numbers within {close} %.", **values)
        return message("{told} The picture hardly stirred.", told=told) if done else told


def chapters_left_out(count: int) -> Message:
    """How many chapters a lesson goes without."""
    if count == 1:
        return message("One chapter does not apply to this lesson, and is left out.")
    return message(
        "{count} chapters do not apply to this lesson, and are left out.", count=counted(count)
    )
