"""Load a lesson: a TOML file and its points become a checked Lesson, or one line says why not."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeGuard

import numpy as np
import sympy as sp

from gdmath.convergence import convergence
from gdmath.descent import descend
from gdmath.expressions import FUNCTIONS, parse_expression
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.numeric import compile_loss
from gdmath.points_file import read_points
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


def load_lesson(path: str | Path = "lesson.toml") -> Lesson:
    """Return the lesson that the TOML file at `path` states; its data file is relative to it.

    Raises LessonError with one line naming the file (and the line of a CSV), what was given, what is
    wrong and what would be right, for every mistake up to a learning rate with which the descent
    would not settle.
    """
    path = Path(path)
    entries = _read_entries(path)
    data_file = path.parent / entries.text("data.file")
    x, y = read_points(data_file)
    try:
        a, b = _parameters(entries)
        names = {str(symbol): symbol for symbol in (a, b, X)}
        lesson = Lesson(
            title=entries.text("title"),
            parameters=(a, b),
            prediction=parse_expression(entries.text("model.prediction"), names),
            pointwise=parse_expression(
                entries.text("model.pointwise"), {**names, "y": Y, "prediction": PREDICTION}
            ),
            x=x,
            y=y,
            start=np.array(entries.numbers("descent.start")),
            learning_rate=entries.number("descent.learning_rate"),
            steps=entries.count("descent.steps"),
            steps_per_frame=entries.count("descent.steps_per_frame"),
        )
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
    theory = convergence(loss)
    bound = theory.largest_stable_rate
    if lesson.learning_rate >= bound:
        raise LessonError(
            f"the learning rate {lesson.learning_rate:g} makes the descent diverge; "
            f"it must be below the largest stable rate, {_rounded_down(bound)}"
        )
    if not theory.is_quadratic:
        rule = PlainDescent(lesson.learning_rate)
        losses = descend(loss, rule, lesson.start, lesson.steps).losses
        if not losses[-1] <= losses[0]:
            raise LessonError(
                f"the learning rate {lesson.learning_rate:g} makes the descent diverge from the start "
                f"{lesson.start.tolist()}; choose a smaller one (near the minimum, "
                f"{_rounded_down(bound)} would be the largest stable rate)"
            )


def _rounded_down(bound: float) -> str:
    """Six significant digits that are never above `bound`, so that the advice can be taken."""
    unit = 10.0 ** (math.floor(math.log10(bound)) - 5)
    return f"{math.floor(bound / unit) * unit:.6g}"


def _parameters(entries: "_Entries") -> tuple[sp.Symbol, sp.Symbol]:
    names = entries.texts("model.parameters")
    reserved = {"x", "y", "prediction", *FUNCTIONS}
    for name in names:
        if not (name.isidentifier() and name.isascii()) or name in reserved:
            raise LessonError(
                f"model.parameters holds {name!r}; a parameter is named by a plain word other than "
                f"{', '.join(sorted(reserved))}"
            )
    if len(names) != 2 or names[0] == names[1]:
        raise LessonError(
            f"model.parameters is {names}; there must be exactly two, different from each other"
        )
    return sp.Symbol(names[0], real=True), sp.Symbol(names[1], real=True)


def _read_entries(path: Path) -> "_Entries":
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as failure:
        raise LessonError(
            f"{path}: the lesson cannot be read ({failure.strerror}); "
            "name a TOML file such as lesson.toml"
        ) from None
    except ValueError as failure:
        raise LessonError(
            f"{path}: this is not TOML ({failure}); write lines like steps = 400"
        ) from None
    values = dict(_flat(table))
    for key in values:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(KEYS)}"
            raise LessonError(f"{path}: the key {key} is unknown; {hint}")
    for key in KEYS:
        if key not in values:
            raise LessonError(f"{path}: the key {key} is missing; the keys are {', '.join(KEYS)}")
    return _Entries(path, values)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value of nested tables under its dotted key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


class _Entries:
    """The values of a lesson file by dotted key, each read as the type that the lesson needs."""

    def __init__(self, path: Path, values: Mapping[str, object]) -> None:
        self.path = path
        self.values = values

    def text(self, key: str) -> str:
        value = self.values[key]
        if not isinstance(value, str):
            raise self.error(key, "text in quotes")
        return value

    def texts(self, key: str) -> list[str]:
        values = self.values[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.error(key, 'a list of texts like ["a", "b"]')
        return values

    def number(self, key: str) -> float:
        value = self.values[key]
        if not _is_number(value):
            raise self.error(key, "a finite number")
        return float(value)

    def numbers(self, key: str) -> list[float]:
        values = self.values[key]
        if not isinstance(values, list) or not all(_is_number(value) for value in values):
            raise self.error(key, "a list of finite numbers like [-1, 1]")
        return [float(value) for value in values]

    def count(self, key: str) -> int:
        value = self.values[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error(key, "a whole number above zero")
        return value

    def error(self, key: str, right: str) -> LessonError:
        return LessonError(f"{self.path}: {key} is {self.values[key]!r}; it must be {right}")


def _is_number(value: object) -> TypeGuard[int | float]:
    # In Python, though not in TOML, true is an integer.
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
