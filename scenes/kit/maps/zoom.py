"""A zoom grows a frame drawn on one panel into the panel that shows its inside, or shrinks it."""

from collections.abc import Sequence
from typing import Any

from manim import (
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    Polygon,
    Succession,
    Transform,
    smooth,
    squish_rate_func,
)

from scenes.kit.plane import Plane
from scenes.kit.theme import PALETTE, STROKE

OVERHANG = 0.05
"""Share of a panel's span by which a frame may stand out beside it, where its numbers are."""
HANDOVER = 0.5
"""Share of a zoom's time when one panel's numbers have gone and the other's begin to come."""
NEAR = 0.6
"""Share of a map from which on a part of it is not worth coming closer to."""
FINEST = 1e-6
"""Share of a map within which a loss changes by little but rounding, which is its square."""


def outline(of: Plane, on: Plane) -> Polygon:
    """The rectangle that ``of`` covers, drawn in the coordinates of ``on``."""
    x, y = of.x, of.y
    corners = on.c2p([(x.low, y.low), (x.high, y.low), (x.high, y.high), (x.low, y.high)])
    return Polygon(*corners).set_stroke(PALETTE.ink, STROKE.contour)


def inside(of: Plane, on: Plane) -> bool:
    """Whether ``on`` shows all that ``of`` covers, or as good as all."""
    pairs = ((of.x, on.x.widened(1 + 2 * OVERHANG)), (of.y, on.y.widened(1 + 2 * OVERHANG)))
    return all(outer.low <= inner.low and inner.high <= outer.high for inner, outer in pairs)


def closer(close: Plane, wide: Plane) -> bool:
    """Whether ``close`` shows so much less than ``wide`` that it is worth coming closer."""
    return FINEST <= max(close.x.span / wide.x.span, close.y.span / wide.y.span) <= NEAR


def zoom(
    wide: Plane, close: Plane, leaving: Sequence[Mobject], coming: Sequence[Mobject], **options: Any
) -> AnimationGroup:
    """Draw the frame of ``close`` on ``wide`` and let it grow, or step back if ``close`` is wider.

    Then the frame of ``wide`` shrinks to its place. Neither is drawn that would not fit. Meanwhile
    ``leaving`` fades and ``coming`` appears, each with its panel.
    """
    change: list[Animation] = [
        FadeOut(wide, rate_func=squish_rate_func(smooth, 0, HANDOVER)),
        FadeIn(close, rate_func=squish_rate_func(smooth, HANDOVER, 1)),
        *map(FadeOut, leaving),
        *map(FadeIn, coming),
    ]
    framed = next((of for of, on in ((close, wide), (wide, close)) if inside(of, on)), None)
    if framed is None:
        return AnimationGroup(*change, run_time=1.4, **options)
    frame, grown = (outline(framed, on).set_z_index(4) for on in (wide, close))
    # It fades as it grows, so that all ends at once: manim takes away what leaves only then, and
    # till then a live mark that has faded would come back.
    grown.set_stroke(opacity=0)
    change.append(Transform(frame, grown, remover=True))
    return Succession(Create(frame, run_time=0.8), AnimationGroup(*change, run_time=1.6), **options)
