"""What chapter 6 tells of a single step, and of the one with the wrong sign."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss, Trajectory, descend
from gdmath.mistakes import Ascent
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    as_given,
    message,
    significant_apart,
    unicode_name,
)

REACH, FARTHEST = 0.6, 2.5
"""Length of the arrow uphill, as a share of the distance to the minimum, if the gradient itself is
more than so many times as long."""
SMALL = 0.1
"""Share of the distance to the minimum up to which a step hardly moves anything."""
DIGITS = 3
CIRCLE = (1, 0), (0, 1), (-1, 0), (0, -1)


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
    def rate(self) -> float:
        """The learning rate."""
        return self.loss.lesson.learning_rate

    @property
    def distance(self) -> float:
        """How far the minimum is from the guess."""
        return float(np.linalg.norm(self.minimum - self.loss.lesson.start))

    @property
    def drawn(self) -> float:
        """How many times as long as the gradient its arrow is at first: once, if that fits."""
        length = float(np.linalg.norm(self.trajectory.gradients[0]))
        return 1.0 if length <= FARTHEST * self.distance else REACH * self.distance / length

    @property
    def seen(self) -> FloatArray:
        """(k, 2): where the arrow ends uphill first, and all that it sweeps when it is turned."""
        start, arrow = self.loss.lesson.start, self.drawn * self.trajectory.gradients[0]
        reach = float(np.linalg.norm(arrow))
        return np.array([start + arrow, *(start + reach * np.array(CIRCLE)), self.minimum])

    @cached_property
    def uphill(self) -> Trajectory:
        """The same step without the minus."""
        return descend(self.loss, Ascent(self.rate), self.loss.lesson.start, 1)

    @property
    def ends(self) -> FloatArray:
        """(3, 2): the guess, and where the step leads with and without the minus."""
        return np.vstack([self.uphill.parameters, self.trajectory.parameters[1]])

    @property
    def losses(self) -> tuple[Number, Number]:
        """The loss before the step and after it, written so that they differ."""
        before, after = self.trajectory.losses[:2]
        return significant_apart(before, after, DIGITS)

    @property
    def climbed(self) -> Number | None:
        """The loss after the step without the minus, if there is one."""
        before, after = self.uphill.losses
        return significant_apart(before, after, DIGITS)[1] if np.isfinite(after) else None

    @property
    def percent(self) -> Number:
        """How much of the gradient a step is, in per cent."""
        return as_given(100 * self.rate)

    def an_arrow(self) -> Message:
        """What the gradient is made of."""
        return message(
            "One along {first}, one along {second}: together they are an arrow, the gradient.",
            **self.names,
        )

    def a_share_of_it(self) -> Message:
        """How much of the gradient is taken, and whether all of it would be too much."""
        whole = self.loss.value(self.loss.lesson.start - self.trajectory.gradients[0])
        values: Values = {"percent": self.percent}
        if not whole < self.trajectory.losses[0]:
            return message("All of it would be far too much. Take {percent} % of it.", **values)
        return message("How much of it? Be careful, and take {percent} % of it.", **values)

    def the_rate(self, comes_close: bool) -> Message:
        """What that share is called, and how the step is looked at."""
        values: Values = {"rate": as_given(self.rate)}
        if comes_close:
            return message(
                "This {rate} is the learning rate, eta. Too small to see, so come closer.", **values
            )
        return message("This {rate} is the learning rate, eta.", **values)

    def the_update(self) -> Message:
        """How each parameter changes."""
        return message(
            "New {first} is old {first} minus eta times its slope; {second} the same, at the same "
            "moment.",
            **self.names,
        )

    def the_loss_falls(self, graph: Message) -> Message:
        """What the step does to the loss, and to what is drawn of the prediction."""
        before, after = self.losses
        values: Values = {"graph": graph, "before": before, "after": after}
        if self.trajectory.step_lengths[0] < SMALL * self.distance:
            return message(
                "Now step. The {graph} stirs, and the loss falls from {before} to {after}.",
                **values,
            )
        return message(
            "Now step. The {graph} moves, and the loss falls from {before} to {after}.", **values
        )

    def without_the_minus(self) -> Message:
        """Where a step up the slope leads."""
        if self.climbed is None:
            return message("Forget the minus, and you climb to where there is no loss at all.")
        return message("Forget the minus, and you climb instead: to {loss}.", loss=self.climbed)

    def question(self) -> Message:
        """What the next chapter does."""
        before, after = self.trajectory.losses[:2]
        if after > before / 2:
            return message(
                "One step, and it helped a little. What happens if you simply repeat it?"
            )
        return message("One step, and it helped a lot. What happens if you simply repeat it?")
