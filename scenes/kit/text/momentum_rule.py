"""Momentum's two formulas stand beside each other, or grow out of plain descent's."""

from manim import LEFT, AnimationGroup, FadeIn, MathTypst, ReplacementTransform, VGroup

from gdmath import Momentum, Nesterov
from scenes.kit.frame import Region
from scenes.kit.text.typeset import formula, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import as_given

STEP = "{{ theta : parameters }} {{ <- : gives }} {{ theta : before }} {{ - eta : scaled }}"
MEMORY = "{{ v : velocity }} <- {{ beta v : carried }} +"
KEPT = "parameters", "gives", "before", "scaled"


class MomentumRule(VGroup):
    """`plain` is θ ← θ − η∇L; `memory` v ← βv + ∇L and `step` θ ← θ − ηv come of it.

    `settings` are the learning rate and the momentum, which stand in a row beneath.
    """

    def __init__(self, region: Region, learning_rate: float, momentum: float) -> None:
        upper, middle, lower = region.rows(1, 1, 1, gap=0.0)
        self.plain = plain_rule()
        self.step = painted(f"{STEP} {{{{ v : velocity }}}}")
        self.memory = painted(f"{MEMORY} {{{{ nabla L : slope }}}}")
        self.settings = settings(learning_rate, momentum)
        for line, row in (
            (self.memory, upper),
            (self.plain, middle),
            (self.step, middle),
            (self.settings, lower),
        ):
            row.place(line).set_x(region.left, LEFT)
        super().__init__(self.memory, self.step, self.settings)

    def remember(self, run_time: float) -> AnimationGroup:
        """Let the slope go up into the velocity, which takes its place in the step."""
        slope, slope_after = self.plain.select("slope"), self.memory.select("slope")
        stays = [
            (old, new)
            for label in KEPT
            for old, new in zip(self.plain.select(label), self.step.select(label), strict=True)
        ]
        moves = [*stays, *zip(slope, slope_after, strict=True)]
        arrived = {id(glyph) for _, glyph in moves}
        fresh = [g for line in (self.memory, self.step) for g in line if id(g) not in arrived]
        return AnimationGroup(
            *(ReplacementTransform(old, new) for old, new in moves),
            FadeIn(VGroup(*fresh, self.settings)),
            run_time=run_time,
        )


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


def settings(learning_rate: float, momentum: float) -> VGroup:
    """The learning rate and the momentum beside each other, as they were given."""
    rate = maths(formula("eta = {rate}", rate=as_given(learning_rate)), SIZE.label)
    share = maths(formula("beta = {momentum}", momentum=as_given(momentum)), SIZE.label)
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
