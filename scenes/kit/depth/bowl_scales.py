"""The scales of the bowl: numbers and names, upright, along whichever edges face the viewer."""

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject

from gdmath import to_typst
from scenes.kit.depth.bowl_space import Array, BowlSpace
from scenes.kit.depth.surface import polylines, straight
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.tick_row import TickRow, tick_row
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE

TICK, GAP, NAME_GAP = 0.1, 0.22, 0.14
ABOUT, LONGEST = 4, 7
"""Ticks on an edge, and characters beside one: there is more room than on a panel."""


class EdgeScale(VGroup):
    """Ticks, numbers and a name along one edge; they show as far as ``weight()``, 0 to 1, says.

    ``places()`` is where the ticks stand in the picture, (k + 1, 3), the place of the name last;
    ``outward()``, (2,), is the direction in the picture in which all are set off from the edge.
    `values` are those that the numbers say.
    """

    def __init__(
        self,
        ticks: TickRow,
        name: str,
        color: str,
        places: Callable[[], Array],
        outward: Callable[[], Array],
        weight: Callable[[], float],
    ) -> None:
        self.places, self.outward, self.weight = places, outward, weight
        self.marks = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
        self.values = ticks.step * np.array([ticks.said(k) for k in range(len(ticks.values))])
        self.numbers = VGroup(*(maths(label, SIZE.tick, PALETTE.muted) for label in ticks.labels))
        self.heading = maths(ticks.named(name), SIZE.label, color)
        super().__init__(self.marks, self.numbers, self.heading)
        self.sizes = [(text.width / 2, text.height / 2) for text in (*self.numbers, self.heading)]
        self.drawn: tuple[object, ...] = ()
        self.add_updater(lambda scale: scale.follow(), call_updater=True)

    def follow(self) -> None:
        """Stand where the edge is now seen."""
        weight, way, places = self.weight(), np.append(self.outward(), 0), self.places()
        state = (weight, places.tobytes())
        if state == self.drawn:
            return
        self.drawn = state
        self.marks.points = polylines([np.array([p, p + TICK * way]) for p in places[:-1]])
        self.marks.set_stroke(opacity=weight)
        # The name stands clear of the numbers, whose reach depends on the way they are set off.
        reach = max((2 * np.abs(way[:2]) @ size for size in self.sizes[:-1]), default=0.0)
        gaps = [GAP] * len(self.numbers) + [GAP + reach + NAME_GAP]
        texts = (*self.numbers, self.heading)
        for text, size, place, gap in zip(texts, self.sizes, places, gaps, strict=True):
            text.set_fill(opacity=weight)
            text.move_to(place + (gap + np.abs(way[:2]) @ size) * way)


def floor_edge(bowl: BowlSpace) -> VMobject:
    """The rectangle of parameters that the map shows."""
    outline = bowl.corners[[0, 2, 3, 1, 0]]
    edge = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)

    def lie(edge: VMobject) -> None:
        edge.points = straight(bowl.floor(outline))

    edge.add_updater(lambda e: lie(e), call_updater=True)
    bind(edge, "edge of the map", lambda: bowl.parameters_at(corners(edge)), lambda: outline)
    return edge


def parameter_scale(bowl: BowlSpace, index: int) -> VGroup:
    """The scale of parameter ``index`` on both its edges of the floor; the one in front shows."""
    return VGroup(*(_along_floor(bowl, index, side) for side in (0, 1)))


def _along_floor(bowl: BowlSpace, index: int, side: int) -> EdgeScale:
    ticks = tick_row(*bowl.bounds[index], ABOUT, LONGEST)
    places = np.empty((len(ticks.values) + 1, 2))
    places[:, index] = [*ticks.values, bowl.middle[index]]
    places[:, 1 - index] = bowl.bounds[1 - index][side]
    normal = (2 * side - 1) * np.eye(2)[1 - index]

    def facing() -> tuple[float, float, float]:
        """The outward normal, to the right and away from the viewer; the sine of the elevation."""
        turn, tilt, *_ = bowl.viewpoint.state
        right = normal @ [np.cos(turn), -np.sin(turn)]
        away = normal @ [np.sin(turn), np.cos(turn)]
        return float(right), float(away), float(np.sin(tilt))

    def outward() -> Array:
        right, away, sine = facing()
        # Level with the floor all is one line; the numbers then stand below it.
        way = np.array([right * rising(sine, 0, 0.4), away * max(sine, 0.5)])
        return np.asarray(way / np.hypot(*way))

    def weight() -> float:
        right, away, sine = facing()
        length = 2 * bowl.half[index] * bowl.scale * bowl.viewpoint.state[2]
        seen_length = float(length * np.hypot(away, right * sine))
        # A map has its numbers on the left and below; once tilted, the nearer edges are clear.
        front = -away - right / 2 * rising(sine, 0.8, 0.95)
        return rising(front, -0.01, 0.01) * rising(seen_length, 1.2, 1.24)

    name = to_typst(bowl.loss.lesson.parameters[index])
    scale = EdgeScale(ticks, name, PALETTE.parameters, lambda: bowl.floor(places), outward, weight)
    bind(
        scale,
        "scale of a parameter",
        lambda: bowl.parameters_at(scale.marks.points[::4])[:, index],
        lambda: scale.values,
    )
    return scale


def loss_scale(bowl: BowlSpace) -> VGroup:
    """The scale of the loss on the four upright edges, of which the leftmost shows."""
    return VGroup(*(_upright(bowl, corner) for corner in range(4)))


def _upright(bowl: BowlSpace, corner: int) -> VGroup:
    ticks = tick_row(bowl.base, bowl.ceiling, ABOUT, LONGEST)
    places = np.tile(bowl.corners[corner], (len(ticks.values) + 1, 1))
    heights = np.append(ticks.values, bowl.ceiling)

    def weight() -> float:
        turn, tilt, *_ = bowl.viewpoint.state
        across, along = ((bowl.corners - bowl.middle) / bowl.half.max()).T
        right = across * np.cos(turn) - along * np.sin(turn)
        away = across * np.sin(turn) + along * np.cos(turn)
        # Of two edges one behind the other, the front one counts as further left.
        left = -right - 0.03 * away
        lead = float(left[corner] - np.delete(left, corner).max())
        return rising(lead, -0.01, 0.01) * rising(np.cos(tilt), 0.3, 0.6)

    scale = EdgeScale(
        ticks,
        "L",
        PALETTE.loss,
        lambda: bowl.point(places, heights),
        lambda: np.array([-1.0, 0.0]),
        weight,
    )
    bind(
        scale,
        "scale of the loss",
        lambda: bowl.loss_at(scale.marks.points[::4], places[:-1]),
        lambda: scale.values,
    )
    post = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
    height = np.array([bowl.base, bowl.ceiling])

    def stand(post: VMobject) -> None:
        post.set_stroke(opacity=weight())
        post.points = straight(bowl.point(places[:2], height))

    post.add_updater(lambda p: stand(p), call_updater=True)
    bind(
        post,
        "range of the loss",
        lambda: bowl.loss_at(corners(post), places[:2]),
        lambda: height,
    )
    return VGroup(post, scale)


def rising(value: float, low: float, high: float) -> float:
    """0 up to ``low``, 1 from ``high`` on, and smooth between."""
    t = float(np.clip((value - low) / (high - low), 0, 1))
    return t * t * (3 - 2 * t)
