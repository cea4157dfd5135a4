"""Swing: the parameters moved to and fro along one direction, and the line that moves with them."""

import numpy as np
from manim import Create, FadeIn, FadeOut, Scene, ValueTracker, VGroup, smooth

from scenes.ch09_why_it_crawls.story import Story
from scenes.kit.maps import RoundMap
from scenes.kit.panels import DataPanel, post
from scenes.kit.theme import BY_DIRECTION
from scenes.kit.updaters import Parameters


class Swing:
    """A move from the minimum along a direction and back, a line on ``data``, a dot on ``map_``.

    `x` is where on the panel the line turns about, if anywhere; a post marks it.
    """

    def __init__(self, data: DataPanel, map_: RoundMap, story: Story, direction: int) -> None:
        self.x = story.pivot(direction, data.x.low, data.x.high)
        self.far, self.moved = story.swings[direction], ValueTracker(0.0)
        best, along = story.theory.minimum, story.theory.eigenvectors[:, direction]

        def at() -> Parameters:
            return np.asarray(best + self.moved.get_value() * along, dtype=float)

        color = BY_DIRECTION[direction]
        self.shown = data.residuals(at), data.line(at, color), map_.dot(at, color=color)
        self.mark = post(data, self.x) if self.x is not None else VGroup()

    def play(self, scene: Scene, seconds: float) -> None:
        """Show it, swing for so many ``seconds``, and take it away."""
        scene.play(FadeIn(*self.shown), Create(self.mark), run_time=0.4)
        for to, share in ((self.far, 0.25), (-self.far, 0.5), (0.0, 0.25)):
            moves = self.moved.animate.set_value(to)
            scene.play(moves, run_time=share * seconds, rate_func=smooth)
        scene.play(FadeOut(*self.shown, self.mark), run_time=0.3)
