"""Jobs sent through any executor: the same films, and what is lost on the way is told."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from pipeline.cache.keys import keys_of
from pipeline.cluster.dispatch import film_with
from pipeline.film.job import Job
from pipeline.film.worker import Failed
from pipeline.quality import QUALITIES
from scenes.outline import Entry
from tests.pipeline.project import DRAFT, RENDER, SEGMENTS, edit, seen, segments

# The pipeline on an executor of the standard library, whose processes could import it by name.
WITH_PROCESSES = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from pipeline.cache.plan import make_plan
from pipeline.quality import QUALITIES
from pipeline.cli.render import render

def plan(numbers):
    return make_plan(QUALITIES["draft"], Path("lesson.toml"), numbers)

if __name__ == "__main__":
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        raise SystemExit(render(plan([1]), plan, QUALITIES["draft"], 2, False, executor=executor))
"""


@pytest.mark.slow
def test_any_executor_makes_the_same_and_films_only_what_is_missing(
    rendered: Path, run: Callable, root: Path
) -> None:
    before = segments(rendered), seen(rendered)["ch01_square.mp4"]
    edit(rendered / "scenes/ch01_square.py", "self.wait(0.6)", "self.wait(0.8)")
    (rendered / "with_processes.py").write_text(WITH_PROCESSES)
    subprocess.run(
        [sys.executable, "with_processes.py"],
        cwd=rendered,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=True,
    )
    there = segments(rendered)
    assert there.items() >= before[0].items()
    assert len(there) == len(before[0]) + 1
    made_there = seen(rendered)["ch01_square.mp4"]
    shutil.rmtree(rendered / "build")
    assert run(rendered, *RENDER, "--chapter", "1").returncode == 0
    assert seen(rendered)["ch01_square.mp4"] == made_there != before[1]


class Losing(Executor):
    """An executor that loses everything."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, *_: object) -> Future[bytes]:
        self.sent += 1
        future: Future[bytes] = Future()
        future.set_exception(OSError("no room\nat all"))
        return future


@pytest.mark.parametrize("late", [False, True])
def test_what_gets_lost_is_sent_twice_and_what_was_saved_meanwhile_never(
    project: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    monkeypatch.chdir(project)
    entry = Entry(4, "scenes.ch04_dot", "Dot", "A dot η", "It stands.")
    quality, lesson = QUALITIES["draft"], Path("lesson.toml")
    ingredients = keys_of(entry, lesson, quality).ingredients
    folder = DRAFT / "work/ch04-1"
    job = Job(entry, quality, lesson, False, "", SEGMENTS, folder, ingredients)
    if late:
        edit(project / "scenes/ch04_dot.py", "self.wait(1)", "self.wait(2)")
    executor = Losing()
    ((_, event),) = film_with(executor, [job])
    assert isinstance(event, Failed)
    if late:
        assert (event.changed, executor.sent) == (True, 0)
    else:
        assert event.error == "it was lost in the cluster: OSError no room"
        assert executor.sent == 2
