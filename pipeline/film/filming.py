"""Film beats of one chapter in this process, with manim, through what every scene offers.

A chapter runs from its beginning; each beat is filmed into a file of its own or skipped, and the
run ends where nobody wants more of it. Skipping is manim's own: animations jump to their ends.
"""

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.language.translation import translation_of
from pipeline.quality import Quality, configure

if TYPE_CHECKING:
    from pipeline.voice.speaker import Utterance

    Voice = Callable[[int, str, str], "Utterance | None"]
    from manim.scene.scene_file_writer import SceneFileWriter


class Cut(Exception):  # noqa: N818 (nothing has gone wrong)
    """Nothing more of this chapter is wanted."""


@dataclass(frozen=True)
class Take:
    """One beat as filmed, with what comes before its sentence, from the end of the beat before.

    ``start`` and ``end`` are the frames of its sentence. What comes after the last beat is a take
    of its own, without a sentence. Without any ``frames`` there is nothing in ``film``. Times in
    the ``trace`` are those of the take. The sound of its sentence is kept under the key ``speech``.
    """

    number: int
    sentence: str
    start: int
    end: int
    frames: int
    film: Path
    trace: str
    speech: str = ""


class Director(Protocol):
    """Decides what is filmed, and gets it."""

    def expects(self, number: int) -> bool:
        """Whether beat ``number``, from 0, may have to be filmed; a Cut ends the run."""

    def wants(self, number: int, frame: FrameType | None) -> bool:
        """Whether to film it, now that the frame of code is known that begins it.

        Without one it is what comes after the last beat.
        """

    def take(self, take: Take) -> None:
        """Keep what was filmed; the files may be moved away."""


class Filming:
    """One chapter on the set: made ready when constructed, filmed by `run`, watched meanwhile.

    It takes over manim's configuration, and tells the chapter by the environment what the lesson
    and the theme are and whether plain Manim was asked for, so a process films one chapter in its
    life. ``remark`` says why that is not done the fast way, if it was to be.
    """

    def __init__(
        self,
        module: str,
        scene: str,
        quality: Quality,
        lesson: Path,
        folder: Path,
        director: Director,
        stock: bool = False,
        voice: "Voice | None" = None,
    ) -> None:
        self._voice, self._speech = voice, ""
        self.sentence, self.number, self.frames = "", 0, 0
        self._folder, self._frame_rate, self._director = folder, quality.frame_rate, director
        self._encoding: Any = None
        self._cut: Exception | None = None
        os.environ.update(LESSON=str(lesson), STOCK="1" * stock, THEME=quality.theme)
        folder.mkdir(parents=True, exist_ok=True)
        configure(quality, folder)
        chapter_class = getattr(importlib.import_module(module), scene)
        if (translation := translation_of(lesson)) is not None:
            chapter_class.translate = staticmethod(translation.get)
        chapter_class.on_beat = staticmethod(self._hear)
        chapter_class.voice = staticmethod(self._speak)
        from fastcairo import equipment

        renderer, self._encoder, self.remark = equipment(chapter_class, stock=stock)
        self._chapter: Any = chapter_class(renderer=renderer(_writer(self)))
        self._chapter.add_sound = _refuse_sound

    def run(self) -> bool:
        """Film what is wanted; return whether the chapter was seen to its end.

        Raises:
            RuntimeError: nothing is said in it.
        """
        try:
            self._begin(self._director.expects(0))
            self._chapter.next_section(skip_animations=not self._on)
            self._chapter.render()
            if self._cut is None:
                self._end_of_chapter()
        finally:
            self._discard()
        return self._cut is None

    def write(self, pixels: Any, repeat: int) -> None:
        """Add a frame to the take; it may be drawn over afterwards."""
        if self._encoding is None:
            spec = self._chapter.file_writer_settings.video_encoder
            self._encoding = self._encoder(target=self._film, spec=spec)
        self._encoding.write_frame(pixels, repeat=repeat)
        self.frames += repeat

    @property
    def _trace(self) -> Path:
        return self._folder / "trace.jsonl"

    @property
    def _film(self) -> Path:
        return self._folder / "take.mp4"

    def _hear(self, sentence: str | None) -> bool:
        """As a sentence begins or, if it is None, has ended: whether to film what follows."""
        from manim.utils.exceptions import EndSceneEarlyException

        if sentence is not None:
            self.sentence = sentence
            self._decide(self._director.wants(self.number, sys._getframe(1)))
            return self._on
        if self._on:
            beat = self._chapter.beats[-1]
            self._keep(beat.sentence, beat.start, beat.end)
        self.number += 1
        try:
            self._begin(self._director.expects(self.number))
        except Cut as cut:
            self._cut = cut
            raise EndSceneEarlyException from None
        return self._on

    def _speak(self, beat: int, sentence: str, english: str) -> "Utterance | None":
        spoken = self._voice(beat, sentence, english) if self._voice else None
        self._speech = spoken.key if spoken else ""
        return spoken

    def _begin(self, on: bool) -> None:
        self._on, self._start, self._first_frame = on, self._chapter.time, self.frames
        self._plays = self._chapter.renderer.num_plays
        self._chapter.begin_trace(self._trace if on else None)

    def _decide(self, wanted: bool) -> None:
        """Go on as is wanted with a take of which nothing more than its beginning may be there."""
        if self._chapter.renderer.num_plays == self._plays:
            self._begin(wanted)
        elif self._on and not wanted:
            self._discard()

    def _end_of_chapter(self) -> None:
        if not self.number:
            raise RuntimeError("nothing is said in this chapter: it has no beats")
        if self._chapter.renderer.num_plays > self._plays:
            self._decide(self._director.wants(self.number, None))
            if self._on:
                now = self._chapter.time
                self._keep("", now, now)

    def _keep(self, sentence: str, begin: float, end: float) -> None:
        """Hand over the take."""
        if self._encoding is None:
            self._film.touch()
        else:
            self._encoding.finish()
            self._encoding = None
        trace = self._trace.read_text(encoding="utf-8") if self._trace.exists() else ""
        start, stop = (round((time - self._start) * self._frame_rate) for time in (begin, end))
        frames = self.frames - self._first_frame
        speech = self._speech if sentence else ""
        self._director.take(
            Take(self.number, sentence, start, stop, frames, self._film, trace, speech)
        )

    def _discard(self) -> None:
        self._on = False
        if self._encoding is not None:
            self._encoding.abort()
            self._encoding = None


def _refuse_sound(sound_file: object, *_: object, **__: object) -> None:
    """Stand in for ``Scene.add_sound``: what would be lost without a word is refused with one.

    Raises:
        ValueError: always.
    """
    raise ValueError(
        f"add_sound({str(sound_file)!r}): nothing is heard in a lecture but what is said; "
        "a sentence is spoken by `say`"
    )


def _writer(filming: Filming) -> "type[SceneFileWriter]":
    """A class of writers that hand each frame to ``filming``, and leave no files of their own."""
    from manim.scene.scene_file_writer import SceneFileWriter

    class Writer(SceneFileWriter):
        def add_partial_movie_file(self, hash_animation: str | None) -> None:
            pass

        def begin_animation(self, *_: object, **__: object) -> None:
            pass

        def end_animation(self, *_: object, **__: object) -> None:
            pass

        def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
            filming.write(pixels, repeat)

        def finish(self) -> None:
            pass

    return Writer
