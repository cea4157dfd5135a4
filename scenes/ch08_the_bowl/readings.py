"""Readings beside the bowl: the law of its height, and the loss and the slope at the dot."""

from collections.abc import Callable

import numpy as np
import sympy as sp
from manim import VMobject

from scenes.ch08_the_bowl.story import Story
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, Equation, Quantity, seat
from scenes.kit.theme import PALETTE, SIZE

LONG = 6
"""Number of characters from which readings are set smaller."""
FIRST, APART = 0.9, 0.85
"""How far below the top the first baseline is, and how far apart all are, in units."""


class Readings:
    """Builders of the rows in a ``region``, which is narrow."""

    def __init__(self, region: Region, story: Story) -> None:
        self.region, self.story = region, story
        told = story.write_slope(story.first_slope), story.write_loss(story.trajectory.losses[0])
        self.size = SIZE.equation if max(map(len, told)) < LONG else SIZE.label

    def law(self) -> VMobject:
        """The law of the height, z = L(a, b)."""
        return seat(height_law(self.story.lesson.parameters, self.region.width), self._place(0))

    def height(self, loss: Callable[[], float]) -> Quantity:
        """The loss of the moment as a height."""
        write = self.story.write_loss
        return Quantity("z", lambda: write(loss()), self._place(1), self.size, PALETTE.loss, "loss")

    def slope(self, slope: Callable[[], float]) -> Quantity:
        """The length of the gradient of the moment."""
        write, color = self.story.write_slope, PALETTE.gradient
        quantity = "length of the gradient"
        return Quantity(
            "norm(nabla L)", lambda: write(slope()), self._place(2), self.size, color, quantity
        )

    def _place(self, row: int) -> np.ndarray:
        return np.array([self.region.left, self.region.top - FIRST - APART * row, 0])


def height_law(parameters: tuple[sp.Symbol, ...], room: float) -> Equation:
    """Z = L(a, b), or z = L where the names of the parameters are too long for ``room``."""
    z, loss = sp.Symbol("z"), sp.Function("L")(*parameters)
    heights = {z: PALETTE.loss, loss: PALETTE.loss, LOSS: PALETTE.loss}
    paint = heights | dict.fromkeys(parameters, PALETTE.parameters)
    law = Equation(sp.Eq(z, loss), SIZE.equation, paint.get)
    return law if law.width <= room else Equation(sp.Eq(z, LOSS), SIZE.equation, paint.get)
