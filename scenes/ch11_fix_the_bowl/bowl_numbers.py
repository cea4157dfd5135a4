"""BowlNumbers: what the shape of the bowl decides, its condition number and its largest rate."""

import numpy as np
from manim import VGroup

from gdmath import Convergence, FloatArray
from gdmath.rescaled import curvatures
from scenes.ch11_fix_the_bowl.ruler import LiveScaling
from scenes.kit.frame import Region
from scenes.kit.text.quantity import Quantity
from scenes.kit.theme import SIZE
from scenes.kit.wording.numbers import significant

DIGITS = 4
INDENT = 0.27


class BowlNumbers(VGroup):
    """κ and the largest stable rate, one over the other, of the bowl that ``scaling`` now makes."""

    def __init__(self, region: Region, theory: Convergence, scaling: LiveScaling) -> None:
        def now() -> FloatArray:
            return curvatures(theory, scaling.present)

        readings = (
            ("kappa", lambda: significant(now()[1] / now()[0], DIGITS), "condition number"),
            ('eta_"max"', lambda: significant(2 / now()[1], DIGITS - 1), "largest stable rate"),
        )
        super().__init__()
        for row, (name, text, quantity) in zip(region.rows(1, 1, gap=0), readings, strict=True):
            at = np.array([row.left + INDENT * row.width, row.centre[1] - 0.12, 0])
            self.add(Quantity(name, text, at, SIZE.equation, quantity=quantity))
