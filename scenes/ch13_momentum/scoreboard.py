"""A Scoreboard has a row for each of several descents: its name, and its RMSE or loss."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup
from numpy.typing import NDArray

from scenes.ch13_momentum.story import Story
from scenes.kit.frame import Region
from scenes.kit.run import Run
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import seat, words
from scenes.kit.theme import PALETTE, SIZE

GAP, LEADING = 0.35, 0.42
"""Units between a name and its number, and from one row to the next."""


class Scoreboard(VGroup):
    """A row for each of ``runs``, as ``story`` names them, at the left of ``region``: `rows`."""

    def __init__(self, region: Region, story: Story, runs: Sequence[Run]) -> None:
        names = [
            words(name, SIZE.label, run.color) for name, run in zip(story.names, runs, strict=True)
        ]
        margin = GAP + max(name.width for name in names)
        top = np.array([region.left, region.top - 0.3, 0.0])
        self.heading = seat(words(story.measure, SIZE.small, PALETTE.loss), top + margin * RIGHT)
        self.rows: list[VGroup] = []
        for k, (name, run) in enumerate(zip(names, runs, strict=True), start=1):
            start = top + k * LEADING * DOWN
            number = self.number(story, run, start + margin * RIGHT)
            self.rows.append(VGroup(seat(name, start), number))
        super().__init__(self.heading, *self.rows)

    def number(self, story: Story, run: Run, at: NDArray[np.float64]) -> Readout:
        """What ``run`` has come to by its clock."""
        tell = story.measured(run.trajectory)
        return Readout(lambda: tell(run.clock.step), at, SIZE.label, run.color, story.measure)
