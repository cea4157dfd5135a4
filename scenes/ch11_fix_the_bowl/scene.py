"""The storyboard of chapter 11: the same points and lines, with another ruler under them."""

from functools import cached_property

import numpy as np
from manim import (
    DOWN,
    UP,
    Create,
    FadeIn,
    FadeOut,
    FadeTransform,
    GrowArrow,
    GrowFromCenter,
    Indicate,
    LaggedStart,
    TransformFromCopy,
    Write,
)

from scenes.ch11_fix_the_bowl.bowl_numbers import bowl_numbers
from scenes.ch11_fix_the_bowl.hop import Flight, Misread, OneStep
from scenes.ch11_fix_the_bowl.number_columns import centred_x, standard_x
from scenes.ch11_fix_the_bowl.ruler import DEPTH, LiveScaling, RuledPanel, Ruler
from scenes.ch11_fix_the_bowl.shake import Shake
from scenes.ch11_fix_the_bowl.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, parameter_axes


class FixTheBowl(Chapter):
    """The same points and the same lines, with another ruler under them and so another bowl."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.panel, self.panel.dots, self.map, self.cross, self.star))
        self.who_made_the_bowl()
        self.shaken_it_keeps_its_shape()
        self.the_x_alone_make_it()
        self.in_per_cent_they_are_the_same_points()
        self.the_bowl_becomes_a_ravine()
        self.the_old_rate_explodes()
        self.a_rate_has_units()
        self.centring_sets_it_upright()
        self.scaling_makes_it_round()
        self.one_step_is_enough()
        self.read_wrongly_they_miss()
        self.translated_they_are_the_line()
        self.hold()

    @cached_property
    def story(self) -> Story:
        return Story(self.lesson, self.convergence)

    def lay_out(self) -> None:
        left, self.right = STAGE.columns(1.05, 1)
        story, level = self.story, float(self.trajectory.losses[0])
        self.scaling = scaling = LiveScaling(self.lesson)
        bowl = self.loss, self.convergence, story.reach, level
        self.map = RoundMap(self.right, *bowl, scaling.step, highest=story.highest)
        seen = [self.lesson.start, self.convergence.minimum, story.unmapped]
        self.panel, self.star = RuledPanel(left, self.loss, seen), self.map.minimum()
        self.kappa, self.largest = bowl_numbers(self.right, self.convergence, scaling)
        self.percent = Ruler(self.panel, story.percent, '"x in per cent"')
        self.cross = parameter_axes(self.map, story.symbols)
        self.add(self.map.closeness)

    def who_made_the_bowl(self) -> None:
        self.shake = Shake(self.loss, self.panel, self.map)
        self.line = self.panel.line(lambda: self.shake.best())
        with self.say("The bowl is to blame. But who made the bowl?") as said:
            self.play(Create(self.line), FadeIn(self.kappa), run_time=0.8)
            self.play(Create(self.map.rings), run_time=said.rest(1))

    def shaken_it_keeps_its_shape(self) -> None:
        with self.say(
            "Shake the points up and down: its bottom wanders, and its shape stays."
        ) as said:
            self.shake.play(self, self.star, self.cross, said.rest(4))

    def the_x_alone_make_it(self) -> None:
        with self.say(
            "So the shape comes from the x alone. Change their ruler, and you change the bowl."
        ) as said:
            said.until("x")
            falling = TransformFromCopy(self.panel.dots, self.panel.feet())
            self.play(falling, run_time=said.rest(2))

    def in_per_cent_they_are_the_same_points(self) -> None:
        with self.say(
            "Write x in per cent: the same points, the same line, a hundred times the numbers."
        ) as said:
            self.put_under(self.percent, 1.2)
            said.until("hundred")
            self.play(LaggedStart(*map(Indicate, self.percent.numbers), run_time=said.rest(1.5)))

    def put_under(self, ruler: Ruler, run_time: float) -> None:
        self.ruler = ruler
        self.play(FadeIn(ruler, shift=DEPTH * DOWN), run_time=run_time)

    def name_axes(self, *names: str) -> FadeTransform:
        before, self.cross = self.cross, parameter_axes(self.map, names)
        return FadeTransform(before, self.cross)

    def the_bowl_becomes_a_ravine(self) -> None:
        with self.say(self.story.ravine()) as said:
            self.play(self.name_axes(*self.story.primed), run_time=0.5)
            self.play(self.scaling.become(self.story.percent, said.rest(3)))

    def the_old_rate_explodes(self) -> None:
        flight = self.flight = Flight(self.map, self.panel, self.story, self.right)
        with self.say(self.story.explosion()) as said:
            gone, numbers = FadeOut(self.line), Write(flight.numbers)
            self.play(gone, GrowFromCenter(flight.dot), Create(flight.line), numbers, run_time=1.0)
            self.add(flight)
            steps = self.story.first_steps.steps
            for hop in range(1, steps + 1):
                run_time = said.rest(2) if hop == steps else 1.6
                self.play(flight.hops.animate.set_value(hop), run_time=run_time)

    def a_rate_has_units(self) -> None:
        with self.say(
            "So a rate has units, like a speed: change the ruler, and it means something else."
        ) as said:
            self.map.closeness.clear_updaters()
            self.play(FadeOut(self.flight), FadeIn(self.largest), run_time=0.6)
            self.play(self.map.closeness.animate.set_value(np.log(self.story.reach)))
            said.until("change")
            back = self.scaling.become(self.story.as_given, said.rest(2))
            self.play(back, FadeOut(self.ruler, shift=DEPTH * UP))
            self.play(self.name_axes(*self.story.symbols), run_time=0.4)

    def centring_sets_it_upright(self) -> None:
        centred = self.story.centred
        with self.say(self.story.upright()) as said:
            self.play(self.name_axes(*self.story.primed), FadeOut(self.largest), run_time=0.4)
            said.until("Put")
            self.put_under(Ruler(self.panel, centred, centred_x(centred)), 0.8)
            self.play(self.scaling.become(centred, said.rest(2)))

    def scaling_makes_it_round(self) -> None:
        standard, before = self.story.standard, self.ruler
        with self.say("And make their spread one unit: the bowl is round.") as said:
            self.play(FadeOut(before), run_time=0.3)
            self.put_under(Ruler(self.panel, standard, standard_x(standard)), 0.7)
            self.play(self.scaling.become(standard, said.rest(2.5)))

    def one_step_is_enough(self) -> None:
        step = self.step = OneStep(self.map, self.panel, self.story.mapped_back)
        with self.say(
            "In a round bowl, downhill is straight to the bottom. One step, and you are there."
        ) as said:
            self.play(GrowFromCenter(step.dot), Create(step.line), run_time=0.8)
            self.add(step)
            said.until("straight")
            self.play(GrowArrow(step.arrow), run_time=0.9)
            said.until("One step")
            self.play(step.taken.animate.set_value(1), run_time=said.rest(1.5))
            self.remove(step.arrow)

    def read_wrongly_they_miss(self) -> None:
        self.misread = Misread(self.panel, self.right, self.story)
        gone = self.map, self.map.rings, self.star, self.cross, self.step.dot, self.kappa
        with self.say(
            "Careful: these numbers belong to the new ruler. With the old one, the line misses."
        ) as said:
            self.play(FadeOut(*gone), Write(self.misread.found), run_time=1.5)
            said.until("With")
            self.play(FadeOut(self.ruler, shift=DEPTH * UP), run_time=0.6)
            self.add(self.misread)
            self.play(self.misread.read.animate.set_value(1), run_time=said.rest(1.5))

    def translated_they_are_the_line(self) -> None:
        with self.say(
            "Translate them, and it is the best line, found in one step. Could it be none?"
        ) as said:
            self.play(Write(self.misread.translated), run_time=2.0)
            self.play(self.misread.read.animate.set_value(0), run_time=said.rest(2))
            self.remove(self.misread)
