"""An EdgeAxis draws ticks, numbers and a name along one edge of the bowl, upright as it turns."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from scenes.ch08_the_bowl.depth.outlines import straight
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint, once_a_view
from scenes.kit.frame import SAFE
from scenes.kit.text.tick_row import TickRow
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import follow

TICK, GAP, NAME_GAP = 0.1, 0.22, 0.14
APART = 0.08
"""Least gap in units between two numbers: nearer ones read as one."""
BEYOND = 0.04
"""Units that a text may reach out of the safe area while the bowl turns."""
STEADY = 1e-9
"""Stands for 0 in a direction that runs along the other axis, to divide by."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Edge:
    """Where a scale stands, as seen from a viewpoint.

    ``places`` is where its ticks stand in the picture, (k + 1, 3), the place of the name last;
    ``outward``, (2,), is the direction in the picture in which all are set off from the edge;
    ``weight`` is how far it shows, 0 to 1.
    """

    places: Callable[[Viewpoint], Array]
    outward: Callable[[Viewpoint], Array]
    weight: Callable[[Viewpoint], float]


class EdgeAxis(VGroup):
    """The scale on ``edge``, seen from ``viewpoint``, one of ``scales``, which it joins.

    It shows where its numbers stand apart and in the safe area; of two scales that meet, the one
    that looks longer does. The name stands beyond the numbers or, if it is ``on_top``, above the
    last place, and ends where the numbers do. `said` is what the numbers say, in steps of the
    ticks, so that one at 0 has a size to be compared with.
    """

    def __init__(
        self,
        ticks: TickRow,
        name: str,
        color: str,
        edge: Edge,
        viewpoint: Viewpoint,
        scales: list["EdgeAxis"],
        on_top: bool = False,
    ) -> None:
        self.edge, self.viewpoint, self.scales, self.on_top = edge, viewpoint, scales, on_top
        self.marks = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
        self.said = np.array([ticks.said(k) for k in range(len(ticks.values))])
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
        scales.append(self)
        follow(self, lambda: viewpoint.state, lambda scale: scale.stand())

    def stand(self) -> None:
        """Stand where the edge is now seen, and show if there is room."""
        weight, places = self.shows(self.viewpoint), self.edge.places(self.viewpoint)
        # Turning, it may become legible before there is room for it.
        if weight and not self.has_room(self.viewpoint):
            weight = 0.0
        outward = np.append(self.edge.outward(self.viewpoint), 0)
        ticks = np.stack([places[:-1], places[:-1] + TICK * outward], axis=1)
        self.marks.points = straight(ticks).reshape(-1, 3)
        unseen = weight == self.shown == 0
        if weight != self.shown:
            self.shown = weight
            self.marks.set_stroke(opacity=weight)
            for glyph in self.glyphs:
                glyph.set_fill(opacity=weight)
        if not unseen:
            middles = np.column_stack([self.middles(self.viewpoint), np.zeros(len(places))])
            outlines = np.split(self.outlines + middles[self.text_of], self.ends)
            for glyph, outline in zip(self.glyphs, outlines, strict=True):
                glyph.points = outline

    def shows(self, view: Viewpoint) -> float:
        """How far it shows from there: not at all where its numbers would not be legible."""
        weight = self.asks(view)
        if not weight:
            return 0.0
        rivals = [scale for scale in self.scales if scale is not self and scale.asks(view)]
        return 0.0 if any(self.gives_way(scale, view) for scale in rivals) else weight

    @once_a_view
    def asks(self, view: Viewpoint) -> float:
        """How far it would show if it were alone: the edge has to be long enough for it."""
        weight = self.edge.weight(view)
        if not weight:
            return 0.0
        numbers, sizes = self.middles(view)[:-1], self.sizes[:-1]
        gaps = np.abs(np.diff(numbers, axis=0)) - sizes[1:] - sizes[:-1]
        return weight if (gaps.max(axis=1) >= APART).all() else 0.0

    def gives_way(self, other: "EdgeAxis", view: Viewpoint) -> bool:
        """Whether a text of a longer scale stands where one of this would."""
        mine, theirs = self.boxes(view)[:, None], other.boxes(view)
        apart = np.maximum(mine[..., :2] - theirs[:, 2:], theirs[:, :2] - mine[..., 2:])
        touch = bool((apart.max(axis=-1) < APART).any())
        return touch and self.length(view) < other.length(view)

    def has_room(self, view: Viewpoint) -> bool:
        """Whether all its texts would stand in the safe area."""
        boxes = self.boxes(view)
        lowest, highest = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        return bool(
            (lowest >= np.subtract([SAFE.left, SAFE.bottom], BEYOND)).all()
            and (highest <= np.add([SAFE.right, SAFE.top], BEYOND)).all()
        )

    def length(self, view: Viewpoint) -> float:
        """How long it is seen from there."""
        return float(np.linalg.norm(np.ptp(self.edge.places(view)[:-1], axis=0)))

    @once_a_view
    def middles(self, view: Viewpoint) -> Array:
        """The middles of the numbers and of the name, (k + 1, 2), so far off as to clear all."""
        places, outward = self.edge.places(view)[:, :2], self.edge.outward(view)
        reaches = self.sizes @ np.abs(outward)
        gaps = np.full(len(places), GAP)
        # The name stands clear of the numbers, whose reach depends on how they are set off.
        gaps[-1] += 2 * reaches[:-1].max(initial=0.0) + NAME_GAP
        middles = places + np.multiply.outer(gaps + reaches, outward)
        if self.on_top:
            middles[-1] = places[-1] + (GAP + self.sizes[-1]) * [np.sign(outward[0]), 1]
        else:
            middles[-1] += beyond(
                middles[-1] - middles[:-1], self.sizes[:-1], self.sizes[-1], outward
            )
        return np.asarray(middles)

    @once_a_view
    def boxes(self, view: Viewpoint) -> Array:
        """The boxes of the numbers and of the name: left, bottom, right, top, (k + 1, 4)."""
        middles = self.middles(view)
        return np.hstack([middles - self.sizes, middles + self.sizes])


def beyond(offsets: Array, sizes: Array, size: Array, direction: Array) -> Array:
    """How far a text has to go in its ``direction`` (2,) until it is clear of the others.

    It stands off them by ``offsets`` (k, 2); its half width and height are ``size``, (2,), theirs
    ``sizes``, (k, 2).
    """
    room = sizes + size + APART
    # Of each of the others: between which distances along it both boxes overlap.
    steady = np.where(np.abs(direction) < STEADY, STEADY, direction)
    enters, leaves = np.sort([(-room - offsets) / steady, (room - offsets) / steady], axis=0)
    enters, leaves = enters.max(axis=1), leaves.min(axis=1)
    far = 0.0
    while (met := (enters < far) & (far < leaves)).any():
        far = float(leaves[met].max())
    return np.asarray(far * direction)
