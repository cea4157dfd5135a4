"""DecayPanel: how far the descent is from the minimum along the flat and the stiff direction."""

from functools import cached_property

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    ApplyMethod,
    DashedLine,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    Typst,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)
from numpy.typing import NDArray

from gdmath import Convergence
from scenes.ch09_why_it_crawls.story import FLAT, STIFF
from scenes.kit.clock import DescentClock, drawn_steps, evenly
from scenes.kit.frame import Region
from scenes.kit.maps.round_map import joined
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import fill, whole

NAMED, NAMED_IN_POWERS = (0.72, 0.1), (0.72, 0.6)
"""Share of its steps at which the flat and the stiff curve have their names."""
DECADES_BELOW = 2
"""Powers of ten shown below the end of the flat curve."""
CLEARANCE = 0.06
"""Least distance of a name from curves and edges, in units of the picture."""
APART = 0.03
"""Share of the panel's height that the curves must be apart where one is named."""
BEGUN = 1e-9
"""Steps, all but none, before which no curve has its name."""
APPEARS = 0.15
"""Share of a run in which a name appears."""
SIX_DIGITS = 1e6
"""Ratio of a coordinate to its rounding at which six of its digits are right."""


class DecayPanel(Plane):
    """|c| along both eigenvectors over the first ``last`` steps, with ``powers`` in powers of ten.

    ``letter`` stands for c.
    What is drawn comes from the descent; it is held to the closed form (1 − ηλ)ᵗ c(0) where the
    loss is quadratic, for close to the minimum of another that is no more than almost true.
    """

    def __init__(
        self,
        region: Region,
        clock: DescentClock,
        theory: Convergence,
        learning_rate: float,
        last: int,
        letter: str,
        powers: bool = False,
    ) -> None:
        walked = clock.trajectory.parameters[: last + 1]
        exact = theory.is_quadratic
        promised = theory.predict(walked[0], learning_rate, last) if exact else walked
        sizes, self.promised = (
            np.abs(theory.coordinates(parameters)) for parameters in (walked, promised)
        )
        if powers:
            with np.errstate(divide="ignore"):
                sizes, self.promised = np.log10(sizes), np.log10(self.promised)
            # Neither curve begins below the floor, be the stiff part ever so short.
            lowest = min(sizes[-1, FLAT] - DECADES_BELOW, *sizes[0, np.isfinite(sizes[0])])
            rounding = np.log10(_rounding(theory, walked, learning_rate))
            low, high = max(np.floor(lowest), np.ceil(rounding)), np.ceil(sizes.max())
        else:
            low, high = 0.0, 1.06 * sizes.max()
        self.clock, self.theory, self.learning_rate = clock, theory, learning_rate
        self.letter = letter
        self.named = NAMED_IN_POWERS if powers else NAMED
        height = Scale(float(low), float(high), f"abs({letter})", PALETTE.parameters, powers)
        super().__init__(region, Scale(0, last, '"step"'), height)
        for part in (self.lines, self.marks):
            decoration(part)
        self.rows = [self._above(column) for column in sizes.T]

    def in_powers(self, last: int) -> "DecayPanel":
        """The same descent in the same place, in powers of ten and up to step ``last``."""
        return DecayPanel(
            self.region,
            self.clock,
            self.theory,
            self.learning_rate,
            last,
            self.letter,
            powers=True,
        )

    def turn_into(self, other: "DecayPanel") -> list[Animation]:
        """Exchange scales, curves and names for those of a panel in the same place."""
        names = zip(self.labels, other.labels, strict=True)
        return [
            FadeOut(self.numbers, self.marks, self.names),
            FadeIn(other.numbers, other.marks, other.names),
            ReplacementTransform(self.lines, other.lines),
            grow_out_of(self.curves, other.curves),
            *(ReplacementTransform(old, new) for old, new in names),
        ]

    def _above(self, heights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The rows (step, height) down to where the curve leaves the panel by its floor."""
        rows = np.column_stack([np.arange(len(heights)), heights])
        (below,) = np.nonzero(heights < self.y.low)
        if not below.size:
            return rows
        before, after = rows[below[0] - 1 : below[0] + 1]
        if not np.isfinite(after[1]):
            return rows[: below[0]]
        share = (before[1] - self.y.low) / (before[1] - after[1])
        return np.vstack([rows[: below[0]], before + share * (after - before)])

    def curve(self, direction: int) -> VMobject:
        """|c| along the flat (0) or the stiff (1) direction, up to the clock's step."""
        rows = self.rows[direction]
        points, drawn = self.c2p(rows), drawn_steps(len(rows) - 1)
        steps, turns = rows[drawn, 0], points[drawn]

        def place(path: VMobject) -> None:
            time = min(self.clock.time, rows[-1, 0])
            head = [np.interp(time, rows[:, 0], column) for column in points.T]
            path.set_points(joined(np.vstack([turns[steps <= time], head])))

        path = VMobject().set_stroke(PALETTE.parameters, STROKE.path)
        place(path)
        path.add_updater(lambda p: place(p))

        def whole_steps() -> NDArray[np.float64]:
            drawn = self.p2c(path.points[::4])
            whole = np.isclose(drawn[:, 0], np.round(drawn[:, 0]), atol=1e-9)
            return np.asarray(drawn[whole], dtype=float)

        bind(
            path,
            "coordinate along an eigenvector",
            lambda: whole_steps()[:, 1],
            lambda: self.promised[np.round(whole_steps()[:, 0]).astype(int), direction],
        )
        return path

    @cached_property
    def curves(self) -> VGroup:
        """Both curves, flat first."""
        return VGroup(*(self.curve(direction) for direction in (FLAT, STIFF)))

    @cached_property
    def labels(self) -> VGroup:
        """The names of both curves, flat first."""
        ends = [rows[-1, 0] for rows in self.rows]
        return VGroup(*(self.label(k, self.named[k] * ends[k]) for k in (FLAT, STIFF)))

    def go_on(self, step: int) -> list[Animation]:
        """Let the descent go on to ``step``; a name appears as its curve comes to it."""
        now = self.clock.time
        animations: list[Animation] = [
            ApplyMethod(self.clock.set_value, step, rate_func=evenly),
        ]
        for name in self.labels:
            share = (max(self.p2c(name.get_left())[0, 0], BEGUN) - now) / (step - now)
            if 0 < share <= 1:
                begin = min(share, 1 - APPEARS)
                soon = squish_rate_func(smooth, begin, begin + APPEARS)
                animations.append(FadeIn(name, rate_func=soon))
        return animations

    def label(self, direction: int, step: float) -> Typst:
        """The direction's name beside its curve, at ``step`` or where neither curve is met.

        It stands where the curves are apart, or nobody could tell whose name it is.
        """
        rows, other = self.rows[direction], self.rows[1 - direction]
        label = words(("flat", "stiff")[direction], SIZE.small, PALETTE.parameters)
        for moment in (step, *(rows[-1, 0] * np.geomspace(0.01, 0.9, 16))):
            heights = [np.interp(moment, *curve.T) for curve in (rows, other)]
            if moment <= other[-1, 0] and abs(np.subtract(*heights)) < APART * self.y.span:
                continue
            at = self.point(moment, float(np.interp(moment, rows[:, 0], rows[:, 1])))
            for side in (UP + RIGHT, DOWN + LEFT):
                if self._is_clear(label.next_to(at, side, buff=0.12)):
                    return label
        return label.next_to(
            self.point(step, float(np.interp(step, rows[:, 0], rows[:, 1]))), UP + RIGHT
        )

    def _is_clear(self, label: Typst) -> bool:
        """Whether a label lies inside the panel and on neither curve."""
        low, high = self.point(self.x.low, self.y.low), self.point(self.x.high, self.y.high)
        centre, reach = label.get_center(), np.array([label.width, label.height]) / 2 + CLEARANCE
        inside = np.all(centre[:2] - reach >= low[:2]) and np.all(centre[:2] + reach <= high[:2])
        steps = np.linspace(self.x.low, self.x.high, 400)
        curves = [
            self.c2p(
                np.column_stack([steps, np.interp(steps, rows[:, 0], rows[:, 1], right=np.nan)])
            )
            for rows in self.rows
        ]
        met = np.all(np.abs(np.vstack(curves) - centre)[:, :2] < reach, axis=1).any()
        return bool(inside and not met)

    def mark(self, step: int) -> VGroup:
        """An upright dashed line at ``step``, which stands at its head."""
        line = DashedLine(self.point(step, self.y.low), self.point(step, self.y.high))
        line.set_stroke(PALETTE.muted, STROKE.contour)
        bind(line, "step", lambda: self.p2c(line.get_center())[0, :1], lambda: np.array([step]))
        label = words(fill("step {step}", step=whole(step)), SIZE.small)
        label.next_to(line, UP, buff=0.08)
        label.shift(min(0.0, self.region.right - label.get_right()[0]) * RIGHT)
        return VGroup(line, label)


def grow_out_of(old: VGroup, new: VGroup) -> Animation:
    """Let curves take their places on one panel from those that others had on another."""
    places = new.copy().clear_updaters()
    for curve, former in zip(new, old, strict=True):
        # Else the copies that manim interpolates between would follow the clock meanwhile.
        curve.suspend_updating().set_points(former.points)
    return Transform(new, places)


def _rounding(theory: Convergence, walked: NDArray[np.float64], learning_rate: float) -> float:
    """Below it a coordinate is mostly rounding: each step adds some, and keeps most of the last."""
    kept = min(len(walked), 1 / (learning_rate * theory.eigenvalues[FLAT]))
    largest = max(np.abs(walked).max(), np.abs(theory.minimum).max())
    return float(SIX_DIGITS * np.finfo(float).eps * largest * kept)
