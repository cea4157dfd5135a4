"""What is written beside the curves of chapter 16: notes, and two losses digit by digit."""

from collections.abc import Callable, Sequence

import numpy as np
from manim import DOWN, VMobject

from scenes.ch16_behind_the_curve.story import DIGITS
from scenes.kit.frame import Region
from scenes.kit.run import Run
from scenes.kit.text import Quantity, seat, words
from scenes.kit.theme import SIZE
from scenes.kit.wording import significant

LEADING = 0.65
"""Units from one loss to the next."""
INDENT = 0.28
"""Share of a panel's width at which a curve has fallen low."""


def notes(region: Region, texts: Sequence[str], *colors: str) -> list[VMobject]:
    """``texts`` in these ``colors``, one below the other, where no curve comes."""
    corner = np.array([region.left + INDENT * region.width, region.top, 0])
    return [
        seat(words(text, SIZE.label, color), corner + k * LEADING * DOWN)
        for k, (text, color) in enumerate(zip(texts, colors, strict=True), start=1)
    ]


def readings(region: Region, *runs: Run) -> list[Quantity]:
    """The loss of each of ``runs``, one below the other, at the right where no curve comes."""
    corner = np.array([region.centre[0], region.top, 0])
    return [
        Quantity("L", _loss_of(run), corner + k * LEADING * DOWN, SIZE.equation, run.color, "loss")
        for k, run in enumerate(runs, start=1)
    ]


def _loss_of(run: Run) -> Callable[[], str]:
    return lambda: significant(float(run.trajectory.losses[run.clock.step]), DIGITS)
