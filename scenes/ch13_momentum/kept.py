"""A KeptPanel draws how much of each part of the error a step keeps, against the learning rate."""

import numpy as np
import sympy as sp
from manim import DOWN, RIGHT, UP, DashedLine, Dot, Typst, ValueTracker, VGroup, VMobject
from numpy.typing import NDArray

from gdmath import Convergence
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text import Equation, Quantity, words
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE, STROKE
from scenes.kit.updaters import follow
from scenes.kit.wording import significant

SAMPLES = 241
LIMIT, BETA, LAMBDA = sp.symbols("limit beta lambda")
BEYOND = 1.05
"""How far the rates go, as a share of the limit with momentum."""
LEADING = 0.58
"""Units from one line of facts to the next."""


class KeptPanel(Plane):
    """What a step keeps of the flat and of the stiff part, against the rates.

    `share` is what momentum keeps of a move, at first nothing; the curves and the limit follow it.
    """

    def __init__(self, region: Region, theory: Convergence) -> None:
        self.theory, self.share = theory, ValueTracker(0)
        self.best, _ = theory.best_momentum
        last = BEYOND * theory.momentum_bound(theory.best_momentum[1])
        rates, kept = (
            Scale(0, last, "eta"),
            Scale(0, theory.kept(last).max(), '"kept a step"'),
        )
        super().__init__(region, rates, kept)
        self.rates = np.linspace(0, last, SAMPLES)
        self.curves = [self._curve(k) for k in range(2)]
        self.labels = [self._named("flat", 0, 0.5, UP), self._named("stiff", 1, 0.12, UP + RIGHT)]
        self.limit, self.dot = self._limit(), self._dot()

    def _rows(self, part: int) -> NDArray[np.float64]:
        """Rates and what they keep of a part."""
        kept = self.theory.kept(self.rates, self.share.get_value())[:, part]
        return np.column_stack([self.rates, kept])

    def _curve(self, part: int) -> VMobject:
        color = BY_DIRECTION[part]
        curve = VMobject().set_stroke(color, STROKE.path)
        follow(
            curve,
            self.share.get_value,
            lambda c: c.set_points_as_corners(self.c2p(self._rows(part))),
        )
        bind(curve, "kept a step", lambda: self.p2c(corners(curve)), lambda: self._rows(part))
        return curve

    def _named(self, text: str, part: int, along: float, side: NDArray[np.float64]) -> Typst:
        """The name of a part, beside its curve at a rate that is so far ``along`` the panel."""
        rate = along * self.x.high

        def place(name: Typst) -> None:
            kept = self.theory.kept(rate, self.share.get_value())[part]
            name.next_to(self.point(rate, kept), side, buff=0.12)

        name = words(text, SIZE.label, BY_DIRECTION[part])
        name.set_stroke(PALETTE.background, STROKE.arrow, background=True)
        allow("overlap", *self.curves, name, reason="curves may pass beneath its dark rim")
        return follow(name, self.share.get_value, place)

    def facts(self, region: Region) -> VGroup:
        """The rate and its limit, and what is kept of a move, line by line in ``region``."""
        top = np.array([region.left, region.top - LEADING, 0.0])
        told = (
            ("eta", lambda: significant(self.best)),
            ("beta", lambda: significant(self.share.get_value(), 2)),
            ('"limit"', lambda: significant(self.bound())),
        )
        lines = [
            Quantity(name, text, top + k * LEADING * DOWN, SIZE.equation)
            for k, (name, text) in enumerate(told)
        ]
        more = sp.Add(1, BETA, evaluate=False)
        bound = sp.Mul(2 / LAMBDA, more, evaluate=False)
        limit = Equation(sp.Eq(LIMIT, bound, evaluate=False), as_written=True)
        limit.move_to(region.centre).align_to(np.array([region.right, 0, 0]), RIGHT)
        return VGroup(*lines, limit)

    def bound(self) -> float:
        """The largest rate at which nothing grows."""
        return self.theory.momentum_bound(self.share.get_value())

    def _limit(self) -> DashedLine:
        bound = self.bound
        line = DashedLine(self.point(0, 0), self.point(0, 1)).set_stroke(PALETTE.ink, STROKE.path)
        follow(line, bound, lambda line: line.move_to(self.point(bound(), 0), aligned_edge=DOWN))
        bind(line, "limit", lambda: self.p2c(line.get_center())[0, :1], lambda: np.array([bound()]))
        return line

    def _dot(self) -> Dot:
        """The best rate with momentum, and what it keeps."""

        def here() -> NDArray[np.float64]:
            kept = self.theory.kept(self.best, self.share.get_value()).max()
            return np.array([self.best, kept])

        dot = Dot(radius=0.1, color=PALETTE.ink).set_z_index(3)
        follow(dot, self.share.get_value, lambda d: d.move_to(self.point(*here())))
        bind(dot, "kept at the rate", lambda: self.p2c(dot.get_center())[0], here)
        return dot
