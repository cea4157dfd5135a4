"""Read the formulas of a lesson file through a whitelist, so that no text is ever run."""

import ast
import operator
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import sympy as sp
from sympy.core.function import Function
from sympy.core.parameters import distribute

from gdmath.lesson import PREDICTION, LessonError

LONGEST_FORMULA = 500
"""Most characters of a formula."""
DEEPEST_NESTING = 40
"""Most levels of brackets and operations within each other."""
DEEPEST_FUNCTIONS = 3
"""Most functions, powers and divisions within each other: more take minutes to differentiate."""
MOST_OPERATIONS = 25
"""Most operations of a formula, as SymPy counts them."""
LARGEST_EXPONENT = 12
"""Largest size of an exponent that is a number."""
LARGEST_NUMBER = 1e100
"""Largest size of a number in a formula."""
DECIMAL = r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
"""Pattern of a number as a lecturer writes it; Python would also read 0x10 and 1_000."""
UNREAD = "#\\;"
"""Signs by which Python would leave part of a text unread, or read it as more than one."""


class WrongArgument(ValueError):  # noqa: N818 - a lecturer's mistake, no failure of the program
    """What a function of a formula cannot be given, said as what would be right."""


def huber(residual: sp.Expr, threshold: sp.Expr) -> sp.Expr:
    """Return r²/2 for |r| ≤ d and d (|r| − d/2) beyond: a square whose arms go on straight.

    `residual` contains the prediction, and `threshold` d is a number above zero; WrongArgument says
    so for anything else. Value and slope are continuous at |r| = d, the second derivative jumps
    there. Source: Huber, Robust estimation of a location parameter, Annals of Mathematical
    Statistics 35, 1964.
    """
    if not residual.has(PREDICTION) or residual.has(sp.Piecewise):
        raise WrongArgument("its first argument must be a residual such as prediction - y")
    if not (threshold.is_number and threshold.is_positive):
        raise WrongArgument(f"its threshold must be a number above zero, not {threshold}")
    size = sp.Abs(residual)
    with distribute(False):
        beyond = threshold * (size - threshold / 2)
    return sp.Piecewise((residual**2 / 2, size <= threshold), (beyond, True))


_BY_THEIR_NAME = sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.sqrt

FUNCTIONS: Mapping[str, Callable[..., sp.Expr]] = {
    **{function.__name__: function for function in _BY_THEIR_NAME},
    "abs": sp.Abs,
    "huber": huber,
}
"""Functions by name; all have one argument, save those in `PAIRED`, which have two."""

PAIRED = frozenset({"huber"})

_OPERATORS: Mapping[type[ast.operator | ast.unaryop], Callable[..., sp.Expr]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def parse_expression(text: str, allowed: Mapping[str, sp.Symbol]) -> sp.Expr:
    """Return the SymPy expression that `text` writes in Python's notation.

    The text may hold the names in `allowed`, decimal numbers (kept exact: 0.1 is 1/10),
    `+ - * / **`, brackets, and the functions of `FUNCTIONS` with one argument. It is read by
    Python's own parser into a tree, and only the kinds of node listed here are translated, so no
    attribute, index, call or literal of another kind can reach SymPy. Length, nesting, exponents,
    numbers, operations and the depth of functions are bounded to what can be worked in seconds;
    lessons rarely have more than a dozen operations and two functions within each other.

    Raises LessonError, in one line, for everything else.
    """
    if len(text) > LONGEST_FORMULA:
        raise LessonError(
            f"the formula has {len(text)} characters; at most {LONGEST_FORMULA} are allowed"
        )
    reader = _Reader(text.strip(), allowed)
    if not text.isascii():
        # Python folds look-alike letters into ASCII names, which would hide what was written.
        stranger = next(character for character in text if not character.isascii())
        raise reader.error(f"contains {stranger!r}", "only ASCII characters are allowed")
    if unread := next((sign for sign in text if sign in UNREAD), ""):
        raise reader.error(f"contains {unread}", "a formula has no comments and stands by itself")
    try:
        tree = ast.parse(reader.text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise reader.error("is not a formula", 'write it like "a*x + b"') from None
    # The brackets of 2*(a + b) are the lecturer's, and stay.
    with distribute(False):
        return reader.sized(reader.translate(tree.body, 0))


@dataclass(frozen=True)
class _Reader:
    """One text that is made an expression; every complaint quotes it."""

    text: str
    allowed: Mapping[str, sp.Symbol]

    def translate(self, node: ast.expr, depth: int) -> sp.Expr:
        if depth > DEEPEST_NESTING:
            raise self.error("is nested too deeply", f"{DEEPEST_NESTING} levels are allowed")
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self.number(number, ast.get_source_segment(self.text, node) or "")
            case ast.Name(id=name):
                return self.symbol(name)
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _OPERATORS:
                return _OPERATORS[type(sign)](self.translate(operand, depth + 1))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
                first, second = self.translate(left, depth + 1), self.translate(right, depth + 1)
                if isinstance(sign, ast.Pow):
                    self.check_power(first, second)
                return self.checked(_OPERATORS[type(sign)](first, second))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if (
                name in FUNCTIONS and len(arguments) == (2 if name in PAIRED else 1)
            ):
                return self.call(name, [self.translate(piece, depth + 1) for piece in arguments])
            case ast.Call(func=ast.Name(id=name)):
                known, pairs = ", ".join(FUNCTIONS), ", ".join(PAIRED)
                allowed = f"allowed are {known}, each of one argument ({pairs}: of two)"
                raise self.error(f"calls {name}", allowed)
            case ast.BinOp(op=ast.BitXor()):
                raise self.error("contains ^", "a power is written as in x**2")
        piece = ast.get_source_segment(self.text, node) or self.text
        raise self.error(
            f"contains {_shortened(piece)}",
            "only names, numbers, + - * / **, brackets and functions are allowed",
        )

    def sized(self, formula: sp.Expr) -> sp.Expr:
        """Return the formula if the symbolic work on it will take a few seconds at most."""
        operations, depth = int(sp.count_ops(formula)), _depth(formula)
        if operations > MOST_OPERATIONS:
            wrong = f"has {operations} operations"
            raise self.error(wrong, f"at most {MOST_OPERATIONS} are allowed")
        if depth > DEEPEST_FUNCTIONS:
            wrong = f"nests functions, powers and divisions {depth} deep"
            raise self.error(wrong, f"at most {DEEPEST_FUNCTIONS} are allowed")
        if len(formula.atoms(sp.Piecewise)) > 1:
            raise self.error("calls huber more than once", "one call is allowed")
        return formula

    def number(self, number: int | float, written: str) -> sp.Expr:
        if not abs(number) <= LARGEST_NUMBER:
            raise self.huge()
        if not re.fullmatch(DECIMAL, written):
            wrong = f"contains {_shortened(written)}"
            raise self.error(wrong, "a number is written in decimal digits, such as 16 or 1.6e1")
        if number == 0 and written.lower().partition("e")[0].strip("0._"):
            raise self.error(
                f"contains {_shortened(written)}, which is 0 to a computer",
                f"at least {sys.float_info.min:.1e} is allowed, or 0",
            )
        return sp.Rational(str(number))

    def symbol(self, name: str) -> sp.Expr:
        if name in self.allowed:
            return self.allowed[name]
        near = get_close_matches(name, self.allowed, n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise self.error(f"uses {name}{hint}", f"the names allowed are {', '.join(self.allowed)}")

    def call(self, name: str, arguments: Sequence[sp.Expr]) -> sp.Expr:
        try:
            # SymPy takes a minus out of an argument, and would do so for ever with the sum it is of
            # left in brackets.
            with distribute(True):
                return self.checked(FUNCTIONS[name](*arguments))
        except WrongArgument as mistake:
            raise self.error(f"calls {name}", str(mistake)) from None

    def check_power(self, base: sp.Expr, exponent: sp.Expr) -> None:
        # SymPy turns (x**9)**9 into x**81 at once, so exponents count together.
        inner = base.exp if isinstance(base, sp.Pow) and base.exp.is_number else 1
        if exponent.is_number and not abs(exponent * inner) <= LARGEST_EXPONENT:
            bound = f"exponents from -{LARGEST_EXPONENT} to {LARGEST_EXPONENT} are allowed"
            raise self.error("contains a huge power", bound)

    def checked(self, result: sp.Expr) -> sp.Expr:
        number = sp.N(result, 5) if result.is_number else sp.Integer(0)
        if result.has(sp.zoo, sp.nan, sp.oo, sp.I) or not number.is_real:
            raise self.error("is undefined or not real", "check divisions, sqrt and log in it")
        if not abs(number) <= LARGEST_NUMBER:
            raise self.huge()
        return result

    def huge(self) -> LessonError:
        return self.error("contains a huge number", f"at most {LARGEST_NUMBER:g} is allowed")

    def error(self, wrong: str, right: str) -> LessonError:
        return LessonError(f"the formula {_shortened(self.text)} {wrong}; {right}")


def _depth(expression: sp.Basic) -> int:
    """Return how many functions and powers, of which 1/u is one, stand within each other."""
    inner = max(map(_depth, expression.args), default=0)
    own = isinstance(expression, (sp.Pow, Function)) and not isinstance(expression, sp.Piecewise)
    return inner + (own and bool(expression.free_symbols))


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
