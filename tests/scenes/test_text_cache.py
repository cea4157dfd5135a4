"""A text that was set before is the same as one that is set anew."""

from pathlib import Path

import numpy as np
import pytest
from manim import MathTypst, tempconfig

from scenes.kit.text import text_cache
from scenes.kit.text.typeset import SETTING, maths

FRACTION = "(partial L)/(partial a)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(text_cache, "FOLDER", tmp_path / "texts")
    return tmp_path / "texts"


def look(text):
    return [
        (part.points.tobytes(), part.fill_rgbas.tolist(), part.stroke_rgbas.tolist(), width)
        for part in text.family_members_with_points()
        for width in [part.get_stroke_width()]
    ]


def test_a_kept_formula_is_the_one_that_was_set(folder):
    expected = look(MathTypst(FRACTION, font_size=40, color="#FFB454", **SETTING))
    assert look(maths(FRACTION, 40, "#FFB454")) == expected
    assert len([*folder.iterdir()]) == 1
    again = maths(FRACTION, 40, "#FFB454")
    assert look(again) == expected
    assert again.submobjects[0].glyph_origin.setting.says == FRACTION


def test_another_size_or_picture_is_another_text(folder):
    small, large = maths("a", 20), maths("a", 40)
    assert np.isclose(large.height, 2 * small.height)
    with tempconfig({"pixel_width": 960}):
        maths("a", 20)
    assert len([*folder.iterdir()]) == 3


def test_a_broken_file_is_set_anew(folder):
    expected = look(maths("a + b"))
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert look(maths("a + b")) == expected


def test_nothing_need_be_kept(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(text_cache, "FOLDER", tmp_path / "file" / "texts")
    assert look(maths("a")) == look(maths("a"))
