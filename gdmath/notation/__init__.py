"""Write SymPy expressions in Typst as a mathematician would, each part labelled on request.

A label groups what is printed for one sub-expression, in the syntax of manim's MathTypst:
`{{ markup : name }}`. Groups nest as the tree does. Signs, the Σ with its limits, a fraction's bar
and ∂/∂a belong to the expression that has the parts, and so stay outside the groups of the parts;
the brackets around a part are its own, so that `(a x_i + b − y_i)` moves as one. The name of a
function and the brackets of its call belong to the function. The limits of a sum, the variable of a
derivative and the letter and index of x_i are never labelled on their own. In sin²(u) and x_i² the
base is two groups of one name, around its exponent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp

from gdmath.notation.typesetting import Typesetter, unlabelled
from gdmath.trees import Path

Label = Callable[[Path, sp.Basic], str | None]


@dataclass(frozen=True)
class Typeset:
    """A formula in Typst and the paths of the parts that can be picked out of it, in reading order.

    The part at `path` is the group named `path_name(path)`. What belongs to a part but to none of
    its parts is its own: a Σ with its limits, the signs of a sum, the bar of a fraction.
    """

    markup: str
    paths: tuple[Path, ...]


def to_typst(expression: sp.Basic, label: Label | None = None, *, as_written: bool = False) -> str:
    """Return Typst maths (without the dollar signs) for a SymPy expression.

    Terms and factors come in a mathematician's order (`arrangement.display_order`); with
    `as_written` they keep the order of the arguments, which is how a worked derivation means them.
    `label` is given the path into `.args` and the sub-expression of every printed part, and returns
    the name of its group or None. Labels leave the layout as it is.

    Raises TypeError for an expression that has no notation here.
    """
    return Typesetter(label or unlabelled, as_written).part(expression, ())


def typeset(expression: sp.Basic, *, as_written: bool = False) -> Typeset:
    """Return the expression in Typst with every printed part labelled by `path_name`."""
    paths: dict[Path, None] = {}

    def label(path: Path, _: sp.Basic) -> str:
        paths[path] = None
        return path_name(path)

    markup = to_typst(expression, label, as_written=as_written)
    return Typeset(markup, tuple(sorted(paths)))


def path_name(path: Path) -> str:
    """Return the label of the part at `path`: "p" for the whole, "p-0-1" for (0, 1)."""
    return "-".join(["p", *map(str, path)])
