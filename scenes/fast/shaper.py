"""Shaper: the shapes of mobjects, remembered, and which of the mobjects are restless.

Waste removed: in most frames most mobjects look as they did in the frame before; and a digit of a
running number looks as it did some frames ago.
"""

from collections.abc import Sequence

from manim import Camera, Mobject, VMobject

from scenes.fast.families import in_order
from scenes.fast.shapes import Look, Shape, look_of, shape_of
from scenes.fast.tiles import Tiles

Seen = dict[int, tuple[VMobject, Look, Shape]]

MOST_KEPT = 5000
SMALL = 200
"""So many looks of so many points at most are kept beyond the animation in which they were seen."""


class Shaper:
    """Shapes as ``camera`` draws them; `restless` are those that changed since `begin`."""

    def __init__(self, camera: Camera, tiles: Tiles) -> None:
        self._camera, self._tiles = camera, tiles
        self.restless: set[Shape] = set()
        # The mobject itself is kept beside its look: no other can then come to have its id.
        self._seen: Seen = {}
        self._seen_before: Seen = {}
        self._movers: set[int] = set()
        self._kept: dict[Look, Shape] = {}

    def begin(self) -> None:
        """An animation begins: whatever moved until now may rest."""
        self._seen_before, self._seen = self._seen, {}
        self._movers.clear()
        self.restless.clear()
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()

    def shapes(self, mobjects: Sequence[Mobject]) -> list[Shape] | None:
        """What to draw of ``mobjects``, in order; None if not all of it is made of curves."""
        members = in_order(mobjects)
        if members is None or any(member.get_background_image() for member in members):
            return None
        return [shape for shape in map(self._shape, members) if shape.tiles]

    def _shape(self, mobject: VMobject) -> Shape:
        key, look = id(mobject), look_of(mobject)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen_before.get(key)
        elif seen[1] != look:
            self._movers.add(key)
        if seen is None or seen[1] != look:
            shape = self._kept.get(look)
            if shape is None:
                matrix = self._camera.get_cairo_context(self._camera.pixel_array).get_matrix()
                shape = shape_of(mobject, self._camera, matrix, self._tiles)
                if len(mobject.points) <= SMALL:
                    self._kept[look] = shape
            seen = mobject, look, shape
        self._seen[key] = seen
        if key in self._movers:
            self.restless.add(seen[2])
        return seen[2]
