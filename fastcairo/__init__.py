"""The fast path: the same pictures as stock Manim's, with less work for each.

It goes in through Manim's own doors, ``Scene(renderer=…)`` with a ``file_writer_class`` and a
segment encoder, and knows nothing of this lecture. `equipment` chooses: a scene with a camera of
its own, such as a ``ThreeDScene``, is filmed with stock Manim, and so is all if `trust.doubt` says
that something has changed underneath.
"""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from manim import Camera, Scene
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo.encoder import PatchEncoder
from fastcairo.renderer import FastRenderer
from fastcairo.trust import doubt

__all__ = ["Equipment", "equipment"]


class Equipment(NamedTuple):
    """How a scene is filmed: a renderer for a writer class, a segment encoder, and why so."""

    renderer: Callable[[type[SceneFileWriter]], CairoRenderer]
    encoder: Callable[..., Any]
    remark: str


def equipment(scene: type[Scene], *, stock: bool = False) -> Equipment:
    """The fast path for ``scene``, or stock Manim if that is asked for or has to be."""
    camera = _camera_of(scene)
    remark = ""
    if not stock and camera is not Camera:
        remark = f"{scene.__name__} has a camera of its own; it is filmed with stock Manim"
    elif not stock and doubt():
        remark = f"the fast path is not taken: {doubt()}"
    if stock or remark:
        return Equipment(_stock_renderer(camera), VideoSegmentEncoder, remark)
    return Equipment(_fast_renderer, PatchEncoder, remark)


def _fast_renderer(writer: type[SceneFileWriter]) -> CairoRenderer:
    return FastRenderer(file_writer_class=writer)


def _stock_renderer(camera: type[Camera]) -> Callable[[type[SceneFileWriter]], CairoRenderer]:
    return lambda writer: CairoRenderer(file_writer_class=writer, camera_class=camera)


def _camera_of(scene: type[Scene]) -> type[Camera]:
    """The camera that ``scene`` would choose for itself: the nearest default in its ancestry."""
    for kind in scene.__mro__:
        if "__init__" in vars(kind):
            parameter = inspect.signature(vars(kind)["__init__"]).parameters.get("camera_class")
            if parameter is not None:
                camera: type[Camera] = parameter.default
                return camera
    return Camera
