"""The storyboard of chapter 16: one loss curve, the two descents behind it, and a third one."""

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Indicate,
    ReplacementTransform,
    ValueTracker,
)

from scenes.ch16_behind_the_curve.marks import notes, readings
from scenes.ch16_behind_the_curve.share_bar import ShareBar
from scenes.ch16_behind_the_curve.stage import Stage
from scenes.kit.maps import segment, zoom
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.watch_panel import WatchPanel


class BehindTheCurve(Stage):
    """One loss curve, the two descents behind it, and a third that no curve of a loss tells."""

    def construct(self) -> None:
        self.title_card(FadeIn(self.watch))
        self.a_loss_curve_goes_flat()
        self.has_it_arrived()
        self.it_is_two_curves()
        self.one_dot_has_arrived()
        self.they_start_level()
        self.nobody_sees_two()
        self.in_powers_of_ten()
        self.by_the_gradient()
        self.by_the_parameters()
        self.why_the_loss_is_blind()
        self.mirror_the_start()
        self.no_axis_tells_them_apart()
        self.what_to_watch()
        self.hold()

    def a_loss_curve_goes_flat(self) -> None:
        with self.say("Here is a loss curve. It falls, it bends, and then it goes flat."):
            self.add(*self.watch.drawn)
            self.run_to(self.story.last, *self.both, run_time=4.0)

    def has_it_arrived(self) -> None:
        with self.say("The loss has stopped moving. So has the descent arrived?") as said:
            said.until("arrived")
            self.play(Indicate(self.watch.heads, 1.8, PALETTE.loss), run_time=1.5)

    def it_is_two_curves(self) -> None:
        with self.say("Look closer. This one curve is two, drawn on top of each other."):
            self.turn_into(WatchPanel(self.left, self.both, self.losses, "L"))

    def one_dot_has_arrived(self) -> None:
        self.put_on(self.close)
        twin, own = (run.color for run in self.both)
        self.notes = notes(self.left, self.story.notes, twin, own, own)
        with self.say(self.story.two_fates()) as said:
            self.play(FadeIn(self.map, *self.on_map[:-4]), run_time=1.0)
            told = self.notes[:1], self.notes[1:]
            fates = zip(("one", "other"), self.both, self.watch.heads, told, strict=True)
            for word, run, head, fate in fates:
                said.until(word)
                head, dot = head.copy().clear_updaters(), self.tracks[run][1]
                self.play(ReplacementTransform(head, dot), run_time=1.0)
                self.play(FadeIn(*fate), run_time=0.6)

    def they_start_level(self) -> None:
        ring = self.ring = self.wide.ring(float(self.losses[1][0]))
        ring.set_stroke(width=STROKE.path, opacity=1)
        with self.say("Run them again. They start on one ring, so with the same loss.") as said:
            said.ends_paragraph()
            self.play(FadeOut(*self.notes), run_time=0.4)
            leaving = self.on_map
            self.put_on(self.wide)
            self.play(zoom(self.close, self.wide, leaving, self.on_map))
            self.run_to(0, *self.both, run_time=1.4)
            said.until("ring")
            self.play(Create(ring), run_time=1.2)

    def nobody_sees_two(self) -> None:
        apart = self.story.share_of_a_line(self.watch.line_width)
        (self.mark,) = notes(self.left, [self.story.note(apart)], PALETTE.ink)
        with self.say(self.story.on_a_linear_axis(apart)):
            self.play(FadeOut(self.ring), run_time=0.4)
            self.run_to(self.story.last, *self.both, run_time=5.0)
            self.play(FadeIn(self.mark), run_time=0.5)

    def in_powers_of_ten(self) -> None:
        watch = WatchPanel(self.left, self.both, self.losses, "L", powers=True)
        (least,) = notes(self.left, [self.story.least], PALETTE.loss)
        self.part(watch, self.story.in_powers_of_ten, least)

    def by_the_gradient(self) -> None:
        lengths = [np.hypot(*run.trajectory.gradients.T) for run in self.both]
        axis = "abs(nabla L)", PALETTE.gradient
        watch = WatchPanel(self.left, self.both, lengths, *axis, powers=True)
        self.part(watch, self.story.by_the_gradient)

    def by_the_parameters(self) -> None:
        with self.say("The parameters tell you before any step: the dots start apart.") as said:
            self.play(FadeOut(self.mark), run_time=0.3)
            self.run_to(0, *self.both, run_time=1.5)
            said.until("apart")
            gap = segment(self.map, [run.clock.parameters for run in self.both])
            self.play(Create(gap), run_time=1.0)
            self.play(FadeOut(gap), run_time=0.4)

    def why_the_loss_is_blind(self) -> None:
        watch, bar = self.watch, ShareBar(self.left, self.convergence, self.lesson.start)
        self.bar = bar
        with self.say(self.story.why()) as said:
            said.ends_paragraph()
            self.play(FadeOut(watch, watch.heads), run_time=0.5)
            self.play(*bar.grow_out_of(watch.curves), run_time=1.4)
            self.play(FadeIn(bar.names[1]), run_time=0.6)
            said.until("flat")
            self.play(FadeIn(bar.names[0]), run_time=0.6)
            self.play(Indicate(bar.names[0], 1.2, PALETTE.flat), run_time=1.2)

    def mirror_the_start(self) -> None:
        share, (track, dot) = ValueTracker(1.0), self.tracks[self.twin]
        axis = segment(self.map, [self.convergence.minimum, self.story.descents[1].parameters[0]])
        third = self.map.dot(lambda: self.story.between(share.get_value()))
        losses = self.mirror.trajectory.losses, self.own.trajectory.losses
        self.watch = WatchPanel(self.left, (self.mirror, self.own), losses, "L", powers=True)
        with self.say(
            "And some twins no loss can tell. Mirror the first start at the stiff axis."
        ) as said:
            self.play(FadeOut(track, dot, self.bar), Create(axis), run_time=1.0)
            self.play(FadeIn(self.watch), run_time=0.5)
            said.until("mirror")
            self.play(GrowFromCenter(third.set_fill(PALETTE.ink)), run_time=0.5)
            self.play(share.animate.set_value(-1), run_time=2.0)
        self.remove(third)

    def no_axis_tells_them_apart(self) -> None:
        pair, watch = (self.mirror, self.own), self.watch
        self.add(*self.mirror.on_map(self.map))
        with self.say("Its loss is the same at every step, digit by digit, on any axis."):
            self.play(FadeIn(watch.heads, *readings(self.left, *pair)), run_time=0.6)
            self.add(*watch.drawn)
            self.run_to(self.story.last, *pair, run_time=6.0)

    def what_to_watch(self) -> None:
        with self.say(
            "So never watch the loss alone. Plot the gradient too, and look at the parameters."
        ) as said:
            self.play(Indicate(self.watch.heads, 1.8, PALETTE.parameters), run_time=0.9)
            said.until("parameters")
            ends = [run.clock.parameters for run in (self.own, self.mirror)]
            gap = segment(self.map, ends, PALETTE.gradient)
            self.play(Create(gap), run_time=1.2)
