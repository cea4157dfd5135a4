"""Calculation: a model with the numbers of a guess in a column, and one residual worked out."""

from collections.abc import Callable

import numpy as np
from manim import LEFT, VGroup

from gdmath import FloatArray, NumericLoss, to_typst
from scenes.kit.frame import Region
from scenes.kit.text import Equation, Quantity, Readout, colours, predicted, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import significant, suited, whole

NUMBERS = {
    "x": (0.0, PALETTE.data),
    "hat(y)": (1.0, PALETTE.parameters),
    "y": (2.0, PALETTE.data),
    "r = hat(y) - y": (3.2, PALETTE.loss),
}
"""The line in which a number of the point stands, counted from 0, and its colour."""
FIRST, LINE = 2.3, 0.68
"""Units from the top of the column to the first number, and from each number to the next."""
DIGIT = 0.42
"""Units that a digit of the count takes."""


class Calculation:
    """The model, the numbers of the guess ``at()`` (2,), and those of the point ``picked``.

    Room is made for all the parameters ``seen`` (k, 2).
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        picked: int,
        at: Callable[[], FloatArray],
        seen: FloatArray,
    ) -> None:
        self.region, lesson = region, loss.lesson
        x, y = float(lesson.x[picked]), float(lesson.y[picked])
        self.values: dict[str, Callable[[], float]] = {
            "x": lambda: x,
            "hat(y)": lambda: float(loss.prediction(at(), x)),
            "y": lambda: y,
            "r = hat(y) - y": lambda: float(loss.residuals(at())[picked]),
        }
        self.model = Equation(predicted(lesson), SIZE.equation, colours(lesson))
        top, numbers, _ = region.rows(1, 1, 4.5, gap=0)
        top.place(self.model).set_x(region.left, LEFT)
        writers = [suited(column, 2) for column in seen.T]
        self.guess = VGroup(
            *(
                Quantity(
                    to_typst(name),
                    lambda k=k: writers[k](float(at()[k])),  # type: ignore[misc]
                    np.array([place.left, numbers.centre[1] - 0.1, 0]),
                    SIZE.equation,
                    PALETTE.parameters,
                )
                for k, (name, place) in enumerate(
                    zip(lesson.parameters, numbers.columns(1, 1, gap=0.2), strict=True)
                )
            )
        )

    def number(self, name: str) -> Quantity:
        """One of the `NUMBERS` of the point."""
        (line, color), value = NUMBERS[name], self.values[name]
        anchor = np.array([self.region.left, self.region.top - FIRST - LINE * line, 0])
        return Quantity(name, lambda: significant(value()), anchor, SIZE.equation, color)

    def count(self, so_far: Callable[[], float], most: int) -> VGroup:
        """How many errors there are ``so_far()``, of at ``most`` so many."""
        start = np.array([self.region.left, self.region.top - FIRST - LINE, 0])
        number = Readout(lambda: whole(so_far()), start, SIZE.title, PALETTE.loss, "errors")
        room = DIGIT * len(whole(most)) + 0.2
        return VGroup(number, seat(words("errors", SIZE.equation), start + np.array([room, 0, 0])))
