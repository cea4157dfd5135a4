"""Shaper: the shapes of mobjects, remembered, and which of the mobjects are restless.

Waste removed: in most frames most mobjects look as they did in the frame before; what fades keeps
its outline and what moves its paints; and a digit of a running number was seen some frames ago.
"""

from collections.abc import Sequence
from typing import NamedTuple

from manim import Camera, Mobject, VMobject

from fastcairo.families import in_order
from fastcairo.paints import Paint, Style, paints_of, style_of
from fastcairo.shapes import Outline, Shape, outlines_of, shapes_of
from fastcairo.tiles import Tiles

MOST_KEPT = 2000
SMALL = 200 * 3 * 8
"""So many outlines of so many bytes, 200 points, are kept for when they are seen again: 20 MB."""


Line = tuple[bytes | int, float]


class Look(NamedTuple):
    """A mobject as it is seen at one moment. While this is kept, no other has its id."""

    mobject: VMobject
    points: bytes
    style: Style

    @property
    def line(self) -> Line:
        """All that its outline depends on; a large one is never seen again, and known by itself."""
        points = self.points if len(self.points) <= SMALL else id(self.points)
        return points, self.mobject.tolerance_for_point_equality

    def lasts(self) -> bool:
        """Whether the mobject still looks so."""
        mobject = self.mobject
        return mobject.points.tobytes() == self.points and style_of(mobject) == self.style


def look_at(mobject: VMobject) -> Look:
    """The mobject as it is seen now."""
    return Look(mobject, mobject.points.tobytes(), style_of(mobject))


class Shaper:
    """Shapes as ``camera`` draws them.

    Of those worked out last `restless` are the ones whose mobjects have changed since `begin`.
    """

    def __init__(self, camera: Camera, tiles: Tiles) -> None:
        self._camera, self._tiles = camera, tiles
        self.restless: set[Shape] = set()
        self._movers: set[int] = set()
        self._seen: dict[int, tuple[Look, Shape]] = {}
        self._seen_before: dict[int, tuple[Look, Shape]] = {}
        self._outlines: dict[Line, Outline] = {}
        self._paints: dict[Style, tuple[Paint, ...]] = {}

    def begin(self) -> None:
        """An animation begins: whatever moved until now may rest."""
        self._seen_before, self._seen = self._seen, {}
        self._movers.clear()

    def shapes(self, mobjects: Sequence[Mobject]) -> list[Shape] | None:
        """What to draw of ``mobjects``, in order; None if not all of it is made of curves."""
        members = in_order(mobjects)
        if members is None or any(member.get_background_image() for member in members):
            return None
        self._work_out([look_at(member) for member in members if not self._remembers(member)])
        shapes = {id(member): self._seen[id(member)][1] for member in members}
        self.restless = {shapes[key] for key in self._movers & shapes.keys()}
        return [shape for shape in shapes.values() if shape.tiles]

    def _remembers(self, mobject: VMobject) -> bool:
        """Whether the shape is known; if it was another in this animation, the mobject moves."""
        key = id(mobject)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen_before.get(key)
            if seen is None or not seen[0].lasts():
                return False
            self._seen[key] = seen
        elif not seen[0].lasts():
            self._movers.add(key)
            return False
        return True

    def _work_out(self, looks: Sequence[Look]) -> None:
        """Find the shapes of ``looks``, all at once."""
        if not looks:
            return
        for kept in (self._outlines, self._paints):
            if len(kept) > MOST_KEPT:
                kept.clear()
        matrix = self._camera.get_cairo_context(self._camera.pixel_array).get_matrix()
        new = {look.line: look.mobject for look in looks if look.line not in self._outlines}
        outlines = dict(zip(new, outlines_of([*new.values()], self._camera, matrix), strict=True))
        painted = []
        for look in looks:
            paints = self._paints.get(look.style)
            if paints is None:
                paints = self._paints[look.style] = paints_of(look.mobject, self._camera)
            outline = outlines.get(look.line) or self._outlines[look.line]
            painted.append((outline, paints))
        shapes = shapes_of(painted, abs(matrix.xx), self._tiles)
        for look, shape in zip(looks, shapes, strict=True):
            self._seen[id(look.mobject)] = look, shape
        for line, outline in outlines.items():
            if isinstance(line[0], bytes):
                self._outlines[line] = outline
