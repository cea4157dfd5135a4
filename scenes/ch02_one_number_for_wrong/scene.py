"""The storyboard of chapter 2: errors cancel, their squares do not, and their mean is the loss."""

from functools import cached_property

from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    LaggedStart,
    ReplacementTransform,
    TransformFromCopy,
    Uncreate,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
)

from gdmath import FloatArray
from scenes.ch02_one_number_for_wrong.chain import Chain
from scenes.ch02_one_number_for_wrong.columns import Columns
from scenes.ch02_one_number_for_wrong.figures import Figures
from scenes.ch02_one_number_for_wrong.squares import BEHIND, Doubled, mean_square, root, unfold
from scenes.ch02_one_number_for_wrong.story import HALFWAY, Story
from scenes.kit.chapter import Chapter
from scenes.kit.emphasis import step_back
from scenes.kit.frame import STAGE
from scenes.kit.knobs import Knobs
from scenes.kit.panels import DataPanel


class OneNumberForWrong(Chapter):
    """Errors cancel; squares on them become columns, one mean, and the side of that."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.panel, self.panel.dots), Create(self.line))
        self.why_not_add_them_up()
        if self.story.level is not None:
            self.they_cancel()
        self.a_square_on_each()
        self.twice_the_error()
        self.pour_them_into_columns()
        self.their_mean_is_an_equal_share()
        self.its_root_is_a_typical_miss()
        if not self.story.is_mean_square:
            self.another_measure_is_the_loss()
        self.the_loss_follows_the_line()
        self.which_line_has_the_smallest()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's guess."""
        return Story(self.loss, self.convergence.minimum)

    def squares(self) -> FloatArray:
        """The squared residuals of the present line, from the left point to the right one."""
        return self.story.squares(self.knobs.here())

    def lay_out(self) -> None:
        """Put the panel on the left; on the right figures over what is made of the residuals."""
        left, self.right = STAGE.columns(2.15, 1, gap=0.5)
        figures, self.lower = self.right.rows(1, 1.7, gap=0.2)
        self.knobs, level = Knobs(self.lesson.start), self.story.level
        seen = [self.lesson.start, self.convergence.minimum, *([] if level is None else [level])]
        self.panel, here = DataPanel(left, self.loss, seen), self.knobs.here
        self.line, self.bars = self.panel.line(here), self.panel.residuals(here)
        self.areas = self.panel.squares(self.lesson.start)
        self.heap = Columns(self.lower, self.squares)
        self.figures = Figures(figures, self.loss, here)

    def why_not_add_them_up(self) -> None:
        bars, level, count = self.bars, self.story.level, self.figures.count()
        growing = [GrowFromPoint(bars[k], bars[k].get_start()) for k in self.story.order]
        with self.say(self.story.the_question()) as said:
            self.play(LaggedStart(*growing, lag_ratio=0.1), FadeIn(count), run_time=1.6)
            self.add(self.bars)
            said.until("errors")
            target = self.story.halfway if level is None else level
            self.play(*self.knobs.turned_to(target), run_time=2.6)
        self.shown = VGroup(count)

    def they_cancel(self) -> None:
        added, residuals = ValueTracker(0), self.loss.residuals(self.knobs.here())[self.story.order]
        chain = Chain(self.right, residuals, added.get_value)
        links = [
            TransformFromCopy(self.bars[k], link)
            for k, link in zip(self.story.order, chain.links, strict=True)
        ]
        with self.say(
            "Because they cancel: look how bad this {graph} is, and yet its sum is zero.",
            graph=self.graph,
        ):
            self.play(FadeOut(self.shown), Create(chain.level), FadeIn(chain.sum), run_time=0.6)
            adding = added.animate.set_value(len(links))
            self.play(LaggedStart(*links, lag_ratio=0.4), adding, rate_func=linear, run_time=4.2)
            self.add(chain)
        self.shown = VGroup(chain)

    def a_square_on_each(self) -> None:
        with self.say(
            "So square them. On every error stands a square, and no area is negative."
        ) as said:
            back = self.knobs.turned_to(self.lesson.start)
            self.play(Uncreate(self.shown), *back, run_time=1.6)
            unfolding = [unfold(self.areas[k], self.bars[k]) for k in self.story.order]
            said.until("every")
            self.play(LaggedStart(*unfolding, lag_ratio=0.12), run_time=3.4)
            self.add(self.areas)

    def twice_the_error(self) -> None:
        pair = Doubled(self.right)
        side, area = pair.sides, pair.areas
        growing = GrowFromPoint(pair.one, self.areas[self.panel.telling].get_center())
        with self.say(
            "Twice the error, four times the area: one bad miss outweighs many small ones."
        ) as said:
            said.ends_paragraph()
            self.play(growing, FadeIn(side[0], area[0]))
            said.until("four")
            self.play(pair.fills(), FadeIn(side[1], area[1]), run_time=2.4)
            self.add(pair)
        self.shown = VGroup(pair)

    def pour_them_into_columns(self) -> None:
        self.columns = self.heap.columns()
        with self.say("Pour every square into a column, all columns equally wide."):
            self.play(Uncreate(self.shown), FadeIn(self.heap), run_time=0.8)
            pouring = [
                ReplacementTransform(self.areas[k], column)
                for k, column in zip(self.story.order, self.columns, strict=True)
            ]
            self.play(LaggedStart(*pouring, lag_ratio=0.15), run_time=4)
            self.remove(self.areas)
            self.add(self.columns)

    def their_mean_is_an_equal_share(self) -> None:
        with self.say(self.story.the_mean()) as said:
            self.play(self.heap.levelled.animate.set_value(1), run_time=2.6)
            said.until("mean")
            self.play(FadeIn(self.figures.mean, target_position=self.columns), run_time=1.2)

    def its_root_is_a_typical_miss(self) -> None:
        square = mean_square(self.panel, self.knobs.here)
        side = root(self.panel, self.knobs.here)
        with self.say(self.story.the_root()) as said:
            said.ends_paragraph()
            self.play(step_back(self.bars, BEHIND), run_time=0.5)
            self.play(TransformFromCopy(self.columns[0], square), run_time=2.4)
            said.until("root")
            self.play(Create(side), FadeIn(self.figures.root, target_position=side), run_time=1.4)
        self.shown = VGroup(square, side)

    def another_measure_is_the_loss(self) -> None:
        gone = FadeOut(self.columns, self.heap, self.figures.mean, self.figures.root, self.shown)
        formula = self.figures.formula_within(self.lower, self.derivation)
        with self.say(self.story.another_loss()) as said:
            self.play(gone, step_back(self.bars, 1), run_time=0.8)
            self.play(FadeIn(formula, target_position=self.line))
            said.until("loss")
            self.play(FadeIn(self.figures.loss, target_position=self.line), run_time=1.2)

    def the_loss_follows_the_line(self) -> None:
        turned = self.story.turned(self.panel.y.low, self.panel.y.high)
        with self.say("Move the {graph}, and the loss follows at once.", graph=self.graph):
            turning = self.knobs.turned_to(turned)
            self.play(*turning, rate_func=there_and_back, run_time=4.0)

    def which_line_has_the_smallest(self) -> None:
        with self.say(
            "A better {graph}, a smaller loss. Which {graph} of all has the smallest?",
            graph=self.graph,
        ) as said:
            self.play(*self.knobs.turned_to(self.story.halfway), run_time=2.4)
            said.until("Which")
            self.play(*self.knobs.turned_to(self.story.towards(HALFWAY / 2)), run_time=1.2)
            self.play(*self.knobs.turned_to(self.story.halfway), run_time=1.4)
