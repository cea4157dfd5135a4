"""The losses of several runs are drawn less the least possible where they would run together."""

from collections.abc import Sequence

import numpy as np
import sympy as sp
from manim import Dot, VMobject
from numpy.typing import NDArray

from gdmath import to_typst
from scenes.kit.frame import Region
from scenes.kit.panels import LogPanel
from scenes.kit.panels.log_panel import logarithm
from scenes.kit.run import Run
from scenes.kit.text import LOSS

TOGETHER = 0.05
"""Share of a panel's height within which two heads hide each other."""


class Losses(LogPanel):
    """Room for the losses of ``runs`` over ``steps``; ``least`` is the least possible loss."""

    def __init__(self, region: Region, runs: Sequence[Run], least: float, steps: int) -> None:
        losses = [run.trajectory.losses for run in runs]
        self.floor = floor_under(losses, least)
        name = LOSS - sp.Symbol("L_min") if self.floor else LOSS
        above = [values - self.floor for values in losses]
        super().__init__(region, above, steps, '"step"', to_typst(name))

    def of(self, run: Run) -> tuple[VMobject, Dot]:
        """The curve of ``run`` so far, and the dot at its end."""
        return run.on_curves(self, excess_of=self.floor)


def floor_under(series: Sequence[NDArray[np.float64]], least: float) -> float:
    """What to take off ``series`` of losses before they are drawn here: nothing, or the ``least``.

    What is below zero has no logarithm. And where curves run together so far above the least that
    their heads hide each other, what they are above it tells them apart.
    """
    if min(values.min() for values in series) < 0:
        return least
    above = [values - least for values in series]
    return least if apart(series) < TOGETHER <= apart(above) else 0.0


def apart(series: Sequence[NDArray[np.float64]]) -> float:
    """How far apart any two of ``series`` end at the least, as a share of the height of a panel."""
    powers = [logarithm(values) for values in series]
    return float(np.diff(np.sort([rows[-1] for rows in powers])).min() / np.ptp(np.hstack(powers)))
