"""A number after an equals sign is what stands before it, worked out for what is shown just then.

Before the sign stands a formula of gdmath, or an expression in Typst. Its letters are the
parameters, the loss and its slopes wherever something on screen stands just then, and whatever else
the screen gives a value to, such as h = 0.5. An expression with a letter that has no value there is
left to the claim of its number.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import isclose, isfinite

import numpy as np
import sympy as sp
from manim import Mobject
from sympy.codegen.ast import Assignment

from gdmath import FloatArray, NumericLoss, to_typst
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.knobs import Knobs
from scenes.kit.proof.evidence import Entry
from scenes.kit.proof.provenance import Told
from scenes.kit.text.equations import LOSS, RATE
from scenes.kit.text.quantity import Quantity, Result
from scenes.kit.wording.written import MINUS, Number

CLOSE, NOUGHT = 1e-6, 1e-9
"""Share by which a number may differ from what stands before it, and what counts as nothing."""
PLACES = ("parameters", "minimum")
"""Quantities that say where in the plane of the parameters something stands."""
SLOPE = r"frac\(partial L, partial (?P<first>[^)]+)\)|\(partial L\)/\(partial (?P<second>[^)]+)\)"
LETTER = r"(?:hat|macron|tilde)\(\w+\)(?:_\w+)?|[A-Za-z]+(?:_(?:\"[^\"]*\"|\([^)]*\)|\w+))?'*"
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
Left = sp.Basic | str
name_of = cache(to_typst)


@dataclass(frozen=True)
class World:
    """What the letters are where something stands at ``place`` (2,): by ``loss``, and ``others``.

    ``after`` is where the step from there leads, if it is known. If the place is only ``told``, by
    the numbers on screen, it does not speak for them.
    """

    loss: NumericLoss
    place: FloatArray
    after: FloatArray | None = None
    told: bool = False
    others: Mapping[str, float] = field(default_factory=dict)

    def worth(self, left: Left, numbers: Iterable[Number] = ()) -> float | None:
        """What ``left`` comes to, its numerals standing for ``numbers``; None if that is open."""
        try:
            return self.typst(left, numbers) if isinstance(left, str) else self.formula(left)
        except (KeyError, SyntaxError):
            return None

    @property
    def names(self) -> list[str]:
        """The parameters, in Typst."""
        return [name_of(parameter) for parameter in self.loss.lesson.parameters]

    def letter(self, name: str) -> float:
        """The value of a name in Typst; KeyError if it has none."""
        if name in self.names:
            return float(self.place[self.names.index(name)])
        return float(self.loss.value(self.place)) if name == "L" else self.others[name]

    def slope(self, name: str) -> float:
        """The slope of the loss in the parameter of that name in Typst; KeyError if it is none."""
        return dict(zip(self.names, self.loss.gradient(self.place).tolist(), strict=True))[name]

    def formula(self, expression: sp.Basic) -> float:
        """The value of a formula of gdmath; KeyError if it has a letter without one."""
        parameters = self.loss.lesson.parameters
        if isinstance(expression, Assignment):
            if self.after is not None:
                return float(self.after[parameters.index(expression.lhs)])
            expression = expression.rhs
        slopes = [sp.Derivative(LOSS, parameter, evaluate=False) for parameter in parameters]
        known = dict(zip(slopes, self.loss.gradient(self.place).tolist(), strict=True))
        known |= dict(zip(parameters, self.place.tolist(), strict=True))
        known |= {RATE: self.loss.lesson.learning_rate, LOSS: float(self.loss.value(self.place))}
        whole = expression.lhs if isinstance(expression, sp.Eq) else expression
        value = whole.xreplace({key: sp.Float(value) for key, value in known.items()})
        if value.free_symbols:
            raise KeyError(str(value))
        return float(value)

    def typst(self, text: str, numbers: Iterable[Number]) -> float:
        """The value of an expression in Typst; KeyError or SyntaxError if it has none."""
        known = {str(number): number.value for number in numbers}
        values: list[float] = []

        def kept(found: re.Match[str]) -> str:
            slope, token = found["first"] or found["second"], found[0]
            value = self.slope(slope) if slope else known.get(token)
            values.append(self.letter(token) if value is None else value)
            return f"v{len(values) - 1}"

        numeral = "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or "(?!)"
        plain = text.replace("\\/", "/").replace(" dot ", " * ").replace('"', "")
        plain = re.sub(f"{numeral}|{SLOPE}|{LETTER}", kept, plain).replace(MINUS, "-")
        return calculated(ast.parse(plain.strip(), mode="eval").body, values)


def calculated(node: ast.expr, values: list[float]) -> float:
    """The value of an expression whose letters v0, v1, … stand for ``values``."""
    match node:
        case ast.Name(id=name) if name[1:].isdigit():
            return values[int(name[1:])]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -calculated(inner, values)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            return OPERATORS[type(sign)](calculated(left, values), calculated(right, values))
    raise SyntaxError(ast.dump(node))


def unequal(
    chapter: Chapter, members: Sequence[Mobject], entries: Sequence[Entry]
) -> Iterator[str]:
    """Every number among ``members`` of the screen that is not what stands before it."""
    found = [one for one in equalities(members, entries) if isfinite(one[1].value)]
    named = {left: number.value for left, number, _ in found if isinstance(left, str)}
    places = list(worlds(chapter, members, entries, named)) if found else []
    letters = {"L", *(name for world in places for name in world.names)}
    for left, number, numbers in found:
        if isinstance(left, str) and re.fullmatch(LETTER, left) and (left not in letters):
            continue
        others = {name: value for name, value in named.items() if name != left}
        nearest = None
        for world in places:
            if world.told and left in world.names:
                continue
            value = replace(world, others=others).worth(left, numbers)
            if value is not None and isclose(number.value, value, rel_tol=CLOSE, abs_tol=NOUGHT):
                break
            nearest = value if nearest is None else nearest
        else:
            if nearest is not None:
                yield f"{left} = {number}, but it is {nearest:.6g}"


def equalities(
    members: Iterable[Mobject], entries: Iterable[Entry]
) -> Iterator[tuple[Left, Number, tuple[Number, ...]]]:
    """What stands before an equals sign, the number behind it, and the numbers before it."""
    before = {id(m.digits): m.left for m in members if isinstance(m, Quantity | Result)}
    for entry in entries:
        if not isinstance(entry.computed, Told):
            continue
        numbers = tuple(number for number in entry.computed.numbers if number is not None)
        if numbers and id(entry.mobject) in before:
            yield before[id(entry.mobject)], numbers[0], ()
        elif numbers and entry.quantity == "text" and "->" not in entry.computed.text:
            *lefts, last = entry.computed.text.rpartition("<-")[2].split(" = ")
            for number in [number for number in numbers if last.strip('" ') == str(number)][-1:]:
                yield from ((left.strip(), number, numbers) for left in lefts)


def worlds(
    chapter: Chapter,
    members: Sequence[Mobject],
    entries: Iterable[Entry],
    named: Mapping[str, float],
) -> Iterator[World]:
    """Wherever something stands on screen just now, by each of the losses that are drawn."""
    held = [vars(member) for member in members]
    losses = {
        id(loss): loss
        for loss in (chapter.loss, *(one.get("loss") for one in held))
        if isinstance(loss, NumericLoss)
    }
    clocks = [
        m for m in (*members, *(one.get("clock") for one in held)) if isinstance(m, DescentClock)
    ]
    for loss in losses.values():
        for clock in {id(clock): clock for clock in clocks}.values():
            walked, last = clock.trajectory.parameters, clock.trajectory.steps - 1
            before = min(clock.step, last)
            yield World(loss, walked[before], walked[before + 1])
            yield World(loss, walked[clock.step])
            yield World(loss, clock.parameters)
        for entry in entries:
            if entry.quantity.startswith(PLACES) and np.shape(entry.computed) == (2,):
                yield World(loss, np.asarray(entry.computed))
        names = [name_of(parameter) for parameter in loss.lesson.parameters]
        if named.keys() >= set(names):
            yield World(loss, np.array([named[name] for name in names]), told=True)
    if isinstance(knobs := vars(chapter).get("knobs"), Knobs):
        yield World(chapter.loss, knobs.here())
    yield World(chapter.loss, chapter.lesson.start)
    yield World(chapter.loss, chapter.convergence.minimum)
