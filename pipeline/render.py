"""The main job: bring chapters up to date, join them, and say what there is."""

import sys
from collections.abc import Sequence
from contextlib import closing

from rich.filesize import decimal

from pipeline.plan import Task
from pipeline.quality import Quality
from pipeline.record import Rendered

Finished = list[tuple[Task, Rendered]]


def render(tasks: Sequence[Task], quality: Quality, jobs: int, whole_lecture: bool) -> int:
    """Render what is stale of ``tasks``, join the lecture if it is whole; return the exit code."""
    finished = bring_up_to_date(tasks, jobs)
    films = [rendered for _, rendered in finished]
    complete = len(finished) == len(tasks)
    if whole_lecture and complete:
        from pipeline.lecture import join_lecture

        films.append(join_lecture(finished, quality))
    for film in films:
        print(f"{clock(film.seconds):>6}  {decimal(film.size):>9}  {film.film}")
    if whole_lecture and not complete:
        print("there is no new lecture.mp4 until every chapter renders", file=sys.stderr)
    return 0 if complete else 1


def bring_up_to_date(tasks: Sequence[Task], jobs: int) -> Finished:
    """Render the stale ones of ``tasks``; return those that are finished then, in order.

    Failures are told on standard error as they happen. Nothing is imported to find nothing stale.

    Raises:
        LessonError: there is something to render, but no lesson to render.
    """
    finished = {task.name: task.finished for task in tasks if not task.reason}
    stale = [task for task in tasks if task.reason]
    if stale:
        from pipeline.screen import screen
        from pipeline.workers import render_all

        with screen(stale) as display, closing(render_all(stale, jobs)) as events:
            for task, event in events:
                display.tell(task, event)
                if isinstance(event, Rendered):
                    finished[task.name] = event
    return [(task, rendered) for task in tasks if (rendered := finished.get(task.name)) is not None]


def clock(seconds: float) -> str:
    """Minutes and seconds, as a player shows them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
