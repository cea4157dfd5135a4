"""What chapter 1 decides of a guess: how it is moved, and what one residual says."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss
from gdmath.requirements import slope_index
from scenes.kit.wording import Message, Values, as_given, message, significant, unicode_name

BEYOND = 0.15
"""Share of its residual by which the line is moved beyond the point."""
STEEPEST = 3.0
"""Heights of the data that the line may reach over when it is moved."""
SHORT = 0.02
"""Share of the height of the data below which a residual is too short to be looked at."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's guess and its residual at point ``picked``, and the sentences.

    ``graph`` is what the prediction is drawn as; the ``minimum`` (2,) is that of the loss.
    """

    loss: NumericLoss
    graph: Message
    minimum: FloatArray
    picked: int

    @property
    def halfway(self) -> FloatArray:
        """Parameters (2,) halfway to the best, to which a line is turned and lifted."""
        return np.asarray((self.loss.lesson.start + self.minimum) / 2)

    @property
    def residual(self) -> float:
        """The residual of the picked point."""
        return float(self.loss.residuals(self.loss.lesson.start)[self.picked])

    @cached_property
    def tilted(self) -> FloatArray | None:
        """Parameters (2,) with which the line is a little beyond the picked point, by one of them.

        It is the slope, if one is. None if the prediction is not linear in the parameters, if the
        residual is nothing, or if such a line is far from the data elsewhere.
        """
        lesson, turned = self.loss.lesson, slope_index(self.loss.lesson) or 0
        height, unit = np.ptp(lesson.y), np.eye(2)[turned]
        if not self.loss.is_quadratic or abs(self.residual) < SHORT * height:
            return None
        before, after = self.loss.prediction([lesson.start, lesson.start + unit], lesson.x)
        with np.errstate(divide="ignore", invalid="ignore"):
            turn = -(1 + BEYOND) * self.residual / (after - before)[self.picked]
            reached = before + turn * (after - before)
        if not np.ptp([*reached, *lesson.y]) < STEEPEST * np.ptp([*before, *lesson.y]):
            return None
        return np.asarray(lesson.start + turn * unit)

    def two_numbers(self) -> Message:
        """What the two parameters do to the line."""
        first, second = map(unicode_name, self.loss.lesson.parameters)
        values: Values = {"graph": self.graph, "first": first, "second": second}
        slope = slope_index(self.loss.lesson)
        if slope is None:
            return message(
                "A {graph} like this is two numbers: {first} changes it, and so does {second}.",
                **values,
            )
        if slope == 0:
            return message(
                "Any {graph} is two numbers: {first} tilts it, and {second} lifts it.", **values
            )
        return message(
            "Any {graph} is two numbers: {first} lifts it, and {second} tilts it.", **values
        )

    @property
    def turning(self) -> tuple[str, str]:
        """The words of `two_numbers` at which the two parameters are turned."""
        slope = slope_index(self.loss.lesson)
        if slope is None:
            return "changes", "so does"
        return ("tilts", "lifts") if slope == 0 else ("lifts", "tilts")

    def the_guess(self) -> Message:
        """What the two parameters are at first."""
        first, second = map(unicode_name, self.loss.lesson.parameters)
        return message(
            "So guess. {first} is {a}, {second} is {b}: a bad guess, and that is fine.",
            first=first,
            second=second,
            a=as_given(float(self.loss.lesson.start[0])),
            b=as_given(float(self.loss.lesson.start[1])),
        )

    def one_point(self) -> Message:
        """What the line and the point say at the x of the picked point."""
        y = float(self.loss.lesson.y[self.picked])
        return message(
            "Take one point. Here your {graph} says {prediction}, and the point says {data}.",
            graph=self.graph,
            prediction=significant(y + self.residual),
            data=significant(y),
        )

    @property
    def moved(self) -> str:
        """The word of `signs` at which the line is moved."""
        straight = slope_index(self.loss.lesson) is not None
        return "Tilt" if straight and self.residual < 0 else "Move"

    def signs(self) -> Message:
        """Which sign the residual has, and how it gets the other one."""
        below = self.residual < 0
        if self.moved == "Tilt":
            return message(
                "Below the point it is negative. Tilt the line above the point, "
                "and it turns positive."
            )
        if below:
            return message(
                "Below the point it is negative. Move the {graph} above the point, "
                "and it turns positive.",
                graph=self.graph,
            )
        return message(
            "Above the point it is positive. Move the {graph} below the point, "
            "and it turns negative.",
            graph=self.graph,
        )
