"""The pictures of the chapters once more, each grown out of the one before."""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np
from manim import (
    UP,
    Arrow,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowArrow,
    GrowFromCenter,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Restore,
    Transform,
    VGroup,
    VMobject,
    there_and_back,
)

from gdmath import (
    compile_loss,
    convergence,
    descend,
    standardised,
    two_basins,
    unmet_requirements,
)
from scenes.ch17_look_back.story import MOMENTUM, RATES, SINGLE, Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel, segment, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.run import Run
from scenes.kit.text import words
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.watch_panel import WatchPanel
from scenes.kit.wording import fill, whole
from scenes.outline import Entry, programme

NUDGE = 0.2
"""How far a second point is, as a share of the way to the minimum."""
MARGIN = 0.08
"""Room about all that the map shows, as a share of it."""


class Montage(Chapter):
    """A chapter that recalls the others: what each claims is said over its picture."""

    def setup(self) -> None:
        """A row for a line of words; beneath it the points on the left, the map on the right."""
        missing = unmet_requirements(self.given_lesson)
        chapters, _ = programme(missing)
        self.recalled = [entry for entry in chapters if entry.number in self.pictures]
        told = frozenset(entry.number for entry in chapters)
        self.story = Story(self.loss, self.trajectory, self.convergence, missing, told)
        self.head, body = STAGE.rows(0.6, 5.1, gap=0.1)
        left, self.right = body.columns(1.2, 1, gap=0.5)
        self.own = Run(self.story.whole, PALETTE.parameters)
        self.words: VMobject = VMobject()
        self.extra: VMobject = VGroup()
        self.data = DataPanel(left, self.loss, self.own.trajectory.parameters)
        self.line = self.data.line(lambda: self.own.clock.parameters)
        self.wide, self.close = (
            MapPanel(self.right, self.loss, self.convergence, seen, margin)
            for seen, margin in ((self.story.seen, MARGIN), (self.story.about_the_end, 0.2))
        )
        self.put_on(self.wide)
        self.add(self.own.clock)

    def put_on(self, map_: MapPanel) -> None:
        """Have the loss and the descent on a map that is not yet shown."""
        self.map, (self.track, self.dot) = map_, self.own.on_map(map_)
        self.on_map = [map_.bands, map_.rings, map_.minimum(), self.track, self.dot]

    def zoom_to(self, map_: MapPanel) -> None:
        """Let the map become another one."""
        before, leaving = self.map, [*self.on_map, self.extra]
        self.put_on(map_)
        self.play(zoom(before, map_, leaving, self.on_map))
        self.extra = VGroup()

    @cached_property
    def pictures(self) -> Mapping[int, Callable[[], None]]:
        """What is shown of each chapter, by its number."""
        shown = (
            self.residuals, self.squares, self.a_point_of_the_map, self.a_second_point,
            self.the_gradient, self.against_it, self.every_step, self.the_rings,
            self.two_directions, lambda: self.another_way(RATES), self.other_units,
            self.two_equations, lambda: self.another_way(MOMENTUM),
            lambda: self.another_way(SINGLE), self.two_basins, self.a_flat_curve,
        )  # fmt: skip
        return dict(enumerate(shown, start=1))

    def recall(self, entry: Entry) -> None:
        """Say what a chapter claims, over its picture."""
        title = fill("{n}  {title}", n=whole(entry.shown_number), title=entry.title)
        with self.say(entry.claim):
            self.put(title, PALETTE.muted)
            self.pictures[entry.number]()

    def put(self, text: str, color: str = PALETTE.ink) -> None:
        """Let ``text`` take the place of the words above the picture."""
        before, self.words = self.words, self.head.place(words(text, SIZE.label, color))
        shift = 0.2 * UP
        self.play(FadeOut(before, shift=shift), FadeIn(self.words, shift=shift), run_time=0.5)

    def grow(self, *others: VMobject) -> None:
        """Draw ``others`` on the map in place of what was drawn there before."""
        before, self.extra = self.extra, VGroup(*others)
        self.play(FadeOut(before), *map(Create, others), run_time=1.6)

    def residuals(self) -> None:
        self.extra = self.data.residuals(self.lesson.start)
        self.play(Create(self.extra, lag_ratio=0.1), run_time=2.0)

    def squares(self) -> None:
        squares = self.data.squares(self.lesson.start)
        self.play(ReplacementTransform(self.extra, squares), run_time=2.0)
        self.extra = squares

    def a_point_of_the_map(self) -> None:
        line, there = (drawn.copy().clear_updaters() for drawn in (self.line, self.dot))
        self.play(FadeOut(self.extra), run_time=0.4)
        self.play(ReplacementTransform(line, there), run_time=1.4)
        self.remove(there)
        self.play(Indicate(self.dot, 2.0, PALETTE.parameters), run_time=0.8)
        self.extra = VGroup()

    def a_second_point(self) -> None:
        away = NUDGE * (self.convergence.minimum - self.lesson.start)
        second = self.map.dot(self.lesson.start + away * [1, 0]).set_fill(PALETTE.ink)
        self.play(ReplacementTransform(self.dot.copy().clear_updaters(), second), run_time=1.6)
        self.extra = VGroup(second)

    def slope(self, sign: int) -> Arrow:
        """An arrow from the start along the gradient, or against it."""
        return self.map.arrow(self.lesson.start, sign * self.story.uphill)

    def the_gradient(self) -> None:
        arrow = self.slope(1)
        self.play(FadeOut(self.extra), GrowArrow(arrow), run_time=1.6)
        self.extra = arrow

    def against_it(self) -> None:
        arrow = self.slope(-1)
        self.play(ReplacementTransform(self.extra, arrow), run_time=1.6)
        self.extra = arrow

    def every_step(self) -> None:
        self.play(FadeOut(self.extra), run_time=0.3)
        self.play(self.own.to(self.trajectory.steps), run_time=3.0)
        self.extra = VGroup()

    def the_rings(self) -> None:
        rings = (Indicate(ring, 1.0, PALETTE.ink) for ring in reversed(self.map.rings))
        self.play(LaggedStart(*rings, lag_ratio=0.25), run_time=2.5)

    def two_directions(self) -> None:
        pairs = zip(self.convergence.eigenvectors.T, BY_DIRECTION, strict=True)
        self.grow(*(self.through_the_minimum(self.map, *pair) for pair in pairs))

    def two_equations(self) -> None:
        # Along these the loss no longer changes with the one parameter, or with the other.
        level = self.convergence.hessian[:, ::-1] * [-1, 1]
        self.grow(*(self.through_the_minimum(self.map, along) for along in level))

    def through_the_minimum(
        self, map_: MapPanel, along: Parameters, color: str = PALETTE.ink
    ) -> VMobject:
        """A line through the minimum, as far as a map goes."""
        best, bounds = self.convergence.minimum, np.array(map_.bounds)
        with np.errstate(divide="ignore"):
            reach = np.min(np.abs((bounds.T - best) / along))
        return segment(map_, best + reach * np.array([-along, along]), color)

    def another_way(self, chapter: int) -> None:
        other = Run(self.story.others[chapter], PALETTE.ink)
        track, dot = other.on_map(self.map)
        self.play(FadeOut(self.extra), GrowFromCenter(dot), run_time=0.5)
        self.add(other.clock, track)
        self.play(other.to(other.trajectory.steps), run_time=3.0)
        self.extra = VGroup(track, dot)

    def other_units(self) -> None:
        loss = compile_loss(standardised(self.lesson).lesson)
        theory, ground = convergence(loss), VGroup(self.map.bands, self.map.rings).save_state()
        seen = np.array([loss.lesson.start, 2 * theory.minimum - loss.lesson.start])
        # A copy, which gets other corners on its way.
        there, shown = MapPanel(self.right, loss, theory, seen).rings, self.map.rings.copy()
        self.play(FadeOut(self.extra), ground.animate.set_opacity(0), FadeIn(shown), run_time=0.5)
        self.play(Transform(shown, there, rate_func=there_and_back), run_time=3.0)
        self.play(Restore(ground), FadeOut(shown), run_time=0.5)
        self.extra = VGroup()

    def two_basins(self) -> None:
        lesson = two_basins()
        loss, starts = compile_loss(lesson), np.array([lesson.start, -lesson.start])
        seen = np.vstack([starts, 3 * np.array([[-1, -1], [1, 1]])])
        map_ = MapPanel(self.right, loss, convergence(loss), seen)
        runs = [Run(descend(loss, lesson.rule, at, lesson.steps), PALETTE.ink) for at in starts]
        self.exchange(map_.bands, map_, map_.rings)
        self.add(*(part for run in runs for part in (run.clock, *run.on_map(map_))))
        self.play(*(run.to(lesson.steps) for run in runs), run_time=3.0)

    def a_flat_curve(self) -> None:
        runs = [Run(descent, PALETTE.loss) for descent in self.story.twins]
        losses = [run.trajectory.losses for run in runs]
        one = WatchPanel(self.right, runs, losses, "L")
        self.add(*(run.clock for run in runs))
        self.exchange(one)
        self.add(*one.drawn)
        self.play(*(run.to(run.trajectory.steps) for run in runs), run_time=1.5)
        self.remove(*one.drawn)
        # Made only now: its curves are as long as the runs are when it is made.
        powers = WatchPanel(self.right, runs, losses, "L", powers=True)
        self.play(*one.turn_into(powers), run_time=1.5)

    def exchange(self, *coming: VMobject) -> None:
        """Let all go that does not belong to the line and its points, and others come."""
        kept = {id(part) for part in (self.running_title, self.words, *self.points)}
        shown = [m for m in self.mobjects if isinstance(m, VMobject | Group) and id(m) not in kept]
        self.play(*map(FadeOut, shown), *map(FadeIn, coming), run_time=0.8)
        self.extra = VGroup()

    @property
    def points(self) -> tuple[VMobject, ...]:
        """The line among its points."""
        return self.data, self.data.dots, self.line
