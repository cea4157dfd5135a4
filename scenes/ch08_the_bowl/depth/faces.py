"""Faces draws the surface as stock Manim does, a mobject a face, to be compared with `Sheet`."""

from collections.abc import Callable
from typing import cast

import numpy as np
from manim import DEGREES, ThreeDCamera, VGroup, VMobject
from manim.mobject.three_d.three_d_utils import (
    get_3d_vmob_end_corner,
    get_3d_vmob_end_corner_unit_normal,
    get_3d_vmob_start_corner,
    get_3d_vmob_start_corner_unit_normal,
)
from manim.mobject.three_d.three_dimensions import ThreeDVMobject
from manim.typing import FloatRGBA_Array, Point3D, Vector3D

from scenes.ch08_the_bowl.depth.light import COLORS, shade
from scenes.ch08_the_bowl.depth.outlines import Points, closed, quads
from scenes.ch08_the_bowl.depth.sheet import GLASS, VEIL
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint

HAIRLINE = 0.7
"""Width of an edge at which no ground shines through between two faces."""
FAR = 1e9
"""Distance in units from which perspective is as good as parallel projection."""
RGB = np.array([color.to_rgb() for color in COLORS])


class Eye(ThreeDCamera):
    """Manim's own camera for depth, which here looks and does not film.

    It projects, shades and sorts one face at a time, as it does for Manim's own `Surface`. Where
    it looks from is a `Viewpoint`, and the light is that of the `Sheet`: so both look alike.
    """

    def __init__(self, top: float) -> None:
        super().__init__(focal_distance=FAR)
        self.top = top

    def look(self, viewpoint: Viewpoint, origin: Point3D) -> None:
        """Look from there, with what is the ``origin`` of space at that point of the picture."""
        azimuth, elevation, zoom, *_ = viewpoint.state
        self.set_theta(-90 * DEGREES - azimuth)
        self.set_phi(90 * DEGREES - elevation)
        self.set_zoom(zoom)
        self.reset_rotation_matrix()
        self.frame_center = -(origin @ self.get_rotation_matrix()) / zoom

    def modified_rgbas(self, vmobject: VMobject, rgbas: FloatRGBA_Array) -> FloatRGBA_Array:
        """The colours of a face at the two corners that Manim shades."""
        shaded = rgbas.repeat(2, axis=0)
        shaded[0, :3] = self._light(
            get_3d_vmob_start_corner(vmobject), get_3d_vmob_start_corner_unit_normal(vmobject)
        )
        shaded[1, :3] = self._light(
            get_3d_vmob_end_corner(vmobject), get_3d_vmob_end_corner_unit_normal(vmobject)
        )
        return shaded

    def sees_inside(self, face: VMobject) -> bool:
        """Whether a face is turned to the viewer with its upper side."""
        return bool(self._turned(get_3d_vmob_start_corner_unit_normal(face))[2] > 0)

    def _light(self, corner: Point3D, normal: Vector3D) -> Point3D:
        return np.asarray(RGB[shade(self._turned(normal), corner[2] / self.top)])

    def _turned(self, normal: Vector3D) -> Vector3D:
        return np.asarray(self.get_rotation_matrix() @ normal * np.sign(normal[2]))


class Faces:
    """Paints a surface in two layers as `Sheet` does, but a face at a time."""

    def __init__(self, place: Callable[[Points], Points], viewpoint: Viewpoint, top: float) -> None:
        self.place, self.viewpoint = place, viewpoint
        self.inside, self.outside = VGroup(), VGroup()
        self.eye = Eye(top)
        self.shown: dict[VMobject, VMobject] = {}

    def paint(self, nodes: Points, opacity: float) -> None:
        """Show the faces between ``nodes`` (m, n, 3); the inside has the ``opacity``."""
        outlines = closed(quads(nodes))
        while len(self.shown) < len(outlines):
            self.shown[ThreeDVMobject()] = ThreeDVMobject()
        self.eye.look(self.viewpoint, self.place(np.zeros(3)))
        for face, outline in zip(self.shown, outlines, strict=True):
            face.points = outline
        seen: tuple[list[VMobject], list[VMobject]] = [], []
        farthest_first = self.eye.get_mobjects_to_display(self.shown)
        for face in cast("list[VMobject]", farthest_first):
            inside = self.eye.sees_inside(face)
            solid = opacity if inside else VEIL * opacity
            shown = self.shown[face]
            shown.points = self.eye.transform_points_pre_display(face, face.points)
            shown.fill_rgbas = self.eye.modified_rgbas(face, np.array([[0, 0, 0, solid]]))
            shown.stroke_rgbas = shown.fill_rgbas
            shown.stroke_width = HAIRLINE if solid > GLASS else 0
            seen[inside].append(shown)
        self.outside.submobjects, self.inside.submobjects = seen
