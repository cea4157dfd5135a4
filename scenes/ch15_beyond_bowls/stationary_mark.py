"""A stationary point is marked on the map: a minimum by a star, a saddle by a cross."""

import numpy as np
from manim import Cross, Star, VMobject

from gdmath import StationaryPoint
from scenes.kit.maps import MapPanel
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE


def stationary_mark(panel: MapPanel, point: StationaryPoint) -> VMobject:
    """The mark of a stationary point, where the gradient vanishes."""
    place = panel.point(*point.parameters)
    if point.kind == "minimum":
        mark: VMobject = Star(n=5, outer_radius=0.17, color=PALETTE.ink, fill_opacity=1)
        mark.set_stroke(width=0).shift(place - mark.get_center_of_mass())
        centre = mark.get_center_of_mass
    else:
        mark = Cross(stroke_color=PALETTE.ink, stroke_width=STROKE.arrow, scale_factor=0.16)
        centre = mark.move_to(place).get_center
    bind(
        mark,
        f"slopes at the {point.kind}",
        lambda: panel.loss.gradient(panel.p2c(centre())[0]),
        lambda: np.zeros(2),
    )
    return mark.set_z_index(2)
