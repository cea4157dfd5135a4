"""Momentum's two formulas stand beside each other, or grow out of plain descent's."""

from manim import AnimationGroup, FadeIn, GrowFromCenter, MathTypst, ReplacementTransform, VGroup

from gdmath import Momentum, Nesterov
from scenes.kit.frame import Region
from scenes.kit.text.typeset import formula, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import as_given

STEP = "{{ theta : parameters }} {{ <- : gives }} {{ theta : before }} {{ - eta : scaled }}"
MEMORY = "{{ v : velocity }} <- {{ beta v : carried }} +"


class MomentumRule(VGroup):
    """In words: a move is β times the last one less η times the slope; `settings` are these two.

    `plain` is the same without what is remembered, from which it grows.
    """

    def __init__(self, region: Region, learning_rate: float, momentum: float) -> None:
        upper, lower = region.rows(1, 1, gap=0.0)
        slope = '{{ - eta dot : scaled }} {{ "slope" : slope }}'
        self.plain = painted(f'{{{{ "move" <- : before }}}} {slope}')
        self.line = painted(
            f'{{{{ "move" <- : before }}}} {{{{ beta dot "last move" : carried }}}} {slope}'
        )
        self.settings = settings(learning_rate, momentum, SIZE.equation)
        super().__init__(upper.place(self.line), lower.place(self.settings))
        self.plain.move_to(self.line)

    def remember(self, run_time: float) -> AnimationGroup:
        """Let the line make room, and what is remembered grow into it."""
        moves = [
            ReplacementTransform(self.plain.select(label), self.line.select(label))
            for label in ("before", "scaled", "slope")
        ]
        carried = GrowFromCenter(self.line.select("carried"))
        return AnimationGroup(*moves, carried, FadeIn(self.settings), run_time=run_time)


class MomentumRow(VGroup):
    """The two formulas of a lesson's own momentum, beside each other over its two numbers.

    Nesterov's form takes the gradient where the velocity alone would lead.
    """

    def __init__(self, region: Region, rule: Momentum) -> None:
        upper, lower = region.rows(1, 1, gap=0.0)
        place = "(theta - eta beta v)" if isinstance(rule, Nesterov) else ""
        memory = painted(f"{MEMORY} {{{{ nabla L {place} : slope }}}}")
        step = painted(f"{STEP} {{{{ v : velocity }}}}")
        numbers = settings(rule.learning_rate, rule.momentum)
        super().__init__(upper.place(VGroup(memory, step).arrange(buff=1.2)), lower.place(numbers))


def settings(learning_rate: float, momentum: float, size: float = SIZE.label) -> VGroup:
    """The learning rate and the momentum beside each other, as they were given."""
    rate = maths(formula("eta = {rate}", rate=as_given(learning_rate)), size)
    share = maths(formula("beta = {momentum}", momentum=as_given(momentum)), size)
    return VGroup(rate, share).arrange(buff=0.5)


def plain_rule(size: float = SIZE.equation) -> MathTypst:
    """θ ← θ − η∇L: plain descent's only formula."""
    return painted(f"{STEP} {{{{ nabla L : slope }}}}", size)


def painted(markup: str, size: float = SIZE.equation) -> MathTypst:
    """A formula with its parameters blue, the slope and the velocity rose."""
    shown = maths(markup, size)
    for label, color in (
        ("parameters", PALETTE.parameters),
        ("before", PALETTE.parameters),
        ("slope", PALETTE.gradient),
        ("velocity", PALETTE.gradient),
        ("carried", PALETTE.gradient),
    ):
        if f": {label} " in markup:
            shown.select(label).set_color(color)
    return shown
