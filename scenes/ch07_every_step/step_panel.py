"""StepPanel: the running account of a descent: step, loss, step length, learning rate."""

import numpy as np
from manim import RIGHT, Animation, ScaleInPlace, VGroup, there_and_back

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import as_given, dwindling, whole


class StepPanel(VGroup):
    """Four rows of a name and its number, the numbers beginning at one margin."""

    def __init__(self, region: Region, clock: DescentClock, learning_rate: float) -> None:
        super().__init__()
        trajectory = clock.trajectory
        write_loss, write_length = map(dwindling, (trajectory.losses, trajectory.step_lengths))
        lengths = np.append(trajectory.step_lengths, trajectory.step_lengths[-1:])
        entries = (
            (words("step"), PALETTE.ink, lambda: whole(clock.step)),
            (words("loss"), PALETTE.loss, lambda: write_loss(trajectory.losses[clock.step])),
            (words("step length"), PALETTE.gradient, lambda: write_length(lengths[clock.step])),
            (words("learning rate"), PALETTE.ink, lambda: as_given(learning_rate)),
        )
        margin = 0.25 + max(name.width for name, _, _ in entries)
        rows = region.rows(*(1 for _ in entries), gap=0.0)
        self.rows: list[VGroup] = []
        for (name, color, text), row in zip(entries, rows, strict=True):
            start = np.array([row.left, row.centre[1] - 0.1, 0.0])
            seat(name.set_color(color), start)
            number = Readout(text, start + margin * RIGHT, SIZE.label, color)
            self.rows.append(VGroup(name, number))
        self.add(*self.rows)

    @property
    def step_length(self) -> VGroup:
        """The row of the step length."""
        return self.rows[2]

    @property
    def rate(self) -> VGroup:
        """The row of the learning rate."""
        return self.rows[3]


def attention(row: VGroup) -> Animation:
    """Let a row swell for a moment, in its own colours."""
    return ScaleInPlace(row, 1.15, rate_func=there_and_back, run_time=1.2)
