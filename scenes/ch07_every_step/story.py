"""What chapter 7 tells of a descent: how its steps go, and which parameter turns back."""

from dataclasses import dataclass

import numpy as np

from gdmath import FloatArray, Lesson, PlainDescent, Trajectory
from gdmath.trajectory import Overshoot
from scenes.kit.wording import (
    Message,
    Values,
    fixed,
    message,
    significant,
    suited,
    told_apart,
    unicode_name,
    whole,
)

DIGITS = 4
"""Significant digits of the length of a step."""
MARKS = 20
"""About how many marks are left along the path."""
FAR = 1.0
"""Distance from the minimum, in units of the picture, at which an arrow has room to be seen."""
ASTRAY = 30.0
"""Degrees off the minimum at which an arrow is plainly seen to point elsewhere."""
SMALL = 0.1
"""Share of the distance to the minimum up to which a step hardly moves anything."""
SHORTER = 1.5
"""How many times shorter a step must be for the number of times to be told."""


@dataclass(frozen=True)
class Astray:
    """The step after which the slope points farthest past the minimum, and by how many degrees."""

    step: int
    angle: float

    def sentence(self) -> Message:
        """That downhill is not the direction of the minimum."""
        return message(
            "Downhill is not towards the minimum: at step {step} it is {angle}° off.",
            step=whole(self.step),
            angle=fixed(self.angle, 1),
        )


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's descent to ``minimum`` (2,), and the sentences that depend on them.

    ``graph`` is what the prediction is drawn as.
    """

    lesson: Lesson
    trajectory: Trajectory
    minimum: FloatArray
    graph: Message

    @property
    def is_plain(self) -> bool:
        """Whether every step is the slope beneath it, scaled."""
        return isinstance(self.lesson.rule, PlainDescent)

    @property
    def names(self) -> list[str]:
        """The names of the parameters."""
        return [unicode_name(parameter) for parameter in self.lesson.parameters]

    @property
    def overshoot(self) -> Overshoot | None:
        """The parameter that passes its value at the minimum and comes back, if one does."""
        return self.trajectory.overshoot(self.minimum)

    @property
    def stride(self) -> int:
        """Steps from one mark on the path to the next."""
        return max(1, self.trajectory.steps // MARKS)

    def astray(self, distances: FloatArray, since: int, until: int) -> Astray | None:
        """Where, between two steps, an arrow is plainly seen to point past the minimum.

        ``distances`` (steps + 1,) are those from the minimum in the picture. None without a slope
        that is the step's own, or if no arrow is far enough and astray enough.
        """
        if not self.is_plain:
            return None
        angles = np.nan_to_num(self.trajectory.angle_to(self.minimum))
        ahead = np.arange(since + 1, until)
        ahead = ahead[(distances[ahead] > FAR) & (angles[ahead] > ASTRAY)]
        if not ahead.size:
            return None
        step = int(ahead[np.argmax(angles[ahead])])
        return Astray(step, float(angles[step]))

    def first_step(self) -> Message:
        """What one step does to the loss and to the line."""
        first, second = self.trajectory.losses[:2]
        before, after = told_apart(first, second)
        away = np.hypot(*(self.minimum - self.trajectory.parameters[0]))
        moves = (
            message("the {graph} hardly moves", graph=self.graph)
            if self.trajectory.step_lengths[0] < SMALL * away
            else message("the {graph} moves with it", graph=self.graph)
        )
        values: Values = {"before": before, "after": after, "moves": moves}
        if second < first:
            return message("One step: the loss falls from {before} to {after}; {moves}.", **values)
        return message("One step: the loss rises from {before} to {after}; {moves}.", **values)

    def marks(self) -> Message:
        """How far apart the marks on the path are."""
        if self.stride > 1:
            return message("A mark every {stride} steps", stride=whole(self.stride))
        return message("A mark each step")

    def where_the_long_steps_are(self) -> Message:
        """Said where no parameter overshoots."""
        longest = int(np.argmax(self.trajectory.step_lengths)) + 1
        if longest <= self.trajectory.steps // 10:
            return message("{marks}: the first steps are the long ones.", marks=self.marks())
        return message(
            "{marks}. The longest step is step {step}.", marks=self.marks(), step=whole(longest)
        )

    def passing(self, overshoot: Overshoot) -> Message:
        """Which parameter passes its goal, and when."""
        return message(
            "{marks}. At step {step}, {name} passes {goal}, where it belongs.",
            marks=self.marks(),
            step=whole(overshoot.crossing),
            name=self.names[overshoot.parameter],
            goal=significant(self.minimum[overshoot.parameter], 2),
        )

    def turning(self, overshoot: Overshoot) -> Message:
        """Where that parameter turns back, and why it went too far."""
        index, turn = overshoot.parameter, overshoot.turn
        column = self.trajectory.parameters[:, index]
        # Against its own slope a parameter goes only by what the rule remembers.
        uphill = np.diff(column[: turn + 1]) * self.trajectory.gradients[:turn, index] > 0
        values: Values = {
            "name": self.names[index],
            "top": suited(column)(column[turn]),
            "step": whole(turn),
            "other": self.names[1 - index],
        }
        if uphill.any():
            return message(
                "{name} turns back at {top}, step {step}: the slope was pulling it back, "
                "but earlier steps carried it on.",
                **values,
            )
        return message(
            "{name} turns back at {top}, step {step}: it had been making up for the error "
            "in {other}.",
            **values,
        )

    def the_end(self) -> Message:
        """Where the parameters come to."""
        a, b = (suited(column)(column[-1]) for column in self.trajectory.parameters.T)
        first, second = self.names
        steps = whole(self.trajectory.steps)
        values: Values = {"steps": steps, "first": first, "a": a, "second": second, "b": b}
        if self.is_plain:
            return message(
                "Along the valley floor: after {steps} steps {first} is {a} and {second} is {b}.",
                **values,
            )
        return message(
            "On to the end: after {steps} steps {first} is {a} and {second} is {b}.", **values
        )

    def step_lengths(self) -> Message:
        """How long the first or the longest step was, and the last."""
        lengths = self.trajectory.step_lengths
        longest = 0 if self.is_plain else int(np.argmax(lengths))
        times = lengths[longest] / lengths[-1] if lengths[-1] else np.inf
        which = (
            message("The longest step, step {step},", step=whole(longest + 1))
            if longest
            else message("The first step")
        )
        values: Values = {
            "which": which,
            "length": significant(lengths[longest], DIGITS),
            "last": significant(lengths[-1], DIGITS - 1),
            "times": significant(times, 2),
        }
        if SHORTER < times < np.inf:
            return message(
                "{which} was {length} long, the last {last}: {times} times shorter.", **values
            )
        return message("{which} was {length} long, the last {last}.", **values)

    def what_changed(self) -> Message:
        """That the slope shrank, and not the rate."""
        if self.is_plain:
            return message(
                "The learning rate never changed. The slope did: "
                "near the floor there is little of it left."
            )
        slopes = np.hypot(*self.trajectory.gradients[[0, -1]].T)
        first, last = (significant(slope, DIGITS - 1) for slope in slopes)
        return message(
            "The learning rate never changed. The slope did: it was {first}, now it is {last}.",
            first=first,
            last=last,
        )
