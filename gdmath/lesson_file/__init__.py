"""Load a lesson: a TOML file and its points become a checked Lesson, or one line says why not."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from gdmath.derivation import derive
from gdmath.lesson import Lesson, LessonError
from gdmath.lesson_file.building import KEYS, build
from gdmath.lesson_file.preflight import check_settling
from gdmath.lesson_file.toml_file import checked, read_toml

LOG = logging.getLogger(__name__)


def load_lesson(path: str | Path = "lesson.toml") -> Lesson:
    """Return the lesson that the TOML file at `path` states; its data file is relative to it.

    Raises LessonError with one line naming the file, its line and key (and the line of a CSV), what
    was given, what is wrong and what would be right, for every mistake up to a learning rate with
    which the descent would not settle. Logs a warning for each remark of the lesson, and if not all
    of its points will be drawn.
    """
    with _in_one_line(path):
        file = read_toml(Path(path))
        lesson = build(file, checked(file))
        with file.blaming("model", KEYS):
            check_settling(lesson)
    if lesson.shown.size < lesson.x.size:
        drawn = f"{lesson.shown.size} are drawn; all of them count"
        _tell(path, f"of the {lesson.x.size} points {drawn}")
    for remark in lesson.remarks:
        _tell(path, remark)
    return lesson


def prove_lesson(path: str | Path) -> Lesson:
    """Return the lesson at `path` when every step of its derivation is proved: seconds of work.

    Raises LessonError like `load_lesson`, and for formulas that cannot be differentiated.
    """
    lesson = load_lesson(path)
    with read_toml(Path(path)).blaming("model", KEYS):
        derive(lesson)
    return lesson


def too_costly(path: str | Path, cost: str) -> LessonError:
    """Return what to say if `prove_lesson` at `path` takes a `cost`, such as "longer than 60 s"."""
    return read_toml(Path(path)).error(
        "model",
        f"its derivatives and its descent take {cost}; write simpler formulas, "
        "or take fewer points or steps",
    )


@contextmanager
def _in_one_line(path: str | Path) -> Iterator[None]:
    """Make a LessonError of what else a file's contents can cause, wherever they are read."""
    try:
        yield
    except (OSError, ArithmeticError, RecursionError) as failure:
        raise LessonError(
            f"{path}: the lesson cannot be worked out ({type(failure).__name__}: {failure}); "
            "take plainer values or formulas"
        ) from failure


@cache
def _tell(path: str | Path, remark: str) -> None:
    """Say it once in a process, however often the lesson is loaded."""
    LOG.warning("%s: %s", path, remark)
