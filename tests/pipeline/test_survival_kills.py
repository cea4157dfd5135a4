"""Killed at any moment, a render leaves the last good lecture or the whole new one, and goes on."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.pipeline.project import DRAFT, PATIENCE, RENDER, SEGMENTS, edit, seen, wait_until

SEED = 20261123
LATEST = 0.7
"""The last moment, of the time a whole render takes: segments that are there make it shorter."""
# Kills the whole tree at one moment: before a file below build/ is moved or removed by the main
# process or a worker, the one that is named or the so-manieth.
STRIKE = """
import os, signal, sys
who, event, moment = os.environ["STRIKE"].split()
seen = 0

def strike(happens, arguments):
    global seen
    if happens in ("os.rename", "os.remove"):
        folder, name = os.path.split(os.fspath(arguments[happens == "os.rename"]))
        if folder.startswith("build/"):
            seen += 1
            if moment == str(seen) or (event, moment) == (happens, name):
                os.killpg(0, signal.SIGKILL)

if who == ("worker" if "--multiprocessing-fork" in sys.orig_argv else "main"):
    sys.addaudithook(strike)
"""


@dataclass(frozen=True)
class Edited:
    """The small lecture, edited in a way that concerns every beat of it, before and after.

    ``seconds`` is how long it takes to render.
    """

    before: Path
    after: Path
    seconds: float

    def copy(self, folder: Path, filmed: bool) -> Path:
        """The lecture edited but not rendered again; its new segments are there if ``filmed``."""
        shutil.copytree(self.before, folder)
        shutil.copy(self.after / "manim.cfg", folder)
        if filmed:
            shutil.rmtree(folder / SEGMENTS)
            shutil.copytree(self.after / SEGMENTS, folder / SEGMENTS)
        return folder

    def holds(self, project: Path) -> bool:
        """Whether the lecture is the old one or the new one, and whole."""
        film = (project / DRAFT / "lecture.mp4").read_bytes()
        return film in {(one / DRAFT / "lecture.mp4").read_bytes() for one in self}

    def __iter__(self) -> Iterator[Path]:
        return iter((self.before, self.after))


def vouched(project: Path) -> dict[Path, int]:
    """When each segment was put into the store."""
    facts = (project / SEGMENTS).glob("*/[!.]*.json")
    return {path: path.stat().st_mtime_ns for path in facts}


@pytest.fixture(scope="module")
def edited(rendered_once: Path, tmp_path_factory: pytest.TempPathFactory, run: Callable) -> Edited:
    folder = tmp_path_factory.mktemp("edited") / "project"
    after = Path(shutil.copytree(rendered_once, folder))
    edit(after / "manim.cfg", "#0f1320", "#200f13")
    begin = time.monotonic()
    assert run(after, *RENDER).returncode == 0
    assert seen(after)["lecture.mp4"] != seen(rendered_once)["lecture.mp4"]
    return Edited(rendered_once, after, time.monotonic() - begin)


@pytest.fixture
def hook(tmp_path: Path) -> Path:
    folder = tmp_path / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(STRIKE)
    return folder


def kill_after(seconds: float, process: subprocess.Popen[str]) -> int:
    """Kill the whole tree at that moment, unless it has ended; how it ended."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode


@pytest.mark.slow
def test_killed_again_and_again_it_goes_on_from_what_is_done(
    edited: Edited, tmp_path: Path, start: Callable, run: Callable
) -> None:
    chance, seconds, rendered, moments = random.Random(SEED), edited.seconds, True, 100
    while moments:
        if rendered:
            project = edited.copy(tmp_path / f"{moments}", filmed=False)
        there, begin = vouched(project), time.monotonic()
        with start(project, *RENDER) as process:
            rendered = kill_after(chance.uniform(0, LATEST * seconds), process) == 0
        assert edited.holds(project)
        assert there.items() <= vouched(project).items()
        if rendered:
            # The machine has less to do by now than when it was timed.
            seconds = seconds if there else time.monotonic() - begin
            assert seen(project) == seen(edited.after)
            shutil.rmtree(project)
        else:
            moments -= 1
    there = vouched(project)
    assert run(project, *RENDER).returncode == 0
    assert seen(project) == seen(edited.after)
    assert there.items() <= vouched(project).items()
    assert not [*project.glob("build/**/.part-*"), *(project / DRAFT / "work").glob("*/")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "strike",
    [
        "os.rename ch02_circle.mp4",
        "os.rename ch02_circle.json",
        "os.remove lecture.json",
        "os.rename lecture.mp4",
        "os.rename lecture.vtt",
        "os.rename lecture.json",
    ],
)
def test_killed_just_before_a_file_is_put_in_its_place(
    edited: Edited, tmp_path: Path, hook: Path, run: Callable, strike: str
) -> None:
    project = edited.copy(tmp_path / "project", filmed=True)
    outcome = run(project, *RENDER, hook=hook, STRIKE=f"main {strike}")
    assert outcome.returncode == -signal.SIGKILL
    assert edited.holds(project)
    there = vouched(project)
    assert run(project, *RENDER).returncode == 0
    assert seen(project) == seen(edited.after)
    assert vouched(project) == there


@pytest.mark.slow
@pytest.mark.parametrize("who", ["main", "worker"])
def test_killed_before_every_move_and_removal(
    edited: Edited, tmp_path: Path, hook: Path, run: Callable, who: str
) -> None:
    for moment in count(1):
        project = edited.copy(tmp_path / f"{moment}", filmed=who == "main")
        outcome = run(project, *RENDER, hook=hook, STRIKE=f"{who} any {moment}")
        if outcome.returncode == 0:
            break
        assert outcome.returncode == -signal.SIGKILL
        assert edited.holds(project)
        there = vouched(project)
        assert run(project, *RENDER).returncode == 0
        assert seen(project) == seen(edited.after)
        assert there.items() <= vouched(project).items()
    assert moment > 5
    assert seen(project) == seen(edited.after)


@pytest.mark.slow
def test_the_one_that_waits_goes_on_when_the_other_is_killed(
    edited: Edited, tmp_path: Path, start: Callable
) -> None:
    project = edited.copy(tmp_path / "project", filmed=False)
    with start(project, *RENDER) as first:
        wait_until(lambda: any((project / DRAFT / "work").glob("*/")))
        # Were it not halted, it might have finished before the second comes to wait.
        os.kill(first.pid, signal.SIGSTOP)
        with start(project, *RENDER) as second:
            waiting = f"another render of {DRAFT} is under way; waiting for it\n"
            assert second.stderr.readline() == waiting
            there = vouched(project)
            kill_after(0, first)
            _, errors = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, errors
    assert seen(project) == seen(edited.after)
    assert there.items() <= vouched(project).items()
