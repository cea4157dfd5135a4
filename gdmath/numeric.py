"""The loss as numbers: value, gradient and Hessian compiled from the lesson's own formulas.

This is the only module that calls `lambdify`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from gdmath.arrays import FloatArray, IntArray
from gdmath.blockwise import MANY, Compiled, Weighted, counted, means
from gdmath.lesson import PREDICTION, Lesson, X, Y
from gdmath.overflow_safe import IN_NUMPY, Modulus, Side, stabilised, with_real_moduli
from gdmath.removable import Filled, filled, in_numpy

LARGEST_INTEGER = 1 << 53
"""Beyond it a float no longer tells neighbouring integers apart."""


@dataclass(frozen=True, eq=False)
class NumericLoss:
    """The mean of the pointwise loss over the lesson's n points, and its derivatives by SymPy.

    `on` gives the same over some of the points: what a step on a mini-batch goes by. All of them
    count, also if they are a million; then what was worked out once is remembered, for a lecture
    asks again and again for where its descent has been. Pictures of a whole landscape ask for more
    places than that bears: see `gdmath.surrogate`.

    Parameters have shape (..., 2): any number of leading axes is worked through at once. A call
    needs memory for its result and, whatever the number of parameters asked for, for some blocks of
    pointwise values: see `gdmath.blockwise`.

    What need not overflow does not: see `gdmath.overflow_safe`. What must is no error here, for a
    diverging descent is taught on purpose: such values come back as inf or nan without a warning.
    At a kink, such as that of |r| at 0, the derivatives are NumPy's `sign` and 0.
    """

    lesson: Lesson
    is_quadratic: bool
    """Whether the Hessian, by SymPy, is free of the parameters, and there is no kink in them."""
    formulas: tuple[sp.Expr, ...]
    """What is compiled: the prediction, the loss of one point, and its slope in each parameter."""
    _prediction: Compiled
    _value: Compiled
    _gradient: Compiled
    _hessian: Compiled
    chosen: IntArray | None = None
    """Which points of the lesson the mean is over, (k,); None means all."""

    @property
    def x(self) -> FloatArray:
        """(n,), or (k,) on k chosen points."""
        return self.lesson.x if self.chosen is None else self.lesson.x[self.chosen]

    @property
    def y(self) -> FloatArray:
        """(n,), or (k,) on k chosen points."""
        return self.lesson.y if self.chosen is None else self.lesson.y[self.chosen]

    def on(self, indices: npt.ArrayLike) -> "NumericLoss":
        """Return the loss over the lesson's points at `indices`, (k,), one at least.

        A point may occur more than once, and then weighs as often. Nothing is compiled anew.
        """
        chosen = np.array(indices, dtype=np.intp)
        if chosen.ndim != 1 or chosen.size == 0:
            raise ValueError(f"the indices have shape {chosen.shape}; name one point or more, (k,)")
        chosen.setflags(write=False)
        return replace(self, chosen=chosen)

    def value(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (...): the loss. Complex parameters give a complex loss, for complex steps."""
        if not self._is_known_by_six_numbers:
            return self._mean(self._value, parameters, ())
        value, gradient, hessian = self._at_start
        offset = _pairs(parameters) - self.lesson.start
        with np.errstate(all="ignore"):
            quadratic: FloatArray = value + (offset * (gradient + offset @ hessian / 2)).sum(
                axis=-1
            )
        return quadratic

    def gradient(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): ∂L/∂θ in the order of `lesson.parameters`."""
        if not self._is_known_by_six_numbers:
            return self._mean(self._gradient, parameters, (2,))
        _, gradient, hessian = self._at_start
        with np.errstate(all="ignore"):
            linear: FloatArray = gradient + (_pairs(parameters) - self.lesson.start) @ hessian
        return linear

    def hessian(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2, 2): ∂²L/∂θ∂θ."""
        if not self._is_known_by_six_numbers:
            return self._mean(self._hessian, parameters, (2, 2))
        shape = (*_pairs(parameters).shape[:-1], 2, 2)
        return np.array(np.broadcast_to(self._at_start[2], shape))

    @property
    def _is_known_by_six_numbers(self) -> bool:
        """Whether the points are so many that a quadratic is better known by its coefficients.

        They cost no more than rounding at the scale of the loss at the start.
        """
        return self.is_quadratic and self.x.size > MANY

    @cached_property
    def _at_start(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Loss, gradient and Hessian over all the points, once."""
        start = self.lesson.start
        return (
            self._mean(self._value, start, ()),
            self._mean(self._gradient, start, (2,)),
            self._mean(self._hessian, start, (2, 2)),
        )

    def prediction(self, parameters: npt.ArrayLike, x: npt.ArrayLike) -> FloatArray:
        """(..., 2) and x of any shape → (...) + x.shape: what the model says at x."""
        theta, places = _pairs(parameters), np.asarray(x)
        leading = theta.shape[:-1]
        first, second = np.moveaxis(theta, -1, 0).reshape(2, *leading, *(1,) * places.ndim)
        with np.errstate(all="ignore"):
            (predicted,) = self._prediction(first, second, places)
        return np.array(np.broadcast_to(predicted, leading + places.shape))[()]

    @cached_property
    def points(self) -> Weighted:
        """What a mean is computed over: the points, or each of their places once by its weight."""
        if self.chosen is None and not self.is_quadratic and self.x.size > MANY:
            places = counted(self.x, self.y)
            if places.size < self.x.size:
                return places
        return Weighted(self.x, self.y)

    @property
    def work(self) -> int:
        """How many pointwise losses it takes to know the loss at one more place."""
        return 1 if self._is_known_by_six_numbers else self.points.size

    @property
    def _remembers(self) -> bool:
        """Whether it takes so many that no place should be worked out twice."""
        return self.work > MANY

    @cached_property
    def _memory(self) -> defaultdict[Compiled, dict[bytes, npt.NDArray[Any]]]:
        """What is known of a place, by the bytes of its two parameters."""
        return defaultdict(dict)

    def residuals(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., n): prediction − y at every point."""
        return self.prediction(parameters, self.x) - self.y

    def _mean(
        self, compiled: Compiled, parameters: npt.ArrayLike, entries: tuple[int, ...]
    ) -> FloatArray:
        theta = _pairs(parameters)
        worked_out = self._recalled if self._remembers else self._worked_out
        return worked_out(compiled, theta.reshape(-1, 2)).reshape(theta.shape[:-1] + entries)[()]

    def _worked_out(self, compiled: Compiled, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """(m, 2) → (m, k): the mean over the points of each of the k compiled expressions."""
        return means(compiled, rows, self.points)

    def _recalled(self, compiled: Compiled, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The same, each place worked out when it is first asked for."""
        known, keys = self._memory[compiled], [row.tobytes() for row in rows]
        for key, row in zip(keys, rows, strict=True):
            if key not in known:
                (known[key],) = self._worked_out(compiled, row[np.newaxis])
        return np.array([known[key] for key in keys])


@lru_cache(maxsize=4)
def compile_loss(lesson: Lesson) -> NumericLoss:
    """Differentiate the lesson's pointwise loss and compile it, once for every later evaluation.

    Where it is 0/0 or 0·log 0 at a point, it goes by its limit: see `gdmath.removable`.
    """
    loss = _compiled_loss(lesson, lesson.prediction, lesson.pointwise)
    start, x, y = lesson.start, lesson.x, lesson.y
    each = (*start, x, y)
    with np.errstate(all="ignore"):
        parts = [*loss._value(*each), *loss._gradient(*each), *loss._hessian(*each)]
    finite = np.isfinite([np.broadcast_to(part, x.shape) for part in parts])
    if finite.all():
        return loss
    (undefined,) = np.nonzero(~finite.all(axis=0))
    at = dict(zip(lesson.parameters, start.tolist(), strict=True))
    predicted = {PREDICTION: float(np.median(loss.prediction(start, x[undefined])))}
    return _compiled_loss(
        lesson,
        filled(lesson.prediction, X, x, undefined, at),
        filled(lesson.pointwise, Y, y, undefined, at | predicted),
    )


def _compiled_loss(lesson: Lesson, prediction: sp.Expr, pointwise: sp.Expr) -> NumericLoss:
    value = with_real_moduli(stabilised(pointwise.subs(PREDICTION, prediction)))
    gradient = [sp.diff(value, parameter) for parameter in lesson.parameters]
    hessian = [sp.diff(slope, parameter) for slope in gradient for parameter in lesson.parameters]
    kinks = value.atoms(Modulus, Side, sp.Piecewise)
    symbols = (*lesson.parameters, X, Y)
    return NumericLoss(
        lesson=lesson,
        is_quadratic=not any(entry.has(*lesson.parameters) for entry in (*hessian, *kinks)),
        formulas=(stabilised(prediction), value, *gradient),
        _prediction=_compile((*lesson.parameters, X), [stabilised(prediction)]),
        _value=_compile(symbols, [value]),
        _gradient=_compile(symbols, gradient),
        _hessian=_compile(symbols, hessian),
    )


def compile_curve(formula: sp.Expr) -> Callable[[FloatArray], FloatArray]:
    """Return (n,) → (n,): a formula in `X` alone as a function of x; nan or inf where undefined."""
    compiled = _compile((X,), [formula])

    def curve(x: FloatArray) -> FloatArray:
        with np.errstate(all="ignore"):
            (y,) = compiled(x)
        return np.array(np.broadcast_to(y, x.shape), dtype=np.float64)

    return curve


def _compile(symbols: tuple[sp.Symbol, ...], expressions: list[sp.Expr]) -> Compiled:
    modules = [{**IN_NUMPY, Filled.__name__: in_numpy}, "numpy"]
    # A number with hundreds of digits, as 1e100**12, is beyond NumPy; as a float it is infinite.
    numbers = {n for expression in expressions for n in expression.atoms(sp.Rational)}
    long = {n: sp.Float(n) for n in numbers if max(abs(n.p), n.q) > LARGEST_INTEGER}
    expressions = [expression.xreplace(long) for expression in expressions]
    compiled: Compiled = sp.lambdify(symbols, expressions, modules=modules, cse=True)
    return compiled


def _pairs(parameters: npt.ArrayLike) -> npt.NDArray[Any]:
    theta = np.asarray(parameters)
    if theta.shape[-1:] != (2,):
        raise ValueError(f"parameters have shape {theta.shape}; the last axis must have length 2")
    return theta if np.iscomplexobj(theta) else theta.astype(np.float64, copy=False)
