"""Squares on residuals: how one unfolds, one beside its double, and the one of the mean area."""

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    LaggedStart,
    Line,
    Polygon,
    ReplacementTransform,
    Square,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind
from scenes.kit.text import formula, maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import At, live, parameters_of
from scenes.kit.wording import whole

TWICE = 2
APART, LABELS = 0.7, 1.5
"""Units between a square and its double, and for what stands above and below them."""
OUTLINE = (0.5, 0.8), (0.55, 0.3)
"""Sides in units of the mean square, and the opacity of its outline at each: small, it is seen
by its outline, large by its area."""
BEHIND = 0.7
"""Opacity of the residuals about the mean square: one that lies on its edge is told from it."""


def unfold(square: VMobject, bar: VMobject) -> Animation:
    """Let a square grow sideways out of the residual it stands on."""
    folded = square.copy().stretch(1e-3, 0, about_point=bar.get_start())
    return ReplacementTransform(folded, square)


class Doubled(VGroup):
    """A square, and one of twice its side: what fills it are copies of the first."""

    def __init__(self, region: Region) -> None:
        side = min((region.width - APART) / (1 + TWICE), (region.height - LABELS) / TWICE)
        self.one = Square(side).set_stroke(PALETTE.loss, STROKE.residual)
        self.tiles = VGroup(*(self.one.copy() for _ in range(TWICE**2)))
        self.tiles.arrange_in_grid(TWICE, TWICE, buff=0)
        squares = VGroup(self.one, self.tiles).set_fill(PALETTE.loss, 0.1)
        squares.arrange(RIGHT, buff=APART, aligned_edge=DOWN).move_to(region.centre)
        bind(
            self.tiles,
            "area of a square of twice the side",
            lambda: [self.tiles.width * self.tiles.height / side**2],
            lambda: [TWICE**2],
        )
        bind(self.one, "sides of a square", lambda: [self.one.width / side], lambda: [1])
        twice, four = whole(TWICE), whole(TWICE**2)
        said = ("r", formula("{n} r", n=twice)), ("r^2", formula("{n} r^2", n=four))
        self.sides, self.areas = (
            VGroup(*(maths(text, SIZE.equation, PALETTE.loss) for text in row)) for row in said
        )
        for k, square in enumerate(squares):
            self.sides[k].next_to(square, DOWN, buff=0.2)
            self.areas[k].next_to(square, -DOWN, buff=0.2)
        super().__init__(squares, self.sides, self.areas)

    def fills(self) -> Animation:
        """Copies of the square fill the larger one."""
        return LaggedStart(
            *(TransformFromCopy(self.one, tile) for tile in self.tiles), lag_ratio=0.5
        )


def mean_square(panel: DataPanel, at: At) -> Polygon:
    """The square whose area is the mean of the squared residuals, among the points."""
    where = parameters_of(at)

    def place(square: Polygon) -> None:
        low, high = _side(panel, where())
        across = (high[1] - low[1]) * RIGHT
        square.set_points_as_corners([low, high, high + across, low + across, low])
        square.set_stroke(opacity=np.interp(across[0], *OUTLINE))

    square = Polygon(*np.zeros((3, 3)))
    square.set_fill(PALETTE.loss, 0.16).set_stroke(PALETTE.loss, STROKE.contour)
    live(square, place, at)
    bind(
        square,
        "mean square",
        lambda: [square.width * square.height / panel.unit()[1] ** 2],
        lambda: [np.mean(panel.loss.residuals(where()) ** 2)],
    )
    return square.set_z_index(-1)


def root(panel: DataPanel, at: At) -> Line:
    """The left side of the mean square."""
    where = parameters_of(at)

    def place(side: Line) -> None:
        low, high = _side(panel, where())
        side.points = np.linspace(low, high, 4)

    side = live(Line().set_stroke(PALETTE.loss, 2 * STROKE.line), place, at)
    bind(
        side,
        "root mean square",
        lambda: np.diff(panel.p2c(side.points[[0, -1]])[:, 1]),
        lambda: [np.sqrt(np.mean(panel.loss.residuals(where()) ** 2))],
    )
    return side


def _side(panel: DataPanel, parameters: FloatArray) -> FloatArray:
    """The ends in the picture of that side, (2, 3): from the line towards the points."""
    x, residuals = float(np.mean(panel.loss.lesson.x)), panel.loss.residuals(parameters)
    side, foot = float(np.sqrt(np.mean(residuals**2))), float(panel.interpolated(parameters, x))
    if residuals.mean() > 0:
        foot = foot - side
    foot = max(panel.y.low, min(foot, panel.y.high - side))
    return panel.c2p([(x, foot), (x, foot + side)])
