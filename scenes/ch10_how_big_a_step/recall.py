"""Recall: a small map for each of the six rates, on which it runs, and what it does in a word."""

import sympy as sp
from manim import DOWN, LEFT, RIGHT, VGroup

from scenes.ch10_how_big_a_step.hops import Hops
from scenes.ch10_how_big_a_step.story import Rate, Story
from scenes.kit.clock import DescentClock, path_so_far
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import RoundMap, upright
from scenes.kit.text import Equation, formula, maths, words
from scenes.kit.theme import PALETTE, SIZE

IN_A_WORD = {
    Rate.CREEPING: "creeps",
    Rate.TO_THE_FLOOR: "one step",
    Rate.GLIDING: "leaps",
    Rate.BEST: "best",
    Rate.BOUND: "for ever",
    Rate.BLOWING_UP: "blows up",
}


class Recall:
    """The `map` of one of the six rates with its hops, the `name` beside it, and its `clock`."""

    def __init__(self, region: Region, story: Story, which: Rate) -> None:
        left, right = region.columns(1, 1, gap=0.2)
        level = float(story.loss.value(story.start))
        plane = RoundMap(left, story.loss, story.theory, story.reach, level, room=0.05)
        allow("panels", plane, reason="it is one of six that are one picture")
        plane.turn.set_value(upright(plane))
        plane.update()
        plane.rings.update()
        self.clock = DescentClock(story.runs[which])
        hops = Hops(plane, path_so_far(self.clock), fading=False)
        self.map = VGroup(plane, plane.rings, plane.minimum())
        self.hops = VGroup(hops, hops.dot)
        rate = maths(formula("eta = {rate}", rate=story.rate(which)), SIZE.equation)
        word = words(IN_A_WORD[which], SIZE.label, PALETTE.parameters)
        self.name = VGroup(rate, word).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        right.place(self.name)


def recalls(region: Region, story: Story) -> list[Recall]:
    """All six, in two rows."""
    cells = [cell for row in region.rows(1, 1) for cell in row.columns(1, 1, 1)]
    return [Recall(cell, story, which) for cell, which in zip(cells, Rate, strict=True)]


def limit(story: Story) -> VGroup:
    """The largest stable rate: what it is made of, and its value."""
    law = Equation(sp.Symbol("eta") < 2 / sp.Symbol("lambda_stiff"), SIZE.equation)
    bound = maths(formula("= {bound}", bound=story.rate(Rate.BOUND)), SIZE.equation)
    return VGroup(law, bound.next_to(law, RIGHT))
