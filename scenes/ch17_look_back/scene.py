"""The storyboard of chapter 17: the clip again, all claims once more, and three things to try."""

from manim import FadeIn, FadeOut

from scenes.ch17_look_back.lines import Lines
from scenes.ch17_look_back.montage import Montage
from scenes.kit.frame import STAGE
from scenes.kit.theme import PALETTE


class LookBack(Montage):
    """The clip of the beginning, its three promises, every claim on its picture, what to try."""

    def construct(self) -> None:
        self.title_card(*map(FadeIn, (*self.points, self.map, *self.on_map)))
        self.the_clip_again()
        self.why_it_slowed_down()
        self.how_it_could_be_known()
        self.how_to_do_better()
        for entry in self.recalled:
            self.recall(entry)
        self.change_one_line()
        self.three_things_to_try()
        self.now_you_can_tell()
        self.hold()

    def the_clip_again(self) -> None:
        with self.say(self.story.the_clip_again()):
            self.play(self.own.to(self.trajectory.steps), run_time=2.5)
            self.put(self.story.where_it_stands(self.trajectory.steps), PALETTE.parameters)

    def why_it_slowed_down(self) -> None:
        with self.say(self.story.why_it_slowed()) as said:
            self.zoom_to(self.close)
            if self.story.is_crawling:
                said.until("flat")
                flat = self.convergence.eigenvectors[:, 0]
                self.grow(self.through_the_minimum(self.map, flat, PALETTE.flat))

    def how_it_could_be_known(self) -> None:
        with self.say(self.story.how_to_know()) as said:
            said.until("known")
            self.put(self.story.known)
            self.play(self.own.to(self.story.end), run_time=3.0)

    def how_to_do_better(self) -> None:
        with self.say(self.story.how_to_do_better()) as said:
            said.until("better")
            self.put(self.story.ways)
            self.zoom_to(self.wide)
            self.play(self.own.to(0), run_time=1.5)

    def change_one_line(self) -> None:
        self.lines = Lines(STAGE, self.lesson_path, self.story.trials)
        with self.say("Now you. Change one line of the lesson, render it, and see."):
            self.put("")
            self.play(*map(FadeOut, self.points), run_time=0.4)
            self.exchange(self.lines.command, *filter(None, self.lines.before))

    def three_things_to_try(self) -> None:
        for k, trial in enumerate(self.story.trials):
            with self.say(trial.sentence()) as said:
                self.play(self.lines.change(k), run_time=1.0)
                said.until("it")
                self.play(FadeIn(self.lines.seen[k]), run_time=0.6)

    def now_you_can_tell(self) -> None:
        with self.say("Looking done is not being done, and now you can tell.") as said:
            self.put_on(self.close)
            self.exchange(*self.points, self.map, *self.on_map)
            self.put(self.story.where_it_stands(self.trajectory.steps), PALETTE.parameters)
            said.until("tell")
            self.play(self.own.to(self.story.end), run_time=2.5)
            self.put(self.story.where_it_stands(self.story.end), PALETTE.parameters)
