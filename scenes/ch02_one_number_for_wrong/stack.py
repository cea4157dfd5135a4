"""Stack: one bar built of shares, one share a point; its height is their sum."""

import numpy as np
from manim import RIGHT, UP, Animation, Line, Polygon, ReplacementTransform, VGroup, VMobject
from numpy.typing import NDArray

from gdmath import NumericLoss
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, live, parameters_of


class Stack(VGroup):
    """The squared residuals on top of each other, as high as the region at ``fullest``.

    The mobject itself is the floor that the bar stands on.
    """

    def __init__(self, region: Region, loss: NumericLoss, fullest: At) -> None:
        self.loss, self.region = loss, region
        self.order = np.argsort(loss.lesson.x)
        self.unit = region.height / float(np.sum(self.squares(parameters_of(fullest)())))
        self.corner = np.array([region.left, region.bottom, 0])
        floor = Line(self.corner - 0.1 * RIGHT, self.corner + (region.width + 0.1) * RIGHT)
        super().__init__(decoration(floor.set_stroke(PALETTE.scaffold, STROKE.axis)))

    def squares(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """The squared residuals from the left point to the right one, shape (n,)."""
        return np.asarray(self.loss.residuals(parameters)[self.order] ** 2)

    def whole(self) -> float:
        """The sum of squares that fills the region."""
        return self.region.height / self.unit

    def shares(self, at: At, equal: bool = False) -> VGroup:
        """A slice a point, as high as its squared residual, or all as high as their mean."""
        where = parameters_of(at)

        def heights() -> NDArray[np.float64]:
            squares = self.squares(where())
            return np.full_like(squares, squares.mean()) if equal else squares

        def place(shares: VGroup) -> None:
            tops = self.unit * np.cumsum(heights())
            across = self.region.width * RIGHT
            for share, low, high in zip(shares, [0, *tops[:-1]], tops, strict=True):
                left, above = self.corner + low * UP, self.corner + high * UP
                share.set_points_as_corners([left, above, above + across, left + across, left])

        shares = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in self.order))
        shares.set_fill(PALETTE.loss, 0.12).set_stroke(PALETTE.loss, STROKE.contour)
        live(shares, place, at)
        bind_each(
            shares,
            "share of the sum of squares",
            lambda share: [share.height / self.unit],
            lambda index: [heights()[index]],
        )
        return shares


def unfold(square: VMobject, bar: VMobject) -> Animation:
    """Let a square grow sideways out of the residual it stands on."""
    folded = square.copy().stretch(1e-3, 0, about_point=bar.get_center())
    return ReplacementTransform(folded, square)
