"""A circle grows."""

from scenes.kit.chapter import Chapter
from scenes.kit.shapes import circle


class Circle(Chapter):
    def construct(self) -> None:
        shape = circle()
        self.add(shape)
        with self.say(
            "A sentence that is much too long for two lines of a caption is said in more than one "
            "cue, and each of these cues stands for its own share of the time"
        ):
            self.play(shape.animate.scale(2), run_time=1.5)
        with self.say(""):
            self.wait(1 / 3)
