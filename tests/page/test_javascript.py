"""What the page computes in JavaScript is what is computed here, to rounding."""

import json
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdmath import (
    NumericLoss,
    compile_loss,
    convergence,
    descend,
    load_lesson,
    rule_name,
)
from gdmath.lesson_file.building import RULES
from page.laboratory import experiment, lesson_in_javascript
from scenes.ch10_how_big_a_step.story import Story
from tests.conftest import ROOT

NODE = shutil.which("node")
LESSONS = ("notebook", "logistic", "outlier_huber", "decay", "ridge", "noisy_line")
RATE, STEPS = 0.01, 400
ASIDE = 0.1
"""Away from a start where a slope is 0 but for rounding, which some rules divide by itself."""
ROUNDING = 4e-16


pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node to run JavaScript with")


def computing(loss: NumericLoss) -> str:
    """The part of the page that computes."""
    descent = (ROOT / "page/static/descent.js").read_text(encoding="utf-8")
    return lesson_in_javascript(loss, convergence(loss), {}) + descent.replace('"use strict";', "")


def told_by(script: str) -> Any:
    told = subprocess.run(
        [str(NODE), "-"], input=script, capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)


@pytest.mark.parametrize("name", LESSONS)
def test_every_rule_goes_where_it_goes_here(root: Path, name: str) -> None:
    lesson = load_lesson(root / "lessons" / f"{name}.toml")
    loss = compile_loss(lesson)
    script = (
        computing(loss)
        + f"""
    const start = {(lesson.start + ASIDE).tolist()};
    const run = (rule) => descend({{ ...runBy(rule, {RATE}), start }}, {STEPS});
    const runs = Object.keys(RULES).map((rule) => [rule, run(rule)]);
    console.log(JSON.stringify(Object.fromEntries(runs)));
    """
    )
    descents = told_by(script)
    assert list(descents) == list(RULES)
    for rule, there in descents.items():
        here, rounded = (
            descend(loss, RULES[rule](RATE), (lesson.start + ASIDE) * (1 + off), STEPS)
            for off in (0, ROUNDING)
        )
        for key, values, others in (
            ("places", here.parameters, rounded.parameters),
            ("losses", here.losses, rounded.losses),
            ("slopes", here.gradients, rounded.gradients),
        ):
            # A rule that hops about the minimum makes as much as it likes of a start's rounding.
            allowed = 1e-9 * np.abs(values).max() + 100 * np.abs(values - others).max()
            assert np.abs(np.array(there[key]) - values).max() <= allowed, (rule, key)


def test_the_state_survives_its_address_and_nonsense_in_it_is_left_out(root: Path) -> None:
    loss = compile_loss(load_lesson(root / "lesson.toml"))
    script = (
        computing(loss)
        + """
    const state = stateFrom("steps=40&rate=0.5&rate=0.1&rule=momentum&momentum=0.3&start=2,-1");
    const again = stateFrom(addressOf(state));
    const odd = stateFrom("steps=-3&rate=x&rule=none&start=1&momentum=7&<b>=1&rate=0.2&momentum=9");
    console.log(JSON.stringify([state, again, odd]));
    """
    )
    state, again, odd = told_by(script)
    assert state == again
    assert [run["rule"] for run in state["runs"]] == ["plain", "momentum"]
    assert state["runs"][1]["settings"] == {"momentum": 0.3, "learning_rate": 0.1}
    assert state["runs"][1]["start"] == [2, -1]
    assert odd["steps"] == 400
    assert odd["runs"] == [{"rule": "plain", "settings": {"learning_rate": 0.2}, "start": [-1, 1]}]


@pytest.mark.parametrize("name", ["notebook", "momentum", "adam"])
def test_a_chapter_s_experiment_is_what_the_chapter_shows(root: Path, name: str) -> None:
    lesson = load_lesson(root / "lessons" / f"{name}.toml")
    loss = compile_loss(lesson)
    theory = convergence(loss)
    asked = {number: experiment(number, loss, theory) for number in (7, 10, 13)}
    addresses = [found[1] for found in asked.values() if found]
    clip, rates, race = told_by(
        computing(loss) + f"console.log(JSON.stringify({addresses}.map(stateFrom)));"
    )
    assert clip["steps"] == lesson.steps
    (own,) = clip["runs"]
    assert own["start"] == lesson.start.tolist()
    assert own["settings"] == {f.name: getattr(lesson.rule, f.name) for f in fields(lesson.rule)}
    assert own["rule"] == rule_name(lesson.rule)
    told = Story(loss, theory)
    assert [run["settings"]["learning_rate"] for run in rates["runs"]] == list(told.rates)
    assert {run["rule"] for run in rates["runs"]} == {"plain"}
    assert [run["rule"] for run in race["runs"]] == ["plain", "momentum"]
