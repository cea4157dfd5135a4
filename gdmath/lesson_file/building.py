"""Make a Lesson of what a lesson file says, and blame the right line for what cannot be made."""

from collections.abc import Callable, Iterable
from functools import partial
from keyword import iskeyword
from pathlib import Path

import numpy as np
import sympy as sp

from gdmath.arrays import read_only
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.lesson_file.expressions import FUNCTIONS, parse_expression
from gdmath.lesson_file.points import made_up_points
from gdmath.lesson_file.schema import COLUMNS, CONSTANTS, SOURCES, LessonFile
from gdmath.lesson_file.tables import Points, read_points
from gdmath.lesson_file.toml_file import TomlFile
from gdmath.rules import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, RMSProp, UpdateRule

RESERVED = ("x", "y", "prediction", *FUNCTIONS, "sign")
"""Names no parameter may have: each has a meaning in formulas, `sign` in the derivative of abs."""

SPOKEN_FOR = {
    "L": "the loss",
    "eta": "the learning rate",
    "n": "the number of points",
    "i": "the index of a point",
    "t": "the number of a step",
    "theta": "both parameters at once",
    "beta": "the momentum",
    "v": "the velocity of momentum",
    "z": "the height of the bowl",
    "lamda": "the curvature of the bowl",
    "kappa": "the condition number",
    "lambda": "a word of Python's own",
}
"""Names no parameter may have either, each with what the lecture itself means by it."""

RULES: dict[str, Callable[..., UpdateRule]] = {
    "plain": PlainDescent,
    "momentum": partial(Momentum, momentum=0.9),
    "nesterov": partial(Nesterov, momentum=0.9),
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
}

CATALOGUES = Path("translations")
"""Folder of the lecture's translations, a file for each language."""

PICTURES = 40
"""Pictures of the clip if the lesson does not say how many steps one advances."""

KEYS = {
    "parameters": "model.parameters",
    "prediction": "model.prediction",
    "pointwise": "model.pointwise",
    "points": "data",
    "start": "descent.start",
    "learning_rate": "descent.learning_rate",
    "steps": "descent.steps",
    "steps_per_frame": "descent.steps_per_frame",
}
"""The key of a lesson file that states each field of Lesson."""


def build(file: TomlFile, values: LessonFile) -> Lesson:
    """Return the lesson; raises LessonError with file, line and key for what cannot be one."""
    model, descent, axes = values.model, values.descent, values.axes
    language = _language(file, values.language)
    with file.blaming("model.parameters"):
        parameters = _parameters(model.parameters)
    names = {str(symbol): symbol for symbol in (*parameters, X)}
    with file.blaming("model.prediction"):
        prediction = parse_expression(model.prediction, names)
    with file.blaming("model.pointwise"):
        every_name = {**names, "y": Y, "prediction": PREDICTION}
        pointwise = parse_expression(model.pointwise, every_name)
    with file.blaming("model.parameters"):
        _check_euler(parameters, (prediction, pointwise))
    points = _points(file, values, prediction, parameters)
    rule_at = _rule_at(file, values)
    with file.blaming("model", KEYS):
        return Lesson(
            title=values.title,
            parameters=parameters,
            prediction=prediction,
            pointwise=pointwise,
            x=points.x,
            y=points.y,
            start=read_only(descent.start),
            learning_rate=descent.learning_rate,
            steps=descent.steps,
            steps_per_frame=descent.steps_per_frame or max(1, descent.steps // PICTURES),
            rule_at=rule_at,
            author=values.author,
            language=language,
            x_label=axes.x,
            y_label=axes.y,
            x_unit=axes.x_unit,
            y_unit=axes.y_unit,
            remarks=points.remarks,
        )


def rule_name(rule: UpdateRule) -> str:
    """Return what a lesson file calls the rule: "plain" for PlainDescent."""
    return next(name for name, make in RULES.items() if type(make(1.0)) is type(rule))


def _parameters(names: list[str]) -> tuple[sp.Symbol, sp.Symbol]:
    for name in names:
        if name in SPOKEN_FOR:
            other = "lamda_0, which is shown as λ₀" if name == "lambda" else f"{name}_0"
            raise LessonError(
                f"{name!r} cannot name a parameter, for it is {SPOKEN_FOR[name]}; "
                f"choose another, such as {other}"
            )
        if iskeyword(name) or name in RESERVED:
            raise LessonError(
                f"{name!r} cannot name a parameter; it must be a plain word other than "
                f"{', '.join(RESERVED)}"
            )
    first, second = names
    if first == second:
        raise LessonError(f"it is {names}; there must be two different names")
    return sp.Symbol(first, real=True), sp.Symbol(second, real=True)


def _check_euler(parameters: Iterable[sp.Symbol], formulas: Iterable[sp.Expr]) -> None:
    # exp(u) is shown as e to the power of u.
    if "e" in map(str, parameters) and any(formula.has(sp.exp) for formula in formulas):
        raise LessonError(
            "'e' cannot name a parameter here, for it is Euler's number in what exp is shown as; "
            "choose another, such as e_0"
        )


def _language(file: TomlFile, language: str) -> str:
    """Return the language of the captions, in which the lecture's sentences are to be had."""
    known = ["en", *sorted(path.stem for path in CATALOGUES.glob("[a-z]*.po"))]
    if language not in known:
        raise file.error(
            "language",
            f"it is {language!r}; it must be {' or '.join(known)} "
            f"(make sentences TO={language} begins a catalogue)",
        )
    return language


def _points(
    file: TomlFile,
    values: LessonFile,
    prediction: sp.Expr,
    parameters: tuple[sp.Symbol, sp.Symbol],
) -> Points:
    data = values.data
    sources = [name for name in SOURCES if name in data.model_fields_set]
    if len(sources) != 1:
        given = " and ".join(sources) or "nothing"
        raise file.error("data", f"it has {given}; it must have one of {', '.join(SOURCES)}")
    for key in COLUMNS:
        if key in data.model_fields_set and data.file is None:
            raise file.error(f"data.{key}", "only a file has columns to be read; leave it out")
    if data.file is not None:
        with file.blaming("data.file"):
            return read_points(file.path.parent / data.file, data)
    if data.recipe is not None:
        with file.blaming("data.recipe"):
            return Points(*made_up_points(data.recipe, prediction, parameters))
    x, y = np.array(data.points, dtype=np.float64).reshape(-1, 2).T
    return Points(read_only(x), read_only(y))


def _rule_at(file: TomlFile, values: LessonFile) -> Callable[[float], UpdateRule]:
    """Return the maker of the update rule, with the constants that the lesson gives it."""
    descent = values.descent
    constants = {name: getattr(descent, name) for name in CONSTANTS}
    given = {name: value for name, value in constants.items() if value is not None}
    for name in given:
        if descent.rule not in CONSTANTS[name]:
            owners = " or ".join(CONSTANTS[name])
            raise file.error(
                f"descent.{name}", f"the rule {descent.rule} has none; it belongs to {owners}"
            )
    rule = RULES[descent.rule]
    return partial(rule, **given) if given else rule
