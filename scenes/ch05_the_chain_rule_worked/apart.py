"""Where two lines of a derivation differ: that part lights up when it is spoken of."""

import sympy as sp
from manim import Transform, VGroup, there_and_back

from gdmath.trees import Path, parts
from scenes.kit.text import Equation

RIGHT_SIDE: Path = (1,)
LARGER, DIMMED = 1.2, 0.6
"""How many times as large a part becomes for a moment, and how much darker the rest of its line."""


def apart(line: Equation, other: Equation) -> VGroup:
    """The smallest part of the right side of ``line`` outside which the ``other`` is the same.

    Where that is a derivative of all that stands there, it is the operator alone.
    """
    expression = line.expression.args[1]
    path = difference(expression, other.expression.args[1])
    if not path and isinstance(expression, sp.Derivative):
        return line.own(RIGHT_SIDE)
    return line.part(RIGHT_SIDE + path)


def difference(one: sp.Basic, other: sp.Basic) -> Path:
    """The path of the smallest part of ``one`` that holds all in which the ``other`` differs."""
    if one.func != other.func or len(one.args) != len(other.args):
        return ()
    pairs = zip(one.args, other.args, strict=True)
    unlike = [k for k, (mine, its) in enumerate(pairs) if mine != its]
    if len(unlike) != 1 or unlike[0] not in parts(one):
        return ()
    (index,) = unlike
    return (index, *difference(one.args[index], other.args[index]))


def lit(line: Equation, part: VGroup, times: float = LARGER) -> Transform:
    """Let a ``part`` of a line grow for a moment while the rest of it steps back."""
    # The line moves as a whole: what is animated alone leaves the equation that it is a part of.
    target, chosen = line.copy(), {id(glyph) for glyph in part}
    inside = [id(glyph) in chosen for glyph in line]
    for glyph, stays in zip(target, inside, strict=True):
        if not stays:
            glyph.fade(DIMMED)
    VGroup(*(glyph for glyph, stays in zip(target, inside, strict=True) if stays)).scale(times)
    return Transform(line, target, rate_func=there_and_back)
