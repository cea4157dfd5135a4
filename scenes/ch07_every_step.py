"""Every step on one clock: a fixed learning rate does not mean fixed steps."""

import numpy as np
from manim import Create, FadeIn, FadeOut, GrowArrow, LaggedStart, VGroup, linear, smooth

from gdmath import PlainDescent
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps.direction import Bearing
from scenes.kit.maps.footprints import Footprints
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.maps.zoom import closer, zoom
from scenes.kit.panels.curve_panel import CurvePanel
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.text.rule_words import how_it_steps
from scenes.kit.text.step_panel import StepPanel, attention
from scenes.kit.text.update_panel import UpdatePanel
from scenes.kit.updaters import Parameters
from scenes.kit.wording import (
    Values,
    fixed,
    message,
    significant,
    suited,
    told_apart,
    unicode_name,
    whole,
)

DIGITS = 4
MARKS = 20
"""About how many marks are left along the path."""
FAR, ASTRAY = 1.0, 30.0
"""How far from the star, in picture units, and how many degrees off it an arrow is plainly seen."""
ARROW = 0.55
"""Its length, as a share of the way to the star."""
SMALL = 0.1
"""The share of the way to the minimum up to which a step hardly moves anything."""
SHORTER = 1.5
"""How many times shorter a step must be for the number of times to be told."""


class EveryStep(Chapter):
    """Three panels and the update equations, all reading one clock."""

    def construct(self) -> None:
        self.title_card()
        self.build_the_panels()
        self.one_guess_is_seen_three_ways()
        self.the_update_moves_both_parameters()
        self.one_step_is_small()
        self.one_parameter_passes_its_goal()
        self.come_close_to_the_minimum()
        self.downhill_is_not_the_way_there()
        self.it_turns_back()
        self.the_valley_is_slow()
        self.the_steps_shrink_by_themselves()
        self.hold()

    def build_the_panels(self) -> None:
        """Lay out the stage; nothing is shown yet."""
        panels, strip = STAGE.rows(3.75, 1.85, gap=0.15)
        left, middle, right = panels.columns(1, 1, 1, gap=0.45)
        counter, equations = strip.columns(1.2, 4, gap=0.35)
        trajectory = self.trajectory
        self.clock = DescentClock(trajectory)
        self.data_panel = DataPanel(left, self.loss, trajectory.parameters)
        self.map_panel = MapPanel(middle, self.loss, self.convergence, trajectory.parameters)
        self.curve_panel = CurvePanel(right, self.clock, trajectory.losses, "L")
        self.step_panel = StepPanel(counter, self.clock, self.lesson.learning_rate)
        self.update_panel = UpdatePanel(equations, self.derivation, self.clock)
        self.add(self.clock)

    def one_guess_is_seen_three_ways(self) -> None:
        data, map_, curve = self.data_panel, self.map_panel, self.curve_panel
        self.line, self.dot, self.star = data.line(self.here), map_.dot(self.here), map_.minimum()
        with self.say(
            "One pair of numbers, seen three ways. First, a {graph} among the points.",
            graph=self.graph,
        ):
            points = LaggedStart(*map(FadeIn, data.dots), lag_ratio=0.03)
            self.play(FadeIn(data), points, run_time=1.4)
            self.play(Create(self.line), run_time=0.8)
        with self.say("Second, a dot on the map of the loss. Third, a height on the loss curve."):
            self.play(FadeIn(map_), FadeIn(map_.bands), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.star), FadeIn(self.dot), run_time=1.2)
            self.play(FadeIn(curve), FadeIn(curve.head()), run_time=0.8)
        self.path, self.stride = map_.path(self.clock), max(1, self.trajectory.steps // MARKS)
        self.marks = Footprints(map_, self.clock, self.stride)
        self.add(self.path, self.marks, curve.curve(), self.dot)

    def the_update_moves_both_parameters(self) -> None:
        a, b = map(unicode_name, self.lesson.parameters)
        panel = self.update_panel
        with self.say("The slope of the loss in {a} and in {b}, at this guess.", a=a, b=b):
            self.play(FadeIn(self.step_panel), FadeIn(panel.gradients), run_time=1.0)
            self.play(FadeIn(panel.numbers[0]), FadeIn(panel.numbers[2]), run_time=0.6)
        with self.say(how_it_steps(self.lesson.rule, self.lesson.learning_rate)):
            self.play(FadeIn(panel.updates), run_time=0.8)
            self.play(FadeIn(panel.numbers[1]), FadeIn(panel.numbers[3]), run_time=0.6)

    def one_step_is_small(self) -> None:
        before, after = told_apart(*self.trajectory.losses[:2])
        first, second = self.trajectory.losses[:2]
        away = np.hypot(*(self.convergence.minimum - self.trajectory.parameters[0]))
        little = self.trajectory.step_lengths[0] < SMALL * away
        moves = (
            message("the {graph} hardly moves", graph=self.graph)
            if little
            else message("the {graph} moves with it", graph=self.graph)
        )
        values: Values = {"before": before, "after": after, "moves": moves}
        with self.say(
            message("One step: the loss falls from {before} to {after}; {moves}.", **values)
            if second < first
            else message("One step: the loss rises from {before} to {after}; {moves}.", **values)
        ):
            self.run_to(1, run_time=1.2)

    def one_parameter_passes_its_goal(self) -> None:
        """Tell of a parameter that passes its value at the minimum and comes back, if one does."""
        self.overshooting = self.trajectory.overshoot(self.convergence.minimum)
        marks = (
            message("A mark every {stride} steps", stride=whole(self.stride))
            if self.stride > 1
            else message("A mark each step")
        )
        longest = int(np.argmax(self.trajectory.step_lengths)) + 1
        if self.overshooting is None:
            early = longest <= self.trajectory.steps // 10
            with self.say(
                message("{marks}: the first steps are the long ones.", marks=marks)
                if early
                else message(
                    "{marks}. The longest step is step {longest}.",
                    marks=marks,
                    longest=whole(longest),
                )
            ):
                self.run_to(self.trajectory.steps // 3, run_time=5.5)
            return
        index, crossing = self.overshooting.parameter, self.overshooting.crossing
        name, goal = unicode_name(self.lesson.parameters[index]), self.convergence.minimum[index]
        with self.say(
            "{marks}. At step {crossing}, {name} passes {goal}, where it belongs.",
            marks=marks,
            crossing=whole(crossing),
            name=name,
            goal=significant(goal, 2),
        ):
            self.run_to(crossing, run_time=4.5)

    def come_close_to_the_minimum(self) -> None:
        """Enlarge the part of the map in which the rest of the descent takes place."""
        rest = self.trajectory.parameters[self.clock.step :]
        # The map's rings reach as far as the first: the highest, though a detour may come to it.
        rest = rest[np.argsort(-self.trajectory.losses[self.clock.step :], kind="stable")]
        close = MapPanel(self.map_panel.region, self.loss, self.convergence, rest, margin=0.35)
        map_, path, dot = self.map_panel, close.path(self.clock), close.dot(self.here)
        if not closer(close, map_):
            return
        leaving = [map_.bands, map_.rings, self.star, self.path, self.marks, self.dot]
        marks = Footprints(close, self.clock, self.stride)
        coming = [close.bands, close.rings, close.minimum(), path, marks, dot]
        with self.say("The rest fits into a part of this map, so we come closer."):
            self.play(zoom(map_, close, leaving, coming))
        self.map_panel = close

    def downhill_is_not_the_way_there(self) -> None:
        """Stop, before the turn, where an arrow is plainly seen to point past the minimum."""
        self.astray = VGroup()
        if self.overshooting is None or not self.plain:
            return
        trajectory, map_ = self.trajectory, self.map_panel
        places, target = trajectory.parameters, self.convergence.minimum
        angles = np.nan_to_num(trajectory.angle_to(target))
        distance = np.linalg.norm(map_.c2p(places) - map_.point(*target), axis=1)
        ahead = np.arange(self.clock.step + 1, self.overshooting.turn)
        ahead = ahead[(distance[ahead] > FAR) & (angles[ahead] > ASTRAY)]
        if not ahead.size:
            return
        step = ahead[np.argmax(angles[ahead])]
        here, slope = places[step], trajectory.gradients[step]
        reach = ARROW * np.linalg.norm(target - here) / np.linalg.norm(slope)
        arrow = map_.arrow(here, -reach * slope, against=slope)
        bearing = Bearing(map_, here, target, arrow, angles[step])
        self.astray.add(arrow, bearing)
        dark_rim = "a ring may pass beneath the degrees, which have a dark rim"
        allow("overlap", map_.rings, bearing.number, reason=dark_rim)
        with self.say(
            "Downhill is not towards the minimum: at step {step} it is {angle}° off.",
            step=whole(step),
            angle=fixed(angles[step], 1),
        ):
            self.run_to(int(step), run_time=1.2)
            self.play(GrowArrow(arrow), run_time=0.6)
            self.play(Create(bearing.line), run_time=0.6)
            self.play(Create(bearing.arc), FadeIn(bearing.number), run_time=0.6)

    def it_turns_back(self) -> None:
        if self.overshooting is None:
            return
        index, turn = self.overshooting.parameter, self.overshooting.turn
        column = self.trajectory.parameters[:, index]
        top = suited(column)(column[turn])
        name, other = (unicode_name(self.lesson.parameters[k]) for k in (index, 1 - index))
        # Against its own slope a parameter goes only by what the rule remembers.
        uphill = np.diff(column[: turn + 1]) * self.trajectory.gradients[:turn, index] > 0
        reason = (
            message("the slope was pulling it back, but earlier steps carried it on")
            if uphill.any()
            else message("it had been making up for the error in {other}", other=other)
        )
        with self.say(
            "{name} turns back at {top}, step {turn}: {reason}.",
            name=name,
            top=top,
            turn=whole(turn),
            reason=reason,
        ):
            if self.astray:
                self.play(FadeOut(self.astray), run_time=0.4)
            self.run_to(turn, run_time=4.0)

    def the_valley_is_slow(self) -> None:
        last = self.trajectory.steps
        a, b = (suited(column)(column[-1]) for column in self.trajectory.parameters.T)
        first, second = map(unicode_name, self.lesson.parameters)
        values: Values = {"last": whole(last), "first": first, "a": a, "second": second, "b": b}
        with self.say(
            message(
                "Along the valley floor: after {last} steps {first} is {a} and {second} is {b}.",
                **values,
            )
            if self.plain
            else message(
                "On to the end: after {last} steps {first} is {a} and {second} is {b}.", **values
            )
        ):
            self.run_to(last, run_time=4.5)

    def the_steps_shrink_by_themselves(self) -> None:
        lengths = self.trajectory.step_lengths
        longest = 0 if self.plain else int(np.argmax(lengths))
        which = (
            message("The longest step, step {step},", step=whole(longest + 1))
            if longest
            else message("The first step")
        )
        times = lengths[longest] / lengths[-1] if lengths[-1] else np.inf
        values: Values = {
            "which": which,
            "length": significant(lengths[longest], DIGITS),
            "last": significant(lengths[-1], DIGITS - 1),
        }
        with self.say(
            message(
                "{which} was {length} long, the last {last}: {times} times shorter.",
                times=significant(times, 2),
                **values,
            )
            if SHORTER < times < np.inf
            else message("{which} was {length} long, the last {last}.", **values)
        ):
            self.play(attention(self.step_panel.step_length))
        slopes = np.hypot(*self.trajectory.gradients[[0, -1]].T)
        first, last = (significant(slope, DIGITS - 1) for slope in slopes)
        with self.say(
            message(
                "The learning rate never changed. The slope did: "
                "near the floor there is little of it left."
            )
            if self.plain
            else message(
                "The learning rate never changed. The slope did: it was {first}, now it is {last}.",
                first=first,
                last=last,
            )
        ):
            self.play(attention(self.step_panel.rate))

    @property
    def plain(self) -> bool:
        """Whether every step is the slope beneath it, scaled."""
        return isinstance(self.lesson.rule, PlainDescent)

    def here(self) -> Parameters:
        """Where the descent is by the clock, shape (2,)."""
        return self.clock.parameters

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        easing = smooth if run_time < 3 else linear
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=easing)
