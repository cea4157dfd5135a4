"""Workers divide a chapter among them: each beat is filmed once, and the film is the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.film.partition import job_count
from tests.pipeline.project import DRAFT

# The worker who films the third beat dies when it first comes to it.
DIVIDED = '''\
"""A square moves, and a worker falls."""

import os
from multiprocessing import current_process
from pathlib import Path

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter


class Square(Chapter):
    def construct(self) -> None:
        self.square = ManimSquare()
        with self.say("One."):
            self.it_moves()
        with self.say("Two."):
            self.it_moves()
        with self.say("Three."):
            self.fall()
            self.it_moves()
        with self.say("Four."):
            self.it_moves()
        with self.say("Five."):
            self.it_moves()

    def it_moves(self) -> None:
        self.play(self.square.animate.shift(RIGHT / 9), run_time=0.4)
        if not self.renderer.skip_animations:
            with open("filmed", "a") as filmed:
                filmed.write(f"{current_process().name}:{len(self.beats)} ")

    def fall(self) -> None:
        fallen = Path("fallen")
        if not self.renderer.skip_animations and not fallen.exists():
            fallen.touch()
            os.kill(os.getpid(), 9)
'''


def films(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / DRAFT).glob("*.mp4")}


@pytest.mark.slow
def test_two_workers_film_each_beat_once_and_make_the_film_that_one_makes(
    project: Path, tmp_path: Path, run: Callable
) -> None:
    (project / "scenes/ch01_square.py").write_text(DIVIDED)
    alone = Path(shutil.copytree(project, tmp_path / "alone"))
    render = ("render", "--quality", "draft", "--chapter", "1", "--jobs")
    for folder, workers in ((project, "2"), (alone, "1")):
        outcome = run(folder, *render, workers)
        assert outcome.returncode == 0, outcome.stderr
        assert (folder / "fallen").exists()
    assert films(project) == films(alone)
    filmed = {
        folder: sorted((folder / "filmed").read_text().split()) for folder in (project, alone)
    }
    assert filmed[alone] == [f"ch01:{beat}" for beat in range(5)]
    assert filmed[project] == ["ch01-2:1", "ch01-2:3", "ch01:0", "ch01:2", "ch01:4"]


@pytest.mark.parametrize(
    ("seconds", "total", "workers", "count"),
    [
        (60, 960, 2, 1),  # a chapter of sixteen
        (60, 960, 16, 2),
        (60, 60, 1, 1),
        (60, 60, 2, 2),  # a chapter alone
        (60, 60, 8, 4),
        (20, 20, 8, 1),  # too short to be worth another start
        (400, 960, 2, 2),  # the others would wait for it
        (0, 60, 8, 1),
    ],
)
def test_a_chapter_is_divided_if_the_others_would_wait_for_it(
    seconds: float, total: float, workers: int, count: int
) -> None:
    assert job_count(seconds, total, workers) == count
