"""What chapter 6 tells of a single step, and of the mistakes made beside it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss, Trajectory, descend
from gdmath.mistakes import Ascent, descend_sequentially
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    as_given,
    fixed,
    message,
    suited,
    told_apart,
    unicode_name,
)

REACH = 0.35
"""Length of the arrow downhill, as a share of the distance to the minimum: not yet a step."""
DECIMALS = 4
"""Decimals of a parameter before and after the step, unless more are needed to tell them apart."""


@dataclass(frozen=True)
class Story:
    """The facts of the first step of a ``trajectory``, and the sentences that depend on them.

    ``minimum`` (2,) is that of the ``loss``.
    """

    loss: NumericLoss
    trajectory: Trajectory
    minimum: FloatArray

    @property
    def names(self) -> Values:
        """The names of the parameters."""
        first, second = map(unicode_name, self.loss.lesson.parameters)
        return {"first": first, "second": second}

    @property
    def first_step(self) -> FloatArray:
        """(3, 2): the guess, the step from there, and the gradient that it goes against."""
        start, end = self.trajectory.parameters[:2]
        return np.array([start, end - start, self.trajectory.gradients[0]])

    @property
    def reach(self) -> float:
        """Length of the arrow downhill."""
        return REACH * float(np.linalg.norm(self.minimum - self.loss.lesson.start))

    @property
    def downhill(self) -> FloatArray:
        """(2,): an arrow against the gradient, to be looked at."""
        slope: FloatArray = self.trajectory.gradients[0]
        return self.reach * (-slope / np.linalg.norm(slope))

    @property
    def angle(self) -> float:
        """Degrees between downhill and the direction of the minimum."""
        return float(self.trajectory.angle_to(self.minimum)[0])

    @cached_property
    def uphill(self) -> Trajectory:
        """The same step without the minus."""
        return descend(self.loss, Ascent(self.loss.lesson.learning_rate), self.loss.lesson.start, 1)

    @cached_property
    def mixed(self) -> float:
        """The second parameter after a step whose slope already knows the first's new value."""
        rate = self.loss.lesson.learning_rate
        return float(
            descend_sequentially(self.loss, rate, self.loss.lesson.start, 1).parameters[1, 1]
        )

    @property
    def ends(self) -> FloatArray:
        """(3, 2): the guess, and where the step leads with and without the minus."""
        return np.vstack([self.uphill.parameters, self.trajectory.parameters[1]])

    @property
    def mixed_value(self) -> Number:
        """That parameter, as it is told apart from what it should be."""
        return told_apart(self.mixed, float(self.trajectory.parameters[1, 1]), DECIMALS)[0]

    def two_slopes(self) -> Message:
        """What the gradient is made of."""
        return message(
            "Its two parts are the slopes of the loss along {first} and along {second}.",
            **self.names,
        )

    def off_the_minimum(self) -> Message:
        """That downhill is not the direction of the minimum."""
        return message(
            "It does not point at the minimum: here it is {angle}° off.", angle=fixed(self.angle, 1)
        )

    def the_rate(self, comes_close: bool) -> Message:
        """What the learning rate makes of the slope, and how the step is looked at."""
        length = float(self.trajectory.step_lengths[0])
        look = (
            message("To see it, we come closer.")
            if comes_close
            else message("We step back to have room.")
        )
        values: Values = {
            "rate": as_given(self.loss.lesson.learning_rate),
            "length": suited([length])(length),
            "look": look,
        }
        if length < self.reach:
            return message("The learning rate, {rate}, makes it short: {length}. {look}", **values)
        return message("The learning rate, {rate}, gives it its length: {length}. {look}", **values)

    def two_legs(self) -> Message:
        """What the step is made of."""
        return message(
            "Its two legs are the changes in {first} and in {second}, from one and the "
            "same gradient.",
            **self.names,
        )

    def the_loss_falls(self, graph: Message) -> Message:
        """What the step does to the loss, and to what is drawn of the prediction."""
        before, after = told_apart(*self.trajectory.losses[:2])
        return message(
            "The dot walks the arrow, the {graph} moves with it, and the loss falls from "
            "{before} to {after}.",
            graph=graph,
            before=before,
            after=after,
        )

    def without_the_minus(self) -> Message:
        """Where a step up the slope leads."""
        before, after = self.uphill.losses
        if not np.isfinite(after):
            return message("Forget the minus, and the same step climbs to where no loss is.")
        return message(
            "Forget the minus, and the same step climbs: the loss would be {loss}.",
            loss=told_apart(float(before), float(after))[1],
        )

    def one_after_the_other(self) -> Message:
        """What becomes of the second parameter if its slope knows the first's new value."""
        if not np.isfinite(self.mixed):
            return message(
                "Use the new {first} for the slope in {second}, and there is no slope to go by.",
                **self.names,
            )
        return message(
            "Use the new {first} for the slope in {second}, and {second} becomes "
            "{value}: not a gradient step.",
            **self.names,
            value=self.mixed_value,
        )
