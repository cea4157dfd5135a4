"""What chapter 7 tells of a parameter that passes the value where it belongs, and comes back."""

from dataclasses import dataclass

import numpy as np

from gdmath import FloatArray
from gdmath.trajectory import Overshoot
from scenes.ch07_every_step.story import Story
from scenes.kit.wording import Message, Number, Values, fixed, message, significant, whole

FAR = 1.0
"""Distance from the minimum, in units of the picture, at which an arrow has room to be seen."""
ASTRAY = 30.0
"""Degrees off the minimum at which an arrow is plainly seen to point elsewhere."""


@dataclass(frozen=True)
class Detour:
    """The facts of one ``overshoot`` in a ``story``, and the sentences that depend on them."""

    story: Story
    overshoot: Overshoot

    @property
    def goal(self) -> Number:
        """The value that it passes."""
        return significant(self.story.minimum[self.overshoot.parameter])

    @property
    def is_carried(self) -> bool:
        """Whether the parameter that passes its goal goes against its own slope for a while."""
        index, turn = self.overshoot.parameter, self.overshoot.turn
        column = self.story.trajectory.parameters[:, index]
        return bool(
            np.any(np.diff(column[: turn + 1]) * self.story.trajectory.gradients[:turn, index] > 0)
        )

    def astray(self, distances: FloatArray) -> int | None:
        """After which step, before it turns, an arrow points farthest past the minimum.

        ``distances`` (steps + 1,) are those from the minimum in the picture. None without a slope
        that is the step's own, or if no arrow is far enough and astray enough.
        """
        angles = np.nan_to_num(self.story.trajectory.angle_to(self.story.minimum))
        ahead = np.arange(self.overshoot.crossing + 1, self.overshoot.turn)
        ahead = ahead[(distances[ahead] > FAR) & (angles[ahead] > ASTRAY)]
        if not ahead.size or not self.story.is_plain:
            return None
        return int(ahead[np.argmax(angles[ahead])])

    def passing(self) -> Message:
        """Which parameter passes its goal, and when."""
        return message(
            "At step {step}, {name} reaches {goal}, just where it belongs. And it walks on.",
            step=whole(self.overshoot.crossing),
            name=self.story.names[self.overshoot.parameter],
            goal=self.goal,
        )

    def past_it(self, step: int) -> Message:
        """That downhill is not the direction of the minimum after ``step``."""
        return message(
            "Steepest downhill is not straight to the bottom: here {angle}° lie between them.",
            angle=fixed(self.story.trajectory.angle_to(self.story.minimum)[step], 0),
        )

    def reason(self, residuals: FloatArray) -> Message:
        """Why that parameter went too far, given the ``residuals`` from left to right (k,)."""
        name, other = (
            self.story.names[self.overshoot.parameter],
            self.story.names[1 - self.overshoot.parameter],
        )
        values: Values = {"name": name, "other": other}
        if self.is_carried:
            return message(
                "The slope already pulls {name} back, but the steps before carry it on.", **values
            )
        if not self.shows(residuals):
            return message("It makes up for {other}, which is not yet where it belongs.", **values)
        if self.overshoot.parameter == 0:
            return message(
                "Look at the errors: the lift is still wrong, and the tilt makes up for it."
            )
        if residuals[0] > 0:
            return message(
                "Look at the errors: left too high, right too low. "
                "The tilt is wrong, and the lift makes up for it."
            )
        return message(
            "Look at the errors: left too low, right too high. "
            "The tilt is wrong, and the lift makes up for it."
        )

    def shows(self, residuals: FloatArray) -> bool:
        """Whether the ``residuals`` (k,), from left to right, show that the line is tilted."""
        turns = np.count_nonzero(np.diff(np.sign(residuals)))
        return self.story.lesson.is_straight and not self.is_carried and turns == 1

    def coming_back(self) -> Message:
        """The rest of the way, if a parameter went too far."""
        name = self.story.names[self.overshoot.parameter]
        if self.story.is_plain:
            return message(
                "So it slides along the valley, and {name} has to come all the way back.", name=name
            )
        return message("It turns, and {name} comes back towards the value it passed.", name=name)
