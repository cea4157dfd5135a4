"""Readings: the nudge, the slope of the secant and the derivative in figures, in a strip."""

from collections.abc import Callable

import numpy as np

from gdmath import to_typst
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from scenes.kit.frame import Region
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited


def readings(strip: Region, story: Story, nudge: Callable[[], float]) -> list[Quantity]:
    """The three numbers, each in a column, as they are at the ``nudge()``."""
    name, write = to_typst(story.loss.lesson.parameters[INDEX]), suited([story.wide])
    entries = (
        ("h", PALETTE.ink, lambda: write(nudge())),
        (
            f"(L({name} + h) - L({name})) / h",
            PALETTE.ink,
            lambda: story.written(story.quotient(nudge())),
        ),
        (f"(partial L)/(partial {name})", PALETTE.gradient, lambda: story.written(story.slope)),
    )
    shown = []
    for column, (label, color, text) in zip(strip.columns(1, 1.7, 1.2), entries, strict=True):
        start = np.array([column.left + 0.2, column.centre[1] - 0.1, 0.0])
        shown.append(Quantity(label, text, start, SIZE.label, color))
    return shown
