"""The account of a descent: which step of how many, and the loss after it."""

import numpy as np
from manim import RIGHT, VGroup

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, Quantity, Readout, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import fill, significant, whole

GAP, APART = 0.12, 0.25
"""Units between a word and its number, and between the two accounts."""


class Account(VGroup):
    """The step, and beside it the loss, on one line."""

    def __init__(self, region: Region, clock: DescentClock) -> None:
        losses, steps = clock.trajectory.losses, clock.trajectory.steps
        low = region.centre[1] - 0.13
        name = seat(words("step", SIZE.equation), np.array([region.left, low, 0.0]))
        start = np.array([name.get_right()[0] + GAP, low, 0.0])
        widest = words(whole(steps), SIZE.equation).width
        total = words(fill("of {steps}", steps=whole(steps)), SIZE.equation, PALETTE.muted)
        seat(total, start + (widest + GAP) * RIGHT)
        number = Readout(lambda: whole(clock.step), start, SIZE.equation, quantity="step")
        super().__init__(name, number, total)
        self.add(
            Quantity(
                LOSS.name,
                lambda: significant(losses[clock.step]),
                np.array([total.get_right()[0] + APART, low, 0.0]),
                SIZE.equation,
                PALETTE.loss,
                "loss after the step",
            )
        )
