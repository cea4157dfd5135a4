"""The storyboard of chapter 3: two knobs, one dot for each line, the map of all; and then fog."""

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Rotate,
    Transform,
    VGroup,
    linear,
    rush_into,
)

from scenes.ch03_two_knobs_one_map.fog import Fog, dots_at, grid, needle, painted, trace
from scenes.ch03_two_knobs_one_map.knobs import RingKnobs, dials, reading
from scenes.ch03_two_knobs_one_map.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel
from scenes.kit.panels import DataPanel
from scenes.kit.theme import PALETTE
from scenes.kit.wording import significant


class TwoKnobsOneMap(Chapter):
    """The line on the left, its parameters as a dot on the right, and nothing else to turn."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.opening, self.opening.dots), Create(self.opened))
        self.there_are_endlessly_many()
        self.picture_two_knobs()
        self.the_first_knob()
        self.the_second_knob()
        self.each_line_is_one_dot()
        self.paint_every_dot_by_its_loss()
        self.walk_where_the_loss_is_the_same()
        self.all_equally_wrong()
        self.rings_inside_rings()
        self.why_not_simply_go_there()
        self.the_computer_stands_in_fog()
        self.which_way_is_down()
        self.hold()

    def lay_out(self) -> None:
        """Lay out a large panel with dials beside it, and then a map with both beside that."""
        self.story = Story(self.loss, self.convergence, self.graph)
        wide, aside = STAGE.columns(2.25, 1, gap=0.6)
        left, right = STAGE.columns(1, 1.2, gap=0.5)
        film, strip = left.rows(2.3, 1, gap=0.2)
        self.map = MapPanel(right, self.loss, self.convergence, self.story.seen, margin=0.08)
        self.level, ring = self.story.whole_ring(self.map.levels, self.map.bounds)
        self.knobs = RingKnobs(self.lesson.start, self.convergence, ring)
        here, seen = self.knobs.here, np.vstack([self.story.stops, ring])
        self.opening, self.panel = (DataPanel(room, self.loss, seen) for room in (wide, film))
        self.opened, self.line = self.opening.line(here), self.panel.line(here)
        self.large = dials(self.knobs, self.map, aside.rows(1, 1, gap=0.5))
        *places, third = strip.columns(1, 1, 1.2, gap=0.2)
        self.small, self.dot = dials(self.knobs, self.map, places), self.map.dot(here, 0.1)
        self.reading = reading(third, self.loss, here)

    def there_are_endlessly_many(self) -> None:
        self.fan = VGroup(*(self.opening.line(place) for place in self.story.fan))
        self.fan.set_stroke(width=2, opacity=0.75)
        with self.say(
            "Any other numbers give another {graph}. How can you look at all of them at once?",
            graph=self.graph,
        ):
            self.play(LaggedStart(*map(Create, self.fan), lag_ratio=0.2), run_time=4.0)

    def picture_two_knobs(self) -> None:
        with self.say(
            "Every {graph} is two numbers, so picture two knobs.", graph=self.graph
        ) as said:
            folded = [self.opened.copy().clear_updaters() for _ in self.fan]
            folding = map(ReplacementTransform, self.fan, folded)
            self.play(LaggedStart(*folding, lag_ratio=0.05), run_time=1.4)
            self.remove(*folded)
            said.until("two knobs")
            self.play(Create(self.large), run_time=1.8)

    def the_first_knob(self) -> None:
        wide = VGroup(self.opening, self.opened, self.opening.dots, *self.large)
        narrow = VGroup(self.panel, self.line, self.panel.dots, *self.small)
        with self.say(self.story.the_knob(0)):
            self.play(ReplacementTransform(wide, narrow), FadeIn(self.map), run_time=1.2)
            self.add(*narrow)
            shrinking = self.line.copy().clear_updaters()
            self.play(Transform(shrinking, self.map.dot(self.lesson.start, 0.1)), run_time=1.0)
            self.remove(shrinking)
            self.add(self.dot)
            self.play(self.knobs.first.animate.set_value(self.story.stops[1, 0]), run_time=2.4)

    def the_second_knob(self) -> None:
        with self.say(self.story.the_knob(1)):
            self.play(self.knobs.second.animate.set_value(self.story.halfway), run_time=3.4)

    def each_line_is_one_dot(self) -> None:
        places = grid(self.map)
        fan = VGroup(*(self.panel.line(place) for place in self.story.fan))
        fan.set_stroke(width=2, opacity=0.75)
        ends, self.grid = dots_at(self.map, self.story.fan, 0.06), dots_at(self.map, places, 0.06)
        with self.say(
            "Each {graph} is one dot, and all the dots together are a map.",
            graph=self.graph,
        ) as said:
            shrinking = [ReplacementTransform(*pair) for pair in zip(fan, ends, strict=True)]
            self.play(LaggedStart(*shrinking, lag_ratio=0.1), run_time=2.2)
            said.until("all")
            self.play(LaggedStart(*map(GrowFromCenter, self.grid), lag_ratio=0.02), run_time=2.4)
            self.remove(*ends)
            self.add(self.grid, self.dot)

    def paint_every_dot_by_its_loss(self) -> None:
        goal, middle = painted(self.map, self.grid.copy(), grid(self.map)), self.map.minimum()
        for rank, band in enumerate(self.map.bands):
            band.set_z_index(rank - len(self.map.bands))
        growing = [GrowFromPoint(band, middle.get_center()) for band in self.map.bands[::-1]]
        with self.say("Now paint every dot by its loss.") as said:
            self.play(FadeIn(self.reading, target_position=self.line), run_time=0.8)
            said.until("paint")
            self.play(Transform(self.grid, goal), run_time=1.2)
            self.play(LaggedStart(*growing, lag_ratio=0.25), FadeOut(self.grid), run_time=2.6)
            self.add(self.map.bands)
            self.play(*self.knobs.turned_to(self.knobs.ring[0]), run_time=1.2)
            self.knobs.on_trip = True

    def walk_where_the_loss_is_the_same(self) -> None:
        self.way = trace(self.map, self.knobs.walked, self.level)
        with self.say("Walk so that the loss stays the same, and you come full circle."):
            self.add(self.way)
            self.play(self.knobs.trip.animate.set_value(0.5), run_time=4.4, rate_func=linear)

    def all_equally_wrong(self) -> None:
        with self.say(
            "{loss} all the way round: always another {graph}, always equally wrong.",
            loss=significant(self.level),
            graph=self.graph,
        ):
            self.play(self.knobs.trip.animate.set_value(1), run_time=4.4, rate_func=linear)

    def rings_inside_rings(self) -> None:
        drawing = LaggedStart(*map(Create, self.map.rings[::-1]), lag_ratio=0.3)
        with self.say(
            "Each ring further in is lower. In the middle is the best {graph}.", graph=self.graph
        ) as said:
            self.play(drawing, FadeOut(self.way, rate_func=rush_into), run_time=2.6)
            self.add(self.map.rings)
            said.until("middle")
            self.play(GrowFromCenter(self.map.minimum()), run_time=1.2)
        self.knobs.leave_the_trip()

    def why_not_simply_go_there(self) -> None:
        here, goal = self.knobs.here(), self.convergence.minimum
        with self.say("So why not simply go there?"):
            self.play(*self.knobs.turned_to(here + 0.3 * (goal - here)), run_time=1.8)

    def the_computer_stands_in_fog(self) -> None:
        fog = Fog(self.map, self.knobs.here)
        with self.say("Because this map was painted for you. The computer stands in fog.") as said:
            said.until("painted")
            self.add(fog)
            self.play(fog.radius.animate.set_value(0.62), run_time=4.4)

    def which_way_is_down(self) -> None:
        feeler = needle(self.map, self.knobs.here())
        with self.say(
            "It knows one loss, its own, and can feel the ground under its feet. Which way is down?"
        ) as said:
            self.play(Indicate(self.reading, 1.1, PALETTE.loss), run_time=1.4)
            said.until("feel")
            self.play(GrowFromPoint(feeler, feeler.get_start()), run_time=0.5)
            turn = Rotate(feeler, 2 * np.pi, about_point=feeler.get_start())
            self.play(turn, run_time=4.2)
