"""The ground is the colours that lie behind the texts and the meaningful strokes of a picture."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from manim import Camera, VMobject
from numpy.typing import NDArray

from scenes.kit.layout.picture import INVISIBLE, Box, Drawn, Picture
from scenes.kit.proof.glyph_origin import origin_of
from scenes.kit.theme import PALETTE

PIXELS = (480, 270)
SLIM = 0.5
"""Least width in units of what counts as ground: what is slimmer is a mark on it."""

Pixels = NDArray[np.float64]


class Ground:
    """What all fills of a picture make together, bands and surfaces, without texts and marks."""

    _last: ClassVar[tuple[int, "Ground"] | None] = None

    def __init__(self, fills: Sequence[VMobject]) -> None:
        width, height = PIXELS
        camera = Camera(pixel_width=width, pixel_height=height, background_color=PALETTE.background)
        self.frame = np.array([camera.frame_width, camera.frame_height])
        camera.capture_mobjects(fills, include_submobjects=False)
        self.colours: Pixels = camera.pixel_array[..., :3] / 255

    @classmethod
    def of(cls, picture: Picture) -> "Ground":
        """The ground of ``picture``; it is not drawn again while it stays what it was."""
        fills = [one.mobject for one in picture.drawn if is_ground(one)]
        state = hash(tuple((m.points.tobytes(), m.fill_rgbas.tobytes()) for m in fills))
        if cls._last is None or cls._last[0] != state:
            cls._last = state, cls(fills)
        return cls._last[1]

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.int_]:
        """The column and row of each of ``points`` (..., 2), no further than the edge; (..., 2)."""
        shares = points / self.frame * [1, -1] + 0.5
        return np.asarray(np.clip((shares * PIXELS).astype(int), 0, np.array(PIXELS) - 1))

    def at(self, points: NDArray[np.float64]) -> Pixels:
        """The colours behind ``points`` (k, 2): (k, 3)."""
        column, row = self.pixels(points).T
        return np.asarray(self.colours[row, column])

    def within(self, box: Box) -> Pixels:
        """The colours behind a box: (k, 3)."""
        (left, bottom), (right, top) = self.pixels(box.reshape(2, 2))
        return np.asarray(self.colours[top : bottom + 1, left : right + 1].reshape(-1, 3))


def is_ground(one: Drawn) -> bool:
    """Whether ``one`` is a fill that others are seen against: still, no text, and no mark."""
    if one.fill[3] <= INVISIBLE or one.in_flight or origin_of(one.mobject) is not None:
        return False
    return not has_meaning(one) or bool(np.all(one.box[2:] - one.box[:2] >= SLIM))


def has_meaning(one: Drawn) -> bool:
    """Whether a colour of ``one`` is one of those that mean something in this lecture."""
    return any(means_something(paint) for paint in (one.fill, one.stroke) if paint[3] > INVISIBLE)


def means_something(paint: NDArray[np.float64]) -> bool:
    """Whether a colour (red, green, blue, opacity) is one of meaning."""
    return bool((np.abs(MEANINGS - paint[:3]).max(axis=1) < 1 / 255).any())


def rgb(colour: str) -> NDArray[np.float64]:
    """The red, green and blue of ``#RRGGBB``, from 0 to 1: (3,)."""
    return np.array(list(bytes.fromhex(colour[1:]))) / 255


MEANINGS = np.array(
    [
        rgb(colour)
        for colour in (
            PALETTE.ink,
            PALETTE.data,
            PALETTE.parameters,
            PALETTE.loss,
            PALETTE.gradient,
        )
    ]
)
