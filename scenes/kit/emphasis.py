"""Emphasis falls on one thing when those around it step back."""

from manim import Animation, Indicate, Mobject, MoveToTarget, VGroup

from scenes.kit.theme import PALETTE

ASIDE = 0.55
"""Opacity of what has stepped back, where a chapter does not choose another."""


def step_back(group: VGroup, opacity: float = ASIDE, but: int | None = None) -> Animation:
    """Fade the members of ``group`` to ``opacity``, or bring them back, ``but`` one left as it is.

    A fill keeps its share of the opacity of the stroke.
    """
    # Changed as a whole: its updaters run only while it stands as a whole.
    target = group.generate_target()
    for k, member in enumerate(target):
        if k != but:
            share = member.get_fill_opacity() / (member.get_stroke_opacity() or 1.0)
            member.set_stroke(opacity=opacity).set_fill(opacity=share * opacity)
    return MoveToTarget(group)


def light_up(mobject: Mobject, times: float = 1.15) -> Animation:
    """Let a mobject grow in bright ink for a moment, where it is spoken of."""
    return Indicate(mobject, scale_factor=times, color=PALETTE.ink)
