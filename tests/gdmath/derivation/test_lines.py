"""How the worked steps read: one rule a line, as a mathematician writes, short enough to show."""

import re

import pytest
import typst

from gdmath import Lesson, derive, to_typst
from tests.gdmath.derivation.formulas import FORMULAS

MOST_STEPS = 9
WIDEST = 36.0
"""In em: the stage is 36 em wide at the size of a worked line."""


def test_the_notebooks_derivation_reads_as_a_lecture(notebook: Lesson) -> None:
    derivation = derive(notebook)
    a, b = notebook.parameters
    steps = derivation.steps(a)
    lines = [
        to_typst(line, as_written=True) for line in (steps[0].before, *(s.after for s in steps))
    ]
    assert lines == [
        "frac(partial, partial a) thin frac(1, n) sum_(i=1)^n (a x_i + b - y_i)^2",
        "frac(1, n) sum_(i=1)^n frac(partial, partial a) thin (a x_i + b - y_i)^2",
        "frac(1, n) sum_(i=1)^n 2 (a x_i + b - y_i) dot frac(partial, partial a) (a x_i + b - y_i)",
        "frac(1, n) sum_(i=1)^n 2 (a x_i + b - y_i) dot x_i",
        "frac(2, n) sum_(i=1)^n x_i (a x_i + b - y_i)",
    ]
    assert [step.rule for step in steps] == [
        "move the derivative inside the sum",
        "chain rule on the square",
        "differentiate term by term",
        "tidy up",
    ]
    assert to_typst(derivation.steps(b)[-2].after, as_written=True).endswith(" dot 1")
    assert to_typst(derivation.gradient[1]) == "frac(2, n) sum_(i=1)^n (a x_i + b - y_i)"
    assert to_typst(derivation.loss) == "frac(1, n) sum_(i=1)^n (a x_i + b - y_i)^2"
    assert to_typst(derivation.residual) == "a x_i + b - y_i"
    assert to_typst(derivation.hessian[0, 0]) == "frac(2, n) sum_(i=1)^n x_i^2"
    assert derivation.hessian[1, 1] == 2


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("decay", ["move", "square", "term by term", "exponential", "term by term", "tidy"]),
        ("log-cosh", ["move", "logarithm", "hyperbolic cosine", "term by term", "name", "tidy"]),
        ("logistic", ["move", "in front", "logarithm", "logistic", "tidy", "prediction out"]),
    ],
)
def test_one_rule_a_line(name: str, rules: list[str]) -> None:
    lesson = FORMULAS[name].lesson()
    steps = derive(lesson).steps(lesson.parameters[1])
    assert len(steps) == len(rules)
    assert all(rule in step.rule for rule, step in zip(rules, steps, strict=True)), steps


def test_a_prediction_used_twice_keeps_its_name_until_the_end() -> None:
    derivation = derive(FORMULAS["logistic"].lesson())
    steps = derivation.steps(derivation.lesson.parameters[0])
    ((name, meaning),) = derivation.definitions.items()
    assert all(step.before.has(name) for step in steps)
    assert to_typst(steps[-2].after) == "frac(1, n) sum_(i=1)^n x_i (hat(y)_i - y_i)"
    assert not steps[-1].after.has(name)
    assert meaning == derivation.prediction


def test_a_prediction_may_keep_its_name_to_the_end(notebook: Lesson) -> None:
    derivation, usual = derive(notebook, named=True), derive(notebook)
    last = [derivation.steps(parameter)[-1].after for parameter in notebook.parameters]
    assert [to_typst(line) for line in last] == [
        "frac(2, n) sum_(i=1)^n x_i (hat(y)_i - y_i)",
        "frac(2, n) sum_(i=1)^n (hat(y)_i - y_i)",
    ]
    assert (derivation.gradient, derivation.hessian) == (usual.gradient, usual.hessian)


@pytest.fixture(scope="module")
def lines() -> dict[str, list[str]]:
    """The Typst of every line of both derivations of every formula, by "formula, parameter"."""
    found = {}
    for name, formula in FORMULAS.items():
        derivation = derive(formula.lesson())
        for parameter in derivation.lesson.parameters:
            steps = derivation.steps(parameter)
            forms = steps[0].before, *(step.after for step in steps)
            found[f"{name}, {parameter}"] = [to_typst(form, as_written=True) for form in forms]
    return found


def test_few_lines_and_none_wider_than_the_stage(lines: dict[str, list[str]]) -> None:
    setting = "#set page(width: auto, height: auto, margin: 0pt)\n#set text(size: 10pt)\n"
    flat = [(name, line) for name, written in lines.items() for line in written]
    pages = "\n#pagebreak()\n".join(f"$ {line} $" for _, line in flat)
    drawn = typst.compile((setting + pages).encode(), format="svg", ignore_system_fonts=True)
    widths = [float(re.search(rb'width="([\d.]+)pt"', page)[1]) / 10 for page in drawn]
    wide = [(width, *line) for width, line in zip(widths, flat, strict=True) if width > WIDEST]
    assert not wide
    long = {name: len(written) for name, written in lines.items() if len(written) > MOST_STEPS + 1}
    assert not long


def test_a_huber_loss_is_worked_case_by_case() -> None:
    derivation = derive(FORMULAS["huber"].lesson())
    steps = derivation.steps(derivation.lesson.parameters[0])
    assert to_typst(steps[-2].after, as_written=True) == (
        "frac(1, n) sum_(i=1)^n cases("
        'x_i (hat(y)_i - y_i) & "if" thick abs(hat(y)_i - y_i) <= frac(1, 2), '
        'frac(x_i, 2) op("sgn")(hat(y)_i - y_i) & "otherwise")'
    )


def test_fractions_side_by_side_become_one() -> None:
    derivation = derive(FORMULAS["pseudo-huber"].lesson())
    steps = derivation.steps(derivation.lesson.parameters[0])
    (line,) = (step.after for step in steps if "square root" in step.rule)
    assert "frac(9, 8 sqrt(" in to_typst(line, as_written=True)
