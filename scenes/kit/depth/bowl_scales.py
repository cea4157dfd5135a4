"""The scales of the bowl: numbers and names, upright, along whichever edges face the viewer."""

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject

from gdmath import to_typst
from scenes.kit.depth.bowl_space import Array, BowlSpace
from scenes.kit.depth.surface import straight
from scenes.kit.depth.viewpoint import State
from scenes.kit.live import follow
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
    All this depends on ``viewpoint()`` alone. `values` are those that the numbers say.
    """

    def __init__(
        self,
        ticks: TickRow,
        name: str,
        color: str,
        places: Callable[[], Array],
        outward: Callable[[], Array],
        weight: Callable[[], float],
        viewpoint: Callable[[], State],
    ) -> None:
        self.places, self.outward, self.weight = places, outward, weight
        self.marks = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
        self.values = ticks.step * np.array([ticks.said(k) for k in range(len(ticks.values))])
        self.numbers = VGroup(*(maths(label, SIZE.tick, PALETTE.muted) for label in ticks.labels))
        self.heading = maths(ticks.named(name), SIZE.label, color)
        super().__init__(self.marks, self.numbers, self.heading)
        texts = (*self.numbers, self.heading)
        self.sizes = np.array([(text.width / 2, text.height / 2) for text in texts])
        self.glyphs = [glyph for text in texts for glyph in text.family_members_with_points()]
        # Of which text each point is, and where it is seen from the middle of that.
        lengths = [sum(len(glyph.points) for glyph in text.get_family()) for text in texts]
        self.text_of = np.repeat(np.arange(len(texts)), lengths)
        middles = np.array([text.get_center() for text in texts])[self.text_of]
        self.outlines = np.concatenate([glyph.points for glyph in self.glyphs]) - middles
        self.ends = np.cumsum([len(glyph.points) for glyph in self.glyphs])[:-1]
        self.shown: float | None = None
        follow(self, viewpoint, lambda scale: scale.stand())

    def stand(self) -> None:
        """Stand where the edge is now seen."""
        weight, way, places = self.weight(), np.append(self.outward(), 0), self.places()
        ticks = np.stack([places[:-1], places[:-1] + TICK * way], axis=1)
        self.marks.points = straight(ticks).reshape(-1, 3)
        unseen = weight == self.shown == 0
        if weight != self.shown:
            self.shown = weight
            self.marks.set_stroke(opacity=weight)
            for glyph in self.glyphs:
                glyph.set_fill(opacity=weight)
        if not unseen:
            self.set_off(places, way)

    def set_off(self, places: Array, way: Array) -> None:
        """Put the numbers and the name that far along ``way`` (3,) that they clear the edge."""
        reaches = self.sizes @ np.abs(way[:2])
        gaps = np.full(len(places), GAP)
        # The name stands clear of the numbers, whose reach depends on the way they are set off.
        gaps[-1] += 2 * reaches[:-1].max(initial=0.0) + NAME_GAP
        middles = places + np.multiply.outer(gaps + reaches, way)
        outlines = np.split(self.outlines + middles[self.text_of], self.ends)
        for glyph, outline in zip(self.glyphs, outlines, strict=True):
            glyph.points = outline


def floor_edge(bowl: BowlSpace) -> VMobject:
    """The rectangle of parameters that the map shows."""
    outline = bowl.corners[[0, 2, 3, 1, 0]]
    lying = bowl.space(outline, bowl.base)
    edge = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)

    def lie(edge: VMobject) -> None:
        edge.points = straight(bowl.picture(lying))

    follow(edge, lambda: bowl.viewpoint.state, lie)
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
    lying = bowl.space(places, bowl.base)
    scale = EdgeScale(
        ticks,
        name,
        PALETTE.parameters,
        lambda: bowl.picture(lying),
        outward,
        weight,
        lambda: bowl.viewpoint.state,
    )
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

    standing = bowl.space(places, heights)
    scale = EdgeScale(
        ticks,
        "L",
        PALETTE.loss,
        lambda: bowl.picture(standing),
        lambda: np.array([-1.0, 0.0]),
        weight,
        lambda: bowl.viewpoint.state,
    )
    bind(
        scale,
        "scale of the loss",
        lambda: bowl.loss_at(scale.marks.points[::4], places[:-1]),
        lambda: scale.values,
    )
    post = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
    height = np.array([bowl.base, bowl.ceiling])
    ends = bowl.space(places[:2], height)

    def stand(post: VMobject) -> None:
        post.set_stroke(opacity=weight())
        post.points = straight(bowl.picture(ends))

    follow(post, lambda: bowl.viewpoint.state, stand)
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
