"""Close to its minimum a loss is a bowl, whose rings on the map are ellipses."""

import numpy as np
from manim import VMobject

from gdmath import Convergence
from gdmath.landscape import ELLIPSE_POINTS, semi_axes
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind, corners
from scenes.kit.theme import PALETTE, STROKE


def local_ring(panel: MapPanel, theory: Convergence, level: float) -> VMobject:
    """The ring at ``level`` of the bowl that the curvature at the minimum makes: an ellipse."""
    angle = np.linspace(0, 2 * np.pi, ELLIPSE_POINTS)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    rows = theory.minimum + circle * semi_axes(theory, level) @ theory.eigenvectors.T
    ring = VMobject().set_points_as_corners(panel.c2p(rows))
    ring.set_stroke(PALETTE.ink, STROKE.residual)
    offsets = rows - theory.minimum
    bind(
        ring,
        "loss of the local bowl",
        lambda: (
            0.5
            * np.einsum(
                "ki,ij,kj->k",
                panel.p2c(corners(ring)) - theory.minimum,
                theory.hessian,
                panel.p2c(corners(ring)) - theory.minimum,
            )
        ),
        lambda: np.full(len(offsets), level - theory.minimum_loss),
    )
    return ring
