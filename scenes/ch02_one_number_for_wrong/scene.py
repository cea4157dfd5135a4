"""Square the residuals, average them: that is the loss."""

from collections.abc import Callable

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    MoveToTarget,
    ReplacementTransform,
    SurroundingRectangle,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    there_and_back_with_pause,
)

from gdmath import FloatArray, correspond
from gdmath.requirements import is_mean_square
from scenes.ch02_one_number_for_wrong.stack import Stack, unfold
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, Region
from scenes.kit.layout.waiver import allow
from scenes.kit.panels import DataPanel, crossing
from scenes.kit.proof.trace import decoration
from scenes.kit.text import Equation, Readout, Rewrite, colours, loss_within, relatives, words
from scenes.kit.text.formulas import NAMES
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import message, significant, suited, whole

DIGITS = 6
HALFWAY = 0.5
DIMMED = 0.6
BEHIND = 0.7
"""Of the bars about the mean square: one that lies on its edge is still told from it."""
ROOMY = 0.9
ASIDE = 0.7
BUFF, CLEARANCE = 0.16, 0.12


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
        self.one_of_them_is_the_loss()
        self.hold()

    @property
    def parameters(self) -> FloatArray:
        """The guess, moved towards the minimum as far as the present beat has it."""
        way = self.convergence.minimum - self.lesson.start
        return self.lesson.start + self.moved.get_value() * way

    def lay_out(self) -> None:
        """The panel on the left, a bar and the three formulas on the right."""
        left, right = STAGE.columns(1.4, 1, gap=0.6)
        bar, column = right.columns(1, 5.2, gap=0.5)
        self.moved, self.poured = ValueTracker(0), ValueTracker(0)
        self.panel = DataPanel(left, self.loss, [self.lesson.start, self.convergence.minimum])
        inside = Region(bar.left, self.panel.lines.get_bottom()[1], bar.right, bar.top - 0.1)
        self.stack = Stack(inside, self.loss, self.lesson.start)
        self.rows = column.rows(1, 1, 1, 1)
        self.formulas: list[Equation] = []
        self.values: list[Readout] = []
        self.line = self.panel.line(lambda: self.parameters)
        self.bars = self.panel.residuals(lambda: self.parameters)
        self.squares = self.panel.squares(lambda: self.parameters)

    def many_residuals(self) -> None:
        count = whole(len(self.bars))
        with self.say(
            "The guess and its {count} residuals. How wrong is it, in one number?", count=count
        ):
            self.play(FadeIn(self.panel, self.panel.dots), FadeIn(self.line), run_time=1.0)
            self.play(FadeIn(self.bars), run_time=1.0)

    def a_square_on_one(self) -> None:
        k = self.panel.telling
        square = self.squares[k].set_fill(opacity=0.15)
        residual = float(self.loss.residuals(self.parameters)[k])
        height, area = self.panel.write_y(residual), significant(residual**2, DIGITS)
        self.area = words(area, SIZE.equation, PALETTE.loss).move_to(square)
        if self.area.width > ROOMY * square.width or self.is_in_the_way(self.area):
            beside = np.array([self.panel.region.right + self.area.width, square.get_y(), 0.0])
            self.area.move_to(beside)
        with self.say(
            "Square a residual: on {height} stands a square of area {area}.",
            height=height,
            area=area,
        ):
            self.play(self.dim(self.bars, 0, k), run_time=0.6)
            self.play(unfold(square, self.bars[k]), run_time=1.4)
            self.play(FadeIn(self.area), run_time=0.5)

    def is_in_the_way(self, text: VMobject) -> bool:
        """Whether a point or the line lies under ``text``, or so close that it would be touched."""
        centre, near = text.get_center()[:2], np.array([text.width, text.height]) / 2 + CLEARANCE
        gaps = np.abs([dot.get_center()[:2] - centre for dot in self.panel.dots])
        hides_a_point = bool(np.any(np.all(gaps < near, axis=1)))
        return hides_a_point or crossing(self.line.points[:, :2], centre - near, centre + near)

    def a_square_on_each(self) -> None:
        first = self.squares[self.panel.telling]
        others = [k for k in self.stack.order if k != self.panel.telling]
        alike = first.animate.match_style(self.squares[others[0]])
        unfolding = [unfold(self.squares[k], self.bars[k]) for k in others]
        with self.say("No area is negative, and twice the residual makes four times the square."):
            self.play(FadeOut(self.area), alike, self.dim(self.bars, 1), run_time=0.6)
            self.play(LaggedStart(*unfolding, lag_ratio=0.12), run_time=3.2)
            self.add(self.squares)

    def their_sum_is_one_bar(self) -> None:
        self.shares = self.stack.shares(lambda: self.parameters)
        allow("contrast", self.shares, reason="a thin one is all outline, between its neighbours'")
        with self.say("Pour all the areas into one bar. Its height is their sum: SSE."):
            self.play(FadeIn(self.stack), self.name(0, self.total), run_time=0.8)
            pouring = [
                ReplacementTransform(self.squares[k], share)
                for k, share in zip(self.stack.order, self.shares, strict=True)
            ]
            self.play(
                LaggedStart(*pouring, lag_ratio=0.15),
                self.poured.animate.set_value(len(self.shares)),
                rate_func=linear,
                run_time=4,
            )
            self.remove(self.squares)
            self.add(self.shares)

    def their_mean_is_an_equal_share(self) -> None:
        self.equal = self.stack.shares(lambda: self.parameters, equal=True)
        allow("contrast", self.equal, reason="a thin one is all outline, between its neighbours'")
        count = whole(len(self.shares))
        with self.say("Cut it into {count} equal shares. One share is the mean: MSE.", count=count):
            self.play(ReplacementTransform(self.shares, self.equal), run_time=1.4)
            self.play(self.dim(self.equal, DIMMED, 0), self.name(1, self.mean), run_time=0.9)

    def the_mean_is_a_square_again(self) -> None:
        self.mean_square = self.panel.mean_square(lambda: self.parameters)
        with self.say("Back among the points, that share is a square: the average one."):
            self.play(self.dim(self.bars, BEHIND), run_time=0.6)
            self.play(TransformFromCopy(self.equal[0], self.mean_square), run_time=1.6)

    def its_root_is_a_height(self) -> None:
        side = self.panel.root_mean_square(lambda: self.parameters)
        root = suited([self.root()])(self.root())
        with self.say("Its side is the root, RMSE: {root}, in the units of y.", root=root):
            self.play(Create(side), run_time=1.0)
            self.play(self.name(2, self.root), run_time=0.9)

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

    def one_of_them_is_the_loss(self) -> None:
        row, squared = self.rows[3], is_mean_square(self.lesson)
        # Another loss than the mean square is longer, and gets the bar's room too.
        start = row.left if squared else self.stack.region.left + BUFF
        framed = Region(start, row.bottom + BUFF, row.right - BUFF, row.top)
        loss = loss_within(framed, self.derivation)
        frame = SurroundingRectangle(loss, color=PALETTE.loss, buff=BUFF, corner_radius=0.1)
        decoration(frame.set_stroke(width=STROKE.contour))
        mean = self.formulas[1]
        fading = [*self.formulas, *self.values]
        leaving: list[Animation] = []
        if squared:
            sentence = message(
                "The RMSE has the units of y, but we walk down the MSE: that is the loss, L."
            )
            pairs = correspond(mean.expression, loss.expression)
            arriving: Animation = Rewrite(mean, loss, pairs, keep=True)
            fading = [row for row in fading if row not in (mean, self.values[1])]
        else:
            sentence = message("This lesson walks down another relative. We call it the loss, L.")
            arriving = FadeIn(loss)
            leaving = [FadeOut(self.stack, self.equal)]
        with self.say(sentence):
            aside = (row.animate.set_opacity(ASIDE) for row in fading)
            self.play(*aside, *leaving, run_time=0.8)
            self.play(arriving)
            self.play(Create(frame), run_time=0.8)

    def total(self) -> float:
        """The squared residuals that have been poured into the bar, added up."""
        poured = round(self.poured.get_value())
        return float(self.stack.squares(self.parameters)[:poured].sum())

    def mean(self) -> float:
        """The mean of the squared residuals."""
        return float(self.stack.squares(self.parameters).mean())

    def root(self) -> float:
        """The root of that mean."""
        return float(np.sqrt(self.mean()))

    def name(self, row: int, value: Callable[[], float]) -> Animation:
        """Let one of the three appear: its formula on the left of a row, its number right."""
        formula = Equation(relatives()[row], SIZE.label, colours(self.lesson))
        most = self.stack.whole() if row == 0 else value()
        write = suited([most])
        # Less may take more room: 9580000 than 1.538e7.
        room = max(words(write(most / part), SIZE.label).width for part in (1, 10, 100))
        whole_row = self.rows[row]
        left = Region(
            whole_row.left, whole_row.bottom, whole_row.right - room - BUFF, whole_row.top
        )
        left.place(formula).set_x(left.left, LEFT)
        baseline = formula.part((0,)).get_bottom()[1]
        anchor = np.array([whole_row.right - room, baseline, 0])
        number = Readout(lambda: write(value()), anchor, SIZE.label, PALETTE.loss, str(NAMES[row]))
        self.formulas.append(formula)
        self.values.append(number)
        return AnimationGroup(FadeIn(formula, shift=0.15 * RIGHT), FadeIn(number))

    def dim(self, group: VGroup, opacity: float, kept: int | None = None) -> Animation:
        """Let a group step back, all but the one that is kept."""
        # Changed as a whole: its updaters run only while it stands as a whole.
        target = group.generate_target()
        for k, member in enumerate(target):
            if k != kept:
                member.set_stroke(opacity=opacity)
                member.set_fill(opacity=opacity * group[k].get_fill_opacity())
        return MoveToTarget(group)
