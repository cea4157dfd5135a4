"""A Scoreboard has a row for each of several descents: its name, and the loss it has come to."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, ORIGIN, RIGHT, UP, Line, VGroup

from scenes.kit.frame import Region
from scenes.kit.proof.trace import decoration
from scenes.kit.run import Run
from scenes.kit.text import LOSS, Quantity, seat, words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import Number, significant, whole

SWATCH, INSET, GAP, LEADING = 0.4, 0.55, 0.45, 0.52
"""Length of a swatch, how far beside it a name and a loss begin, and from one row to the next."""
DIGITS = 2
STEP = '"step"'


class Scoreboard(VGroup):
    """A row for each of ``runs`` with its name, from the upper left of ``region``: `rows`.

    `below` is where a line beneath them begins.
    """

    def __init__(self, region: Region, names: Sequence[str], runs: Sequence[Run]) -> None:
        texts = [
            words(name, SIZE.equation, run.color) for name, run in zip(names, runs, strict=True)
        ]
        margin = INSET + GAP + max(text.width for text in texts)
        top = np.array([region.left, region.top - 0.4, 0.0])
        self.rows: list[VGroup] = []
        for k, (text, run) in enumerate(zip(texts, runs, strict=True)):
            start = top + k * LEADING * DOWN
            mark = decoration(Line(ORIGIN, SWATCH * RIGHT).shift(start + 0.12 * UP))
            mark.set_stroke(run.color, STROKE.arrow)
            loss = self.loss_of(run, start + margin * RIGHT)
            self.rows.append(VGroup(mark, seat(text, start + INSET * RIGHT), loss))
        super().__init__(*self.rows)
        self.below = top + len(runs) * LEADING * DOWN

    def step_of(self, run: Run) -> Quantity:
        """The step that ``run`` is at, in a line beneath the rows."""
        return Quantity(STEP, lambda: whole(run.clock.step), self.below, SIZE.equation)

    def loss_of(self, run: Run, at: np.ndarray) -> Quantity:
        """What ``run`` has come to by its clock."""
        losses, clock = run.trajectory.losses, run.clock

        def loss() -> Number:
            return significant(float(losses[clock.step]), DIGITS)

        return Quantity(LOSS.name, loss, at, SIZE.equation, PALETTE.loss)
