"""A film made of segments is the film made at one go."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import av
import pytest

from pipeline.atomic import lock
from tests.pipeline.project import DRAFT, PATIENCE, edit, segments

STAGED = '''\
"""A square moves."""

from manim import RIGHT
from manim import Square as ManimSquare

from scenes.kit.chapter import Chapter


class Square(Chapter):
    def construct(self) -> None:
        self.square = ManimSquare()
        self.wait(0.2)
        self.it_stands()
        self.it_moves()
        self.it_turns()

    def it_stands(self) -> None:
        with self.say("It stands."):
            self.add(self.square)
            self.wait(0.4)

    def it_moves(self) -> None:
        self.twin = self.square.copy().add_updater(lambda twin: twin.match_y(self.square))
        self.add(self.twin)
        with self.say("It moves to the right."):
            self.play(self.square.animate.shift(RIGHT), run_time=1.2)
        self.wait(0.2)
        with self.say("And on."):
            self.play(self.square.animate.shift(RIGHT), run_time=0.6)

    def it_turns(self) -> None:
        with self.say("It turns."):
            self.play(self.square.animate.rotate(1), run_time=0.8)
'''
BEATS = 4
CHAPTER = Path("scenes/ch01_square.py")
RENDER = ("render", "--quality", "draft", "--chapter", "1", "--jobs", "1")


@pytest.fixture(scope="module")
def staged_once(tmp_path_factory: pytest.TempPathFactory, run: Callable) -> Path:
    """The small lecture with a first chapter of four beats, rendered; not to be changed."""
    small = Path(__file__).parent / "small_lecture"
    folder = Path(shutil.copytree(small, tmp_path_factory.mktemp("staged") / "project"))
    (folder / CHAPTER).write_text(STAGED)
    outcome = run(folder, *RENDER)
    assert outcome.returncode == 0, outcome.stderr
    return folder


@pytest.fixture
def staged(staged_once: Path, tmp_path: Path) -> Path:
    """The same, to do things to."""
    return Path(shutil.copytree(staged_once, tmp_path / "project"))


def edit_chapter(project: Path, old: str, new: str) -> None:
    assert (project / CHAPTER).read_text().count(old) == 1
    edit(project / CHAPTER, old, new)


def finished(project: Path) -> dict[str, bytes]:
    """What a viewer gets of chapter 1: its film and its poster."""
    return {path.name: path.read_bytes() for path in (project / DRAFT).glob("ch01_square.[mp]*")}


def cold(project: Path, folder: Path, run: Callable) -> dict[str, bytes]:
    """What a viewer would get if there were no segments."""
    copy = Path(shutil.copytree(project, folder, ignore=shutil.ignore_patterns("build")))
    assert run(copy, *RENDER).returncode == 0
    return finished(copy)


def reason(project: Path, run: Callable) -> str:
    (line,) = run(project, "plan", "--quality", "draft", "--chapter", "1").stdout.splitlines()
    return line.removeprefix("ch01  A square, and & <more>").strip()


@pytest.mark.parametrize(
    ("old", "new", "filmed", "told"),
    [
        ('"And on."', '"And on!"', 1, "beat 3: its sentence changed"),
        pytest.param(
            *("run_time=0.6", "run_time=1.0", 3, "beats 2–4: `it_moves` changed"),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            *("self.it_turns()", "self.wait(0.6)", 1, "beat 4: `construct` changed"),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_an_edit_films_the_beats_it_touches_and_the_film_is_as_if_all_were_filmed(
    staged: Path, tmp_path: Path, run: Callable, old: str, new: str, filmed: int, told: str
) -> None:
    before, film = segments(staged), finished(staged)
    edit_chapter(staged, old, new)
    assert reason(staged, run) == told
    assert run(staged, *RENDER).returncode == 0
    assert len(segments(staged).keys() - before) == filmed
    assert finished(staged) == cold(staged, tmp_path / "cold", run)
    edit_chapter(staged, new, old)
    there = segments(staged)
    assert run(staged, *RENDER).returncode == 0
    assert segments(staged) == there
    assert finished(staged) == film


def test_a_remark_films_nothing(staged: Path, run: Callable) -> None:
    edit_chapter(staged, "        self.it_moves()", "        # and then\n        self.it_moves()")
    assert reason(staged, run) == "up to date"


@pytest.mark.slow
def test_one_beat_is_shown_by_itself(staged: Path, run: Callable) -> None:
    edit_chapter(staged, "run_time=0.6", "run_time=1.0")
    before = segments(staged)
    outcome = run(staged, "preview", "--chapter", "1", "--beat", "3")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.split()[-1] == str(DRAFT / "ch01-beat03.mp4")
    assert len(segments(staged).keys() - before) == 1
    with av.open(staged / DRAFT / "ch01-beat03.mp4") as container:
        # a pause of three frames that leads up to it, and the fifteen of its second
        assert sum(1 for _ in container.decode(video=0)) == 18
    with av.open(staged / DRAFT / "ch01-beat03.mp4") as container:
        captions = [bytes(p)[2:].decode() for p in container.demux(subtitles=0) if p.size > 2]
    assert captions == ["And on."]


@pytest.mark.slow
def test_a_sound_is_refused_rather_than_lost(staged: Path, run: Callable) -> None:
    chapter = staged / CHAPTER
    with_a_sound = STAGED.replace("self.it_turns()", "self.add_sound('bell.wav')", 1)
    chapter.write_text(with_a_sound)
    refused = run(staged, *RENDER)
    assert refused.returncode == 1
    assert "add_sound('bell.wav'): nothing is heard in a lecture but what is said" in refused.stderr


@pytest.mark.parametrize("known", [True, False])
def test_a_beat_that_is_not_there_is_refused(staged: Path, run: Callable, known: bool) -> None:
    if not known:
        shutil.rmtree(staged / "build")
    outcome = run(staged, "preview", "--chapter", "1", "--beat", "5")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == "ch01 has 4 beats, no beat 5\n"


@pytest.mark.slow
def test_two_at_once_make_one_film(staged: Path, start: Callable) -> None:
    film = finished(staged)
    shutil.rmtree(staged / "build")
    held = ExitStack()
    held.enter_context(lock(staged / DRAFT))
    with start(staged, *RENDER) as one, start(staged, *RENDER) as two:
        with held:
            waiting = f"another render of {DRAFT} is under way; waiting for it\n"
            assert [process.stderr.readline() for process in (one, two)] == [waiting, waiting]
        errors = [process.communicate(timeout=PATIENCE)[1] for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0]
    assert sum("rendered" in told for told in errors) == 1
    assert finished(staged) == film
