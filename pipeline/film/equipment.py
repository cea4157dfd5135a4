"""What a chapter is filmed with: manim as the quality has it, a renderer and an encoder."""

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.quality import Quality

FAST = "fastcairo"


def configure(quality: Quality, folder: Path) -> None:
    """Have manim film at ``quality``, with all that it writes below ``folder``."""
    from manim import config

    config.update(
        {
            "media_dir": str(folder),
            "pixel_width": quality.width,
            "pixel_height": quality.height,
            "frame_rate": quality.frame_rate,
            "format": "mp4",
            "disable_caching": True,
            "max_files_cached": -1,
            "save_sections": False,
            "progress_bar": "none",
        }
    )


def equipment(scene: type, stock: bool) -> tuple[Callable[[Any], Any], Callable[..., Any], str]:
    """What makes a renderer for a class of writers, what makes an encoder, and a remark on them.

    The fast path comes with the lecture; one that brings none is filmed with stock Manim.
    """
    if find_spec(FAST) is not None:
        chosen = importlib.import_module(FAST).equipment(scene, stock=stock)
        return chosen.renderer, chosen.encoder, chosen.remark
    from manim.renderer.cairo_renderer import CairoRenderer
    from manim.scene.video_segment_encoder import VideoSegmentEncoder

    return lambda writer: CairoRenderer(file_writer_class=writer), VideoSegmentEncoder, ""
