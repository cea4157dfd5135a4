"""Text from a lesson file becomes SymPy through a whitelist: nothing a lecturer writes is ever run."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from difflib import get_close_matches

import sympy as sp

from gdmath.lesson import LessonError

FUNCTIONS: Mapping[str, Callable[[sp.Expr], sp.Expr]] = {
    "exp": sp.exp,
    "log": sp.log,
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
}
LONGEST_TEXT = 400
DEEPEST_NESTING = 40
LARGEST_EXPONENT = 12
LARGEST_NUMBER = 1e100

_BINARY: Mapping[type[ast.operator], Callable[[sp.Expr, sp.Expr], sp.Expr]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_UNARY: Mapping[type[ast.unaryop], Callable[[sp.Expr], sp.Expr]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def parse_expression(text: str, allowed: Mapping[str, sp.Symbol]) -> sp.Expr:
    """Return the SymPy expression that `text` writes in Python's notation.

    The text may hold the names in `allowed`, decimal numbers (kept exact: 0.1 is 1/10),
    `+ - * / **`, brackets, and the functions of `FUNCTIONS` with one argument. It is read by
    Python's own parser into a tree, and only the kinds of node listed here are translated, so no
    attribute, index, call or literal of another kind can reach SymPy. Length, nesting, exponents and
    numbers are bounded, so no text can keep the machine busy.

    Raises LessonError, in one line, for everything else.
    """
    return _Reader(text, allowed).read()


class _Reader:
    """One text on its way to an expression; holds what every complaint has to quote."""

    def __init__(self, text: str, allowed: Mapping[str, sp.Symbol]) -> None:
        self.text = text
        self.allowed = allowed

    def read(self) -> sp.Expr:
        if len(self.text) > LONGEST_TEXT:
            raise LessonError(
                f"the formula has {len(self.text)} characters; at most {LONGEST_TEXT} are allowed"
            )
        if not self.text.isascii():
            # Python folds look-alike letters into ASCII names, which would hide what was written.
            stranger = next(character for character in self.text if not character.isascii())
            raise self.error(f"contains {stranger!r}", "only plain ASCII characters are allowed")
        try:
            tree = ast.parse(self.text.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self.error("is not a formula", 'write it like "a*x + b"') from None
        return self.translate(tree.body, 0)

    def translate(self, node: ast.expr, depth: int) -> sp.Expr:
        if depth > DEEPEST_NESTING:
            raise self.error(
                "is nested too deeply", f"at most {DEEPEST_NESTING} levels are allowed"
            )
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self.number(number)
            case ast.Name(id=name):
                return self.symbol(name)
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _UNARY:
                return _UNARY[type(sign)](self.translate(operand, depth + 1))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
                operands = self.translate(left, depth + 1), self.translate(right, depth + 1)
                if isinstance(sign, ast.Pow):
                    self.check_power(*operands)
                return self.checked(_BINARY[type(sign)](*operands))
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
                name in FUNCTIONS and not isinstance(argument, ast.Starred)
            ):
                return self.checked(FUNCTIONS[name](self.translate(argument, depth + 1)))
            case ast.Call(func=ast.Name(id=name)):
                known = f"{', '.join(FUNCTIONS)}, each with one argument"
                raise self.error(f"calls {name}", f"the functions allowed are {known}")
        piece = ast.get_source_segment(self.text.strip(), node) or self.text
        raise self.error(
            f"contains {piece!r}",
            "only names, numbers, + - * / **, brackets and functions are allowed",
        )

    def number(self, number: int | float) -> sp.Expr:
        if not abs(number) <= LARGEST_NUMBER:
            raise self.error("contains a huge number", f"at most {LARGEST_NUMBER:g} is allowed")
        return sp.Rational(str(number))

    def symbol(self, name: str) -> sp.Expr:
        if name in self.allowed:
            return self.allowed[name]
        near = get_close_matches(name, [*self.allowed, *FUNCTIONS], n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise self.error(f"uses {name}{hint}", f"the names allowed are {', '.join(self.allowed)}")

    def check_power(self, base: sp.Expr, exponent: sp.Expr) -> None:
        inner = base.as_base_exp()[1] if isinstance(base, sp.Pow) else sp.Integer(1)
        total = exponent * inner
        if (
            exponent.is_number
            and not abs(total if total.is_number else exponent) <= LARGEST_EXPONENT
        ):
            raise self.error(
                "contains a huge power",
                f"exponents go from -{LARGEST_EXPONENT} to {LARGEST_EXPONENT}",
            )

    def checked(self, result: sp.Expr) -> sp.Expr:
        if result.has(sp.zoo, sp.nan, sp.oo, sp.I):
            raise self.error("is undefined or not real", "check divisions, sqrt and log in it")
        if result.is_number and not abs(math.log10(abs(float(result)) or 1.0)) <= 100:
            raise self.error("contains a huge number", f"at most {LARGEST_NUMBER:g} is allowed")
        return result

    def error(self, wrong: str, right: str) -> LessonError:
        shown = self.text if len(self.text) <= 60 else self.text[:57] + "..."
        return LessonError(f"the formula {shown!r} {wrong}; {right}")
