"""A Surface is a lit sheet seen from a viewpoint, with a mesh of lines on it and a rim."""

import os
from collections.abc import Callable

import numpy as np
from manim import ValueTracker, VGroup, VMobject

from scenes.ch08_the_bowl.depth.faces import Faces
from scenes.ch08_the_bowl.depth.light import color
from scenes.ch08_the_bowl.depth.outlines import Points, polylines, straight
from scenes.ch08_the_bowl.depth.sheet import Sheet
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint

FACES = 36
MESH = np.arange(0, FACES + 1, 6)


class Surface(VGroup):
    """A grid of faces, brighter where it is higher and where it is turned to the light.

    ``nodes()`` are the corners in space, (FACES + 1, FACES + 1, 3), with z from 0 to ``top``, and
    ``place`` puts such points into the picture. What is seen from inside has the `opacity`; the
    outside of a near wall before it is a veil. A `Sheet` paints the faces, or, if the environment
    variable STOCK asks for plain Manim, `Faces` do as that does.
    """

    def __init__(
        self,
        nodes: Callable[[], Points],
        place: Callable[[Points], Points],
        viewpoint: Viewpoint,
        top: float,
    ) -> None:
        self.nodes, self.place, self.viewpoint = nodes, place, viewpoint
        painter = Faces if os.environ.get("STOCK") else Sheet
        self.painter = painter(place, viewpoint, top)
        self.mesh = VMobject().set_stroke(color(1), 1, 0.2)
        self.rim = VMobject().set_stroke(color(1), 1.5, 0.75)
        super().__init__(self.painter.inside, self.mesh, self.painter.outside, self.rim)
        self.opacity = ValueTracker(1.0)
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
        self.painter.paint(nodes, opacity)
        seen = self.place(nodes)
        self.mesh.points = polylines([*seen[MESH], *seen.swapaxes(0, 1)[MESH]])
        border = [seen[0], seen[1:, -1], seen[-1, -2::-1], seen[-2::-1, 0]]
        self.rim.points = straight(np.vstack(border))

    def drawn_rows(self) -> Points:
        """The corners of the rows MESH as they stand in the picture, all but the last of each."""
        return self.mesh.points.reshape(-1, 4 * FACES, 3)[: len(MESH), ::4]
