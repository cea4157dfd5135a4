"""The command line: `python -m pipeline {render,preview,review,plan}`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from pipeline.plan import RefusalError, Task, folder_of, make_plan
from pipeline.quality import QUALITIES, Quality

INTERRUPTED = 130
EXAMPLES = """examples:
  python -m pipeline render                       the whole lecture, as it should be seen
  python -m pipeline preview --chapter 7          one chapter, quickly
  python -m pipeline review --chapter 5 7         contact sheets of two chapters
  python -m pipeline plan --lesson mine.toml      what another lesson would cost
"""


class Parser(argparse.ArgumentParser):
    """Tells a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Print ``message`` and exit with 2."""
        self.exit(2, f"{message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` ask for; return the exit code: 1 if a chapter failed, 2 if misused."""
    options = _parser().parse_args(arguments)
    quality: Quality = QUALITIES[options.quality]
    numbers = [number for group in options.chapter for number in group]
    try:
        tasks = make_plan(quality, options.lesson, numbers)
        if options.command is not plan and any(task.reason for task in tasks):
            _check(options.lesson)
        return int(options.command(tasks, quality, options))
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; the chapters that are finished stay", file=sys.stderr)
        return INTERRUPTED


def render(tasks: Sequence[Task], quality: Quality, options: argparse.Namespace) -> int:
    """Render what is stale; join the lecture, unless only some chapters were asked for."""
    from pipeline.render import render

    return render(tasks, quality, options.jobs, whole_lecture=not options.chapter)


def preview(tasks: Sequence[Task], quality: Quality, options: argparse.Namespace) -> int:
    """Render the chapters asked for, and join nothing."""
    from pipeline.render import render

    return render(tasks, quality, options.jobs, whole_lecture=False)


def review(tasks: Sequence[Task], quality: Quality, options: argparse.Namespace) -> int:
    """Write contact sheets of what the chapters look like now."""
    from pipeline.render import bring_up_to_date
    from pipeline.review import write_frames, write_sheets

    finished = bring_up_to_date(tasks, options.jobs)
    for task, rendered in finished:
        stem = folder_of(quality) / "review" / task.name
        for sheet in write_sheets(rendered, stem):
            print(sheet)
        if options.frames:
            for row in write_frames(rendered, stem):
                print(*row, sep="\n")
    return 0 if len(finished) == len(tasks) else 1


def plan(tasks: Sequence[Task], *_: object) -> int:
    """Say what would be rendered, and why."""
    for task in tasks:
        print(f"{task.name}  {task.entry.title:28}  {task.reason or 'up to date'}")
    return 0


def _check(lesson: Path) -> None:
    """Refuse a lesson that cannot be taught, before anything is touched."""
    from gdmath import LessonError, load_lesson

    try:
        load_lesson(lesson)
    except LessonError as mistake:
        raise RefusalError(str(mistake)) from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def _numbers(text: str) -> list[int]:
    """Chapter numbers, one or several in a word, as make hands them on: ``5 7`` or ``5,7``."""
    words = text.replace(",", " ").split()
    if not words or not all(word.isdecimal() for word in words):
        raise argparse.ArgumentTypeError(f"{text!r} is not a chapter number, such as 7")
    return [int(word) for word in words]


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
        (plan, "high", "say what would be rendered, and why"),
    ):
        command = commands.add_parser(function.__name__, help=summary, description=summary)
        command.set_defaults(command=function)
        sizes = ", ".join(f"{quality.name} {quality}" for quality in QUALITIES.values())
        _add(command, "--quality", standard, sizes, choices=QUALITIES)
        _add(command, "--lesson", "lesson.toml", "what is taught", type=Path, metavar="PATH")
        command.add_argument(
            "--chapter",
            type=_numbers,
            nargs="+",
            default=[],
            required=function is preview,
            metavar="N",
            help="these chapters only",
        )
        if function is not plan:
            cores = os.cpu_count() or 1
            _add(command, "--jobs", cores, "processes at once", type=_count, metavar="N")
        if function is review:
            command.add_argument("--frames", action="store_true", help="also every frame by itself")
    return parser


def _add(
    command: argparse.ArgumentParser, flag: str, default: object, meaning: str, **shape: Any
) -> None:
    """Add an option that says what it is if nothing is said."""
    command.add_argument(flag, default=default, help=f"{meaning} (default: {default})", **shape)


if __name__ == "__main__":
    sys.exit(main())
