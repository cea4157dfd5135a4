"""The lit sheet of some dozens of paths looks like the faces painted one by one of stock Manim."""

import numpy as np
import pytest
from manim import Scene, tempconfig

from fastcairo.renderer import FastRenderer
from gdmath import compile_loss, convergence, load_lesson
from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.surface import ACROSS, AROUND, Surface
from scenes.kit.frame import STAGE
from tests.fastcairo.frames import frames_of

REC_709 = (0.2126, 0.7152, 0.0722)
"""The weights of red, green and blue in luminance (ITU-R BT.709)."""


@pytest.fixture
def both(monkeypatch):
    """The surface as it is, and as stock Manim has it, from an azimuth and an elevation."""

    def surfaces(azimuth, elevation):
        lesson = load_lesson("lesson.toml")
        loss = compile_loss(lesson)
        bowl = Bowl(STAGE, loss, convergence(loss), np.atleast_2d(lesson.start))
        bowl.viewpoint.look(azimuth, elevation)
        monkeypatch.delenv("STOCK", raising=False)
        sheet = Surface(bowl, np.array([0.0, 1.0]))
        monkeypatch.setenv("STOCK", "1")
        return sheet, Surface(bowl, np.array([0.0, 1.0]))

    return surfaces


def luminance(*mobjects):
    class Still(Scene):
        def construct(self):
            self.add(*mobjects)
            self.wait(0.1)

    ((_, pixels),) = frames_of(Still, FastRenderer, pixel_width=854, pixel_height=480)
    return pixels[..., :3] @ np.array(REC_709)


@pytest.mark.parametrize(
    ("azimuth", "elevation", "opacity"), [(0.5, 0.5, 1), (-0.9, 1.1, 1), (2.2, 0.3, 1), (1, 1, 0.3)]
)
def test_the_luminance_is_that_of_faces_painted_one_by_one(both, azimuth, elevation, opacity):
    with tempconfig({"pixel_width": 854, "pixel_height": 480}):
        surfaces = both(azimuth, elevation)
    for surface in surfaces:
        surface.opacity.set_value(opacity)
        surface.update()
    drawn, expected = (luminance(*surface) for surface in surfaces)
    ground = luminance()[0, 0]
    covered = expected != ground
    difference = np.abs(drawn - expected)[covered]
    assert covered.mean() > 0.02
    # Two neighbouring shades are 3 of 255 apart; only along edges, which are smoothed once in the
    # one and twice in the other, may more than that remain.
    assert difference.mean() < 2
    assert np.percentile(difference, 90) < 4.5


def test_stock_manim_has_a_mobject_for_each_face_and_makes_the_same_claims(both):
    sheet, faces = both(0.5, 0.5)
    for state in ((0.5, 0.5), (1.7, 0.9)):
        faces.bowl.viewpoint.look(*state)
        sheet.update(), faces.update()
        assert len(faces.inside) + len(faces.outside) == 2 * ACROSS * AROUND
        (claim,), (same) = faces.bindings, sheet.bindings[0]
        assert np.array_equal(claim.drawn(), same.drawn())
        assert claim.drawn() == pytest.approx(claim.computed())
