"""Two knobs, one map: every line is a point of the map, and the loss gives the point its height."""

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, Create, FadeIn, Transform, VGroup, smooth
from numpy.typing import NDArray

from gdmath import LessonError, to_typst
from gdmath.clipping import rings
from gdmath.landscape import semi_axes
from gdmath.requirements import is_line
from scenes.ch03_two_knobs_one_map.ellipse import ring_axes
from scenes.ch03_two_knobs_one_map.knobs import Knobs, RoundTrip
from scenes.ch03_two_knobs_one_map.story import the_first_knob, the_second_knob
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, Region
from scenes.kit.maps import MapPanel, local_ring
from scenes.kit.panels import DataPanel
from scenes.kit.text import LOSS, Equation, Quantity, by_meaning, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import suited, unicode_name

CLOSER = 20
"""How many rings are looked at inside the lowest of the map, each a quarter as high."""
HALFWAY = 0.6
"""How far the second knob is turned at first, as a share of the way to its best."""
LOCAL = 0.02
"""How far above the least loss a ring is nearly an ellipse, as a share of the way to the start."""


class TwoKnobsOneMap(Chapter):
    """The line on the left, its parameters as a dot on the right, and nothing else to turn."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.a_line_has_two_knobs()
        self.the_first_knob_turns_the_line()
        self.the_second_knob_lifts_the_line()
        self.every_point_has_a_loss()
        self.on_a_ring_all_lines_are_equally_wrong()
        self.the_rings_are_ellipses()
        self.the_lowest_point_is_a_line_too()
        self.hold()

    def lay_out(self) -> None:
        """Two panels over a strip of numbers; nothing is shown yet."""
        panels, self.strip = STAGE.rows(4.6, 1.05, gap=0.15)
        left, right = panels.columns(1, 1.15, gap=0.6)
        self.knobs = Knobs(self.lesson.start)
        self.source = self.knobs.here
        theory, start = self.convergence, self.lesson.start
        # As far beyond the minimum as the start is before it: so a ring fits in whole.
        seen = np.array([start, 2 * theory.minimum - start])
        self.map_panel = MapPanel(right, self.loss, theory, seen, margin=0.08)
        self.level, ring = self.whole_ring()
        self.trip = RoundTrip(theory, ring)
        (a0, b0), (a1, b1) = start.tolist(), theory.minimum.tolist()
        self.halfway = b0 + HALFWAY * (b1 - b0)
        knobbed = [(a0, b0), (a1, b0), (a1, self.halfway), (a0, self.halfway), (a1, b1)]
        self.data_panel = DataPanel(left, self.loss, np.vstack([knobbed, self.trip.ring]))
        self.write = suited(self.map_panel.levels, 2 if self.map_panel.levels.max() > 1 else 3)
        write = [
            suited([scale.low, scale.high], 2) for scale in (self.map_panel.x, self.map_panel.y)
        ]
        self.line, self.dot = self.data_panel.line(self.here), self.map_panel.dot(self.here)
        *numbers, self.aside = self.strip.columns(1, 1, 1, 1)
        readings = (
            *(
                (to_typst(name), PALETTE.parameters, lambda k=k: write[k](self.here()[k]))
                for k, name in enumerate(self.lesson.parameters)
            ),
            (LOSS.name, PALETTE.loss, lambda: self.write(float(self.loss.value(self.here())))),
        )
        self.readings = [
            Quantity(name, text, self.seat(column), SIZE.equation, color, name)
            for column, (name, color, text) in zip(numbers, readings, strict=True)
        ]

    def whole_ring(self) -> tuple[float, NDArray[np.float64]]:
        """The highest level of which the map shows a ring from end to end, and that ring (k, 2)."""
        least, bounds = self.convergence.minimum_loss, self.map_panel.bounds
        levels = sorted(self.map_panel.levels, reverse=True)
        # In a narrow bowl all rings of the map may be cut: one inside them is whole.
        below = least + (levels[-1] - least) * 0.25 ** np.arange(1, CLOSER)
        for level in (*levels, *below):
            if is_whole(pieces := rings(self.loss, level, bounds)):
                return float(level), pieces[0]
        raise LessonError("no ring about the minimum is whole on the map; choose another start")

    def here(self) -> Parameters:
        """The parameters that both panels show, whatever moves them."""
        return self.source()

    def seat(self, column: Region) -> Parameters:
        """Where a number of the strip begins."""
        return np.array([column.left + 0.25 * column.width, column.centre[1] - 0.1, 0.0])

    def a_line_has_two_knobs(self) -> None:
        first, second = map(unicode_name, self.lesson.parameters)
        data, map_ = self.data_panel, self.map_panel
        with self.say(
            "A {graph} is two numbers, {first} and {second}. Think of two knobs.",
            graph=self.graph,
            first=first,
            second=second,
        ):
            self.play(FadeIn(data, data.dots), run_time=0.8)
            self.play(Create(self.line), run_time=0.8)
            self.play(*(FadeIn(reading) for reading in self.readings[:2]), run_time=0.8)
        with self.say(
            "On a map of all pairs of numbers, this {graph} is a single dot.", graph=self.graph
        ):
            self.play(FadeIn(map_), run_time=0.8)
            shrinking = self.line.copy().clear_updaters()
            self.play(Transform(shrinking, map_.dot(self.lesson.start)), run_time=1.2)
            self.remove(shrinking)
            self.add(self.dot)

    def the_first_knob_turns_the_line(self) -> None:
        first = unicode_name(self.lesson.parameters[0])
        target = self.convergence.minimum[0]
        with self.say(the_first_knob(first, self.graph, is_line(self.lesson))):
            self.play(self.knobs.first.animate.set_value(target), run_time=3.0)

    def the_second_knob_lifts_the_line(self) -> None:
        second = unicode_name(self.lesson.parameters[1])
        up, straight = self.halfway > self.lesson.start[1], is_line(self.lesson)
        with self.say(the_second_knob(second, self.graph, straight, bool(up))):
            self.play(self.knobs.second.animate.set_value(self.halfway), run_time=3.0)

    def every_point_has_a_loss(self) -> None:
        map_, start = self.map_panel, self.lesson.start
        with self.say(
            "Every pair has its loss. Paint each point of the map by it: the darker, the lower."
        ):
            self.play(FadeIn(self.readings[2]), FadeIn(map_.bands), run_time=1.5)
            self.play(
                self.knobs.first.animate.set_value(start[0]),
                self.knobs.second.animate.set_value(start[1]),
                run_time=2.4,
            )

    def on_a_ring_all_lines_are_equally_wrong(self) -> None:
        map_, trip = self.map_panel, self.trip
        first, second = trip.here()
        with self.say("Where the loss is the same, the points form a ring."):
            self.play(Create(map_.rings), run_time=1.6)
            self.play(
                self.knobs.first.animate.set_value(first),
                self.knobs.second.animate.set_value(second),
                run_time=1.4,
            )
        self.source = trip.here
        with self.say(
            "Once round: the {graph} moves but stays equally wrong, {loss} all the way.",
            graph=self.graph,
            loss=self.write(self.level),
        ):
            self.play(trip.animate.set_value(1), run_time=6.0, rate_func=smooth)

    def the_rings_are_ellipses(self) -> None:
        if not self.loss.is_quadratic:
            self.close_to_the_minimum_they_nearly_are()
            return
        axes = ring_axes(self.map_panel, self.level)
        reaches = semi_axes(self.convergence, self.level)
        lengths = [suited(reaches, 2)(length) for length in reaches]
        twice = sp.Pow(2 * LOSS / sp.Symbol("lambda"), sp.Rational(1, 2), evaluate=False)
        reach = Equation(twice, SIZE.equation, by_meaning(()))
        meaning = VGroup(
            *(
                words(line, SIZE.small, PALETTE.muted)
                for line in ("λ: curvature", "along that axis")
            )
        ).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        told = self.aside.place(VGroup(reach, meaning).arrange(RIGHT, buff=0.3))
        with self.say(
            "The ring is an ellipse: it reaches {flat} along its flat axis and "
            "{stiff} along the stiff one.",
            flat=lengths[0],
            stiff=lengths[1],
        ):
            self.play(Create(axes[0]), FadeIn(told), run_time=1.2)
            self.play(Create(axes[1]), run_time=1.0)

    def close_to_the_minimum_they_nearly_are(self) -> None:
        """Beside a ring of the loss close to its minimum, that of the bowl of one curvature."""
        theory = self.convergence
        height = LOCAL * (self.map_panel.levels[-1] - theory.minimum_loss)
        level = float(theory.minimum_loss + height)
        ring, ellipse = self.map_panel.ring(level), local_ring(self.map_panel, theory, level)
        with self.say(
            "These rings are not ellipses: the curvature changes from place to place. "
            "Close to the minimum they nearly are."
        ):
            self.play(Create(ring), run_time=1.2)
            self.play(Create(ellipse), run_time=1.6)

    def the_lowest_point_is_a_line_too(self) -> None:
        star = self.map_panel.minimum()
        self.knobs.first.set_value(self.here()[0])
        self.knobs.second.set_value(self.here()[1])
        self.source = self.knobs.here
        best = self.convergence.minimum
        with self.say(
            "In the middle the loss is least. That is no data point: it is a {graph}, the "
            "best one.",
            graph=self.graph,
        ):
            self.play(FadeIn(star), run_time=0.6)
            self.play(
                self.knobs.first.animate.set_value(best[0]),
                self.knobs.second.animate.set_value(best[1]),
                run_time=2.6,
            )


def is_whole(pieces: list[NDArray[np.float64]]) -> bool:
    """Whether these pieces are a ring from end to end."""
    return len(pieces) == 1 and bool(np.allclose(pieces[0][0], pieces[0][-1]))
