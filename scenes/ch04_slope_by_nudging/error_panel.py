"""ErrorPanel: the error of a difference quotient against its nudge, in powers of ten."""

from itertools import product

import numpy as np
from manim import DL, RIGHT, UR, Typst, VMobject
from numpy.typing import NDArray

from gdmath import NumericLoss
from gdmath.differences import difference_errors
from scenes.kit.frame import Region
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE

FINEST, COARSEST = -15.0, 0.0
"""Powers of ten of the smallest and the largest nudge."""
PER_POWER = 6
"""Nudges that are tried from one power of ten to the next."""
LABELLED = -4.5
"""Power of ten at which a curve is named, if there is room."""
CLEARANCE, TOUCHING = 0.1, 0.03
"""Units that a name keeps from the axes, and from the curves."""
FINELY = 2000
"""Points of a curve that are held against a name."""


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
        """A word for the curve of ``kind``, on the ``side`` of it or else to the right."""
        rows = np.column_stack([self.powers, self.series[kind]])
        places = self.c2p(rows[np.argsort(np.abs(self.powers - LABELLED))])
        label = words(text, SIZE.small, color)
        for place, where in product(places, (side, RIGHT)):
            if self.leaves_room_for(label.next_to(place, where, buff=0.5)):
                return label
        return label.next_to(places[0], side, buff=0.5)

    def leaves_room_for(self, label: Typst) -> bool:
        """Whether ``label`` lies on the panel and clear of the curves."""
        fine = np.linspace(FINEST, COARSEST, FINELY)
        for heights in self.series.values():
            # Ascending, as interpolation asks for.
            rows = np.column_stack([fine, np.interp(fine, self.powers[::-1], heights[::-1])])
            away = np.abs(self.c2p(rows) - label.get_center())[:, :2]
            if (away < np.array([label.width, label.height]) / 2 + TOUCHING).all(axis=1).any():
                return False
        low, high = self.c2p([(self.x.low, self.y.low), (self.x.high, self.y.high)])[:, :2]
        corner, opposite = label.get_corner(DL)[:2], label.get_corner(UR)[:2]
        return bool((corner > low + CLEARANCE).all() and (opposite < high).all())

    def best(self, kind: str) -> tuple[float, float]:
        """The nudge with the least error, and that error."""
        least = int(np.argmin(self.series[kind]))
        return float(10 ** self.powers[least]), float(10 ** self.series[kind][least])
