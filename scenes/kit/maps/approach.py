"""An approach brings a map closer or steps back, in one motion and without a change of colours."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    Scene,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)
from numpy.typing import NDArray

from scenes.kit.maps.bands import bands, edges, filled, heights, shades
from scenes.kit.maps.map_panel import MapPanel, ring_style
from scenes.kit.plane import Scale

ENOUGH = 3
"""Rings that tell how the land lies."""
HANDOVER = 0.4
"""Share of the time in which rings go that would be too close, or before such rings come."""
NUMBERS = 0.2
"""Share of the time in which the old numbers go at first, and at last the new ones come."""


class Approach(Animation):
    """The window of ``map_`` becomes that of ``goal``, a map in the same region.

    What is live on the map follows; ``standing`` are marks that are moved along. Colours stay what
    they were; where too few rings are left to be seen, those of ``goal`` come between them.
    """

    def __init__(
        self, map_: MapPanel, goal: MapPanel, standing: Sequence[Mobject] = (), **options: Any
    ) -> None:
        self.map, self.goal, self.standing = map_, goal, standing
        self.start = (map_.x, map_.y)
        self.floor = map_.convergence.minimum_loss
        self.shade = shades(map_.painted, self.floor)
        old = map_.levels.tolist()
        seen = heights(map_.surrogate, goal.bounds, old, self.floor)[0]
        few = sum(seen.min() < level < seen.max() for level in old) < ENOUGH
        self.coming = set(goal.levels.tolist()) - set(old) if few else set()
        self.going = set(old) - {*map_.painted, *goal.levels.tolist()}
        self.levels = sorted({*old, *self.coming})
        self.bands = VGroup(*(VMobject(stroke_width=0) for _ in range(len(self.levels) + 1)))
        self.rings = VGroup(*(ring_style(VMobject()) for _ in self.levels))
        marks = (part for mark in standing for part in mark.family_members_with_points())
        self.places = [(mark, map_.p2c(mark.get_center_of_mass())) for mark in marks]
        super().__init__(VGroup(self.bands, self.rings), **{"run_time": 2.0, **options})

    def _setup_scene(self, scene: Scene) -> None:
        super()._setup_scene(scene)
        scene.remove(self.map.bands, self.map.rings)
        scene.bring_to_back(self.bands, self.rings)

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the window that is so much of the way there, at an even pace for the eye."""
        t = self.rate_func(alpha)
        pairs = zip(self.start, (self.goal.x, self.goal.y), strict=True)
        self.map.look_at(*(between(old, new, t) for old, new in pairs))
        for mark, place in self.places:
            mark.shift(self.map.c2p(place)[0] - mark.get_center_of_mass())
        values, generator = heights(self.map.surrogate, self.map.bounds, self.levels, self.floor)
        for part in (*self.bands, *self.rings):
            part.points = np.empty((0, 3))
        shown = edges(values, self.levels, self.shade)
        for band, (level, colour) in zip(self.bands, shown, strict=False):
            band.set_fill(colour, 1)
            band.points = filled(self.map, generator, self.floor, level)
        shape = VMobject()
        for ring, (level, _) in zip(self.rings, shown[1:], strict=False):
            lines = cast(list[NDArray[np.float64]], generator.lines(level))
            pieces = [shape.set_points_as_corners(self.map.c2p(line)).points for line in lines]
            ring.points = np.concatenate([np.empty((0, 3)), *pieces])
            ring.set_stroke(opacity=self._shows(level, t))

    def _shows(self, level: float, t: float) -> float:
        """How much is to be seen of a ring: one that is too close to others comes late."""
        lately, early = (t - HANDOVER) / (1 - HANDOVER), 1 - t / HANDOVER
        share = lately if level in self.coming else early if level in self.going else 1.0
        return float(np.clip(share, 0, 1))

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Leave the map with its own bands and rings on screen."""
        super().clean_up_from_scene(scene)
        map_ = self.map
        scene.remove(self.bands, self.rings)
        levels = [level for level in self.levels if level not in self.going]
        map_.levels = np.array(levels)
        map_.rings = VGroup(*(ring for level in levels if len(ring := map_.ring(level))))
        map_.bands = bands(map_, map_.surrogate, map_.bounds, levels, self.floor, self.shade)
        scene.bring_to_back(map_.bands, map_.rings)


def approach(
    map_: MapPanel, goal: MapPanel, standing: Sequence[Mobject] = (), **options: Any
) -> AnimationGroup:
    """An `Approach`, while the numbers of the one window give way to those of the other."""
    old, new = (VGroup(one.marks, one.numbers, one.names) for one in (map_.ticked, goal))
    map_.ticked = goal
    return AnimationGroup(
        Approach(map_, goal, standing),
        FadeOut(old, rate_func=squish_rate_func(smooth, 0, NUMBERS)),
        FadeIn(new, rate_func=squish_rate_func(smooth, 1 - NUMBERS, 1)),
        **{"run_time": 2.0, **options},
    )


def between(old: Scale, new: Scale, share: float) -> Scale:
    """The axis that is ``share`` of the way from ``old`` to ``new``: so many times as long."""
    if share in (0, 1):
        return new if share else old
    ratio = new.span / old.span
    along = share if np.isclose(ratio, 1) else (ratio**share - 1) / (ratio - 1)
    low = old.low + along * (new.low - old.low)
    high = old.high + along * (new.high - old.high)
    return Scale(low, high, old.name, old.color)
