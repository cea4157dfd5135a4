"""A square moves."""

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter


class Square(Chapter):
    def construct(self) -> None:
        square = ManimSquare()
        with self.say(""):
            self.add(square)
            self.wait(0.4)
        with self.say("A square & its <side> --> to the right"):
            self.play(square.animate.shift(RIGHT), run_time=1.2)
        with self.say("there"):
            self.wait(0.6)
