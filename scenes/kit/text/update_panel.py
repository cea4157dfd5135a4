"""An update panel shows how a step changes each parameter, in a row that ends in a number."""

from collections.abc import Callable

import sympy as sp
from manim import LEFT, VGroup

from gdmath import Derivation
from gdmath.trees import subexpression
from gdmath.update_formulas import update_of
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, RATE, Colouring, Equation, by_meaning
from scenes.kit.text.quantity import Result
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import suited

DECIMALS = 3
"""Most decimals of a parameter."""


class UpdatePanel(VGroup):
    """For each parameter its `updates`, a formula, and in `numbers` what the parameter becomes.

    At the clock's step a row shows the update that leads on from there, and at the end of the
    record the last one made.
    """

    def __init__(self, region: Region, derivation: Derivation, clock: DescentClock) -> None:
        super().__init__()
        lesson, recorded = derivation.lesson, clock.trajectory.parameters
        colouring = with_memory(by_meaning(lesson.parameters))
        self.numbers = VGroup()
        self.equations: list[Equation] = []
        for parameter in lesson.parameters:
            formula = update_of(lesson.rule, RATE, LOSS, parameter)
            self.equations.append(Equation(formula, SIZE.equation, colouring))
        self.updates = VGroup(*self.equations)
        manners = [suited(column, DECIMALS) for column in recorded.T]
        widest = max(
            words(write(float(value)), SIZE.equation).width
            for write, column in zip(manners, recorded.T, strict=True)
            for value in (column.min(), column.max())
        )
        room = region.width - 4 * Result.GAP - SIZE.equation / 96 - widest
        rows = region.rows(*(1 for _ in lesson.parameters), gap=0.1)
        tallest = max(update.height for update in self.updates)
        fit = min(1.0, room / self.updates.width, rows[0].height / tallest)
        for update, row in zip(self.updates, rows, strict=True):
            update.scale(fit).move_to(row.centre).set_x(region.left, LEFT)
        for index, (update, write) in enumerate(zip(self.equations, manners, strict=True)):
            after, told = becomes(clock, index, write), "parameter after the update"
            self.numbers.add(Result(update, after, PALETTE.parameters, told, SIZE.equation))
        self.add(self.updates, self.numbers)

    def of_rate(self) -> VGroup:
        """The learning rate in each of the updates."""
        return VGroup(*(part for update in self.equations for part in update.find(RATE)))

    def of_slope(self) -> VGroup:
        """The slopes in the updates, or what the rule remembers of them."""
        return VGroup(*(part for update in self.equations for part in slopes_in(update)))


def slopes_in(update: Equation) -> list[VGroup]:
    """The parts of ``update`` that are slopes of the loss, or what a rule remembers of slopes."""
    nodes = ((path, subexpression(update.expression, path)) for path in update.paths)
    return [
        update.part(path)
        for path, node in nodes
        if isinstance(node, sp.Derivative) or is_remembered(node)
    ]


def becomes(clock: DescentClock, index: int, write: Callable[[float], str]) -> Callable[[], str]:
    """What a parameter becomes by the update that the clock is at, in digits."""
    recorded, last = clock.trajectory.parameters[1:, index], clock.trajectory.steps - 1
    return lambda: write(float(recorded[min(clock.step, last)]))


def with_memory(colouring: Colouring) -> Colouring:
    """Paint also what a rule remembers of the slopes, v, m and s, in the colour of the slopes."""

    def paint(node: sp.Basic) -> str | None:
        return PALETTE.gradient if is_remembered(node) else colouring(node)

    return paint


def is_remembered(node: sp.Basic) -> bool:
    """Whether this is what a rule remembers of the slopes: v, m or s."""
    return isinstance(node, sp.Symbol) and node.name[:2] in ("v_", "m_", "s_")
