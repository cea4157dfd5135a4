"""Formulas as a mathematician would write them, and the labels that pick out their parts."""

import pytest
import sympy as sp
from sympy.codegen.ast import Assignment

from gdmath import to_typst
from gdmath.notation import typeset
from gdmath.notation.names import primed
from gdmath.trees import Path, subexpression

A, B, K = sp.symbols("a b k", real=True)
THETA, SLOPE = sp.symbols("theta_0 slope", real=True)
N, I = sp.symbols("n i", integer=True, positive=True)  # noqa: E741 - the index is called i
X, Y = (sp.IndexedBase(name, real=True)[I] for name in "xy")
PREDICTION = sp.Function("prediction", real=True)(A, B, X)
RESIDUAL = A * X + B - Y
LOSS = sp.Symbol("L")


def unevaluated(kind: type[sp.Basic], *arguments: sp.Basic) -> sp.Basic:
    return kind(*arguments, evaluate=False)


@pytest.mark.parametrize(
    ("expression", "markup"),
    [
        (RESIDUAL, "a x_i + b - y_i"),
        (-A - B, "-a - b"),
        (Y - A, "y_i - a"),
        (unevaluated(sp.Add, Y, unevaluated(sp.Mul, -1, A + B)), "y_i - (a + b)"),
        (1 + sp.exp(-K * X), "1 + e^(-k x_i)"),
        (2 * X * RESIDUAL, "2 x_i (a x_i + b - y_i)"),
        (sp.Sum(X * RESIDUAL, (I, 1, N)) * 2 / N, "frac(2, n) sum_(i=1)^n x_i (a x_i + b - y_i)"),
        (sp.Sum(RESIDUAL, (I, 1, N)), "sum_(i=1)^n (a x_i + b - y_i)"),
        (-2 * A * sp.exp(-K * X) / N, "-frac(2 a, n) e^(-k x_i)"),
        (X * RESIDUAL / sp.sqrt(A**2 + B), "frac(x_i (a x_i + b - y_i), sqrt(a^2 + b))"),
        ((A + B) / (A - B), "frac(a + b, a - b)"),
        (1 / X**2, "frac(1, x_i^2)"),
        (A ** sp.Rational(3, 2), "a^(3\\/2)"),
        (sp.cbrt(A), "root(3, a)"),
        ((A / B) ** K, "(frac(a, b))^k"),
        (unevaluated(sp.Pow, sp.exp(A), B), "(e^a)^b"),
        (sp.tanh(RESIDUAL) ** 2, "tanh^2 (a x_i + b - y_i)"),
        (sp.log(sp.cosh(A)), "ln cosh(a)"),
        ((1 - Y) * sp.log(1 - PREDICTION), "(1 - y_i) ln(1 - hat(y)_i)"),
        (sp.Abs(A - B), "abs(a - b)"),
        (sp.sign(A), 'op("sgn")(a)'),
        (sp.Rational(1, 20) * A, "0.05 a"),
        (sp.Rational("0.0174533") * A, "0.0174533 a"),
        (A / 1024, "frac(a, 1024)"),
        (sp.Rational(-2, 3) * A, "-frac(2 a, 3)"),
        (sp.Float(0.1) + sp.Float(0.2), "0.3"),
        (sp.Float("1e-8") * A, "10^(-8) a"),
        (sp.Float("-2.5e30"), "-2.5 dot 10^(30)"),
        (SLOPE * THETA * X, '"slope" thin theta_0 x_i'),
        (sp.Derivative(LOSS, A), "frac(partial L, partial a)"),
        (sp.Derivative(LOSS, A, B), "frac(partial^2 L, partial a partial b)"),
        (sp.Derivative(LOSS, (A, 2)), "frac(partial^2 L, partial a^2)"),
        (sp.Derivative(PREDICTION, A), "frac(partial hat(y)_i, partial a)"),
        (sp.Derivative(A * X, A), "frac(partial, partial a) (a x_i)"),
        (sp.Derivative(RESIDUAL**2, A), "frac(partial, partial a) thin (a x_i + b - y_i)^2"),
        (
            unevaluated(sp.Mul, 2, RESIDUAL, sp.Derivative(RESIDUAL, A)),
            "2 (a x_i + b - y_i) dot frac(partial, partial a) (a x_i + b - y_i)",
        ),
        (sp.Eq(sp.Symbol("r"), RESIDUAL), "r = a x_i + b - y_i"),
        (
            Assignment(A, A - sp.Symbol("eta") * sp.Derivative(LOSS, A)),
            "a arrow.l a - eta frac(partial L, partial a)",
        ),
        (sp.Piecewise((A, A < 1), (1, True)), 'cases(a & "if" thick a < 1, 1 & "otherwise")'),
    ],
)
def test_written_as_a_mathematician_would(expression: sp.Basic, markup: str) -> None:
    assert to_typst(expression) == markup


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a", "a"),
        ("eta", "eta"),
        ("Gamma", "Gamma"),
        ("lamda", "lambda"),
        ("w1", "w_1"),
        ("theta_max", 'theta_("max")'),
        ("a_hat", "hat(a)"),
        ("x_bar", "macron(x)"),
        ("y_hat_2", "hat(y)_2"),
        ("prediction", "hat(y)"),
        ("slope", '"slope"'),
        ('odd"name', '"odd\\"name"'),
        ("_", '"_"'),
    ],
)
def test_names(name: str, markup: str) -> None:
    assert to_typst(sp.Symbol(name)) == markup


@pytest.mark.parametrize(
    ("name", "markup"),
    [("a", "a'"), ("slope", '"slope"\''), ("theta_1", "theta'_1"), ("w1_in", 'w\'_(1, "in")')],
)
def test_a_prime_belongs_to_the_letter(name: str, markup: str) -> None:
    assert primed(to_typst(sp.Symbol(name))) == markup


def test_as_written_keeps_the_order_of_the_arguments() -> None:
    product = unevaluated(sp.Mul, 2, RESIDUAL, X)
    assert to_typst(product, as_written=True).endswith(") dot x_i")
    assert to_typst(product) == "2 x_i (a x_i + b - y_i)"
    assert to_typst(unevaluated(sp.Mul, RESIDUAL, -X), as_written=True).endswith(" dot (-x_i)")


def test_labels_follow_the_tree_where_printing_merges_nodes() -> None:
    names = {(0,): "number", (1,): "inverse", (1, 0): "count"}
    markup = to_typst(2 / N, lambda path, _: names.get(path))
    assert markup == "frac({{ 2 : number }}, {{ {{ n : count }} : inverse }})"


def test_labels_are_asked_for_with_the_path_of_what_they_name() -> None:
    expression = sp.Sum(X * RESIDUAL**2, (I, 1, N)) * 2 / N
    asked: dict[Path, sp.Basic] = {}
    to_typst(expression, lambda path, part: asked.update({path: part}))
    assert all(subexpression(expression, path) == part for path, part in asked.items())
    assert sorted(asked) == list(typeset(expression).paths)


def test_what_has_no_notation_is_refused() -> None:
    with pytest.raises(TypeError, match="no notation for the function gamma"):
        to_typst(sp.gamma(A))
