"""The scales of the bowl: numbers and names along its edges, upright, on whichever edges face the viewer."""

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from gdmath import to_typst
from scenes.kit.bowl import Bowl
from scenes.kit.numbers import fixed, tick_step, ticks
from scenes.kit.surface import polylines
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.trace import bind
from scenes.kit.typeset import maths

Array = NDArray[np.float64]

TICK, GAP, NAME_GAP = 0.1, 0.18, 0.52
FADED = 0.02


class EdgeScale(VGroup):
    """Ticks, numbers and a name along one edge; they follow the viewpoint and show as far as ``weight()`` says.

    ``at()`` is where the ticks stand in the picture (k, 3), the place of the name last; ``outward()`` (2,) is the
    direction in the picture in which they are set off from the edge.
    """

    def __init__(
        self,
        values: Array,
        name: str,
        color: str,
        at: Callable[[], Array],
        outward: Callable[[], Array],
        weight: Callable[[], float],
    ) -> None:
        step = tick_step(float(np.ptp(values)) or 1.0, len(values))
        decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
        self.at, self.outward, self.weight = at, outward, weight
        self.ticks = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
        self.numbers = VGroup(
            *(maths(fixed(v, decimals), SIZE.tick, PALETTE.muted) for v in values)
        )
        self.name_of_edge = maths(name, SIZE.label, color)
        super().__init__(self.ticks, self.numbers, self.name_of_edge)
        self.add_updater(EdgeScale.place, call_updater=True)

    def place(self) -> None:
        """Stand where the edge is now seen."""
        weight = self.weight()
        self.ticks.set_stroke(opacity=weight)
        for text in (*self.numbers, self.name_of_edge):
            text.set_fill(opacity=weight)
        points, way = self.at(), np.append(self.outward(), 0)
        self.ticks.points = polylines([np.array([p, p + TICK * way]) for p in points[:-1]])
        gaps = [GAP] * len(self.numbers) + [NAME_GAP]
        for text, point, gap in zip((*self.numbers, self.name_of_edge), points, gaps, strict=True):
            half = abs(way[0]) * text.width / 2 + abs(way[1]) * text.height / 2
            text.move_to(point + (gap + half) * way)


def floor_edge(bowl: Bowl) -> VMobject:
    """The rectangle of parameters that the map shows."""
    (a0, a1), (b0, b1) = bowl.bounds
    corners = np.array([(a0, b0), (a1, b0), (a1, b1), (a0, b1), (a0, b0)])
    edge = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
    edge.add_updater(lambda m: m.set_points_as_corners(bowl.floor(corners)), call_updater=True)
    return edge


def parameter_scale(bowl: Bowl, index: int) -> VGroup:
    """The scale of parameter ``index`` on both its edges of the floor, of which the one in front shows."""
    low, high = bowl.bounds[index]
    values = ticks(low, high, 4)
    name = to_typst(bowl.loss.lesson.parameters[index])
    return VGroup(*(_floor_scale(bowl, index, values, name, side) for side in (0, 1)))


def _floor_scale(bowl: Bowl, index: int, values: Array, name: str, side: int) -> EdgeScale:
    places = np.empty((len(values) + 1, 2))
    places[:, index] = [*values, np.mean(bowl.bounds[index])]
    places[:, 1 - index] = bowl.bounds[1 - index][side]
    normal = np.zeros(3)
    normal[1 - index] = 2 * side - 1

    def seen() -> tuple[float, float, float]:
        """The outward normal, to the right and away from the viewer, and the sine of the elevation."""
        turn, tilt = bowl.viewpoint.angles
        right, away = normal[:2] @ np.array(
            [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
        )
        return float(right), float(away), float(np.sin(tilt))

    def outward() -> Array:
        right, away, sine = seen()
        way = np.array([right, away * max(sine, 0.5)])
        return np.asarray(way / np.hypot(*way))

    def weight() -> float:
        right, away, sine = seen()
        length = float(np.hypot(away, right * sine))
        return ease((-away - right / 2) / 0.3) * ease((length - 0.3) / 0.25)

    scale = EdgeScale(values, name, PALETTE.parameters, lambda: bowl.floor(places), outward, weight)
    bind(
        scale,
        "scale of a parameter",
        lambda: bowl.parameters_at(scale.ticks.points[::4])[:, index],
        lambda: values,
    )
    return scale


def loss_scale(bowl: Bowl) -> VGroup:
    """The scale of the loss on the four upright edges, of which the leftmost shows."""
    values = ticks(bowl.base, bowl.ceiling, 4)
    corners = np.array([(a, b) for a in bowl.bounds[0] for b in bowl.bounds[1]])
    return VGroup(*(_upright_scale(bowl, values, corners, k) for k in range(4)))


def _upright_scale(bowl: Bowl, values: Array, corners: Array, k: int) -> VGroup:
    def weight() -> float:
        turn, tilt = bowl.viewpoint.angles
        across, along = ((corners - bowl.middle) / bowl.half.max()).T
        right = across * np.cos(turn) - along * np.sin(turn)
        away = across * np.sin(turn) + along * np.cos(turn)
        lead = -right - 0.1 * away
        ahead = lead[k] - np.delete(lead, k).max()
        return ease(0.5 + ahead / 0.08) * ease((np.cos(tilt) - 0.3) / 0.3)

    places = np.tile(corners[k], (len(values) + 1, 1))
    heights = np.append(values, bowl.ceiling)
    scale = EdgeScale(
        values,
        "L",
        PALETTE.loss,
        lambda: bowl.point(places, heights),
        lambda: np.array([-1.0, 0.0]),
        weight,
    )
    post = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)

    def raise_post(post: VMobject) -> None:
        post.set_stroke(opacity=weight())
        post.set_points_as_corners(bowl.point(places[:2], np.array([bowl.base, bowl.ceiling])))

    post.add_updater(raise_post, call_updater=True)
    bind(
        scale,
        "scale of the loss",
        lambda: bowl.loss_at(scale.ticks.points[::4], places[:-1]),
        lambda: values,
    )
    return VGroup(post, scale)


def ease(share: float) -> float:
    """0 up to 0, 1 from 1 on, and smooth between."""
    t = float(np.clip(share, 0, 1))
    return t * t * (3 - 2 * t)
