"""A wrong chapter is inspected for what breaks the rules of layout."""

from collections.abc import Callable
from pathlib import Path

from manim import LEFT, RIGHT, UP, Line

from scenes.kit.chapter import Chapter
from scenes.kit.layout import Report, Violation
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.theme import PALETTE
from scenes.outline import Entry

ENTRY = Entry(number=99, module="scenes.ch99_wrong", scene="Wrong", title="Wrong", claim="Wrong.")
Build = Callable[[Chapter], object]


def inspected(build: Build, folder: Path | None = None) -> list[Violation]:
    """What is found wrong in a chapter of one short beat in which ``build`` does what it does."""

    def construct(chapter: Chapter) -> None:
        chapter.add(line(PALETTE.faint).move_to(2 * UP + 5 * LEFT))
        with chapter.say("First."):
            pass
        with chapter.say("Then."):
            build(chapter)

    kind = type("Wrong", (Chapter,), {"construct": construct, "entry": ENTRY})
    report = Report(folder)
    report.close(rehearse(kind, report.look))
    return report.found


def broken(build: Build) -> list[tuple[str, tuple[str, ...]]]:
    return [(violation.rule, violation.objects) for violation in inspected(build)]


def line(color: str = PALETTE.loss, opacity: float = 1.0) -> Line:
    return Line(LEFT, RIGHT).set_stroke(color, 4, opacity)
