"""A Surface draws the loss as a sheet in the colours of the map, lit from one side, with its rim.

The faces of one shade are one path: some dozens of paths, however many faces there are. If the
environment variable STOCK asks for plain Manim, each is a mobject, as Manim's own surface has it.
"""

import os

import numpy as np
from manim import ManimColor, ValueTracker, VGroup, VMobject
from numpy.typing import NDArray

from scenes.ch08_the_bowl.depth.bowl import Array, Bowl
from scenes.ch08_the_bowl.depth.faces import Faces
from scenes.kit.maps.heights import height_rgb
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE
from scenes.kit.updaters import follow

ACROSS, AROUND = 15, 48
"""Faces from the minimum to the rim, and round one half of it."""
CIRCLES, RAYS = 5, 6
"""Every so many of these has a line of the mesh."""
EDGE = np.linspace(-np.pi / 2, np.pi / 2, 181)
"""Angles of the corners of one half of the rim."""
HEIGHTS, LIGHTS = 12, 12
"""Shades by height, and by light."""
LIGHT = np.array([-0.62, 0.2, 0.76])
"""Where the light comes from: it stays on one side of the map however that is turned."""
DARKEST, TURNED = 0.5, 0.62
"""Brightness of what is turned away from the light, and how much more comes by turning to it."""
EXTREME = np.round(ManimColor(PALETTE.background).to_rgb())
"""What shades tend to, so that marks stand out the more: black in the dark, white in the light."""
VEIL = 0.16
"""Opacity of the outside of a near wall, before the inside of the far one."""
SOLID, OVERLAP = 0.9, 0.008
"""Opacity from which a seam would be seen between faces, and by how much they are then larger."""

STRENGTHS = np.linspace(DARKEST, 1, LIGHTS)[:: -1 if EXTREME.all() else 1, None]
COLORS = EXTREME + (height_rgb(np.linspace(0, 1, HEIGHTS))[:, None] - EXTREME) * STRENGTHS
COLORS = COLORS.reshape(-1, 3)
"""Of each shade, its red, green and blue: the lights of the lowest height first."""


class Surface(VGroup):
    """The surface over the basin of a ``bowl``, `spread` from 0 to 1 of it.

    At 0 it is the slice along the ``first`` direction (2,) alone; from there it opens as a fan.
    What is seen from inside has the `opacity`, the outside of a near wall is a veil. No face hides
    another within one of these, as long as every line of sight meets the surface at most twice.
    """

    def __init__(self, bowl: Bowl, first: Array) -> None:
        self.bowl, self.start = bowl, bowl.basin.angle(first)
        self.spread, self.opacity = ValueTracker(1.0), ValueTracker(1.0)
        self.stock: Faces | None = None
        self.inside, self.outside = layer(), layer()
        if os.environ.get("STOCK"):
            self.inside, self.outside = VGroup(), VGroup()
            self.stock = Faces(bowl.viewpoint, self.inside, self.outside)
        self.mesh = VMobject().set_stroke(PALETTE.muted, 1, 0.35)
        self.rim = VMobject().set_stroke(PALETTE.ink, 2.5, 0.8)
        super().__init__(self.inside, self.mesh, self.outside, self.rim)
        self._opened = np.nan
        follow(self, self._state, lambda _: self.draw())
        bind(self, "loss surface", self._drawn, lambda: bowl.heights(self.mesh_places))

    def _state(self) -> object:
        return self.bowl.viewpoint.state, self.spread.get_value(), self.opacity.get_value()

    def draw(self) -> None:
        """Place all as it is now seen, as far as it is spread."""
        if self._opened != self.spread.get_value():
            self._open(float(self.spread.get_value()))
        seen = self.bowl.viewpoint.see(self.nodes)
        self.mesh.points = lines([*seen[:, ::CIRCLES][:, 1:], *seen.swapaxes(1, 2)[:, ::RAYS]])
        self.rim.points = lines([self.bowl.viewpoint.see(self.edge)])
        self._paint(quads(seen))

    def _open(self, spread: float) -> None:
        """Find the nodes (2, ACROSS + 1, AROUND + 1, 3) in space, and the shades of the faces."""
        self._opened = spread
        fan = spread * np.linspace(-np.pi / 2, np.pi / 2, AROUND + 1)
        sides = self.start + np.array([[0], [np.pi]])
        angles = sides[..., np.newaxis] + fan
        shares = np.linspace(0, 1, ACROSS + 1)[:, None]
        self.places = self.bowl.basin.places(*np.broadcast_arrays(shares, angles))
        losses = self.bowl.heights(self.places)
        self.nodes = self.bowl.space(self.places, losses)
        edge = self.bowl.basin.places(1.0, sides + spread * EDGE)
        self.edge = self.bowl.space(edge, self.bowl.heights(edge))
        self.shades = shades(quads(self.nodes), self.bowl.share(quads(losses[..., None])[..., 0]))

    def _paint(self, faces: Array) -> None:
        """Give each path the faces (k, 4, 3) of its shade, of those that are seen from its side."""
        opacity = float(self.opacity.get_value())
        if self.stock is not None:
            colours = COLORS[self.shades]
            self.stock.paint(closed(quads(self.nodes)), colours, opacity, VEIL * opacity)
            return
        along, across = faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1]
        facing = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0] < 0
        for shown, side, solid in (
            (self.inside, facing, opacity),
            (self.outside, ~facing, VEIL * opacity),
        ):
            outlines = grown(faces[side]) if solid > SOLID else faces[side]
            order = np.argsort(self.shades[side], kind="stable")
            ends = np.searchsorted(self.shades[side][order], np.arange(1, HEIGHTS * LIGHTS))
            for path, part in zip(shown, np.split(closed(outlines[order]), ends), strict=True):
                path.points = part.reshape(-1, 3)
            if solid != shown[0].get_fill_opacity():
                shown.set_fill(opacity=solid)

    @property
    def mesh_places(self) -> Array:
        """The parameters of the nodes on the circles of the mesh, (k, 2)."""
        return np.asarray(self.places[:, ::CIRCLES][:, 1:].reshape(-1, 2))

    def _drawn(self) -> Array:
        """The loss that the circles of the mesh show over their parameters, (k,)."""
        circles = self.mesh.points[: 2 * (ACROSS // CIRCLES) * AROUND * 4]
        rows = circles.reshape(-1, AROUND, 4, 3)
        nodes = np.concatenate([rows[:, :, 0], rows[:, -1:, 3]], axis=1).reshape(-1, 3)
        return self.bowl.loss_over(nodes, self.mesh_places)


def layer() -> VGroup:
    """A path for each shade, still empty."""
    return VGroup(*(VMobject(stroke_width=0).set_fill(ManimColor(rgb), 1) for rgb in COLORS))


def shades(faces: Array, shares: Array) -> NDArray[np.int_]:
    """Which shade each of the faces (k, 4, 3) in space has, whose corners are so high (k, 4)."""
    normals = np.cross(faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1])
    normals *= np.sign(normals[:, 2:])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    bright = DARKEST + TURNED * np.clip(normals @ LIGHT, 0, 1)
    light = np.clip((bright - DARKEST) / (1 - DARKEST), 0, 1) * (LIGHTS - 1)
    height = np.clip(shares.mean(axis=1), 0, 1) * (HEIGHTS - 1)
    return np.asarray(np.rint(height) * LIGHTS + np.rint(light), dtype=int)


def quads(nodes: Array) -> Array:
    """The corners (2, m + 1, n + 1, d) of two grids of faces → (2mn, 4, d), those of each."""
    around = [nodes[:, :-1, :-1], nodes[:, 1:, :-1], nodes[:, 1:, 1:], nodes[:, :-1, 1:]]
    return np.stack(around, axis=3).reshape(-1, 4, nodes.shape[-1])


def closed(faces: Array) -> Array:
    """Faces (k, 4, 3) → (k, 16, 3): the Bézier points of each, all the way round."""
    return straight(np.concatenate([faces, faces[:, :1]], axis=1))


def lines(rows: list[Array]) -> Array:
    """The Bézier points of polylines (..., k, 3), one after the other."""
    return np.concatenate([straight(row).reshape(-1, 3) for row in rows])


def straight(corners: Array) -> Array:
    """(..., k, 3) corners → (..., 4(k − 1), 3): the Bézier points of the lines that join them."""
    starts, ends = corners[..., :-1, None, :], corners[..., 1:, None, :]
    curves = starts + np.linspace(0, 1, 4)[:, None] * (ends - starts)
    return np.asarray(curves.reshape(*corners.shape[:-2], 4 * (corners.shape[-2] - 1), 3))


def grown(faces: Array) -> Array:
    """The faces (k, 4, 3), each a little larger, so that no seam shows between neighbours."""
    outward = faces - faces.mean(axis=1, keepdims=True)
    length = np.linalg.norm(outward, axis=2, keepdims=True)
    return np.asarray(faces + OVERLAP * outward / np.maximum(length, OVERLAP))
