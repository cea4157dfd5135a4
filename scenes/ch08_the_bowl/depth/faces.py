"""Faces draws a surface as stock Manim does, a mobject a face, to be compared with our own way."""

from typing import cast

import numpy as np
from manim import DEGREES, ThreeDCamera, VGroup, VMobject
from manim.mobject.three_d.three_d_utils import get_3d_vmob_start_corner_unit_normal
from manim.mobject.three_d.three_dimensions import ThreeDVMobject
from manim.typing import Point3D

from scenes.ch08_the_bowl.depth.viewpoint import Points, Viewpoint

HAIRLINE, SOLID = 0.7, 0.9
"""Width of an edge at which no ground shines through, and the opacity from which that is drawn."""
FAR = 1e9
"""Distance in units from which perspective is as good as parallel projection."""


class Eye(ThreeDCamera):
    """Manim's own camera for depth, which here looks and does not film.

    It projects and sorts one face at a time, as it does for Manim's own `Surface`.
    """

    def __init__(self) -> None:
        super().__init__(focal_distance=FAR)

    def look(self, viewpoint: Viewpoint, origin: Point3D) -> None:
        """Look from there, with what is the ``origin`` of space at that point of the picture."""
        azimuth, elevation = viewpoint.state
        self.set_theta(-90 * DEGREES - azimuth)
        self.set_phi(90 * DEGREES - elevation)
        self.set_zoom(viewpoint.zoom)
        self.reset_rotation_matrix()
        self.frame_center = -(origin @ self.get_rotation_matrix()) / viewpoint.zoom

    def sees_inside(self, face: VMobject) -> bool:
        """Whether a face is turned to the viewer with its upper side."""
        normal = get_3d_vmob_start_corner_unit_normal(face)
        return bool((self.get_rotation_matrix() @ normal * np.sign(normal[2]))[2] > 0)


class Faces:
    """Paints a surface into its two layers, a face at a time."""

    def __init__(self, viewpoint: Viewpoint, inside: VGroup, outside: VGroup) -> None:
        self.viewpoint, self.inside, self.outside, self.eye = viewpoint, inside, outside, Eye()
        self.shown: dict[VMobject, VMobject] = {}

    def paint(self, outlines: Points, colours: Points, opacity: float, veil: float) -> None:
        """Show the faces whose Bézier points are ``outlines`` (k, 16, 3), in these ``colours``."""
        while len(self.shown) < len(outlines):
            self.shown[ThreeDVMobject()] = ThreeDVMobject()
        self.eye.look(self.viewpoint, self.viewpoint.see(np.zeros(3)))
        for face, outline, colour in zip(self.shown, outlines, colours, strict=True):
            face.points, face.fill_rgbas = outline, np.array([[*colour, 1.0]])
        seen: tuple[list[VMobject], list[VMobject]] = [], []
        for face in cast("list[VMobject]", self.eye.get_mobjects_to_display(self.shown)):
            inside = self.eye.sees_inside(face)
            solid, shown = opacity if inside else veil, self.shown[face]
            shown.points = self.eye.transform_points_pre_display(face, face.points)
            shown.fill_rgbas = face.fill_rgbas * [1, 1, 1, solid]
            shown.stroke_rgbas = shown.fill_rgbas
            shown.stroke_width = HAIRLINE if solid > SOLID else 0
            seen[inside].append(shown)
        self.outside.submobjects, self.inside.submobjects = seen
