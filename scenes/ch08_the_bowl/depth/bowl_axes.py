"""Numbers and names stand upright along whichever edges of the bowl face the viewer."""

import numpy as np
from manim import VGroup, VMobject

from gdmath import to_typst
from scenes.ch08_the_bowl.depth.bowl_space import Array, BowlSpace
from scenes.ch08_the_bowl.depth.edge_axis import TICK, Edge, EdgeAxis
from scenes.ch08_the_bowl.depth.outlines import straight
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.tick_row import tick_row
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import follow

ABOUT = 4
"""Number of ticks aimed at on each edge."""
LEVEL, STEEP = 0.6, 0.3
"""Shares of a post's height: it is drawn in full from the first up, and fades to the second."""


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


def _along_floor(bowl: BowlSpace, index: int, side: int) -> EdgeAxis:
    ticks = tick_row(*bowl.bounds[index], ABOUT)
    places = np.empty((len(ticks.values) + 1, 2))
    places[:, index] = [*ticks.values, bowl.middle[index]]
    places[:, 1 - index] = bowl.bounds[1 - index][side]
    normal = (2 * side - 1) * np.eye(2)[1 - index]
    lying = bowl.space(places, bowl.base)

    def facing(view: Viewpoint) -> tuple[float, float, float]:
        """The outward normal, to the right and away from the viewer; the sine of the elevation."""
        turn, tilt, *_ = view.state
        right = normal @ [np.cos(turn), -np.sin(turn)]
        away = normal @ [np.sin(turn), np.cos(turn)]
        return float(right), float(away), float(np.sin(tilt))

    def outward(view: Viewpoint) -> Array:
        right, away, sine = facing(view)
        # Level with the floor all is one line; the numbers then stand below it.
        direction = np.array([right * rising(sine, 0, 0.4), away * max(sine, 0.5)])
        return np.asarray(direction / np.hypot(*direction))

    def weight(view: Viewpoint) -> float:
        right, away, _ = facing(view)
        # A map has its numbers on the left and below; once tilted, the nearer edges are clear.
        level = np.cos(view.state[1]) <= STEEP and not walled(bowl, index, view)
        return float(-away - level * right / 2 > 0)

    scale = EdgeAxis(
        ticks,
        to_typst(bowl.loss.lesson.parameters[index]),
        PALETTE.parameters,
        Edge(lambda view: bowl.picture(lying, view), outward, weight),
        bowl.viewpoint,
        bowl.scales,
    )
    bind(
        scale,
        "scale of a parameter",
        lambda: bowl.parameters_at(scale.marks.points[::4])[:, index] / ticks.step,
        lambda: scale.said,
    )
    return scale


def walled(bowl: BowlSpace, index: int, view: Viewpoint) -> bool:
    """Whether the surface rises past the left one of the edges along parameter ``index``."""
    ends = view.project(bowl.space(bowl.corners.reshape(2, 2, 2), bowl.base))
    # The two edges run along one axis of these corners; the left one is further left in the middle.
    edges = ends if index else ends.swapaxes(0, 1)
    (x, y), end = edges[np.argmin(edges[..., 0].sum(axis=1))]
    along = end - (x, y)
    aside = (view.project(bowl.rim) - (x, y)) @ [-along[1], along[0]] / np.hypot(*along)
    middle = (edges.mean(axis=(0, 1)) - (x, y)) @ [-along[1], along[0]]
    return bool((-np.sign(middle) * aside).max() > TICK)


def loss_scale(bowl: BowlSpace) -> VGroup:
    """The scale of the loss on the four upright edges, of which the leftmost shows."""
    return VGroup(*(_upright(bowl, corner) for corner in range(4)))


def _upright(bowl: BowlSpace, corner: int) -> VGroup:
    ticks = tick_row(bowl.base, bowl.ceiling, ABOUT)
    places = np.tile(bowl.corners[corner], (len(ticks.values) + 1, 1))
    heights = np.append(ticks.values, bowl.ceiling)

    def weight(view: Viewpoint) -> float:
        turn, tilt, *_ = view.state
        across, along = ((bowl.corners - bowl.middle) / bowl.half.max()).T
        right = across * np.cos(turn) - along * np.sin(turn)
        away = across * np.sin(turn) + along * np.cos(turn)
        # Of two edges one behind the other, the front one counts as further left.
        left = -right - 0.03 * away
        leads = left[corner] > np.delete(left, corner).max()
        return float(leads * rising(np.cos(tilt), STEEP, LEVEL))

    standing = bowl.space(places, heights)
    scale = EdgeAxis(
        ticks,
        "L",
        PALETTE.loss,
        Edge(lambda view: bowl.picture(standing, view), lambda _: np.array([-1.0, 0.0]), weight),
        bowl.viewpoint,
        bowl.scales,
        on_top=True,
    )
    bind(
        scale,
        "scale of the loss",
        lambda: bowl.loss_at(scale.marks.points[::4], places[:-1]) / ticks.step,
        lambda: scale.said,
    )
    post = VMobject().set_stroke(PALETTE.scaffold, STROKE.axis)
    height = np.array([bowl.base, bowl.ceiling])
    ends = bowl.space(places[:2], height)

    def stand(post: VMobject) -> None:
        post.set_stroke(opacity=weight(bowl.viewpoint))
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
