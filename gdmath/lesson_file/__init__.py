"""Load a lesson: a TOML file and its points become a checked Lesson, or one line says why not."""

import math
from keyword import iskeyword
from pathlib import Path

import numpy as np
import sympy as sp

from gdmath.arrays import read_only
from gdmath.convergence import convergence
from gdmath.descent import descend
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.lesson_file.expressions import parse_expression
from gdmath.lesson_file.functions import FUNCTIONS
from gdmath.lesson_file.points_file import read_points
from gdmath.lesson_file.toml_file import Entries, read_toml
from gdmath.numeric import compile_loss
from gdmath.rules import PlainDescent

KEYS = (
    "title",
    "data.file",
    "model.parameters",
    "model.prediction",
    "model.pointwise",
    "descent.start",
    "descent.learning_rate",
    "descent.steps",
    "descent.steps_per_frame",
)

RESERVED = ("x", "y", "prediction", *FUNCTIONS, "sign")
"""Names no parameter may have: each has a meaning in formulas, `sign` in the derivative of abs."""


def load_lesson(path: str | Path = "lesson.toml") -> Lesson:
    """Return the lesson that the TOML file at `path` states; its data file is relative to it.

    Raises LessonError with one line naming the file (and the line of a CSV), what was given, what
    is wrong and what would be right, for every mistake up to a learning rate with which the descent
    would not settle.
    """
    path = Path(path)
    try:
        entries = read_toml(path, KEYS)
        lesson = _lesson(entries, path.parent / entries.text("data.file"))
        check_settling(lesson)
    except LessonError as mistake:
        raise LessonError(f"{path}: {mistake}") from None
    return lesson


def check_settling(lesson: Lesson) -> None:
    """Raise LessonError unless plain descent as the lesson states it can settle at a minimum.

    For a quadratic loss that is η < 2/λmax. Otherwise the same holds close to the minimum, and the
    descent itself is run to see whether it comes down.
    """
    loss = compile_loss(lesson)
    if not np.isfinite(loss.value(lesson.start)):
        raise LessonError(
            f"the loss at the start {lesson.start.tolist()} is not a finite number; "
            "choose a start where every formula is defined"
        )
    bound = convergence(loss).largest_stable_rate
    if lesson.learning_rate >= bound:
        raise LessonError(
            f"the learning rate {lesson.learning_rate} makes the descent diverge; "
            f"it must be below the largest stable rate, {_rounded_down(bound)}"
        )
    if not loss.is_quadratic:
        rule = PlainDescent(lesson.learning_rate)
        losses = descend(loss, rule, lesson.start, lesson.steps).losses
        if not losses[-1] <= losses[0]:
            raise LessonError(
                f"the learning rate {lesson.learning_rate} makes the descent diverge from the "
                f"start {lesson.start.tolist()}; it must be smaller (close to the minimum, the "
                f"largest stable rate is {_rounded_down(bound)})"
            )


def _lesson(entries: Entries, data_file: Path) -> Lesson:
    x, y = read_points(data_file)
    first, second = _parameters(entries.texts("model.parameters"))
    names = {str(symbol): symbol for symbol in (first, second, X)}
    loss_names = {**names, "y": Y, "prediction": PREDICTION}
    return Lesson(
        title=entries.text("title"),
        parameters=(first, second),
        prediction=parse_expression(entries.text("model.prediction"), names),
        pointwise=parse_expression(entries.text("model.pointwise"), loss_names),
        x=x,
        y=y,
        start=read_only(entries.numbers("descent.start")),
        learning_rate=entries.number("descent.learning_rate"),
        steps=entries.count("descent.steps"),
        steps_per_frame=entries.count("descent.steps_per_frame"),
    )


def _parameters(names: list[str]) -> tuple[sp.Symbol, sp.Symbol]:
    for name in names:
        plain = name.isidentifier() and name.isascii() and not iskeyword(name)
        if not plain or name in RESERVED:
            raise LessonError(
                f"model.parameters holds {name!r}; a parameter is named by a plain word other than "
                f"{', '.join(RESERVED)}"
            )
    if len(names) != 2 or names[0] == names[1]:
        raise LessonError(f"model.parameters is {names}; there must be exactly two different names")
    return sp.Symbol(names[0], real=True), sp.Symbol(names[1], real=True)


def _rounded_down(bound: float) -> str:
    """Six significant digits that are never above `bound`, so that the advice can be taken."""
    unit = 10.0 ** (math.floor(math.log10(bound)) - 5)
    return f"{math.floor(bound / unit) * unit:.6g}"
