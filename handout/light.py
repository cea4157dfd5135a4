"""Turn a still of a film, light on dark, into a picture for paper: dark on white, in its hues.

Of a film on a light ground only the ground is made white.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from gdmath import FloatArray
from scenes.kit.theme import PALETTE

WIDTH = 1280
"""Pixels across a still on paper: 200 an inch on the width of the text."""
NODES = 65
"""Grid points along red, green and blue between which colours are interpolated; Pillow's most."""
MIDDLE = 1.2
"""What lightness is raised to before it is turned round: so grey words stay dark enough to read."""
GROUND = np.array([int(PALETTE.background[k : k + 2], 16) for k in (1, 3, 5)]) / 255
"""The film's background."""
HALVINGS = 12
"""How often the share of a colour's chroma is narrowed down that a screen can show."""

# Björn Ottosson, "A perceptual color space for image processing", 2020.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def for_paper(still: Path) -> bytes:
    """The picture at ``still`` for white paper, no wider than `WIDTH`, as PNG.

    Raises OSError for what is no picture.
    """
    with Image.open(still) as opened:
        picture = opened.convert("RGB")
    if picture.width > WIDTH:
        size = WIDTH, round(picture.height * WIDTH / picture.width)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.filter(_table()).save(written, format="png")
    return written.getvalue()


def turned_round(colours: FloatArray) -> FloatArray:
    """(..., 3) → (..., 3): red, green and blue from 0 to 1 with their lightness turned round.

    What is as dark as the film's background or darker becomes white, white nearly black; in between
    the order is reversed. In OKLab the hue stays, and as much of the chroma as there is a colour
    for.
    """
    lab = oklab(colours)
    dark = oklab(GROUND)[0]
    # A little above, so that the background is white after interpolation as well.
    ground = dark + 0.03
    rise = np.clip((lab[..., :1] - ground) / (1 - ground), 0, 1) ** MIDDLE
    lightness, chroma = 1 - (1 - dark) * rise, lab[..., 1:]
    least, most = np.zeros_like(lightness), np.ones_like(lightness)
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        linear = _linear(np.concatenate([lightness, middle * chroma], axis=-1))
        shown = ((linear >= -1e-9) & (linear <= 1 + 1e-9)).all(axis=-1, keepdims=True)
        least, most = np.where(shown, middle, least), np.where(shown, most, middle)
    linear = np.clip(_linear(np.concatenate([lightness, least * chroma], axis=-1)), 0, 1)
    encoded: FloatArray = np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
    )
    return encoded


def bleached(colours: FloatArray) -> FloatArray:
    """(..., 3) → (..., 3): red, green and blue from 0 to 1 with the film's background made white.

    It is raised a little above white, so that it is white after interpolation as well.
    """
    white: FloatArray = np.minimum(colours / (GROUND - 0.01), 1)
    return white


def oklab(colours: FloatArray) -> FloatArray:
    """(..., 3) → (..., 3): lightness and the two coordinates of chroma, of sRGB from 0 to 1."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    lab: FloatArray = np.cbrt(linear @ TO_CONES.T) @ TO_LAB.T
    return lab


def _linear(lab: FloatArray) -> FloatArray:
    """(..., 3) → (..., 3): OKLab in linear red, green and blue, beyond 0 to 1 if none is it."""
    linear: FloatArray = (lab @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_CONES).T
    return linear


@cache
def _table() -> ImageFilter.Color3DLUT:
    """What is done to colours, as a table: a minute is what each pixel of a lecture would take."""
    for_ground = turned_round if GROUND.mean() < 0.5 else bleached
    steps = np.linspace(0, 1, NODES)
    # In Pillow's table red changes fastest.
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    table = for_ground(np.stack([red, green, blue], axis=-1))
    return ImageFilter.Color3DLUT(NODES, table.ravel().tolist())
