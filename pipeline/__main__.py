"""Run the command line: `python -m pipeline {render,preview,review,plan,lesson,watch,new,…}`."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.cache.chapter_selection import select_chapters
from pipeline.cache.plan import BUILD, Task, folder_of, make_plan
from pipeline.cli.arguments import parser
from pipeline.errors import DiskError, UserError, disk_trouble
from pipeline.quality import QUALITIES, Quality
from pipeline.signals import INTERRUPTED, leave
from pipeline.voice.chosen import BUILT_IN, SILENT

if TYPE_CHECKING:
    from pipeline.cli.render import Finished


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` ask for; return the exit code: 1 if a chapter failed, 2 if misused."""
    options = parser(COMMANDS).parse_args(arguments)
    return in_one_line(lambda: int(options.command(options)))


def in_one_line(job: Callable[[], int]) -> int:
    """Do the ``job`` and return its exit code; what it cannot do for a known reason is one line."""
    try:
        return job()
    except UserError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except DiskError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        if not (reason := disk_trouble(error, BUILD)):
            raise
        print(f"{BUILD} cannot be written: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        print("interrupted; what is finished stays", file=sys.stderr)
        return INTERRUPTED


def render(options: argparse.Namespace) -> int:
    """Render what is stale; join the lecture, unless only some chapters were asked for."""
    tasks = _tasks_to_film(options)
    _tell_left_out(options)
    from pipeline.cli.render import render

    job = partial(render, tasks, _planner(options), _quality(options))
    whole_lecture = not options.chapter
    if not options.cluster or not any(task.reason for task in tasks):
        return job(options.jobs, whole_lecture)
    from pipeline.cluster.scheduler import cluster

    with cluster(options.cluster) as (executor, jobs):
        return job(jobs, whole_lecture, executor=executor)


def preview(options: argparse.Namespace) -> int:
    """Render the chapters asked for, and join nothing; or one beat alone."""
    if options.beat and len(_chapters(options)) != 1:
        raise UserError(f"beat {options.beat} of which chapter? one at a time")
    tasks = _tasks_to_film(options)
    if options.beat:
        from pipeline.cli.preview import preview_beat

        return preview_beat(tasks[0], _planner(options), options.beat)
    from pipeline.cli.render import render

    return render(tasks, _planner(options), _quality(options), options.jobs, False)


def review(options: argparse.Namespace) -> int:
    """Write contact sheets of what the chapters look like now; report on their layout; measure."""
    tasks, finished = _filmed(options)
    from pipeline.cli.layout import layout_report
    from pipeline.cli.measures import measures
    from pipeline.cli.review import write_frames, write_sheets

    for task, rendered in finished:
        stem = folder_of(task.quality) / "review" / task.name
        for sheet in write_sheets(rendered, stem):
            print(sheet)
        if options.frames:
            for row in write_frames(rendered, stem):
                print(*row, sep="\n")
    folder = folder_of(_quality(options)) / "review"
    for line in layout_report([task for task, _ in finished], folder, options.jobs):
        print(line)
    films = [(task.name, rendered) for task, rendered in finished]
    for line in measures(films, folder, options.jobs):
        print(line)
    return 0 if len(finished) == len(tasks) else 1


def script(options: argparse.Namespace) -> int:
    """Write what is said in the chapters, to be read aloud."""
    tasks, finished = _filmed(options)
    from pipeline.cli.script import write_script

    print(write_script(finished))
    return 0 if len(finished) == len(tasks) else 1


def slides(options: argparse.Namespace) -> int:
    """Write the films that are there as slides, one a beat."""
    plan = _planner(options, verify=False)
    tasks = plan(_chapters(options))
    from pipeline.cli.slides import write_slides

    write_slides(tasks, plan)
    return 0


def plan(options: argparse.Namespace) -> int:
    """Say what would be rendered, and why."""
    for task in _planner(options, verify=False)(_chapters(options)):
        print(f"{task.name}  {task.entry.title:28}  {task.reason or 'up to date'}")
    _tell_left_out(options)
    return 0


def lesson(options: argparse.Namespace) -> int:
    """Print one page about a lesson."""
    select_chapters(options.lesson)
    from pipeline.cli.lesson import print_page

    print_page(options.lesson)
    return 0


def watch(options: argparse.Namespace) -> int:
    """Render a chapter now and after every save, until it is interrupted."""
    _tasks_to_film(options)
    from pipeline.cli.watch import watch

    (number,) = _chapters(options)
    return watch(number, _quality(options), options.lesson, options.stock, options.voice)


def new(options: argparse.Namespace) -> int:
    """Write the skeleton of a chapter, and say what to do with it."""
    from pipeline.cli.new import begin

    (number,) = _chapters(options)
    print(begin(number, options.title))
    print(f"to see it while you write:  make watch CHAPTER={number}")
    return 0


def sentences(options: argparse.Namespace) -> int:
    """Gather every sentence of the lecture, or bring a translation up to date."""
    from pipeline.cli.sentences import gather_sentences

    return gather_sentences(options.to)


def open_(_: argparse.Namespace) -> int:
    """Open what was made last."""
    from pipeline.cli.latest import open_latest

    print(open_latest())
    return 0


def _chapters(options: argparse.Namespace) -> list[int]:
    return [number for group in options.chapter for number in group]


def _quality(options: argparse.Namespace) -> Quality:
    return replace(QUALITIES[options.quality], theme=options.theme)


def _planner(
    options: argparse.Namespace, verify: bool = True
) -> Callable[[Sequence[int]], list[Task]]:
    """What plans chapters of given numbers as the options have it."""
    asked = {"stock": options.stock, "voice": options.voice, "verify": verify}
    quality, lesson = _quality(options), options.lesson
    return lambda numbers: make_plan(quality, lesson, numbers, **asked)


def _tell_left_out(options: argparse.Namespace) -> None:
    """Say of each chapter that the lesson cannot have why that is, if all were asked for."""
    _, left_out = select_chapters(options.lesson)
    for chapter in () if options.chapter else left_out:
        print(f"left out  {chapter.title}: {chapter.reason}")


def _filmed(options: argparse.Namespace) -> "tuple[list[Task], Finished]":
    """The chapters asked for, and those of them that are filmed now."""
    tasks = _tasks_to_film(options)
    from pipeline.cli.render import bring_up_to_date, building

    with building(_quality(options)):
        return tasks, bring_up_to_date(tasks, _planner(options), options.jobs)


def _tasks_to_film(options: argparse.Namespace) -> list[Task]:
    tasks = _planner(options)(_chapters(options))
    if options.voice == BUILT_IN and any(task.reason for task in tasks):
        from pipeline.voice.speaker import trouble

        if reason := trouble(options.lesson):
            print(f"{reason}; the film is silent", file=sys.stderr)
            options.voice = SILENT
            return _tasks_to_film(options)
    return tasks


COMMANDS = (render, preview, review, script, slides, plan, lesson, watch, new, sentences, open_)


if __name__ == "__main__":
    leave(main())
