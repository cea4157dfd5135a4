"""Define a lesson: a model, a loss and a data set, from which everything else follows."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray, IntArray, read_only
from gdmath.rules import PlainDescent, UpdateRule

X, Y, PREDICTION = sp.symbols("x y prediction", real=True)

MOST_STEPS = 100_000
"""Most steps of a descent: a run of this length takes some three seconds."""

MOST_POINTS = 1_000_000
"""Most points of a lesson: so many take a gigabyte of memory."""

SMALLEST, LARGEST = 1e-12, 1e12
"""Magnitudes of x and y between which an axis can be labelled and a square computed."""

MOST_SHOWN = 200
"""Most points that are drawn: more are a cloud to the eye, and slow."""


class LessonError(ValueError):
    """A lecturer's mistake, in one line: what was given, what is wrong, what would be right.

    `about` names the field of Lesson that it is about, if it is about one.
    """

    def __init__(self, message: str, about: str = "") -> None:
        super().__init__(message)
        self.about = about


@dataclass(frozen=True, eq=False)
class Lesson:
    """A two-parameter model, its loss over n points, and the descent that shall be taught.

    `prediction` is an expression in the two `parameters` and `X`; `pointwise` is the loss of one
    point in `PREDICTION`, `Y` and perhaps the parameters (a ridge term) and `X` (a weight). The
    loss is the mean of `pointwise` over the points. `x` and `y` have shape (n,), `start` (2,); all
    three are copied and read-only. `steps` counts updates, `steps_per_frame` how many of them one
    picture of the clip advances. `rule_at` makes the update rule for a learning rate: a rule's
    class, or a `partial` of it that holds its other constants. Labels and units name the axes of
    the data; `language` is that of the captions. `remarks` say, a sentence each, how the file of
    the points was read where nothing was stated.

    Raises LessonError for whatever no lecture could be made of.
    """

    title: str
    parameters: tuple[sp.Symbol, sp.Symbol]
    prediction: sp.Expr
    pointwise: sp.Expr
    x: FloatArray
    y: FloatArray
    start: FloatArray
    learning_rate: float
    steps: int
    steps_per_frame: int
    rule_at: Callable[[float], UpdateRule] = PlainDescent
    author: str = ""
    language: str = "en"
    x_label: str = "x"
    y_label: str = "y"
    x_unit: str = ""
    y_unit: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def rule(self) -> UpdateRule:
        """The update rule at the lesson's own learning rate."""
        return self.rule_at(self.learning_rate)

    @cached_property
    def is_straight(self) -> bool:
        """Whether the prediction is drawn as a straight line, whatever its parameters."""
        return not sp.expand(self.prediction.diff(X)).has(X)

    @cached_property
    def shown(self) -> IntArray:
        """(k,), ascending: the points to draw; all of them, or `MOST_SHOWN` spread evenly over x.

        A thinned choice keeps the points that lie outermost: leftmost, rightmost, lowest, highest.
        """
        if self.x.size <= MOST_SHOWN:
            return np.arange(self.x.size)
        ranks = np.linspace(0, self.x.size - 1, MOST_SHOWN - 2).astype(np.intp)
        spread = np.argsort(self.x, kind="stable")[ranks]
        return np.unique([*spread, np.argmin(self.y), np.argmax(self.y)])

    def __post_init__(self) -> None:
        for name in ("x", "y", "start"):
            # A frozen dataclass lets a field be set only so while it is being built.
            object.__setattr__(self, name, read_only(getattr(self, name)))
        self._check_formulas()
        self._check_points()
        self._check_descent()

    def _check_formulas(self) -> None:
        if len(self.parameters) != 2 or len({X, Y, PREDICTION, *self.parameters}) != 5:
            names = ", ".join(str(parameter) for parameter in self.parameters)
            raise LessonError(
                f"the parameters are {names}; there must be exactly two, different from each other "
                "and from x, y and prediction",
                "parameters",
            )
        _check_symbols("prediction", self.prediction, {X, *self.parameters})
        _check_symbols("pointwise", self.pointwise, {X, Y, PREDICTION, *self.parameters})
        for needed, role in ((PREDICTION, "the model"), (Y, "it by the data")):
            if not self.pointwise.has(needed):
                raise LessonError(
                    f"the pointwise loss {self.pointwise} does not contain `{needed}`, "
                    f"so it cannot judge {role}; it must",
                    "pointwise",
                )
        for parameter in self.parameters:
            if not self.pointwise.subs(PREDICTION, self.prediction).has(parameter):
                raise LessonError(
                    f"the parameter {parameter} occurs neither in the prediction "
                    f"{self.prediction} nor in the loss {self.pointwise}; both parameters must",
                    "prediction",
                )

    def _check_points(self) -> None:
        if self.x.ndim != 1 or self.x.shape != self.y.shape:
            raise LessonError(
                f"x has shape {self.x.shape} and y {self.y.shape}; "
                "both must be plain lists of the same length",
                "points",
            )
        if not (np.isfinite(self.x).all() and np.isfinite(self.y).all()):
            raise LessonError(
                "the points contain NaN or infinity; every x and y must be finite", "points"
            )
        if self.x.size < 2:
            raise LessonError(
                f"the data have {self.x.size} point(s); two parameters need at least two points",
                "points",
            )
        if np.ptp(self.x) == 0:
            raise LessonError(
                f"x is {self.x[0]:g} at all {self.x.size} points, which cannot tell two parameters "
                "apart; at least two different x are needed",
                "points",
            )
        for name, values in (("x", self.x), ("y", self.y)):
            largest = np.abs(values).max()
            if largest > 0 and not SMALLEST <= largest <= LARGEST:
                raise LessonError(
                    f"{name} goes up to {largest:g} in size; measure it in units in which that "
                    f"lies between {SMALLEST:g} and {LARGEST:g}",
                    "points",
                )

    def _check_descent(self) -> None:
        if self.start.shape != (2,) or not np.isfinite(self.start).all():
            raise LessonError(
                f"the start is {self.start.tolist()}; it must be two finite numbers", "start"
            )
        if not 0 < self.learning_rate < math.inf:
            raise LessonError(
                f"the learning rate is {self.learning_rate:g}; it must be finite and above zero",
                "learning_rate",
            )
        if not 1 <= self.steps <= MOST_STEPS:
            raise LessonError(
                f"the number of steps is {self.steps}; it must be from 1 to {MOST_STEPS}", "steps"
            )
        if not 1 <= self.steps_per_frame <= self.steps:
            raise LessonError(
                f"the steps per frame are {self.steps_per_frame}; "
                f"they must be from 1 to the number of steps, {self.steps}",
                "steps_per_frame",
            )


def _check_symbols(field: str, formula: sp.Expr, allowed: set[sp.Symbol]) -> None:
    unknown = sorted(str(symbol) for symbol in formula.free_symbols - allowed)
    if unknown:
        names = ", ".join(sorted(str(symbol) for symbol in allowed))
        raise LessonError(
            f"the {field} {formula} uses {', '.join(unknown)}; it may use only {names}", field
        )
