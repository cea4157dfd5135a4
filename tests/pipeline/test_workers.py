"""Workers share a chapter: each beat is filmed by the one who comes to it first, and once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.shares import SHORTEST, neediest
from pipeline.whole import claim
from tests.pipeline.project import DRAFT, PATIENCE

# Whoever films the first beat goes on when another has come to the second; whoever first comes to
# film the third dies.
SHARED = f'''\
"""A square moves, and workers meet."""

import os
import time
from multiprocessing import current_process
from pathlib import Path

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter

CLAIMS = Path("build/draft/work/ch01-claims")


class Square(Chapter):
    def construct(self) -> None:
        self.square = ManimSquare()
        with self.say("One."):
            self.it_moves()
            self.meet()
        with self.say("Two."):
            self.it_moves()
        with self.say("Three."):
            self.fall()
            self.it_moves()
        with self.say("Four."):
            self.it_moves()
        with self.say("Five."):
            self.it_moves()
        with self.say("Six."):
            self.it_moves()

    def it_moves(self) -> None:
        self.play(self.square.animate.shift(RIGHT / 9), run_time=0.4)
        if not self.renderer.skip_animations:
            with open("filmed", "a") as filmed:
                filmed.write(f"{{len(self.beats)}} ")

    def meet(self) -> None:
        deadline = time.monotonic() + {PATIENCE}
        if self.is_mine(0) and os.environ["SHARED"]:
            while not (CLAIMS / "1").exists():
                assert time.monotonic() < deadline, "nobody came to help"
                time.sleep(0.02)

    def fall(self) -> None:
        fallen = Path("fallen")
        if self.is_mine(2) and os.environ["SHARED"] and not fallen.exists():
            fallen.touch()
            os.kill(os.getpid(), 9)

    def is_mine(self, number: int) -> bool:
        return (CLAIMS / str(number)).read_text() == current_process().name
'''


def films(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / DRAFT).glob("*.mp4")}


def test_who_has_nothing_else_to_do_helps(project: Path, tmp_path: Path, run: Callable) -> None:
    (project / "scenes/ch01_square.py").write_text(SHARED)
    alone = Path(shutil.copytree(project, tmp_path / "alone"))
    render = ("render", "--quality", "draft", "--chapter", "1", "--jobs")
    together = run(project, *render, "2", SHARED="yes")
    assert together.returncode == 0, together.stderr
    owners = {path.read_text() for path in (project / DRAFT / "work/ch01-claims").iterdir()}
    assert owners == {"ch01", "ch01-2"}
    assert (project / "fallen").exists()
    apart = run(alone, *render, "1", SHARED="")
    assert apart.returncode == 0, apart.stderr
    assert films(project) == films(alone)
    for folder in (project, alone):
        filmed = (folder / "filmed").read_text().split()
        assert sorted(filmed) == sorted(set(filmed)), f"filmed twice: {filmed}"
        assert len(filmed) == 6


def test_a_claim_is_for_ever_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "claims" / "3"
    assert claim(path, "ch07-2")
    assert not claim(path, "ch07")
    assert claim(path, "ch07-2")


@pytest.mark.parametrize(
    ("left", "helped"),
    [([40.0, 50.0, 30.0], 1), ([SHORTEST - 1.0, SHORTEST + 1.0], 1), ([SHORTEST - 1.0], None)],
)
def test_help_goes_where_most_is_left_if_it_is_worth_it(
    left: list[float], helped: int | None
) -> None:
    assert neediest(left) == helped
    assert neediest([]) is None
