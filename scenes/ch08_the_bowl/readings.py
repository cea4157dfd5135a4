"""Readings beside the bowl: the loss and the slope at the dot."""

from collections.abc import Callable

import numpy as np
from manim import LEFT

from scenes.ch08_the_bowl.story import Story
from scenes.kit.frame import Region
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE

FIRST, APART = 0.9, 0.85
"""How far below the top the first baseline is, and how far apart all are, in units."""


class Readings:
    """Builders of the rows in a ``region``, which is narrow."""

    def __init__(self, region: Region, story: Story) -> None:
        self.region, self.story = region, story

    def height(self, loss: Callable[[], float]) -> Quantity:
        """The loss of the moment, which is a height."""
        write = self.story.write_loss
        return self._row(0, "L", lambda: write(loss()), PALETTE.loss, "loss")

    def slope(self, slope: Callable[[], float]) -> Quantity:
        """The length of the gradient of the moment."""
        write, name = self.story.write_slope, "length of the gradient"
        return self._row(1, "norm(nabla L)", lambda: write(slope()), PALETTE.gradient, name)

    def _row(
        self, row: int, name: str, text: Callable[[], str], color: str, quantity: str
    ) -> Quantity:
        place = np.array([self.region.left, self.region.top - FIRST - APART * row, 0])
        reading = Quantity(name, text, place, SIZE.label, color, quantity)
        beyond = max(0.0, float(reading.get_right()[0]) - self.region.right)
        return Quantity(name, text, place + beyond * LEFT, SIZE.label, color, quantity)
