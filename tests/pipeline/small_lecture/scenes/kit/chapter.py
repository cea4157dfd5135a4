"""What the pipeline asks of a chapter, and no more."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from manim import Scene

from scenes.outline import LECTURE


@dataclass(frozen=True)
class Beat:
    sentence: str
    start: float
    end: float


class Chapter(Scene):
    on_beat = None
    translate = None
    voice = None

    def begin_trace(self, path: Path | None) -> None:
        pass

    def setup(self) -> None:
        self.beats: list[Beat] = []
        self.lesson = Path(os.environ["LESSON"]).read_text()
        self.entry = next(entry for entry in LECTURE if entry.scene == type(self).__name__)

    @contextmanager
    def say(self, template: str, **values: str) -> Iterator[None]:
        start = self.time
        translated = self.translate(template) if self.translate else None
        sentence = (translated or template).format_map(values)
        self.cut(sentence)
        speech = None
        if self.voice and sentence and "spoken" in self.lesson:
            speech = self.voice(len(self.beats) + 1, sentence, sentence)
        yield
        if speech:
            self.wait(max(0.1, start + speech.seconds - self.time))
        self.beats.append(Beat(sentence, start, self.time))
        self.cut(None)

    def cut(self, sentence: str | None) -> None:
        filmed = self.on_beat is None or self.on_beat(sentence)
        self.next_section("", skip_animations=not filmed)
