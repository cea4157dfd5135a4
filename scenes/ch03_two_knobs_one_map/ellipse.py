"""The axes of a ring on the map: how far it reaches in the flat and in the stiff direction."""

import numpy as np
from manim import Line, VGroup

from gdmath.landscape import semi_axes
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind_each
from scenes.kit.theme import PALETTE, STROKE


def ring_axes(panel: MapPanel, level: float) -> VGroup:
    """Two lines from the minimum to the ring at ``level``, flat first; for a quadratic loss."""
    theory = panel.convergence
    lengths = semi_axes(theory, level)
    ends = theory.minimum + (theory.eigenvectors * lengths).T
    middle, *tips = panel.c2p(np.vstack([theory.minimum, ends]))
    axes = VGroup(*(Line(middle, tip) for tip in tips)).set_stroke(PALETTE.ink, STROKE.residual)
    bind_each(
        axes,
        "semi-axis of the ring",
        lambda axis: panel.p2c(axis.points[[0, -1]]),
        lambda index: (theory.minimum, ends[index]),
    )
    bind_each(
        axes,
        "length of a semi-axis",
        lambda axis: np.linalg.norm(np.diff(panel.p2c(axis.points[[0, -1]]), axis=0)),
        lambda index: lengths[index],
    )
    return axes
