"""A Walk goes straight across the map through the minimum, and the loss draws a curve above it."""

import numpy as np
from manim import VGroup, VMobject

from gdmath import to_typst
from scenes.ch08_the_bowl.depth.bowl import Array, Bowl
from scenes.kit.text import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE

SAMPLES, NAME_GAP = 201, 0.12


class Walk:
    """The walk along parameter ``index`` from rim to rim: its `places` (k, 2)."""

    def __init__(self, bowl: Bowl, index: int) -> None:
        self.bowl, self.name = bowl, to_typst(bowl.loss.lesson.parameters[index])
        angle = bowl.basin.angle(np.eye(2)[index])
        first, last = bowl.basin.places(np.ones(2), np.array([angle + np.pi, angle]))
        self.places: Array = np.linspace(first, last, SAMPLES)

    def at(self, share: float) -> Array:
        """Where one is after a ``share`` of it, (2,)."""
        return np.asarray(self.places[0] + share * (self.places[-1] - self.places[0]))

    def curve(self) -> VMobject:
        """The loss above the places."""
        curve = self.bowl.curve(self.places, "loss on the curve")
        return curve.set_stroke(PALETTE.loss, STROKE.line)

    def way(self) -> VGroup:
        """The line across the map, and its name beyond the nearer end."""
        line = self.bowl.curve(self.places[[0, -1]], "line across the map", 0.0)
        line.set_stroke(PALETTE.parameters, STROKE.residual)
        name = maths(self.name, SIZE.label, PALETTE.parameters)
        name.set_stroke(PALETTE.background, STROKE.arrow, background=True)
        near = min(line.get_start(), line.get_end(), key=lambda end: end[1])
        outward = near - line.get_center()
        gap = NAME_GAP + max(name.width, name.height) / 2
        return VGroup(line, name.move_to(near + gap * outward / np.linalg.norm(outward)))
