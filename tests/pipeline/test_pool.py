"""Workers share a chapter: each beat is filmed by the one who comes to it first, and once."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.atomic import claim
from pipeline.cache.storyboard import Place
from pipeline.film.job import Filmed, Job
from pipeline.film.partition import neediest
from pipeline.film.team import PACE, START, UNFORESEEN, Team
from pipeline.film.worker import Progress, Stored
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE
from tests.pipeline.project import DRAFT, PATIENCE

# Whoever films the first beat goes on when another has come to the second; whoever first comes to
# film the third dies; whoever does not film the last one takes for ever to skip it.
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
            self.linger()

    def it_moves(self) -> None:
        self.play(self.square.animate.shift(RIGHT / 9), run_time=0.4)
        if not self.renderer.skip_animations:
            with open("filmed", "a") as filmed:
                filmed.write(f"{{len(self.beats)}} ")
            Path("filmed by", current_process().name).mkdir(parents=True, exist_ok=True)

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

    def linger(self) -> None:
        if not self.is_mine(5) and os.environ["SHARED"]:
            time.sleep({PATIENCE})
            Path("waited for").touch()

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
    assert {path.name for path in (project / "filmed by").iterdir()} == {"ch01", "ch01-2"}
    assert (project / "fallen").exists()
    assert not (project / "waited for").exists()
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
    ("left", "prices", "helped"),
    [
        ([40.0, 50.0, 30.0], [2.0, 2.0, 2.0], 1),
        ([40.0, 50.0], [2.0, 60.0], 0),
        ([40.0, 2.0], [50.0, 3.0], None),
        ([], [], None),
    ],
)
def test_help_goes_where_most_is_left_if_it_is_worth_its_price(
    left: list[float], prices: list[float], helped: int | None
) -> None:
    assert neediest(left, prices) == helped


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """One worker, just begun, who is to film eight beats of six seconds each."""
    job = Job(
        entry=LECTURE[8],
        quality=QUALITIES["high"],
        lesson=tmp_path / "lesson.toml",
        stock=False,
        store=tmp_path / "segments",
        folder=tmp_path / "work" / "ch08",
        ingredients={},
        last=7,
        expected=dict.fromkeys(range(8), 6.0),
    )
    team = Team(job)
    team.begin(0, 100.0)
    return team


def test_help_is_weighed_by_the_pace_of_those_who_film(team: Team) -> None:
    assert team.left / 8 < START < team.left
    team.hear(0, Progress(0, "", 0), 102.0)
    assert team.price == 2
    # Seconds that bring no frames, such as those of skipping, say nothing of the pace.
    team.hear(0, Progress(4, "", 0), 110.0)
    assert team.price == 2
    # Of the beats from 4, which lasts 600 s of work for 6 s of film, three are nobody's.
    team.hear(0, Progress(4, "", 360), 710.0)
    assert team.left == pytest.approx(3 * 600, rel=0.4)
    assert 2 < team.price < 2 + 600 / 5
    slow = team.left
    team.hear(0, Progress(5, "", 360), 711.0)
    assert team.left == pytest.approx(slow * 2 / 3)
    team.hear(0, Progress(7, "", 361), 712.0)
    assert team.left == 0


def test_more_may_follow_as_long_as_nobody_knows_the_end(team: Team) -> None:
    team.job = replace(team.job, last=None)
    assert team.left == pytest.approx(8 * 6 * PACE)
    for number in (6, 7, 8):
        team.hear(0, Progress(number, "", 0), 101.0)
        assert team.left == pytest.approx(UNFORESEEN * PACE)


def test_nobody_is_waited_for_who_can_bring_nothing_any_more(team: Team) -> None:
    assert team.job.claim(0)
    assert team.job.another(1).claim(1)
    assert team.is_open
    team.hear(1, Stored(1, "key"), 101.0)
    assert not team.is_settled
    assert team.job.another(1).claim(2), "what comes after the last beat: nothing"
    team.hear(1, Filmed((Place(0), Place(1)), complete=True), 102.0)
    assert not team.is_open
    assert not team.is_settled, "the first one's segment is due"
    team.hear(0, Stored(0, "key"), 103.0)
    assert team.is_settled
