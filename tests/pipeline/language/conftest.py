"""A project of one chapter that says something, with words that its kit lends it."""

import shutil
from pathlib import Path

import pytest

from tests.pipeline.conftest import SMALL_LECTURE

WORDS = '''\
"""Words for the chapters."""


def message(template: str) -> str:
    return template


def pace(speed: float) -> str:
    return message("It moves fast.") if speed > 2 else message("It hardly moves.")
'''
CHAPTER = '''\
"""A square moves."""

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter
from scenes.kit.words import pace


class Square(Chapter):
    def construct(self) -> None:
        self.square = ManimSquare()
        self.it_stands()
        self.it_moves()
        self.it_stops()

    def it_stands(self) -> None:
        with self.say("A square of {width} stands here.", width=f"{self.square.width:.1f}"):
            self.add(self.square)
            self.wait(0.2)

    def it_moves(self) -> None:
        with self.say(pace(2.5)):
            self.play(self.square.animate.shift(RIGHT), run_time=0.4)

    def it_stops(self) -> None:
        with self.say("It stops."):
            self.wait(0.2)
        with self.say(""):
            self.wait(0.2)
'''


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small lecture with that chapter, its lesson in German; the working directory."""
    folder = Path(shutil.copytree(SMALL_LECTURE, tmp_path / "project"))
    (folder / "scenes/kit/words.py").write_text(WORDS)
    (folder / "scenes/ch01_square.py").write_text(CHAPTER)
    lesson = folder / "lesson.toml"
    lesson.write_text('language = "de"\n' + lesson.read_text())
    monkeypatch.chdir(folder)
    return folder
