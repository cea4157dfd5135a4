"""Surface: a lit, translucent sheet seen from a viewpoint, drawn in a few dozen paths whatever its faces."""

from collections.abc import Callable

import numpy as np
from manim import ManimColor, VGroup, VMobject, interpolate_color
from numpy.typing import NDArray

from scenes.kit.theme import PALETTE
from scenes.kit.viewpoint import Viewpoint

FACES = 28
MESH = np.arange(0, FACES + 1, 4)
SHADES = 40
VEIL = 0.32
OVERLAP = 0.008
TINY = 1e-12
LIGHT = np.array([-0.42, 0.62, 0.66])
RAMP = ("#131A33", PALETTE.height, "#7C90D6")

Nodes = NDArray[np.float64]


class Surface(VGroup):
    """A grid of faces lit from the viewer's upper left; brighter where it is higher or turned to the light.

    ``nodes()`` are the corners in space, (FACES + 1, FACES + 1, 3), with z from 0 to ``top``; ``place`` puts such
    points into the picture. The inside, seen from above, is opaque; where the outside of a near wall stands before it,
    that is a veil. Faces of one shade are one path: a line of sight meets a convex bowl at most twice, once from
    inside and once from outside, so within these two layers no face can hide another.
    """

    def __init__(
        self,
        nodes: Callable[[], Nodes],
        place: Callable[[Nodes], Nodes],
        viewpoint: Viewpoint,
        top: float,
    ) -> None:
        self.nodes, self.place, self.viewpoint, self.top = nodes, place, viewpoint, top
        colours = [shade_of((k + 0.5) / SHADES) for k in range(SHADES)]
        self.inside = VGroup(*(VMobject(stroke_width=0).set_fill(c, 1) for c in colours))
        self.outside = VGroup(*(VMobject(stroke_width=0).set_fill(c, VEIL) for c in colours))
        self.mesh = VMobject().set_stroke(shade_of(1), 1, 0.22)
        self.rim = VMobject().set_stroke(shade_of(1), 1.5, 0.7)
        super().__init__(self.inside, self.mesh, self.outside, self.rim)
        self.drawn: tuple[object, ...] = ()
        self.add_updater(Surface.draw, call_updater=True)

    def draw(self) -> None:
        """Place the faces as they are now seen; nothing is done if nothing has changed."""
        nodes = self.nodes()
        state = (*self.viewpoint.angles, nodes.tobytes())
        if state == self.drawn:
            return
        self.drawn = state
        seen = self.place(nodes)
        quads = np.stack([seen[:-1, :-1], seen[1:, :-1], seen[1:, 1:], seen[:-1, 1:]], axis=2)
        quads = quads.reshape(-1, 4, 3)
        across = nodes[1:, 1:] - nodes[:-1, :-1]
        along = nodes[:-1, 1:] - nodes[1:, :-1]
        normals = np.cross(across, along).reshape(-1, 3)
        lengths = np.linalg.norm(normals, axis=1, keepdims=True)
        normals *= np.sign(normals[:, 2:]) / np.maximum(lengths, TINY)
        normals = self.viewpoint.project(normals)
        from_above = normals[:, 2] > 0
        lit = np.clip(
            np.where(from_above, 1, -1) * (normals @ (LIGHT / np.linalg.norm(LIGHT))), 0, 1
        )
        height = np.sqrt(
            np.clip((nodes[1:, 1:, 2] + nodes[:-1, :-1, 2]).ravel() / 2 / self.top, 0, 1)
        )
        shades = np.clip((0.12 + 0.38 * height + 0.5 * lit) * SHADES, 0, SHADES - 1).astype(int)
        for layer, members in ((self.inside, from_above), (self.outside, ~from_above)):
            fill(layer, quads[members], shades[members], OVERLAP if layer is self.inside else 0)
        self.mesh.points = polylines([*seen[MESH], *seen.swapaxes(0, 1)[MESH]])
        self.rim.points = polylines(
            [np.vstack([seen[0], seen[1:, -1], seen[-1, -2::-1], seen[-2::-1, 0]])]
        )

    def drawn_rows(self) -> Nodes:
        """The corners of the rows MESH as they stand in the picture, all but the last of each."""
        return self.mesh.points.reshape(-1, 4 * FACES, 3)[: len(MESH), ::4]


def fill(layer: VGroup, quads: Nodes, shades: NDArray[np.int_], overlap: float) -> None:
    """Give each path of ``layer`` the faces (k, 4, 3) of its shade, each grown by ``overlap`` to close the seams."""
    if overlap:
        outward = quads - quads.mean(axis=1, keepdims=True)
        length = np.linalg.norm(outward, axis=2, keepdims=True)
        quads = quads + overlap * outward / np.maximum(length, overlap)
    order = np.argsort(shades, kind="stable")
    ends = np.searchsorted(shades[order], np.arange(1, SHADES))
    curves = straight(np.concatenate([quads, quads[:, :1]], axis=1))[order]
    for path, faces in zip(layer, np.split(curves, ends), strict=True):
        path.points = faces.reshape(-1, 3)


def straight(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """(..., k, 3) corners → (..., 4(k − 1), 3): the Bézier points of the straight lines that join them."""
    starts, ends = corners[..., :-1, None, :], corners[..., 1:, None, :]
    curves = starts + np.linspace(0, 1, 4)[:, None] * (ends - starts)
    return np.asarray(curves.reshape(*corners.shape[:-2], 4 * (corners.shape[-2] - 1), 3))


def polylines(lines: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The Bézier points of several polylines (k, 3), one after the other."""
    return np.concatenate([straight(line) for line in lines])


def shade_of(brightness: float) -> ManimColor:
    """A colour of the surface, for 0 in the dark to 1 in full light."""
    dark, plain, bright = map(ManimColor, RAMP)
    if brightness < 0.5:
        return interpolate_color(dark, plain, 2 * brightness)
    return interpolate_color(plain, bright, 2 * brightness - 1)
