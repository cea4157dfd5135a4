"""A project of one chapter that says something, and a helper of its kit that puts it in words."""

import shutil
from pathlib import Path

import pytest

from tests.pipeline.conftest import SMALL_LECTURE

WORDS = '''\
"""Words for the chapters."""

PACES = {"quick": "fast", "slow": "hardly"}


def pace(speed: float, kind: str) -> tuple[float, str]:
    if speed > 2:
        return speed, f"by {written(speed)}, {PACES[kind]}"
    return speed, "not at all"


def written(value: float) -> str:
    return f"{value:.1f}"
'''
CHAPTER = '''\
"""A square moves."""

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter
from scenes.kit.words import pace, written


class Square(Chapter):
    @property
    def shape(self) -> str:
        return "square" if self.lesson else "diamond"

    def construct(self) -> None:
        self.square = ManimSquare()
        self.it_stands()
        self.it_moves()

    def it_stands(self) -> None:
        with self.say(f"A {self.shape} stands" + (" here." if self.square else ".")):
            self.add(self.square)
            self.wait(0.2)

    def it_moves(self) -> None:
        self.far = 2.5
        speed, how = pace(self.far, "quick")
        really = "" if self.square else "really "
        with self.say(
            f"The {self.shape} {really}moves {how}: from {written(0)} to {written(speed)}."
        ):
            self.play(self.square.animate.shift(RIGHT), run_time=0.4)
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
