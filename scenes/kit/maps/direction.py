"""A Bearing draws the angle between an arrow and the direction of a point."""

import numpy as np
from manim import Angle, Arrow, DashedLine, Line, VGroup
from numpy.typing import ArrayLike

from scenes.kit.layout.waiver import allow
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording.numbers import fixed
from scenes.kit.wording.written import fill

NARROW = 35.0
"""Degrees below which an angle has no room for its number inside."""
HEAD = 0.15
"""Half the width of an arrow's head, in units of the picture."""


class Bearing(VGroup):
    """A dashed line from ``tail`` to ``target``, the arc of ``degrees`` between it and ``arrow``.

    The degrees are written beside the arc.
    """

    def __init__(
        self, plane: Plane, tail: ArrayLike, target: ArrayLike, arrow: Arrow, degrees: float
    ) -> None:
        super().__init__()
        start, end = plane.c2p(np.stack([tail, target]))
        self.line = DashedLine(start, end, dash_length=0.1).set_stroke(PALETTE.ink, STROKE.contour)
        toward = Line(start, end)
        along = Line(arrow.get_start(), arrow.get_end())
        clockwise = bool(np.cross(along.get_vector(), toward.get_vector())[2] < 0)
        self.arc = Angle(
            along,
            toward,
            radius=0.85 * along.get_length(),
            other_angle=clockwise,
            color=PALETTE.ink,
        )
        bind(
            self.arc,
            "angle between the step and the toward to the minimum",
            lambda: abs(np.degrees(self.arc.get_value())),
            lambda: degrees,
        )
        bind(
            self.line,
            "toward to the minimum",
            lambda: plane.p2c([self.line.get_start(), self.line.get_end()]),
            lambda: np.array([tail, target]),
        )
        outward = toward.get_unit_vector()
        aside = np.array([-outward[1], outward[0], 0.0]) * (1 if clockwise else -1)
        self.number = words(fill("{angle}°", angle=fixed(degrees, 1)), SIZE.label)
        beside = start + 1.1 * along.get_length() * outward
        self.number.move_to(beside + 0.5 * aside)
        # Within a narrow angle, or beside a short arrow, there is no room for it.
        if degrees <= NARROW or self._covers(along):
            self.number.move_to(beside - 0.35 * aside)
        self.number.set_stroke(PALETTE.background, STROKE.arrow, background=True)
        if isinstance(plane, MapPanel):
            dark_rim = "a ring may pass beneath the degrees, which have a dark rim"
            allow("overlap", plane.rings, self.number, reason=dark_rim)
        self.add(self.line, self.arc, self.number)

    def _covers(self, arrow: Line) -> bool:
        """Whether the number would stand on ``arrow`` or touch its head."""
        shaft = np.linspace(arrow.get_start(), arrow.get_end(), 20)
        apart = np.abs(shaft - self.number.get_center())
        room = np.array([self.number.width / 2, self.number.height / 2, 1.0]) + HEAD
        return bool((apart < room).all(axis=1).any())
