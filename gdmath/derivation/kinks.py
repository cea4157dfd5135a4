"""Find the kinks of a loss: at absolute values, and where a Huber loss changes its piece."""

from dataclasses import dataclass

import sympy as sp

from gdmath.lesson import PREDICTION, Lesson

HIGHEST_ORDER = 3
"""Order of a derivative from which a jump is no kink."""

TINY = 1e-20
"""Size of a jump, computed to 30 digits, below which it is rounding."""


@dataclass(frozen=True)
class Kink:
    """A place, at which `vanishing` is 0, where the derivative of that `order` jumps.

    `vanishing` is an expression in the parameters, x and y; an order of 1 is that of the gradient,
    2 that of the Hessian.
    """

    vanishing: sp.Expr
    order: int

    @property
    def told(self) -> str:
        """A clause in plain words: "the gradient jumps where a*x + b - y = 0"."""
        what = {1: "the gradient jumps", 2: "the gradient bends and the Hessian jumps"}
        return f"{what[self.order]} where {self.vanishing} = 0"


def kinks(lesson: Lesson) -> tuple[Kink, ...]:
    """Return the kinks of the lesson's pointwise loss up to those of the Hessian.

    A function of |u| jumps at u = 0 in the first derivative in which its two sides differ. Pieces
    come from `huber` only, whose square and lines differ in the second derivative where they meet.
    """
    loss = lesson.pointwise.subs(PREDICTION, lesson.prediction)
    conditions = [pieces.args[0][1] for pieces in loss.atoms(sp.Piecewise)]
    inside = loss.replace(sp.Piecewise, lambda *cases: cases[0][0])
    found = *(Kink(edge.lts - edge.gts, 2) for edge in conditions), *_of_moduli(inside)
    return tuple(kink for kink in found if kink.order < HIGHEST_ORDER)


def _of_moduli(loss: sp.Expr) -> list[Kink]:
    place = sp.Dummy(real=True)
    found = []
    for modulus in sorted(loss.atoms(sp.Abs), key=sp.default_sort_key):
        (u,) = modulus.args
        sides = [loss.xreplace({modulus: side * place, u: place}) for side in (1, -1)]
        found.append(Kink(u, _first_difference(sides[0] - sides[1], place)))
    return found


def _first_difference(jump: sp.Expr, place: sp.Symbol) -> int:
    """Return the order of the first derivative of `jump` that is not 0 at 0.

    That is seen from numbers at a place where no two terms cancel by chance; `simplify` would take
    its time.
    """
    others = sorted(jump.free_symbols - {place}, key=str)
    values = {symbol: sp.Rational(97 + 31 * k, 89) for k, symbol in enumerate(others)}
    for order in range(1, HIGHEST_ORDER):
        value = sp.N(sp.diff(jump, place, order).subs(place, 0).subs(values), 30)
        if not abs(value) < TINY:
            return order
    return HIGHEST_ORDER
