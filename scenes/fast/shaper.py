"""Shaper: the shapes of mobjects, remembered, and which of the mobjects are restless.

Waste removed: in most frames most mobjects look as they did in the frame before; what fades keeps
its outline and what moves its paints; and a digit of a running number was seen some frames ago.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Camera, Mobject, VMobject

from scenes.fast.families import in_order
from scenes.fast.paints import Paint, Style, paints_of, style_of
from scenes.fast.shapes import Outline, Shape, outline_of, shape_of
from scenes.fast.tiles import Tiles

MOST_KEPT = 5000
SMALL = 200
"""So many outlines of so many points at most are kept longer than an animation."""


@dataclass(frozen=True)
class Seen:
    """A mobject as it was last seen. Being kept here, it shares its id with no other."""

    mobject: VMobject
    points: bytes
    style: Style
    shape: Shape


class Shaper:
    """Shapes as ``camera`` draws them; `restless` are those that changed since `begin`."""

    def __init__(self, camera: Camera, tiles: Tiles) -> None:
        self._camera, self._tiles = camera, tiles
        self.restless: set[Shape] = set()
        self._movers: set[int] = set()
        self._seen: dict[int, Seen] = {}
        self._seen_before: dict[int, Seen] = {}
        self._outlines: dict[tuple[bytes, float], Outline] = {}
        self._paints: dict[Style, tuple[Paint, ...]] = {}

    def begin(self) -> None:
        """An animation begins: whatever moved until now may rest."""
        self._seen_before, self._seen = self._seen, {}
        self._movers.clear()
        self.restless.clear()
        for kept in (self._outlines, self._paints):
            if len(kept) > MOST_KEPT:
                kept.clear()

    def shapes(self, mobjects: Sequence[Mobject]) -> list[Shape] | None:
        """What to draw of ``mobjects``, in order; None if not all of it is made of curves."""
        members = in_order(mobjects)
        if members is None or any(member.get_background_image() for member in members):
            return None
        return [shape for shape in map(self._shape, members) if shape.tiles]

    def _shape(self, mobject: VMobject) -> Shape:
        key, points, style = id(mobject), mobject.points.tobytes(), style_of(mobject)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen_before.get(key)
        elif seen.points != points or seen.style != style:
            self._movers.add(key)
        if seen is None or seen.points != points or seen.style != style:
            shape = self._work_out(mobject, points, style)
            seen = Seen(mobject, points, style, shape)
        self._seen[key] = seen
        if key in self._movers:
            self.restless.add(seen.shape)
        return seen.shape

    def _work_out(self, mobject: VMobject, points: bytes, style: Style) -> Shape:
        matrix = self._camera.get_cairo_context(self._camera.pixel_array).get_matrix()
        key = points, mobject.tolerance_for_point_equality
        outline = self._outlines.get(key)
        if outline is None:
            outline = outline_of(mobject, self._camera, matrix)
            if len(mobject.points) <= SMALL:
                self._outlines[key] = outline
        paints = self._paints.get(style)
        if paints is None:
            paints = self._paints[style] = paints_of(mobject, self._camera)
        return shape_of(outline, paints, abs(matrix.xx), self._tiles)
