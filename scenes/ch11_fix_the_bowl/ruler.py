"""Another ruler under the same points: z = (x − offset)/scale, which may slide and stretch."""

import numpy as np
from manim import DOWN, RIGHT, AnimationGroup, ApplyMethod, Line, MathTypst, ValueTracker, VGroup
from numpy.typing import ArrayLike, NDArray

from gdmath import FloatArray, Lesson, NumericLoss
from gdmath.rescaled import jacobian
from gdmath.scaling import Scaling
from scenes.ch11_fix_the_bowl.story import Story
from scenes.kit.clock import evenly
from scenes.kit.frame import Region
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind
from scenes.kit.text.equations import early, late
from scenes.kit.text.tick_row import TickRow
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording.numbers import fixed, tick_step

ABOUT = 5
"""Number of ticks on a ruler, about."""


class LiveScaling:
    """A scaling that can change while it is looked at; `present` is the one that holds now."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.offset, self.logarithm = ValueTracker(0.0), ValueTracker(0.0)
        self._present = Scaling(lesson, 0.0, 1.0)

    @property
    def present(self) -> Scaling:
        """The scaling at this moment; its lesson keeps the x it had."""
        offset, scale = self.offset.get_value(), float(np.exp(self.logarithm.get_value()))
        if (offset, scale) != (self._present.offset, self._present.scale):
            self._present = Scaling(self.lesson, offset, scale)
        return self._present

    def step(self) -> FloatArray:
        """(2, 2): takes a step of the parameters in x to that in z, as `gdmath.rescaled` does."""
        return jacobian(self.present)

    def become(self, scaling: Scaling, run_time: float) -> AnimationGroup:
        """Slide the offset to that of ``scaling`` and stretch the scale, in its logarithm."""
        moves = {self.offset: scaling.offset, self.logarithm: float(np.log(scaling.scale))}
        return AnimationGroup(
            *(
                ApplyMethod(tracker.set_value, value, run_time=run_time, rate_func=evenly)
                for tracker, value in moves.items()
            )
        )

    def hand_over(
        self, scaling: Scaling, old: "Ruler", new: "Ruler", run_time: float
    ) -> AnimationGroup:
        """Become ``scaling`` while one ruler fades at first, and another comes in at last."""
        return AnimationGroup(
            self.become(scaling, run_time),
            ApplyMethod(old.strength.set_value, 0, run_time=run_time, rate_func=early),
            ApplyMethod(new.strength.set_value, 1, run_time=run_time, rate_func=late),
        )


class RuledPanel(DataPanel):
    """The data without numbers on its x axis, or a name for it: a Ruler gives them."""

    def __init__(self, region: Region, loss: NumericLoss, seen: ArrayLike) -> None:
        super().__init__(region, loss, seen)
        self.names.remove(self.names[0])

    def _mark(self, scale: Scale, outward: NDArray[np.float64]) -> TickRow:
        return scale.ticks() if outward is DOWN else super()._mark(scale, outward)

    def title(self, markup: str) -> MathTypst:
        """A name for the ruler, in Typst, under its right end."""
        name = maths(markup, SIZE.small, PALETTE.muted)
        return name.move_to(self.point(self.x.high, self.y.low) + 0.62 * DOWN).align_to(
            self.point(self.x.high, self.y.low), RIGHT
        )


class Ruler(VGroup):
    """Ticks under a panel at round values of z for both ``ends``, two scalings it may pass between.

    Its spacing suits the last of them. `strength` fades it: one ruler can give way to another while
    both move.
    """

    def __init__(
        self, panel: Plane, scaling: LiveScaling, ends: tuple[Scaling, ...], strength: float = 1
    ) -> None:
        self.strength = ValueTracker(strength)
        reach = np.array([panel.x.low, panel.x.high])
        spans = np.array([(reach - end.offset) / end.scale for end in ends])
        span = float(np.diff(spans[-1])[0])
        step = tick_step(span, ABOUT)
        decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
        # From the present ruler's place to the next all ticks of one spacing may be passed.
        low, high = spans.min(), spans.max()
        middle = spans[-1].mean()
        low, high = max(low, middle - 4 * span), min(high, middle + 4 * span)
        values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
        super().__init__(*(self._tick(panel, scaling, float(v), decimals) for v in values))

        def place(ruler: VGroup) -> None:
            strength = self.strength.get_value()
            for tick, value in zip(ruler, values, strict=True):
                x = scaling.present.offset + scaling.present.scale * value
                tick.set_opacity(strength if panel.x.low <= x <= panel.x.high else 0)
                tick.shift((panel.point(x, panel.y.low) - tick[0].get_start()) * (1, 0, 0))

        place(self)
        self.add_updater(lambda ruler: place(ruler))

    @staticmethod
    def _tick(panel: Plane, scaling: LiveScaling, value: float, decimals: int) -> VGroup:
        foot = panel.point(panel.x.low, panel.y.low)
        mark = Line(foot, foot + Plane.TICK * DOWN).set_stroke(PALETTE.scaffold, STROKE.axis)
        label = maths(fixed(value, decimals), SIZE.tick, PALETTE.muted)
        tick = VGroup(mark, label.next_to(mark, DOWN, buff=0.1))

        def drawn() -> NDArray[np.float64]:
            present = scaling.present
            x = panel.p2c(mark.get_start())[0, :1]
            return np.asarray((x - present.offset) / present.scale)

        bind(tick, "z at the tick", drawn, lambda: np.array([value]))
        return tick


def rulers(panel: Plane, scaling: LiveScaling, story: Story) -> tuple[Ruler, Ruler, Ruler]:
    """The rulers of x and of its distance from the mean, in percent, and in standard deviations.

    Only the first is there at once.
    """
    given, percent = story.as_given, story.percent
    return (
        Ruler(panel, scaling, (percent, story.centred, given)),
        Ruler(panel, scaling, (given, percent), strength=0),
        Ruler(panel, scaling, (story.centred, story.standard), strength=0),
    )
