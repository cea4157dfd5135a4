"""Film one chapter in this process, with manim, through nothing but what every scene offers."""

import importlib
import os
from pathlib import Path
from typing import Any

from pipeline.quality import Quality


class Filming:
    """One chapter on the set: made ready when constructed, filmed by `run`, watched meanwhile.

    It takes over manim's configuration, so a process films one chapter in its life.
    """

    def __init__(
        self, module: str, scene: str, quality: Quality, lesson: Path, folder: Path
    ) -> None:
        self.sentence = ""
        self._frame_rate = quality.frame_rate
        os.environ["LESSON"] = str(lesson)

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
        chapter_class = getattr(importlib.import_module(module), scene)
        chapter_class.on_beat = staticmethod(self._hear)
        self.trace = chapter_class.trace_path = folder / "trace.jsonl"
        self._chapter: Any = chapter_class()

    @property
    def frames(self) -> int:
        """How many frames have been filmed so far."""
        seconds: float = self._chapter.renderer.time
        return round(seconds * self._frame_rate)

    @property
    def beats(self) -> list[tuple[str, float, float]]:
        """What has been said so far: sentence, start and end in seconds."""
        return [(beat.sentence, beat.start, beat.end) for beat in self._chapter.beats]

    def run(self) -> Path:
        """Film the chapter to its end; return the film that manim left."""
        self._chapter.render()
        return Path(self._chapter.renderer.file_writer.movie_file_path)

    def _hear(self, sentence: str) -> None:
        self.sentence = sentence
