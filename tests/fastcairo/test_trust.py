import pytest
from manim import MovingCameraScene, Scene, ThreeDScene
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo import equipment, trust
from fastcairo.encoder import PatchEncoder
from fastcairo.renderer import FastRenderer
from fastcairo.shapes import Shape


@pytest.fixture(autouse=True)
def _fresh_trial():
    trust.doubt.cache_clear()
    yield
    trust.doubt.cache_clear()


def test_here_it_is_trusted():
    assert trust.doubt() == ""
    chosen = equipment(Scene)
    assert isinstance(chosen.renderer(SceneFileWriter), FastRenderer)
    assert chosen.encoder is PatchEncoder
    assert chosen.remark == ""


def test_other_pixels_lead_back_to_stock_manim_and_are_told(monkeypatch):
    monkeypatch.setattr(Shape, "draw", lambda *_: None)
    chosen = equipment(Scene)
    assert type(chosen.renderer(SceneFileWriter)) is CairoRenderer
    assert chosen.encoder is VideoSegmentEncoder
    assert "other pixels" in chosen.remark


def test_a_part_of_manim_that_is_gone_leads_back_to_stock_manim(monkeypatch):
    monkeypatch.delattr("manim.VMobject.get_subpath_split_indices_from_points")
    assert "its trial failed" in equipment(Scene).remark


def test_stock_manim_can_be_asked_for():
    chosen = equipment(Scene, stock=True)
    assert type(chosen.renderer(SceneFileWriter)) is CairoRenderer
    assert chosen.remark == ""


@pytest.mark.parametrize("kind", [MovingCameraScene, ThreeDScene])
def test_a_scene_with_its_own_camera_keeps_it(kind):
    class Mine(kind):
        pass

    chosen = equipment(Mine)
    camera = type(chosen.renderer(SceneFileWriter).camera)
    assert camera.__name__ in {"MovingCamera", "ThreeDCamera"}
    assert "Mine has a camera of its own" in chosen.remark
