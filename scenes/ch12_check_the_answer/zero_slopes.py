"""Where the slope in one parameter is zero there is a line on the map; for a bent model, curves."""

from functools import partial

import numpy as np
import sympy as sp
from contourpy import contour_generator
from manim import LEFT, RIGHT, VGroup, VMobject
from numpy.typing import NDArray

from gdmath import compile_loss, convergence, descend, two_basins
from gdmath.landscape import grid
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import LiveArrow, MapPanel
from scenes.kit.maps.heights import cased
from scenes.kit.panels.beside import beside
from scenes.kit.proof.trace import bind, corners
from scenes.kit.run import Run
from scenes.kit.text import LOSS, Equation
from scenes.kit.theme import PALETTE, SIZE, STROKE

GRID = (121, 121)
ROUNDS = 6
"""How often a line is moved onto where the slope is zero."""
COLORS = PALETTE.gradient, PALETTE.ink
"""Of the line for each parameter."""
REACH, START = 3.0, (0.4, 0.5)
"""How far the map of a bent model goes, and where a walker sets out on it."""
FORESIGHT = 4
"""How many steps ahead its arrow reaches."""


def zero_slope(map_: MapPanel, index: int) -> VGroup:
    """Where on ``map_`` the slope in parameter ``index`` is zero, in pieces."""
    loss = map_.surrogate
    first, second, _ = grid(loss, map_.bounds, GRID)
    slopes = loss.gradient(np.stack([first, second], axis=-1).reshape(-1, 2))[:, index]
    found = contour_generator(first, second, slopes.reshape(first.shape)).lines(0.0)

    def slope_along(piece: VMobject) -> NDArray[np.float64]:
        along: NDArray[np.float64] = loss.gradient(map_.p2c(corners(piece)))[:, index]
        return along

    pieces = VGroup()
    for line in found:
        rows = np.asarray(line, dtype=float)
        for _ in range(ROUNDS):
            steep = loss.hessian(rows)[:, index]
            off = loss.gradient(rows)[:, index] / np.square(steep).sum(axis=1)
            rows = rows - off[:, np.newaxis] * steep
        piece = VMobject().set_points_as_corners(map_.c2p(rows))
        pieces.add(cased(piece.set_stroke(COLORS[index], STROKE.path)))
    for piece in pieces:
        bind(
            piece,
            f"slope in parameter {index}",
            partial(slope_along, piece),
            partial(np.zeros, len(corners(piece))),
            reach=float(np.abs(slopes).max()),
        )
    return pieces.set_z_index(1)


def named(map_: MapPanel, index: int, line: VGroup, other: VMobject) -> Equation:
    """What is zero along ``line``, beside one of its ends, clear of the ``other``."""
    slope = sp.Derivative(LOSS, map_.loss.lesson.parameters[index], evaluate=False)
    label = Equation(sp.Eq(slope, 0, evaluate=False), SIZE.equation)
    label.set_stroke(PALETTE.background, STROKE.arrow, background=True)
    allow("overlap", map_.rings, label, reason="rings may pass beneath its dark rim")
    end = line[0].points[[0, -1]][index]
    drawn = [piece.points for piece in (*line, *other.get_family())]
    side = RIGHT if end[0] < map_.region.centre[0] else LEFT
    at = VMobject().set_points_as_corners([end, end])
    return beside(label, at, side, map_.inside(map_.region), [rows for rows in drawn if len(rows)])


def bent_map(region: Region) -> MapPanel:
    """The map of the loss of a model that bends, about its saddle."""
    loss = compile_loss(two_basins())
    reach = np.array([[-REACH, -REACH], [REACH, REACH]])
    return MapPanel(region, loss, convergence(loss), reach, margin=0.0)


def walker_on(map_: MapPanel) -> Run:
    """A plain descent on that map."""
    lesson = map_.loss.lesson
    return Run(descend(map_.loss, lesson.rule, START, lesson.steps), PALETTE.parameters)


def downhill(map_: MapPanel, clock: DescentClock) -> LiveArrow:
    """Against the slope where the clock's descent is, `FORESIGHT` steps of it."""
    far = -FORESIGHT * map_.loss.lesson.learning_rate
    return LiveArrow(
        map_,
        lambda: clock.parameters,
        lambda: far * map_.loss.gradient(clock.parameters),
        "against the slope",
    )
