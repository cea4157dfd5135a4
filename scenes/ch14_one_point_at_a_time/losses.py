"""LossesByPass draws how far each descent's loss is above its minimum, against the passes made."""

import sympy as sp

from gdmath import to_typst
from scenes.ch14_one_point_at_a_time.story import PASSES, Story
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.panels import LogPanel
from scenes.kit.run import Run
from scenes.kit.text import LOSS

PASS_TIME = 0.36
"""Seconds for a pass, where many follow each other."""


class LossesByPass(LogPanel):
    """Full steps and steps by single points, then noisy ones, then calm ones.

    `full`, `single`, `noisy` and `calm` are the curve so far and the dot at its end, each.
    """

    def __init__(
        self, region: Region, story: Story, full: Run, single: Run, noisy: Run, calm: Run
    ) -> None:
        floor, noisy_floor = story.theory.minimum_loss, story.noisy_theory.minimum_loss
        stride = 1 / story.count
        placed = (
            (full, 0, 1, floor),
            (single, 0, stride, floor),
            (noisy, PASSES, stride, noisy_floor),
            (calm, 2 * PASSES, stride, noisy_floor),
        )
        series = [run.trajectory.losses - lowest for run, _, _, lowest in placed]
        name = to_typst(LOSS - sp.Symbol("L_min"))
        super().__init__(region, series, 3 * PASSES, '"pass"', name)
        drawn = [run.on_curves(self, *place) for run, *place in placed]
        for curve, head in drawn:
            allow("contrast", curve, head, reason="where one run ends, the next begins")
        self.full, self.single, self.noisy, self.calm = drawn
