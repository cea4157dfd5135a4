"""A dot stands."""

from manim import Dot as ManimDot

from scenes.kit.chapter import Chapter


class Dot(Chapter):
    def construct(self) -> None:
        with self.say("A dot η"):
            self.add(ManimDot())
            self.wait(1)
