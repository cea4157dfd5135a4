"""Run the command line: `python -m pipeline {render,preview,review,plan,lesson,watch,new,…}`."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.cache.chapter_selection import select_chapters
from pipeline.cache.plan import BUILD, Task, folder_of, make_plan
from pipeline.cli.arguments import Parser, count, number, numbers
from pipeline.errors import DiskError, UserError, disk_trouble
from pipeline.quality import QUALITIES
from pipeline.signals import INTERRUPTED, leave
from pipeline.voice.chosen import BUILT_IN, SILENT

CLUSTER = "a Dask cluster, by its scheduler's address such as tcp://192.168.0.7:8786"
EXAMPLE_TAKE = "voice/ch07/03.wav is beat 3 of chapter 7"
EXAMPLES = """examples:
  python -m pipeline render                       the whole lecture, as it should be seen
  python -m pipeline preview --chapter 7          one chapter, quickly
  python -m pipeline preview --chapter 7 --beat 3 one beat of it, more quickly
  python -m pipeline review --chapter 5 7         contact sheets of two chapters
  python -m pipeline plan --lesson mine.toml      what another lesson would cost
  python -m pipeline lesson --lesson mine.toml    what that lesson is, on one page
  python -m pipeline watch --chapter 7            the same chapter again after every save
  python -m pipeline render --voice voice/        in your own voice: voice/ch07/03.wav, …
  python -m pipeline new --chapter 16 --title "Two minima"
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` ask for; return the exit code: 1 if a chapter failed, 2 if misused."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
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

    job = partial(render, tasks, _planner(options), QUALITIES[options.quality])
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

    return render(tasks, _planner(options), QUALITIES[options.quality], options.jobs, False)


def review(options: argparse.Namespace) -> int:
    """Write contact sheets of what the chapters look like now; report on their layout."""
    tasks = _tasks_to_film(options)
    from pipeline.cli.layout import layout_report
    from pipeline.cli.render import bring_up_to_date, building
    from pipeline.cli.review import write_frames, write_sheets

    with building(QUALITIES[options.quality]):
        finished = bring_up_to_date(tasks, _planner(options), options.jobs)
    for task, rendered in finished:
        stem = folder_of(task.quality) / "review" / task.name
        for sheet in write_sheets(rendered, stem):
            print(sheet)
        if options.frames:
            for row in write_frames(rendered, stem):
                print(*row, sep="\n")
    rendered_tasks = [task for task, _ in finished]
    for line in layout_report(
        rendered_tasks, folder_of(QUALITIES[options.quality]) / "review", options.jobs
    ):
        print(line)
    return 0 if len(finished) == len(tasks) else 1


def script(options: argparse.Namespace) -> int:
    """Write what is said in the chapters, to be read aloud."""
    tasks = _tasks_to_film(options)
    from pipeline.cli.render import bring_up_to_date, building
    from pipeline.cli.script import write_script

    with building(QUALITIES[options.quality]):
        finished = bring_up_to_date(tasks, _planner(options), options.jobs)
    print(write_script(finished))
    return 0 if len(finished) == len(tasks) else 1


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
    return watch(number, QUALITIES[options.quality], options.lesson, options.stock, options.voice)


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


def _chapters(options: argparse.Namespace) -> list[int]:
    return [number for group in options.chapter for number in group]


def _planner(
    options: argparse.Namespace, verify: bool = True
) -> Callable[[Sequence[int]], list[Task]]:
    """What plans chapters of given numbers as the options have it."""
    return lambda numbers: make_plan(
        QUALITIES[options.quality],
        options.lesson,
        numbers,
        stock=options.stock,
        voice=options.voice,
        verify=verify,
    )


def _tell_left_out(options: argparse.Namespace) -> None:
    """Say of each chapter that the lesson cannot have why that is, if all were asked for."""
    _, left_out = select_chapters(options.lesson)
    for chapter in () if options.chapter else left_out:
        print(f"left out  {chapter.title}: {chapter.reason}")


def _tasks_to_film(options: argparse.Namespace) -> list[Task]:
    tasks = _planner(options)(_chapters(options))
    if options.voice == BUILT_IN and any(task.reason for task in tasks):
        from pipeline.voice.speaker import trouble

        if reason := trouble(options.lesson):
            print(f"{reason}; the film is silent", file=sys.stderr)
            options.voice = SILENT
            return _tasks_to_film(options)
    return tasks


def _parser() -> Parser:
    parser = Parser(
        prog="python -m pipeline",
        description="Film the lecture, chapter by chapter; what is up to date is left alone.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for function, standard, summary in (
        (render, "high", "render the chapters and join them: build/high/lecture.mp4"),
        (preview, "draft", "render chapters quickly, to look at"),
        (review, "draft", "contact sheets of the chapters: three frames a beat"),
        (script, "draft", "write what is said, by chapter and beat, to be read aloud"),
        (plan, "high", "say what would be rendered, and why"),
        (watch, "draft", "render a chapter after every save that changes it"),
    ):
        command = commands.add_parser(function.__name__, help=summary, description=summary)
        command.set_defaults(command=function)
        sizes = ", ".join(f"{quality.name} {quality}" for quality in QUALITIES.values())
        _add(command, "--quality", standard, sizes, choices=QUALITIES)
        _add_lesson(command)
        command.add_argument(
            "--chapter",
            type=number if function is watch else numbers,
            nargs=1 if function is watch else "+",
            default=[],
            required=function in {preview, watch},
            metavar="N",
            help="this chapter" if function is watch else "these chapters only",
        )
        if function not in {plan, watch}:
            cores = os.cpu_count() or 1
            _add(command, "--jobs", cores, "processes at once", type=count, metavar="N")
        if function is render:
            command.add_argument("--cluster", metavar="ADDRESS", help=f"film there: {CLUSTER}")
        command.add_argument("--stock", action="store_true", help="film with plain Manim's camera")
        spoken = f"{SILENT}, or the folder of your own takes: {EXAMPLE_TAKE}"
        _add(command, "--voice", BUILT_IN, spoken, metavar="VOICE")
        if function is preview:
            command.add_argument("--beat", type=count, metavar="N", help="this beat only, from 1")
        if function is review:
            command.add_argument("--frames", action="store_true", help="also every frame by itself")
    summary = "what a lesson is, on one page"
    command = commands.add_parser("lesson", help=summary, description=summary)
    command.set_defaults(command=lesson)
    _add_lesson(command)
    summary = "begin a chapter: a skeleton that plays, entered in the outline"
    command = commands.add_parser("new", help=summary, description=summary)
    command.set_defaults(command=new)
    command.add_argument("--chapter", type=number, nargs=1, required=True, metavar="N")
    command.add_argument("--title", required=True, help="what its title card says")
    summary = "gather every sentence of the captions, or begin or update a translation of them"
    command = commands.add_parser("sentences", help=summary, description=summary)
    command.set_defaults(command=sentences)
    command.add_argument("--to", metavar="TAG", help="the language, such as de or pt-BR")
    return parser


def _add_lesson(command: argparse.ArgumentParser) -> None:
    _add(command, "--lesson", "lesson.toml", "what is taught", type=Path, metavar="PATH")


def _add(
    command: argparse.ArgumentParser, flag: str, default: object, meaning: str, **shape: Any
) -> None:
    """Add an option that says what it is if nothing is said."""
    command.add_argument(flag, default=default, help=f"{meaning} (default: {default})", **shape)


if __name__ == "__main__":
    leave(main())
