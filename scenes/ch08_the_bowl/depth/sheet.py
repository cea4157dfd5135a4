"""A Sheet draws the faces of a surface in some dozens of paths, however many faces there are.

Waste removed: stock Manim projects, shades, sorts and paints them one by one, at every frame.
"""

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject

from scenes.ch08_the_bowl.depth.light import COLORS, SHADES, Shades, lit
from scenes.ch08_the_bowl.depth.outlines import Points, closed, quads
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint

GLASS, VEIL = 0.9, 0.35
OVERLAP = 0.008


class Sheet:
    """Paints a surface in two layers, what is seen from `inside` and a veil of the `outside`.

    A line of sight meets a convex bowl at most twice, once from inside and once from outside, so in
    either layer no face hides another: their order does not matter, and those of one shade are one
    path.
    """

    def __init__(self, place: Callable[[Points], Points], viewpoint: Viewpoint, top: float) -> None:
        self.place, self.viewpoint, self.top = place, viewpoint, top
        self.inside, self.outside = layer(1), layer(VEIL)
        self.opacity = 1.0

    def paint(self, nodes: Points, opacity: float) -> None:
        """Show the faces between ``nodes`` (m, n, 3); the inside has the ``opacity``."""
        faces = quads(self.place(nodes))
        shades, from_inside = lit(nodes, self.viewpoint, self.top)
        inside, outside = faces[from_inside], faces[~from_inside]
        # Through glass no seam is seen between faces, but where they overlap it would be.
        fill(self.inside, grown(inside) if opacity > GLASS else inside, shades[from_inside])
        fill(self.outside, outside, shades[~from_inside])
        if opacity != self.opacity:
            self.opacity = opacity
            self.inside.set_fill(opacity=opacity)
            self.outside.set_fill(opacity=VEIL * opacity)


def layer(opacity: float) -> VGroup:
    """A path for each shade, still empty."""
    return VGroup(*(VMobject(stroke_width=0).set_fill(color, opacity) for color in COLORS))


def fill(layer: VGroup, faces: Points, shades: Shades) -> None:
    """Give each path of ``layer`` the faces (k, 4, 3) of its shade."""
    order = np.argsort(shades, kind="stable")
    ends = np.searchsorted(shades[order], np.arange(1, SHADES))
    for path, outlines in zip(layer, np.split(closed(faces)[order], ends), strict=True):
        path.points = outlines.reshape(-1, 3)


def grown(faces: Points) -> Points:
    """The faces (k, 4, 3), each a little larger, so that no seam shows between neighbours."""
    outward = faces - faces.mean(axis=1, keepdims=True)
    length = np.linalg.norm(outward, axis=2, keepdims=True)
    return np.asarray(faces + OVERLAP * outward / np.maximum(length, OVERLAP))
