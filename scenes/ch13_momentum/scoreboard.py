"""Scoreboard: several descents, each with a row for its name and its RMSE or loss."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup

from scenes.kit.frame import Region
from scenes.kit.run import Run
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import seat, words
from scenes.kit.theme import PALETTE, SIZE

GAP = 0.35


class Scoreboard(VGroup):
    """``runs`` under each other at the left of ``region``; `rows` are theirs.

    ``quantity`` heads the column of numbers: what they are called.
    """

    LEADING = 0.42

    def __init__(self, region: Region, runs: Sequence[Run], quantity: str) -> None:
        names = [words(run.name, SIZE.label, run.color) for run in runs]
        margin = GAP + max(name.width for name in names)
        top = np.array([region.left, region.top - 0.3, 0.0])
        self.heading = seat(words(quantity, SIZE.small, PALETTE.loss), top + margin * RIGHT)
        self.rows: list[VGroup] = []
        for k, (name, run) in enumerate(zip(names, runs, strict=True), start=1):
            start = top + k * self.LEADING * DOWN
            number = Readout(run.told, start + margin * RIGHT, SIZE.label, run.color, quantity)
            self.rows.append(VGroup(seat(name, start), number))
        super().__init__(self.heading, *self.rows)
