"""Derive loss, gradient and Hessian over the points, with the worked steps to the gradient.

The steps are found by applying rules, not written down for a loss; and each is proved, by SymPy, to
be equal to the one before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gdmath.derivation.calculus import derivative
from gdmath.derivation.kinks import Kink, kinks
from gdmath.derivation.proof import proved_change, proved_equal
from gdmath.derivation.rewriting import Rewriter
from gdmath.derivation.tidying import tidied, with_quotients, written_out
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.notation.arrangement import arranged
from gdmath.trees import Definitions, evaluated, product, substitute, total

LOSS = sp.Symbol("L", real=True)


class ProofError(LessonError):
    """A step of a derivation that SymPy could not prove equal to the one before."""


@dataclass(frozen=True)
class Step:
    """One line of a derivation becomes the next by one rule, named in plain words.

    Both sides are unevaluated, in the order in which they are meant to be read: typeset them with
    `as_written`.
    """

    rule: str
    before: sp.Expr
    after: sp.Expr


@dataclass(frozen=True, eq=False)
class Derivation:
    """What follows from a lesson's formulas, over data x_i, y_i with i = 1 … n.

    `loss` is Sum(pointwise_i, (i, 1, n))/n; `gradient` holds ∂L/∂θ for the two parameters, the last
    lines of their worked steps, written out; `hessian` is the 2 × 2 matrix of second derivatives
    beside the `kinks`. `prediction` and `residual` are ŷ_i and ŷ_i − y_i. `definitions` says what a
    prediction that kept its name in the steps stands for.
    """

    lesson: Lesson
    loss: sp.Expr
    gradient: tuple[sp.Expr, sp.Expr]
    hessian: sp.ImmutableMatrix
    prediction: sp.Expr
    residual: sp.Expr
    definitions: Definitions
    kinks: tuple[Kink, ...]
    _steps: Mapping[sp.Symbol, tuple[Step, ...]]

    def steps(self, parameter: sp.Symbol) -> tuple[Step, ...]:
        """Return the worked steps from ∂/∂parameter of the whole loss to its tidy form.

        Each step begins where the one before ended. Raises ValueError for what is no parameter.
        """
        if parameter not in self._steps:
            names = " and ".join(str(known) for known in self._steps)
            raise ValueError(
                f"{parameter} is no parameter of the lesson; its parameters are {names}"
            )
        return self._steps[parameter]


def derive(lesson: Lesson, *, named: bool = False) -> Derivation:
    """Return loss, gradient, Hessian and worked steps of a lesson, every step proved.

    A prediction that stands in the loss more than once keeps its name ŷ_i in the steps, to be
    written out in the last; if they are to be `named`, any does so, and to the end.

    Raises ProofError if SymPy cannot prove a step, and ValueError if no rule knows a function.
    """
    index, count = _fresh(lesson, "ijm", positive=True), _fresh(lesson, "nNM", positive=True)
    data = {symbol: sp.IndexedBase(symbol.name, real=True)[index] for symbol in (X, Y)}
    prediction = substitute(arranged(lesson.prediction), data)
    name, definitions = prediction, {}
    if named or _occurrences(lesson.pointwise, PREDICTION) > 1:
        # Written out at each of its places it would bury the rules; so it keeps its name ŷ_i.
        name = sp.Function(PREDICTION.name, real=True)(*lesson.parameters, data[X])
        definitions = {name: prediction}
    pointwise = substitute(arranged(lesson.pointwise), {**data, PREDICTION: name})
    mean = sp.Pow(count, -1, evaluate=False)
    loss = product(mean, sp.Sum(pointwise, (index, 1, count)))
    rewriter = Rewriter(definitions)
    try:
        steps = {
            parameter: tuple(_steps(derivative(loss, parameter), rewriter, named))
            for parameter in lesson.parameters
        }
    except RecursionError:
        raise ProofError(
            f"the loss {lesson.pointwise} of the prediction {lesson.prediction} is too intricate "
            "to differentiate; write a simpler formula"
        ) from None
    last = [steps[parameter][-1].after for parameter in lesson.parameters]
    gradient = [written_out(line, definitions) for line in last] if named else last
    first, second = lesson.parameters
    mixed = _slope(gradient[0], second)
    hessian = [[_slope(gradient[0], first), mixed], [mixed, _slope(gradient[1], second)]]
    return Derivation(
        lesson,
        substitute(loss, definitions),
        (gradient[0], gradient[1]),
        sp.ImmutableMatrix(hessian),
        prediction,
        total(prediction, product(-1, data[Y])),
        definitions,
        kinks(lesson),
        steps,
    )


def _steps(line: sp.Expr, rewriter: Rewriter, named: bool) -> Iterator[Step]:
    """Yield the proved steps from a line with derivatives to the tidy line without.

    If it is `named`, a prediction keeps its name in the last.

    A rule is proved on the parts that it changed, for equals may stand in the place of equals. What
    tidies a line changes all of it, and is left out if there is no proof of it.
    """
    definitions = rewriter.definitions
    while line.has(sp.Derivative):
        advance = rewriter.advance(line)
        for part, result in advance.changes.items():
            if not proved_change(part, result, definitions):
                raise ProofError(
                    f"could not prove “{advance.rule}”: {part} = {result}; write a simpler formula"
                )
        yield Step(advance.rule, line, advance.following)
        line = advance.following
    closing: tuple[tuple[str, Callable[[sp.Expr], sp.Expr]], ...] = (
        ("a quotient of functions has a name", with_quotients),
        ("tidy up", tidied),
        ("write the prediction out", lambda tidy: written_out(tidy, definitions)),
    )[: 2 if named else 3]
    for rule, change in closing:
        following = change(line)
        if following != line and proved_equal(line, following, definitions):
            yield Step(rule, line, following)
            line = following


def _slope(expression: sp.Expr, parameter: sp.Symbol) -> sp.Expr:
    """Return the tidy derivative by SymPy's own rules; beside a kink, where signs are constant."""
    slope = evaluated(derivative(expression, parameter))
    return tidied(slope.replace(sp.DiracDelta, lambda *_: sp.S.Zero))


def _occurrences(expression: sp.Basic, symbol: sp.Symbol) -> int:
    return sum(node == symbol for node in sp.preorder_traversal(expression))


def _fresh(lesson: Lesson, letters: str, **assumptions: bool) -> sp.Symbol:
    """Return an integer symbol named by the first letter that is no parameter's name."""
    taken = {parameter.name for parameter in lesson.parameters}
    name = next(letter for letter in letters if letter not in taken)
    return sp.Symbol(name, integer=True, **assumptions)
