"""Zoom: a frame drawn on one panel grows into the panel that shows its inside."""

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
)

from scenes.kit.panels.plane import Plane
from scenes.kit.theme import PALETTE, STROKE


def outline(of: Plane, on: Plane) -> Polygon:
    """The rectangle that ``of`` covers, drawn in the coordinates of ``on``."""
    x, y = of.x, of.y
    corners = on.c2p([(x.low, y.low), (x.high, y.low), (x.high, y.high), (x.low, y.high)])
    return Polygon(*corners).set_stroke(PALETTE.ink, STROKE.contour)


def zoom(
    wide: Plane, close: Plane, leaving: Sequence[Mobject], coming: Sequence[Mobject], **options: Any
) -> Animation:
    """Draw the frame of ``close`` on ``wide`` and let it grow.

    Meanwhile ``leaving`` fades and ``coming`` appears, each with its panel.
    """
    frame = outline(close, wide).set_z_index(4)
    return Succession(
        Create(frame, run_time=0.8),
        AnimationGroup(
            Transform(frame, outline(close, close).set_z_index(4)),
            *(FadeOut(mobject) for mobject in (wide, *leaving)),
            *(FadeIn(mobject) for mobject in (close, *coming)),
            run_time=1.4,
        ),
        FadeOut(frame, run_time=0.4),
        **options,
    )
