"""The storyboard of chapter 2: squares on the residuals, their sum, their mean, and its root."""

from functools import cached_property

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    TransformFromCopy,
    ValueTracker,
    linear,
    there_and_back_with_pause,
)

from gdmath import FloatArray
from scenes.ch02_one_number_for_wrong.relatives import Relatives, frame
from scenes.ch02_one_number_for_wrong.squares import (
    BEHIND,
    DIGITS,
    area_of,
    mean_square,
    root_mean_square,
    unfold,
)
from scenes.ch02_one_number_for_wrong.stack import DIMMED, Stack
from scenes.ch02_one_number_for_wrong.story import HALFWAY, Story
from scenes.kit.chapter import Chapter
from scenes.kit.emphasis import step_back
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel
from scenes.kit.wording import heard_roughly, significant, whole


class OneNumberForWrong(Chapter):
    """Squares on the residuals become one bar, one mean square, and the side of that."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.many_residuals()
        self.a_square_on_one()
        self.a_square_on_each()
        self.their_sum_is_one_bar()
        self.their_mean_is_an_equal_share()
        self.the_mean_is_a_square_again()
        self.its_root_is_a_height()
        self.all_three_depend_on_the_line()
        if self.story.walks_down_the_mean_square:
            self.the_mean_is_the_loss()
        else:
            self.another_relative_is_the_loss()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's guess."""
        return Story(self.loss, self.convergence.minimum)

    def here(self) -> FloatArray:
        """The guess, moved towards the minimum as far as the present beat has it."""
        return self.story.towards_the_minimum(self.moved.get_value())

    def squares(self) -> FloatArray:
        """The squared residuals of the present beat, from the left point to the right one."""
        return self.story.squares(self.here())

    def lay_out(self) -> None:
        """Put the panel on the left, a bar and the three formulas on the right."""
        left, right = STAGE.columns(1.4, 1, gap=0.6)
        bar, column = right.columns(1, 5.2, gap=0.5)
        self.moved = ValueTracker(0)
        self.panel = DataPanel(left, self.loss, [self.lesson.start, self.convergence.minimum])
        self.stack = Stack(bar, self.panel.lines.get_bottom()[1], self.squares)
        self.relatives = Relatives(column, self.derivation)
        self.line, self.bars = self.panel.line(self.here), self.panel.residuals(self.here)
        self.areas = self.panel.squares(self.here)
        self.count = whole(len(self.bars))

    def many_residuals(self) -> None:
        with self.say(
            "The guess and its {count} residuals. How wrong is it, in one number?", count=self.count
        ):
            self.play(FadeIn(self.panel, self.panel.dots), FadeIn(self.line), run_time=1.0)
            self.play(FadeIn(self.bars), run_time=1.0)

    def a_square_on_one(self) -> None:
        k = self.panel.telling
        square = self.areas[k].set_fill(opacity=0.15)
        residual = float(self.loss.residuals(self.here())[k])
        area = heard_roughly(significant(residual**2, DIGITS), 3)
        self.area = area_of(square, area, self.panel, self.line)
        with self.say(
            "Square a residual: on {height} stands a square of area {area}.",
            height=heard_roughly(self.panel.write_y(residual)),
            area=area,
        ) as said:
            self.play(step_back(self.bars, 0, but=k), run_time=0.6)
            said.until("stands")
            self.play(unfold(square, self.bars[k]), run_time=1.4)
            self.play(FadeIn(self.area), run_time=0.5)

    def a_square_on_each(self) -> None:
        first = self.areas[self.panel.telling]
        others = [k for k in self.story.order if k != self.panel.telling]
        alike = first.animate.match_style(self.areas[others[0]])
        unfolding = [unfold(self.areas[k], self.bars[k]) for k in others]
        with self.say("No area is negative, and twice the residual makes four times the square."):
            self.play(FadeOut(self.area), alike, step_back(self.bars, 1), run_time=0.6)
            self.play(LaggedStart(*unfolding, lag_ratio=0.12), run_time=3.2)
            self.add(self.areas)

    def their_sum_is_one_bar(self) -> None:
        self.shares, squares = self.stack.shares(), self.story.order
        with self.say("Pour all the areas into one bar. Its height is their sum: SSE."):
            poured = self.relatives.next(self.stack.total, self.stack.full)
            self.play(FadeIn(self.stack), poured, run_time=0.8)
            pouring = [
                ReplacementTransform(self.areas[k], share)
                for k, share in zip(squares, self.shares, strict=True)
            ]
            self.play(
                LaggedStart(*pouring, lag_ratio=0.15),
                self.stack.poured.animate.set_value(len(self.shares)),
                rate_func=linear,
                run_time=4,
            )
            self.remove(self.areas)
            self.add(self.shares)

    def their_mean_is_an_equal_share(self) -> None:
        self.equal = self.stack.shares(equal=True)
        with self.say(
            "Cut it into {count} equal shares. One share is the mean: MSE.", count=self.count
        ) as said:
            self.play(ReplacementTransform(self.shares, self.equal), run_time=1.4)
            said.until("One")
            mean = self.relatives.next(lambda: self.squares().mean())
            self.play(step_back(self.equal, DIMMED, but=0), mean, run_time=0.9)

    def the_mean_is_a_square_again(self) -> None:
        square = mean_square(self.panel, self.here)
        with self.say("Back among the points, that share is a square: the average one.") as said:
            self.play(step_back(self.bars, BEHIND), run_time=0.6)
            said.until("share")
            self.play(TransformFromCopy(self.equal[0], square), run_time=1.6)

    def its_root_is_a_height(self) -> None:
        with self.say(self.story.the_root()):
            self.play(Create(root_mean_square(self.panel, self.here)), run_time=1.0)
            root = self.relatives.next(lambda: np.sqrt(self.squares().mean()))
            self.play(root, run_time=0.9)

    def all_three_depend_on_the_line(self) -> None:
        with self.say(
            "Move the {graph}, and all three move. Half the RMSE means a quarter of the MSE.",
            graph=self.graph,
        ):
            self.play(
                self.moved.animate.set_value(HALFWAY),
                rate_func=there_and_back_with_pause,
                run_time=5,
            )

    def the_mean_is_the_loss(self) -> None:
        loss = self.relatives.loss()
        with self.say(self.story.the_loss()):
            self.play(*self.relatives.step_back(but=1), run_time=0.8)
            self.play(self.relatives.into(loss))
            self.play(Create(frame(loss)), run_time=0.8)

    def another_relative_is_the_loss(self) -> None:
        loss = self.relatives.loss(left=self.stack.region.left)
        with self.say(self.story.the_loss()):
            self.play(*self.relatives.step_back(), FadeOut(self.stack, self.equal), run_time=0.8)
            self.play(FadeIn(loss))
            self.play(Create(frame(loss)), run_time=0.8)
