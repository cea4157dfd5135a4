"""ErrorPanel: the error of a difference quotient against its nudge, in powers of ten."""

import numpy as np
from manim import RIGHT, Typst, VMobject
from numpy.typing import NDArray

from gdmath import NumericLoss
from gdmath.differences import difference_errors
from scenes.kit.frame import Region
from scenes.kit.panels.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE

FINEST, COARSEST, PER_POWER = -15.0, 0.0, 6
LABELLED = -4.5
CLEARANCE = 0.1


class ErrorPanel(Plane):
    """|quotient − derivative| of parameter ``index`` at ``parameters`` (2,), over the nudge h."""

    def __init__(
        self, region: Region, loss: NumericLoss, index: int, parameters: NDArray[np.float64]
    ) -> None:
        count = int((COARSEST - FINEST) * PER_POWER) + 1
        self.powers = np.linspace(COARSEST, FINEST, count)
        self.series = {
            kind: np.log10(
                # An error of nothing at all has no logarithm; it is drawn at the rounding of one.
                np.maximum(
                    difference_errors(loss, parameters, index, 10**self.powers, kind),
                    np.finfo(float).eps,
                )
            )
            for kind in ("forward", "central")
        }
        heights = np.concatenate(list(self.series.values()))
        super().__init__(
            region,
            Scale(FINEST, COARSEST, "h", logarithmic=True),
            Scale(
                float(heights.min()) - 0.5, float(heights.max()) + 0.5, '"error"', logarithmic=True
            ),
        )

    def curve(self, kind: str, color: str = PALETTE.loss) -> VMobject:
        """The error of the ``kind`` of quotient, from the coarsest nudge to the finest."""
        rows = np.column_stack([self.powers, self.series[kind]])
        curve = VMobject().set_points_as_corners(self.c2p(rows)).set_stroke(color, STROKE.residual)
        bind(curve, f"error of the {kind} quotient", lambda: self.p2c(corners(curve)), lambda: rows)
        return curve

    def label(
        self, kind: str, text: str, side: NDArray[np.float64], color: str = PALETTE.loss
    ) -> Typst:
        """A word for the curve of ``kind``, on the ``side`` of it where there is room."""
        at = int(np.argmin(np.abs(self.powers - LABELLED)))
        place = self.point(self.powers[at], self.series[kind][at])
        label = words(text, SIZE.small, color).next_to(place, side, buff=0.5)
        if label.get_bottom()[1] < self.point(self.x.low, self.y.low)[1] + CLEARANCE:
            # Beneath the curve, which rises from here on, there is room to the right.
            label.next_to(place, RIGHT, buff=0.5)
        return label

    def best(self, kind: str) -> tuple[float, float]:
        """The nudge with the least error, and that error."""
        least = int(np.argmin(self.series[kind]))
        return float(10 ** self.powers[least]), float(10 ** self.series[kind][least])
