"""An update panel shows the equations of the update with their numbers, a row each parameter."""

from collections.abc import Callable

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, VGroup, VMobject
from numpy.typing import NDArray
from sympy.codegen.ast import Assignment

from gdmath import Derivation
from gdmath.update_formulas import taken_off
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, RATE, Colouring, Equation, by_meaning
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import dwindling, suited

EQUALS = 0.75
"""Width in units of an equals sign with the gaps about it."""
APART = 0.4
"""Gap in units between a slope in numbers and the update beside it."""
SMALLEST = 0.75
"""Least factor by which a formula may be shrunk and still be read."""

Manner = Callable[[NDArray[np.float64]], Callable[[float], str]]
"""How the numbers of a series are written: `suited` to its largest, or `dwindling`."""


class UpdatePanel(VGroup):
    """For each parameter its derivative as a formula and the update; both end in a running number.

    `gradients` and `updates` hold the two formulas of each row, `numbers` the readouts, so that a
    chapter can bring them in one after the other.
    """

    def __init__(self, region: Region, derivation: Derivation, clock: DescentClock) -> None:
        super().__init__()
        trajectory, parameters = clock.trajectory, derivation.lesson.parameters
        colouring = by_meaning(parameters)
        self.numbers = VGroup()
        slopes = [sp.Derivative(LOSS, parameter, evaluate=False) for parameter in parameters]
        taken = [
            taken_off(derivation.lesson.rule, RATE, slope, parameter)
            for parameter, slope in zip(parameters, slopes, strict=True)
        ]
        self.updates = VGroup(
            *(
                Equation(
                    Assignment(parameter, parameter - share), SIZE.label, with_memory(colouring)
                )
                for parameter, share in zip(parameters, taken, strict=True)
            )
        )
        written = number_room(trajectory.gradients, dwindling)
        moving = number_room(trajectory.parameters, suited)
        standing = region.width - written - moving
        room = standing - self.updates.width
        formulas = zip(slopes, derivation.gradient, strict=True)
        self.gradients = VGroup(
            *(
                Equation(sp.Eq(slope, formula, evaluate=False), SIZE.small, colouring)
                for slope, formula in formulas
            )
        )
        rows = region.rows(*(1 for _ in parameters), gap=0.1)
        tallest = max(gradient.height for gradient in self.gradients)
        fit = min(room / self.gradients.width, rows[0].height / tallest)
        if fit < SMALLEST:
            # Too large to be read in here: the formulas stand where they were derived.
            self.gradients = VGroup(*(Equation(slope, SIZE.label, colouring) for slope in slopes))
            both = standing / (self.gradients.width + self.updates.width)
            for equation in (*self.gradients, *self.updates):
                equation.scale(min(1.0, both))
        elif fit < 1:
            for gradient in self.gradients:
                gradient.scale(fit)
        _, right = region.columns(1.25, 1, gap=0.3)
        earliest = region.left + self.gradients.width + written
        latest = region.right - self.updates.width - moving
        middle = min(max(right.left, earliest + APART), latest)
        for index, (gradient, update, row) in enumerate(
            zip(self.gradients, self.updates, rows, strict=True)
        ):
            gradient.move_to(row.centre).set_x(region.left, LEFT)
            update.move_to(row.centre).set_x(middle, LEFT)
            slope, value = trajectory.gradients[:, index], trajectory.parameters[:, index]
            self.numbers.add(
                running_number(gradient, clock, slope, dwindling, "gradient", PALETTE.gradient),
                running_number(update, clock, value, suited, "parameter", PALETTE.parameters),
            )
        self.add(self.gradients, self.updates, self.numbers)


def with_memory(colouring: Colouring) -> Colouring:
    """Paint also what a rule remembers of the slopes, v, m and s, in the colour of the slopes."""

    def paint(node: sp.Basic) -> str | None:
        remembered = isinstance(node, sp.Symbol) and node.name[:2] in ("v_", "m_", "s_")
        return PALETTE.gradient if remembered else colouring(node)

    return paint


def number_room(series: NDArray[np.float64], manner: Manner) -> float:
    """How wide a running number of any column of ``series`` (steps + 1, 2) gets, in units."""
    written = [
        words(manner(column)(float(value)), SIZE.label).width
        for column in series.T
        for value in (column.min(), column.max(), *nearest_to_nought(column))
    ]
    return EQUALS + max(written)


def nearest_to_nought(series: NDArray[np.float64]) -> list[np.float64]:
    """Of ``series`` (k,) the greatest below and the least above zero, as far as there are any."""
    return [*np.sort(series[series < 0])[-1:], *np.sort(series[series > 0])[:1]]


def running_number(
    formula: VMobject,
    clock: DescentClock,
    series: NDArray[np.float64],
    manner: Manner,
    quantity: str,
    color: str,
) -> VGroup:
    """An equals sign after ``formula``, then the present value of ``series`` (steps + 1,)."""
    equals = words("=", SIZE.label, PALETTE.muted).next_to(formula, RIGHT, buff=0.18)
    start = equals.get_right() + 0.18 * RIGHT + 0.1 * DOWN
    write = manner(series)
    return VGroup(
        equals, Readout(lambda: write(series[clock.step]), start, SIZE.label, color, quantity)
    )
