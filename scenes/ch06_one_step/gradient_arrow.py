"""The gradient as an arrow on a map: its two legs, how it is turned round, and made short."""

import numpy as np
from manim import LEFT, RIGHT, Line, MathTypst, Typst, ValueTracker, VGroup, normalize
from numpy.typing import NDArray

from scenes.ch06_one_step.story import Story
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import LiveArrow, MapPanel
from scenes.kit.panels import beside
from scenes.kit.proof.trace import bind_direction
from scenes.kit.text import formula, maths, words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import as_given

TANGENT = 0.9
"""Units of the picture that a tangent reaches to either side."""


class GradientArrow(LiveArrow):
    """The gradient at the guess, turned by `turn` and so many times as long as e to the `size`.

    `legs` are its two parts at first.
    """

    def __init__(self, map_: MapPanel, story: Story) -> None:
        self.turn, self.size = ValueTracker(0.0), ValueTracker(float(np.log(story.drawn)))
        gradient, start = story.trajectory.gradients[0], story.loss.lesson.start
        turn, size = self.turn.get_value, self.size.get_value

        def shown() -> Parameters:
            sine, cosine = np.sin(turn()), np.cos(turn())
            turned = np.array([[cosine, -sine], [sine, cosine]]) @ gradient
            return np.asarray(np.exp(size()) * turned)

        super().__init__(map_, start, shown, "gradient, turned and scaled")
        first, second = story.drawn * np.diag(gradient)
        self.along = [
            LiveArrow(map_, tail, leg, "slope along a parameter", width=STROKE.path)
            for tail, leg in ((start, first), (start + first, second))
        ]
        self.legs = VGroup(*self.along)


def tangent(map_: MapPanel, story: Story) -> Line:
    """A short line along the ring through the guess."""
    start, gradient = story.loss.lesson.start, story.trajectory.gradients[0]
    across = normalize(np.array([-gradient[1], gradient[0], 0.0]))
    place = map_.point(*start)
    line = Line(place - TANGENT * across, place + TANGENT * across)
    line.set_stroke(PALETTE.ink, STROKE.residual)

    def ends() -> NDArray[np.float64]:
        return map_.p2c(line.points[[0, -1]])

    bind_direction(line, "along the ring", ends, lambda: across[:2], 1)
    return line


def rate_told(region: Region, story: Story) -> MathTypst:
    """The learning rate, and as per cent, at the left of ``region``."""
    told = formula("eta = {rate} = {percent} %", rate=as_given(story.rate), percent=story.percent)
    return region.place(maths(told)).set_x(region.left, LEFT)


def climbed_told(map_: MapPanel, climb: LiveArrow, story: Story) -> Typst:
    """The loss at the end of the step without the minus, beside it."""
    assert story.climbed is not None
    label = words(story.climbed, SIZE.equation)
    label.set_stroke(PALETTE.background, STROKE.arrow, background=True)
    allow("overlap", label, map_.rings, reason="a ring may pass beneath it, it has a dark rim")
    line = map_.c2p(story.uphill.parameters)
    return beside(label, climb.tip, RIGHT, map_.inside(map_.region), [line])
