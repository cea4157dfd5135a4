"""The axes of a ring on the map: how far it reaches in the flat and in the stiff direction."""

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, Line, VGroup

from gdmath.landscape import semi_axes
from scenes.kit.maps import MapPanel
from scenes.kit.proof.trace import bind_each
from scenes.kit.text import LOSS, Equation, by_meaning, words
from scenes.kit.theme import PALETTE, SIZE, STROKE


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


def reach_formula() -> VGroup:
    """The length of a semi-axis, √(2L/λ), and what λ is."""
    twice = sp.Pow(2 * LOSS / sp.Symbol("lambda"), sp.Rational(1, 2), evaluate=False)
    lines = "λ: curvature", "along that axis"
    meaning = VGroup(*(words(line, SIZE.small, PALETTE.muted) for line in lines))
    meaning.arrange(DOWN, buff=0.15, aligned_edge=LEFT)
    return VGroup(Equation(twice, SIZE.equation, by_meaning(())), meaning).arrange(RIGHT, buff=0.3)
