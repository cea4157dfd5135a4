"""Chain: residuals put together, each from where the last one ended, up and down."""

from collections.abc import Callable

import numpy as np
from manim import RIGHT, DashedLine, Line, VGroup, VMobject

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import fixed

TIP = 0.16
"""Units that the tip of a link is long, never above half of it."""


class Chain(VGroup):
    """``residuals`` (n,) as links from the left to the right; it begins and ends on a level."""

    def __init__(self, region: Region, residuals: FloatArray, so_far: Callable[[], float]) -> None:
        top, room = region.rows(1, 4)
        ends = np.concatenate([[0.0], np.cumsum(residuals)])
        unit = room.height / float(np.ptp(ends))
        level = room.bottom - unit * float(ends.min())
        places = np.column_stack(
            [
                np.linspace(room.left, room.right, len(residuals) + 2)[1:-1],
                level + unit * ends[:-1],
                level + unit * ends[1:],
            ]
        )
        self.links = VGroup(*(_link(*place) for place in places.tolist()))
        self.links.set_stroke(PALETTE.loss, STROKE.residual)
        bind_each(
            self.links,
            "residuals added up",
            lambda link: (link.points[[0, -1], 1] - level) / unit,
            lambda index: ends[index : index + 2],
        )
        ground = DashedLine(np.array([room.left, level, 0]), np.array([room.right, level, 0]))
        self.level = decoration(ground.set_stroke(PALETTE.scaffold, STROKE.axis))
        self.sum = Quantity(
            "sum_i r_i",
            lambda: fixed(float(ends[round(so_far())])),
            np.array([top.left, top.centre[1] - 0.1, 0]),
            SIZE.equation,
            PALETTE.loss,
            "sum of residuals",
        )
        super().__init__(self.level, self.links, self.sum)


def _link(x: float, low: float, high: float) -> VMobject:
    """An arrow straight from one height to another."""
    start, end = np.array([x, low, 0]), np.array([x, high, 0])
    back = np.clip(start - end, -2 * TIP, 2 * TIP) / 2
    wing = 0.6 * back[1] * RIGHT
    return Line().set_points_as_corners(
        [start, end, end + back - wing, end, end + back + wing, end]
    )
