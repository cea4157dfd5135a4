"""Film beats of one chapter in this process, with manim, through what every scene offers.

A chapter runs from its beginning; each beat is filmed into a file of its own or skipped, and the
run ends where nobody wants more of it. Skipping is manim's own: animations jump to their ends.
"""

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from pipeline.quality import Quality

if TYPE_CHECKING:
    from manim.scene.scene_file_writer import SceneFileWriter

FAST = "scenes.fast"


class Cut(Exception):  # noqa: N818 (nothing has gone wrong)
    """Nothing more of this chapter is wanted."""


@dataclass(frozen=True)
class Take:
    """One beat as filmed, from where its sentence begins to where the next one does.

    The first also has what comes before it. ``start`` and ``end`` are the frames of its sentence;
    without any ``frames`` there is no ``film``. Times in the ``trace`` are those of the take.
    """

    number: int
    sentence: str
    start: int
    end: int
    frames: int
    film: Path
    trace: str


class Filming:
    """One chapter on the set: made ready when constructed, filmed by `run`, watched meanwhile.

    It takes over manim's configuration, so a process films one chapter in its life. ``wanted`` is
    asked as each beat begins, with its number from 0 and the frame of code that begins it, whether
    to film it; a Cut ends the run. ``first`` says it of what comes before the first beat.
    ``done`` is given each take.
    """

    def __init__(
        self,
        module: str,
        scene: str,
        quality: Quality,
        lesson: Path,
        folder: Path,
        *,
        wanted: Callable[[int, FrameType], bool],
        done: Callable[[Take], None],
        first: bool = True,
        stock: bool = False,
    ) -> None:
        self.sentence, self.number = "", -1
        self._folder, self._frame_rate = folder, quality.frame_rate
        self._wanted, self._done = wanted, done
        self._on, self._start, self._said = first, 0.0, 0
        self._first_frame = 0
        os.environ["LESSON"] = str(lesson)
        folder.mkdir(parents=True, exist_ok=True)
        _configure(quality, folder)
        chapter_class = getattr(importlib.import_module(module), scene)
        chapter_class.on_beat = staticmethod(self._hear)
        renderer, self._encoder = _equipment(stock)
        writer = _writer(self._write, skip=not first)
        self._encoding: Any = None
        self._chapter: Any = chapter_class(renderer=renderer(writer))
        self.frames = 0
        self._spec = self._chapter.file_writer_settings.video_encoder
        self._chapter.begin_trace(self._trace if first else None)

    def run(self) -> bool:
        """Film what is wanted; return whether the chapter was seen to its end."""
        from manim.utils.exceptions import EndSceneEarlyException

        self._cut = EndSceneEarlyException
        self._ended = True
        try:
            self._chapter.render()
            self._close()
        finally:
            if self._encoding is not None:
                self._encoding.abort()
        return self._ended

    @property
    def _trace(self) -> Path:
        return self._folder / "trace.jsonl"

    @property
    def _film(self) -> Path:
        return self._folder / "take.mp4"

    def _hear(self, sentence: str) -> bool:
        """Begin a beat: close the one before, and say whether this one is to be filmed."""
        begun = self.number < 0 and self._chapter.renderer.num_plays > 0
        if self.number >= 0:
            self._close()
        self.number += 1
        try:
            wanted = self._wanted(self.number, sys._getframe(1))
        except Cut:
            self._ended = False
            raise self._cut from None
        self.sentence = sentence
        if not begun:
            self._on, self._start, self._first_frame = wanted, self._chapter.time, self.frames
            self._chapter.begin_trace(self._trace if wanted else None)
        return self._on

    def _write(self, pixels: Any, repeat: int) -> None:
        if self._encoding is None:
            self._encoding = self._encoder(target=self._film, spec=self._spec)
        self._encoding.write_frame(pixels, repeat=repeat)
        self.frames += repeat

    def _close(self) -> None:
        """End the take, if there is one."""
        if not self._on:
            return
        if self._encoding is not None:
            self._encoding.finish()
            self._encoding = None
        else:
            self._film.touch()
        beat = self._chapter.beats[-1]
        start, end = (self._counted(moment) for moment in (beat.start, beat.end))
        trace = self._trace.read_text(encoding="utf-8") if self._trace.exists() else ""
        frames = self.frames - self._first_frame
        self._on = False
        self._done(Take(self.number, beat.sentence, start, end, frames, self._film, trace))

    def _counted(self, moment: float) -> int:
        """The frames of this take up to a moment of the chapter's clock."""
        return round((moment - self._start) * self._frame_rate)


def _configure(quality: Quality, folder: Path) -> None:
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


def _equipment(stock: bool) -> tuple[Callable[[Any], Any], Callable[..., Any]]:
    """What makes a renderer for a class of writers, and what makes an encoder."""
    if not stock and find_spec(FAST) is not None:
        fast = importlib.import_module(FAST)
        if hasattr(fast, "renderer"):
            return fast.renderer, fast.encoder
    from manim.renderer.cairo_renderer import CairoRenderer
    from manim.scene.video_segment_encoder import VideoSegmentEncoder

    return lambda writer: CairoRenderer(file_writer_class=writer), VideoSegmentEncoder


def _writer(write: Callable[[Any, int], None], skip: bool) -> "type[SceneFileWriter]":
    """A class of writers that hand each frame to ``write``, and leave no files of their own.

    The section that every scene begins with is skipped if ``skip``.
    """
    from manim.scene.scene_file_writer import SceneFileWriter

    class Writer(SceneFileWriter):
        def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
            super().next_section(name, type_, skip_animations or (skip and name == "autocreated"))

        def add_partial_movie_file(self, hash_animation: str | None) -> None:
            pass

        def begin_animation(self, *_: object, **__: object) -> None:
            pass

        def end_animation(self, *_: object, **__: object) -> None:
            pass

        def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
            write(pixels, repeat)

        def finish(self) -> None:
            pass

    return Writer
