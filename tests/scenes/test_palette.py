"""The colours of meaning stay apart, also for those who do not see all colours."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.quality import THEMES
from scenes.kit.layout.contrast import contrast
from scenes.kit.layout.ground import rgb
from scenes.kit.layout.rules import STROKE_CONTRAST, TEXT_CONTRAST
from scenes.kit.maps.heights import height_rgb
from scenes.kit.theme import PALETTE, PALETTES, Palette, chosen

MEANINGS = ("data", "parameters", "loss", "gradient")
DIRECTIONS = ("stiff", "flat")
APART, NAMED_BESIDES = 30.0, 20.0
"""CIELAB units, as the theme promises: ten times what is just told apart side by side, or seven."""
STEP, ON_A_BAND = 3.5, 24.0
"""The same between neighbouring bands of a map, and between a band and what lies on it."""

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


@pytest.fixture(params=PALETTES)
def palette(request: pytest.FixtureRequest) -> Palette:
    """Each of the palettes."""
    return PALETTES[request.param]


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
def test_colours_of_meaning_are_told_apart(
    palette: Palette, first: str, second: str, sight: str
) -> None:
    assert distance(getattr(palette, first), getattr(palette, second), sight) >= APART


@pytest.mark.parametrize("sight", SIGHT)
def test_the_two_directions_are_told_apart(palette: Palette, sight: str) -> None:
    assert distance(palette.stiff, palette.flat, sight) >= APART
    for pair in product(DIRECTIONS, MEANINGS):
        first, second = (getattr(palette, name) for name in pair)
        assert distance(first, second, sight) >= NAMED_BESIDES, pair


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


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_heights_are_told_apart_and_all_from_the_ground(
    palette: Palette, sight: str
) -> None:
    pairs = [*pairwise(palette.heights), *product([palette.background], palette.heights)]
    assert min(distance(*pair, sight) for pair in pairs) >= STEP


def test_heights_rise_in_even_steps_of_lightness(palette: Palette) -> None:
    lightness = [lab(linear(colour))[0] for colour in palette.heights]
    assert np.diff(lightness) == pytest.approx(np.ptp(lightness) / 7, abs=0.6)
    assert np.ptp(lightness) > 25


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("mark", [*MEANINGS, *DIRECTIONS, "ink"])
def test_marks_are_told_from_every_height(palette: Palette, mark: str, sight: str) -> None:
    colour = getattr(palette, mark)
    assert min(distance(colour, band, sight) for band in palette.heights) >= ON_A_BAND


def test_rings_stand_out_on_every_height_and_what_is_cased_in_its_casing(
    palette: Palette,
) -> None:
    for band in palette.heights:
        assert contrast(rgb(palette.loss), rgb(band)) >= STROKE_CONTRAST
    for mark in (palette.parameters, palette.gradient, palette.ink):
        assert contrast(rgb(mark), rgb(palette.background)) >= STROKE_CONTRAST


def test_a_height_between_two_has_a_colour_between_theirs() -> None:
    stops = np.array([rgb(colour) for colour in PALETTE.heights])
    assert height_rgb(np.linspace(0, 1, 8)) == pytest.approx(stops)
    assert height_rgb([-1, 0.5 / 7, 2]) == pytest.approx(
        np.array([stops[0], stops[:2].mean(axis=0), stops[-1]])
    )


TEXTS = ("ink", "muted", *MEANINGS, *DIRECTIONS)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_can_be_read_on_the_ground(palette: Palette, name: str) -> None:
    ground = rgb(palette.background)
    assert contrast(rgb(getattr(palette, name)), ground) >= TEXT_CONTRAST


def test_a_theme_that_there_is_not_is_refused_in_a_line() -> None:
    assert set(PALETTES) == set(THEMES)
    with pytest.raises(SystemExit, match=r"^THEME is 'pink'; it may be dark or light$"):
        chosen("pink")
