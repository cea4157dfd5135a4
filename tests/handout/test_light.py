"""A still is turned round for paper: dark on white, in the same hues."""

from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from handout import light
from handout.light import WIDTH, for_paper, oklab, turned_round
from scenes.kit.layout.ground import rgb as colour
from scenes.kit.theme import PALETTE, PALETTES

NAMED = {name: each for name, each in asdict(PALETTE).items() if isinstance(each, str)}


def rgb(name: str) -> np.ndarray:
    return np.array([int(NAMED[name][k : k + 2], 16) for k in (1, 3, 5)]) / 255


def hue(lab: np.ndarray) -> float:
    return float(np.degrees(np.arctan2(lab[2], lab[1])))


def test_what_is_darker_becomes_lighter() -> None:
    before = oklab(np.array([rgb(name) for name in NAMED]))[:, 0]
    after = oklab(turned_round(np.array([rgb(name) for name in NAMED])))[:, 0]
    assert (np.argsort(before) == np.argsort(-after)).all()


def test_the_background_becomes_white_and_words_nearly_black() -> None:
    assert turned_round(rgb("background")) == pytest.approx(1, abs=0.002)
    assert oklab(turned_round(rgb("ink")))[0] < 0.35
    assert turned_round(np.zeros(3)) == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize("name", ["parameters", "loss", "gradient", "stiff", "flat"])
def test_a_colour_keeps_its_hue_and_stays_a_colour(name: str) -> None:
    before, after = oklab(rgb(name)), oklab(turned_round(rgb(name)))
    assert abs((hue(before) - hue(after) + 180) % 360 - 180) < 1
    assert np.hypot(*after[1:]) > 0.4 * np.hypot(*before[1:])
    assert after[0] < 0.75


def test_a_picture_is_turned_round_colour_by_colour(tmp_path: Path) -> None:
    colours = np.array([rgb(name) for name in NAMED])
    stripes = np.repeat(np.round(255 * colours).astype(np.uint8)[np.newaxis], 9, axis=0)
    Image.fromarray(stripes).save(tmp_path / "still.png")
    with Image.open(BytesIO(for_paper(tmp_path / "still.png"))) as printed:
        shown = np.asarray(printed)[4] / 255
    assert np.abs(shown - turned_round(colours)).max() < 4 / 255


def test_a_large_still_is_made_as_large_as_paper_shows(tmp_path: Path) -> None:
    Image.new("RGB", (1920, 1080), PALETTE.background).save(tmp_path / "still.png")
    with Image.open(BytesIO(for_paper(tmp_path / "still.png"))) as printed:
        assert printed.size == (WIDTH, 720)
        assert np.asarray(printed).min() >= 254


def test_a_still_on_a_light_ground_only_has_it_made_white(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = PALETTES["light"]
    monkeypatch.setattr(light, "GROUND", colour(palette.background))
    light._table.cache_clear()
    for each, expected in ((palette.background, 1), (palette.loss, colour(palette.loss))):
        Image.new("RGB", (64, 36), each).save(tmp_path / "still.png")
        with Image.open(BytesIO(for_paper(tmp_path / "still.png"))) as printed:
            assert np.asarray(printed)[0, 0] / 255 == pytest.approx(expected, abs=0.02)
    light._table.cache_clear()
