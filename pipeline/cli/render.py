"""Bring chapters up to date, join them, and say what there is."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rich.filesize import decimal

from pipeline.atomic import lock
from pipeline.cache.plan import BUILD, SEGMENTS, Task, folder_of, lecture_of
from pipeline.cache.record import Rendered, read_record
from pipeline.language.translation import untranslated
from pipeline.playing_time import clock
from pipeline.quality import Quality
from pipeline.voice.chosen import BUILT_IN, is_folder

if TYPE_CHECKING:
    from concurrent.futures import Executor

Finished = list[tuple[Task, Rendered]]
Plan = Callable[[Sequence[int]], list[Task]]
Shown = Callable[[Task, int, str], None]

ROUNDS = 3
"""Most times that a chapter is begun which is saved again while it is read."""


def render(
    tasks: Sequence[Task],
    plan: Plan,
    quality: Quality,
    workers: int,
    whole_lecture: bool,
    shown: Shown = lambda *_: None,
    executor: "Executor | None" = None,
) -> int:
    """Render what is stale of ``tasks``, join the lecture if it is whole; return the exit code.

    ``plan`` makes the tasks of chapters anew, given their numbers; ``shown`` is told of each
    segment as it is stored. ``executor`` films instead of processes of this machine. If there is
    nothing to do, nothing is written, and nobody is waited for.
    """
    idle = _is_done(tasks, quality, whole_lecture)
    with nullcontext(False) if idle else building(quality) as waited:
        if waited:
            tasks = plan([task.entry.number for task in tasks])
        finished = bring_up_to_date(tasks, plan, workers, shown, executor)
        films = [rendered for _, rendered in finished]
        complete = len(finished) == len(tasks)
        if whole_lecture and complete:
            films.append(_lecture(finished, quality))
        for film in films:
            print(told(film.seconds, film.film))
        said = [beat.sentence for _, rendered in finished for beat in rendered.beats]
        for line in (*untranslated(tasks[0].lesson, said), *(() if idle else _takes(finished))):
            print(line, file=sys.stderr)
    if whole_lecture and not complete:
        print("there is no new lecture.mp4 until every chapter renders", file=sys.stderr)
    return 0 if complete else 1


def told(seconds: float, film: Path) -> str:
    """What there is to say of a film: its length, its size and where it is."""
    return f"{clock(seconds):>6}  {decimal(film.stat().st_size):>9}  {film}"


@contextmanager
def building(quality: Quality) -> Iterator[bool]:
    """Be the only one that builds this quality; gives whether another had to be waited for."""
    folder, waited = folder_of(quality), False

    def say_so() -> None:
        nonlocal waited
        waited = True
        print(f"another render of {folder} is under way; waiting for it", file=sys.stderr)

    with lock(folder, say_so):
        for unfinished in (folder / "work").glob("*/"):
            shutil.rmtree(unfinished, ignore_errors=True)
        yield waited


def bring_up_to_date(
    tasks: Sequence[Task],
    plan: Plan,
    workers: int,
    shown: Shown = lambda *_: None,
    executor: "Executor | None" = None,
) -> Finished:
    """Render the stale ones of ``tasks``; return those that are finished then, in order.

    A chapter that was saved before it could be read is planned anew. ``shown`` is told of each
    segment as it is stored. Failures are told on standard error as they happen. Nothing is imported
    to find nothing stale.

    Raises:
        DiskError: nothing can be written any more.
    """
    finished = {task.name: (task, task.finished) for task in tasks if not task.reason}
    stale = [task for task in tasks if task.reason]
    for attempt in range(1, ROUNDS + 1):
        if stale:
            from pipeline.cli.build import Build

            build = Build(stale, workers, shown, attempt < ROUNDS, executor)
            finished |= build.run()
            stale = plan(build.changed) if build.changed else []
    ready = [finished[task.name] for task in tasks if task.name in finished]
    if any(task.reason for task in tasks):
        _tidy()
    return [(task, rendered) for task, rendered in ready if rendered is not None]


def _lecture(finished: Finished, quality: Quality) -> Rendered:
    """The lecture of the ``finished`` chapters: the one there, or joined anew."""
    there = lecture_of(finished, quality)
    if there is not None:
        return there
    from pipeline.film.lecture import join_lecture

    return join_lecture(finished, quality)


def _is_done(tasks: Sequence[Task], quality: Quality, whole_lecture: bool) -> bool:
    """Whether every chapter is up to date, and so is the lecture if it is asked for."""
    if any(task.reason for task in tasks):
        return False
    if not whole_lecture:
        return True
    chapters = [(task, task.finished) for task in tasks if task.finished]
    return lecture_of(chapters, quality) is not None


def _takes(finished: Finished) -> Iterator[str]:
    """What there is to say of the lecturer's takes, if any are used."""
    if not is_folder(finished[0][0].voice if finished else BUILT_IN):
        return
    from pipeline.voice.takes import told_of_takes

    for task, rendered in finished:
        sentences = [beat.sentence for beat in rendered.beats]
        yield from told_of_takes(task.voice, task.entry.number, sentences)


def _tidy() -> None:
    """Let go of segments that no film is made of and that have not been used lately."""
    from pipeline.cache.store import Store

    records = [
        record for path in BUILD.glob("*/*.mp4") if (record := read_record(path)) is not None
    ]
    Store(SEGMENTS).prune({part.key for record in records for part in record.parts})
