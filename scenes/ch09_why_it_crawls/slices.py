"""Slices: the loss straight across the minimum along both directions, one upon the other."""

from functools import cached_property

import numpy as np
from manim import Dot, MathTypst, ValueTracker, VGroup, VMobject

from gdmath import FloatArray
from scenes.ch09_why_it_crawls.facts import FLAT, STIFF
from scenes.ch09_why_it_crawls.story import LETTERS, Story
from scenes.kit.frame import Region
from scenes.kit.maps import RoundMap
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text import formula, maths
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE, STROKE
from scenes.kit.updaters import live

SAMPLES = 121


class Slices(Plane):
    """How far the loss is above its least, against the distance from the minimum."""

    def __init__(self, region: Region, story: Story) -> None:
        self.loss, self.theory = story.loss, story.theory
        # Between the heights of both at the edge, so that one is seen to be low, the other steep.
        height = 0.5 * story.near**2 * float(np.sqrt(np.prod(self.theory.eigenvalues)))
        reach = Scale(-story.near, story.near, '"distance from the minimum"')
        super().__init__(region, reach, Scale(0, height, '"loss above the least"', PALETTE.loss))
        self.drawn = [ValueTracker(-self.edge(direction)) for direction in (FLAT, STIFF)]

    def edge(self, direction: int) -> float:
        """How far one of them is drawn: to the side of the panel, or to its top."""
        top = np.sqrt(2 * self.y.high / self.theory.eigenvalues[direction])
        return float(min(self.x.high, 0.98 * top))

    def places(self, direction: int, since: float, until: float) -> FloatArray:
        """The distances (k,) between two, and how high the loss is there: (k, 2)."""
        away = np.linspace(since, until, SAMPLES)
        along = self.theory.minimum + np.outer(away, self.theory.eigenvectors[:, direction])
        return np.column_stack([away, self.loss.value(along) - self.theory.minimum_loss])

    def at(self, direction: int) -> FloatArray:
        """(2,): the parameters that the end of one of them stands for."""
        away = self.drawn[direction].get_value() * self.theory.eigenvectors[:, direction]
        return np.asarray(self.theory.minimum + away, dtype=float)

    @cached_property
    def curves(self) -> VGroup:
        """Both of them, flat first."""
        return VGroup(*map(self.curve, (FLAT, STIFF)))

    def dots_on(self, map_: RoundMap) -> list[Dot]:
        """What their ends stand for, on the map."""
        flat, stiff = BY_DIRECTION
        return [
            map_.dot(lambda: self.at(FLAT), color=flat),
            map_.dot(lambda: self.at(STIFF), color=stiff),
        ]

    def curve(self, direction: int) -> VMobject:
        """One of them, as far as it is `drawn`."""

        def rows() -> FloatArray:
            until = self.drawn[direction].get_value()
            return self.places(direction, -self.edge(direction), until)

        def place(curve: VMobject) -> None:
            curve.set_points_as_corners(self.c2p(rows()))

        curve = VMobject().set_stroke(BY_DIRECTION[direction], STROKE.line)
        live(curve, place, rows)
        bind(curve, "loss across the minimum", lambda: self.p2c(corners(curve)), rows)
        return curve


def curvature(story: Story, direction: int) -> MathTypst:
    """The curvature along one direction, by its letter."""
    text = formula("{name} = {value}", name=LETTERS[direction], value=story.curvature(direction))
    return maths(text, SIZE.equation, BY_DIRECTION[direction])
