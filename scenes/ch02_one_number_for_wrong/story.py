"""What chapter 2 tells of a guess: its squared residuals, their mean, and whether that is L."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss
from gdmath.arrays import IntArray
from gdmath.requirements import is_mean_square, slope_index
from scenes.kit.wording import Message, message, significant, whole

HALFWAY = 0.5
"""Share of the distance to the minimum by which the line moves: of squares, it halves the root."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's guess, and the sentences that depend on them.

    The ``minimum`` of its ``loss`` has shape (2,).
    """

    loss: NumericLoss
    minimum: FloatArray

    @cached_property
    def order(self) -> IntArray:
        """The points from the left to the right, (n,)."""
        return np.argsort(self.loss.lesson.x)

    @property
    def is_mean_square(self) -> bool:
        """Whether the loss of the lesson is the mean of the squares itself."""
        return is_mean_square(self.loss.lesson)

    @property
    def level(self) -> FloatArray | None:
        """Parameters (2,) of the level line at the mean of y; None if the model has no slope."""
        slope = slope_index(self.loss.lesson)
        if slope is None or not np.ptp(self.loss.lesson.y):
            return None
        return np.asarray(float(self.loss.lesson.y.mean()) * np.eye(2)[1 - slope])

    @property
    def halfway(self) -> FloatArray:
        """The guess, moved halfway to the minimum, (2,)."""
        return self.towards(HALFWAY)

    def towards(self, share: float) -> FloatArray:
        """The guess, moved by a ``share`` of its distance to the minimum, (2,)."""
        start = self.loss.lesson.start
        return np.asarray(start + share * (self.minimum - start))

    def turned(self, low: float, high: float) -> FloatArray:
        """The guess with another first parameter, (2,), if the line is from ``low`` to ``high``."""
        turned = np.array([self.minimum[0], self.loss.lesson.start[1]])
        heights = self.loss.prediction(turned, self.loss.lesson.x)
        inside = bool(((low < heights) & (heights < high)).all())
        return turned if inside else self.halfway

    def squares(self, parameters: FloatArray) -> FloatArray:
        """The squared residuals from the left point to the right one, (n,)."""
        return np.asarray(self.loss.residuals(parameters)[self.order] ** 2)

    @property
    def mean(self) -> float:
        """The mean of the squared residuals of the guess."""
        return float(self.squares(self.loss.lesson.start).mean())

    def the_question(self) -> Message:
        """How many errors there are, and what one might do with them."""
        count = whole(self.loss.lesson.x.size)
        if self.level is None:
            return message(
                "{count} errors. Simply add them up? Those above would cancel those below.",
                count=count,
            )
        return message(
            "{count} errors, some below, some above. Why not simply add them up?", count=count
        )

    def the_mean(self) -> Message:
        """The mean of the squares, and whether it is the loss."""
        mean = significant(self.mean)
        if self.is_mean_square:
            return message(
                "Share it out evenly: the mean is {mean}, and we call it the loss.", mean=mean
            )
        return message("Share it out evenly: the mean is {mean}.", mean=mean)

    def the_root(self) -> Message:
        """In what units the mean square is, and its side."""
        return message(
            "{mean} of what? Of squared units. Its root, {root}, is a typical miss.",
            mean=significant(self.mean),
            root=significant(float(np.sqrt(self.mean))),
        )

    def another_loss(self) -> Message:
        """That the lesson's loss is no mean square."""
        value = float(self.loss.value(self.loss.lesson.start))
        return message(
            "But this lesson has a measure of its own. That is its loss, L: {value}.",
            value=significant(value),
        )
