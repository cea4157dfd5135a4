"""Say in JavaScript what the laboratory computes with, and which experiments the chapters offer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields

from gdmath import Convergence, FloatArray, Momentum, NumericLoss, PlainDescent, rule_name
from gdmath.javascript import LIBRARY, model_in_javascript, rules_in_javascript
from gdmath.rules import UpdateRule
from scenes.ch10_how_big_a_step import story as how_big_a_step
from scenes.ch13_momentum import descents as momentum


def lesson_in_javascript(loss: NumericLoss, theory: Convergence, palette: Mapping[str, str]) -> str:
    """The script that states the lesson: `LESSON`, `MODEL`, `RULES` and `PALETTE`."""
    lesson, rule = loss.lesson, loss.lesson.rule
    stated = {
        "parameters": [str(parameter) for parameter in lesson.parameters],
        "x": lesson.x.tolist(),
        "y": lesson.y.tolist(),
        "shown": lesson.shown.tolist(),
        "xLabel": lesson.x_label,
        "yLabel": lesson.y_label,
        "start": lesson.start.tolist(),
        "steps": lesson.steps,
        "rule": rule_name(rule),
        "settings": {field.name: getattr(rule, field.name) for field in fields(rule)},  # type: ignore[arg-type]
        "minimum": theory.minimum.tolist(),
        "minimumLoss": theory.minimum_loss,
        "straight": lesson.is_straight,
    }
    return "\n".join(
        [
            '"use strict";',
            LIBRARY,
            f"const LESSON = {_data(stated)};",
            f"const MODEL = {model_in_javascript(loss)};",
            f"const RULES = {rules_in_javascript(theory)};",
            f"const PALETTE = {_data(dict(palette))};",
        ]
    )


def experiment(number: int, loss: NumericLoss, theory: Convergence) -> tuple[str, str] | None:
    """What to try of chapter ``number``: what a link says, and the laboratory's address; or None.

    The runs are those that the chapter itself shows.
    """
    lesson, own = loss.lesson, [(loss.lesson.rule, loss.lesson.start)]
    match number:
        case 0:
            return "Run the clip yourself", _address(lesson.steps, own)
        case 6:
            return "Take one step", _address(1, own)
        case 7:
            return "Take all the steps", _address(lesson.steps, own)
        case 10:
            told = how_big_a_step.Story(loss, theory)
            runs = [(PlainDescent(rate), told.start) for rate in told.rates]
            return "Try all six rates at once", _address(how_big_a_step.STEPS, runs)
        case 13:
            shown = momentum.Descents(loss, theory)
            best = PlainDescent(theory.best_rate), Momentum(*theory.best_momentum)
            runs = [(rule, lesson.start) for rule in best]
            return "Race momentum against plain descent", _address(shown.ahead, runs)
    return None


def _address(steps: int, runs: Sequence[tuple[UpdateRule, FloatArray]]) -> str:
    """The laboratory's state as an address: its runs, each begun by its rate."""
    said = [f"steps={steps}"]
    for rule, start in runs:
        rate, *others = ((field.name, getattr(rule, field.name)) for field in fields(rule))
        said += [f"rate={rate[1]!r}", f"rule={rule_name(rule)}"]
        said += [f"start={','.join(map(repr, start.tolist()))}"]
        said += [f"{name}={value!r}" for name, value in others]
    return "&".join(said)


def _data(value: object) -> str:
    """``value`` as JSON that may stand in a script."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
