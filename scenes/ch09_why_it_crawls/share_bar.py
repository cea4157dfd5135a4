"""ShareBar: how the loss divides between the flat and the stiff direction."""

from collections.abc import Callable

import numpy as np
from manim import DOWN, RIGHT, UP, Rectangle, VGroup
from numpy.typing import NDArray

from gdmath import Convergence
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import At, live, parameters_of
from scenes.kit.wording.numbers import fixed
from scenes.kit.wording.written import fill

THICKNESS = 0.26
ROOM_FOR_PERCENT = 1.15
NAMES = ("flat", "stiff")
Shares = NDArray[np.float64]


class ShareBar(VGroup):
    """The loss at ``at`` as one bar: the flat part from the left, the rest is the stiff part."""

    def __init__(self, region: Region, theory: Convergence, at: At) -> None:
        where = parameters_of(at)

        def shares() -> Shares:
            parts = theory.loss_parts(where())
            return np.asarray(parts / parts.sum(), dtype=float)

        whole = Rectangle(width=region.width, height=THICKNESS).move_to(region.centre)
        whole.align_to(np.array([0, region.bottom, 0]), DOWN)
        whole.set_fill(PALETTE.loss, 0.22).set_stroke(PALETTE.loss, 1.5, 0.8)
        flat = Rectangle(width=1, height=THICKNESS, stroke_width=0).set_fill(PALETTE.loss, 1)
        edges = np.array([whole.get_corner(corner) for corner in (UP, DOWN)]) - [
            whole.width / 2,
            0,
            0,
        ]

        def place(flat: Rectangle) -> None:
            top, bottom = edges
            end = shares()[0] * whole.width * RIGHT
            flat.set_points_as_corners([top, top + end, bottom + end, bottom, top])

        live(flat, place, at)
        bind(
            flat,
            "flat share of the loss",
            lambda: np.array([flat.width / whole.width]),
            lambda: shares()[:1],
        )
        above = edges[0] + 0.16 * UP
        legend = seat(words("of the loss", SIZE.small, PALETTE.muted), above)
        legend.set_x(region.centre[0])
        starts = (0.62, region.width - ROOM_FOR_PERCENT)
        sides = (side(shares, k, above + start * RIGHT) for k, start in enumerate(starts))
        super().__init__(decoration(whole), flat, legend, *sides)


def side(shares: Callable[[], Shares], k: int, start: Shares) -> VGroup:
    """The name of a direction and its percentage, which begins at ``start``."""
    percent = Readout(
        lambda: fill("{share} %", share=fixed(100 * shares()[k], 1)),
        start,
        SIZE.small,
        PALETTE.loss,
        f"{NAMES[k]} share of the loss",
    )
    name = seat(words(NAMES[k], SIZE.small, PALETTE.loss), start)
    return VGroup(name.shift((name.width + 0.2) * -RIGHT), percent)
