"""The colours of meaning stay apart, also for those who do not see all colours."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.ch08_the_bowl.depth.light import color
from scenes.kit.layout.contrast import contrast
from scenes.kit.layout.ground import rgb
from scenes.kit.layout.rules import STROKE_CONTRAST
from scenes.kit.theme import PALETTE

MEANINGS = ("data", "parameters", "loss", "gradient")
APART = 30.0
"""CIELAB units, as the theme promises: ten times what is just told apart side by side."""

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency" (2009), at full severity, on linear red, green and blue. The library that has them,
# colorspacious, is unmaintained and warns on import; it gives the distances found here.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# IEC 61966-2-1, for D65.
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = XYZ.sum(axis=1)


def linear(colour: str) -> NDArray[np.float64]:
    encoded = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    share = XYZ @ np.clip(light, 0, 1) / WHITE
    x, y, z = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / 3 * (29 / 6) ** 2 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(first: str, second: str, sight: str) -> float:
    seen = [lab(np.asarray(SIGHT[sight]) @ linear(colour)) for colour in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("first", "second"), list(combinations(MEANINGS, 2)))
def test_colours_of_meaning_are_told_apart(first: str, second: str, sight: str) -> None:
    assert distance(getattr(PALETTE, first), getattr(PALETTE, second), sight) >= APART


def test_red_and_green_of_one_lightness_would_not_do() -> None:
    red, green = "#B34D4D", "#7A6B2E"
    assert distance(red, green, "normal") > APART > distance(red, green, "deuteranopia")


@pytest.mark.parametrize(
    ("colour", "expected"),
    # from Lindbloom's colour calculator, D65
    [("#FF0000", (53.24, 80.09, 67.20)), ("#0000FF", (32.30, 79.19, -107.86))],
)
def test_lightness_and_colour_are_those_of_cielab(colour: str, expected: tuple) -> None:
    assert lab(linear(colour)) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("colour", [PALETTE.parameters, PALETTE.loss])
def test_what_lies_on_the_bowl_stands_out_where_that_is_brightest(colour: str) -> None:
    ground = color(1.0).to_rgb()
    assert contrast(rgb(colour), ground) >= STROKE_CONTRAST
