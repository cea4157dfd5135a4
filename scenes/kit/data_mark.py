"""A post on the data panel: one x, marked from the axis up."""

import numpy as np
from manim import RIGHT, UP, DashedLine, VGroup

from scenes.kit.data_panel import DataPanel
from scenes.kit.numbers import fixed
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.trace import bind
from scenes.kit.typeset import words


def post(panel: DataPanel, x: float, decimals: int = 3) -> VGroup:
    """An upright dashed line at ``x``, which stands beside its foot."""
    line = DashedLine(panel.point(x, panel.y.low), panel.point(x, panel.y.high))
    line.set_stroke(PALETTE.ink, STROKE.contour)
    bind(line, "x of the post", lambda: panel.p2c(line.get_center())[0, :1], lambda: np.array([x]))
    label = words(f"x = {fixed(x, decimals)}", SIZE.small)
    return VGroup(line, label.next_to(line.get_start(), RIGHT + UP, buff=0.15))
