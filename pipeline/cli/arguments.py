"""Read the words of the command line, and tell a mistake in them in one line."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pipeline.quality import QUALITIES, THEMES
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
  python -m pipeline render --theme light         on a light ground: build/high-light/
  python -m pipeline render --voice voice/        in your own voice: voice/ch07/03.wav, …
  python -m pipeline new --chapter 18 --title "Two minima"
"""


Command = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Tells a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Print ``message`` and exit with 2."""
        self.exit(2, f"{message}\n")


def count(text: str) -> int:
    """A whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def numbers(text: str) -> list[int]:
    """Chapter numbers, one or several in a word, as make hands them on: ``5 7`` or ``5,7``."""
    words = text.replace(",", " ").split()
    if not words or not all(word.isdecimal() for word in words):
        raise argparse.ArgumentTypeError(f"{text!r} is not a chapter number, such as 7")
    return [int(word) for word in words]


def number(text: str) -> list[int]:
    """One chapter number, in a list like several."""
    found = numbers(text)
    if len(found) != 1:
        raise argparse.ArgumentTypeError(f"{text!r} is more than one chapter; one at a time")
    return found


def theme(text: str) -> str:
    """The name of a theme; the default is read too, which comes from the environment."""
    if text not in THEMES:
        raise argparse.ArgumentTypeError(f"{text!r} is no theme; there are {', '.join(THEMES)}")
    return text


def _add_lesson(command: argparse.ArgumentParser) -> None:
    """Add the option that names the lesson."""
    _add(command, "--lesson", "lesson.toml", "what is taught", type=Path, metavar="PATH")


def add_theme(command: argparse.ArgumentParser) -> None:
    """Add the option that names the theme; unless it is given, the environment's THEME holds."""
    chosen = os.environ.get("THEME") or THEMES[0]
    _add(command, "--theme", chosen, f"the look: {', '.join(THEMES)}", type=theme, metavar="NAME")


def _add(
    command: argparse.ArgumentParser, flag: str, default: object, meaning: str, **shape: Any
) -> None:
    """Add an option that says what it is if nothing is said."""
    command.add_argument(flag, default=default, help=f"{meaning} (default: {default})", **shape)


def parser(commands: Sequence[Command]) -> Parser:
    """The parser of the command line; each of ``commands`` goes by the name of its function."""
    named = {command.__name__.rstrip("_"): command for command in commands}
    made = Parser(
        prog="python -m pipeline",
        description="Film the lecture, chapter by chapter; what is up to date is left alone.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = made.add_subparsers(required=True, metavar="COMMAND")

    def begin(name: str, summary: str) -> argparse.ArgumentParser:
        command = subparsers.add_parser(name, help=summary, description=summary)
        command.set_defaults(command=named[name])
        return command

    for name, standard, summary in (
        ("render", "high", "render the chapters and join them: build/high/lecture.mp4"),
        ("preview", "draft", "render chapters quickly, to look at"),
        ("review", "draft", "contact sheets of the chapters: three frames a beat"),
        ("script", "draft", "write what is said, by chapter and beat, to be read aloud"),
        ("slides", "high", "write the films there as slides: build/high/lecture.pptx"),
        ("plan", "high", "say what would be rendered, and why"),
        ("watch", "draft", "render a chapter after every save that changes it"),
    ):
        command = begin(name, summary)
        sizes = ", ".join(f"{quality.name} {quality}" for quality in QUALITIES.values())
        _add(command, "--quality", standard, sizes, choices=QUALITIES)
        _add_lesson(command)
        add_theme(command)
        command.add_argument(
            "--chapter",
            type=number if name == "watch" else numbers,
            nargs=1 if name == "watch" else "+",
            default=[],
            required=name in {"preview", "watch"},
            metavar="N",
            help="this chapter" if name == "watch" else "these chapters only",
        )
        if name not in {"slides", "plan", "watch"}:
            cores = os.cpu_count() or 1
            _add(command, "--jobs", cores, "processes at once", type=count, metavar="N")
        if name == "render":
            command.add_argument("--cluster", metavar="ADDRESS", help=f"film there: {CLUSTER}")
        command.add_argument("--stock", action="store_true", help="film with plain Manim's camera")
        spoken = f"{SILENT}, or the folder of your own takes: {EXAMPLE_TAKE}"
        _add(command, "--voice", BUILT_IN, spoken, metavar="VOICE")
        if name == "preview":
            command.add_argument("--beat", type=count, metavar="N", help="this beat only, from 1")
        if name == "review":
            command.add_argument("--frames", action="store_true", help="also every frame by itself")
    _add_lesson(begin("lesson", "what a lesson is, on one page"))
    begin("open", "open what was made last")
    command = begin("new", "begin a chapter: a skeleton that plays, entered in the outline")
    command.add_argument("--chapter", type=number, nargs=1, required=True, metavar="N")
    command.add_argument("--title", required=True, help="what its title card says")
    command = begin(
        "sentences",
        "gather every sentence of the captions, or begin or update a translation of them",
    )
    command.add_argument("--to", metavar="TAG", help="the language, such as de or pt-BR")
    return made
