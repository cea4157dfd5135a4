"""What chapter 2 tells of a guess: its squared residuals, their mean, and whether that is L."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss
from gdmath.arrays import IntArray
from gdmath.requirements import is_mean_square
from scenes.kit.wording import Message, message, suited

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
    def walks_down_the_mean_square(self) -> bool:
        """Whether the loss of the lesson is the MSE itself."""
        return is_mean_square(self.loss.lesson)

    def towards_the_minimum(self, share: float) -> FloatArray:
        """The guess, moved by a ``share`` of its distance to the minimum, (2,)."""
        start = self.loss.lesson.start
        return start + share * (self.minimum - start)

    def squares(self, parameters: FloatArray) -> FloatArray:
        """The squared residuals from the left point to the right one, (n,)."""
        return np.asarray(self.loss.residuals(parameters)[self.order] ** 2)

    def the_root(self) -> Message:
        """The side of the mean square of the guess."""
        root = float(np.sqrt(self.squares(self.loss.lesson.start).mean()))
        return message(
            "Its side is the root, RMSE: {root}, in the units of y.", root=suited([root])(root)
        )

    def the_loss(self) -> Message:
        """Which number the lesson walks down."""
        if self.walks_down_the_mean_square:
            return message(
                "The RMSE has the units of y, but we walk down the MSE: that is the loss, L."
            )
        return message("This lesson walks down another relative. We call it the loss, L.")
