"""Surface: a lit sheet seen from a viewpoint, drawn in some dozens of paths whatever its faces."""

from collections.abc import Callable

import numpy as np
from manim import ManimColor, ValueTracker, VGroup, VMobject, interpolate_color
from numpy.typing import NDArray

from scenes.kit.depth.viewpoint import Viewpoint
from scenes.kit.theme import PALETTE

FACES = 36
MESH = np.arange(0, FACES + 1, 6)
SHADES = 80
VEIL, GLASS = 0.35, 0.9
OVERLAP = 0.008
THIRDS = np.linspace(0, 1, 4)[:, None]
TINY = 1e-12
LIGHT = np.array([-0.48, 0.6, 0.64])
AMBIENT, BY_HEIGHT, BY_LIGHT = 0.02, 0.36, 0.54
# The brightest still lets the amber and blue strokes on it stand out 3:1.
RAMP = ("#11172D", PALETTE.height, "#3C4D84")

Points = NDArray[np.float64]


class Surface(VGroup):
    """A grid of faces, brighter where it is higher and where it is turned to the light.

    ``nodes()`` are the corners in space, (FACES + 1, FACES + 1, 3), with z from 0 to ``top``, and
    ``place`` puts such points into the picture. The light comes from the viewer's upper left. What
    is seen from inside has the `opacity`; the outside of a near wall before it is a veil. Faces of
    one shade are one path: a line of sight meets a convex bowl at most twice, once from inside and
    once from outside, so in either layer no face hides another and their order does not matter.
    """

    def __init__(
        self,
        nodes: Callable[[], Points],
        place: Callable[[Points], Points],
        viewpoint: Viewpoint,
        top: float,
    ) -> None:
        self.nodes, self.place, self.viewpoint, self.top = nodes, place, viewpoint, top
        shades = [shade((k + 0.5) / SHADES) for k in range(SHADES)]
        self.inside = VGroup(*(VMobject(stroke_width=0).set_fill(c, 1) for c in shades))
        self.outside = VGroup(*(VMobject(stroke_width=0).set_fill(c, VEIL) for c in shades))
        self.mesh = VMobject().set_stroke(shade(1), 1, 0.2)
        self.rim = VMobject().set_stroke(shade(1), 1.5, 0.75)
        super().__init__(self.inside, self.mesh, self.outside, self.rim)
        self.opacity, self.filled = ValueTracker(1.0), 1.0
        self.drawn: tuple[object, ...] = ()
        self.add_updater(lambda surface: surface.draw(), call_updater=True)

    def draw(self) -> None:
        """Place all faces as they are now seen; nothing is done if nothing has changed."""
        nodes = self.nodes()
        opacity = float(self.opacity.get_value())
        state = (self.viewpoint.state, opacity, nodes.tobytes())
        if state == self.drawn:
            return
        self.drawn = state
        seen = self.place(nodes)
        quads = np.stack([seen[:-1, :-1], seen[1:, :-1], seen[1:, 1:], seen[:-1, 1:]], axis=2)
        quads = quads.reshape(-1, 4, 3)
        shades, from_inside = self._light(nodes)
        inside, outside = quads[from_inside], quads[~from_inside]
        # Through glass no seam is seen between faces, but where they overlap it would be.
        fill(self.inside, grown(inside) if opacity > GLASS else inside, shades[from_inside])
        fill(self.outside, outside, shades[~from_inside])
        if opacity != self.filled:
            self.filled = opacity
            self.inside.set_fill(opacity=opacity)
            self.outside.set_fill(opacity=VEIL * opacity)
        self.mesh.points = polylines([*seen[MESH], *seen.swapaxes(0, 1)[MESH]])
        border = [seen[0], seen[1:, -1], seen[-1, -2::-1], seen[-2::-1, 0]]
        self.rim.points = straight(np.vstack(border))

    def _light(self, nodes: Points) -> tuple[NDArray[np.int_], NDArray[np.bool_]]:
        """The shade of each face, (k,), and whether it is seen from inside, (k,)."""
        normals = np.cross(nodes[1:, 1:] - nodes[:-1, :-1], nodes[:-1, 1:] - nodes[1:, :-1])
        normals = normals.reshape(-1, 3) * np.sign(normals.reshape(-1, 3)[:, 2:])
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), TINY)
        normals = self.viewpoint.rotate(normals)
        from_inside = normals[:, 2] > 0
        facing = np.where(from_inside, 1, -1) * (normals @ (LIGHT / np.linalg.norm(LIGHT)))
        height = (nodes[1:, 1:, 2] + nodes[:-1, :-1, 2]).ravel() / 2 / self.top
        brightness = (
            AMBIENT + BY_HEIGHT * np.sqrt(np.clip(height, 0, 1)) + BY_LIGHT * np.clip(facing, 0, 1)
        )
        return np.clip(brightness * SHADES, 0, SHADES - 1).astype(int), from_inside

    def drawn_rows(self) -> Points:
        """The corners of the rows MESH as they stand in the picture, all but the last of each."""
        return self.mesh.points.reshape(-1, 4 * FACES, 3)[: len(MESH), ::4]


def fill(layer: VGroup, quads: Points, shades: NDArray[np.int_]) -> None:
    """Give each path of ``layer`` the faces (k, 4, 3) of its shade."""
    order = np.argsort(shades, kind="stable")
    ends = np.searchsorted(shades[order], np.arange(1, SHADES))
    outlines = straight(np.concatenate([quads, quads[:, :1]], axis=1)[order])
    for path, faces in zip(layer, np.split(outlines, ends), strict=True):
        path.points = faces.reshape(-1, 3)


def grown(quads: Points) -> Points:
    """The faces (k, 4, 3), each a little larger, so that no seam shows between neighbours."""
    outward = quads - quads.mean(axis=1, keepdims=True)
    length = np.linalg.norm(outward, axis=2, keepdims=True)
    return np.asarray(quads + OVERLAP * outward / np.maximum(length, OVERLAP))


def straight(corners: Points) -> Points:
    """(..., k, 3) corners → (..., 4(k − 1), 3): the Bézier points of the lines that join them."""
    starts, ends = corners[..., :-1, None, :], corners[..., 1:, None, :]
    curves = starts + THIRDS * (ends - starts)
    return np.asarray(curves.reshape(*corners.shape[:-2], 4 * (corners.shape[-2] - 1), 3))


def polylines(lines: list[Points]) -> Points:
    """The Bézier points of several polylines (k, 3), one after the other."""
    return np.concatenate([straight(line) for line in lines])


def shade(brightness: float) -> ManimColor:
    """A colour of the surface, for 0 in the dark to 1 in full light."""
    dark, plain, bright = map(ManimColor, RAMP)
    if brightness < 0.5:
        return interpolate_color(dark, plain, 2 * brightness)
    return interpolate_color(plain, bright, 2 * brightness - 1)
