"""Gather what the handout says of a lesson and its chapters, and set it on pages by Typst."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import sympy as sp
import typst

from gdmath import Summary, to_typst
from gdmath.derivation import LOSS
from handout.exercises import exercises
from handout.writing import along, given, place, rows
from page.formulas import SHOWN_IN, in_typst
from pipeline.cache.record import Rendered
from scenes.kit.wording import rule_name, unicode_name, whole
from scenes.outline import Entry

TEMPLATE = Path(__file__).with_name("handout.typ")
MOST_POINTS = 60
"""Most points that are listed."""
WORKED_IN = 5
"""The chapter that works the derivatives out, line by line."""

Chapters = Sequence[tuple[Entry, Rendered]]


def printed(
    contents: Mapping[str, object],
    stills: Mapping[str, bytes],
    form: Literal["pdf", "svg", "png"] = "pdf",
) -> Any:
    """The pages of ``contents``, as `contents_of` has them, with ``stills`` by name as PNG.

    What the lesson says goes in as data, of which no sign is read as markup. In any ``form``
    but PDF there are bytes for each page, if there are several.
    """
    data = json.dumps(contents, ensure_ascii=False).encode()
    sources = {"contents.json": data, TEMPLATE.name: TEMPLATE.read_bytes(), **stills}
    # Among files that it is given in memory Typst takes none for a picture.
    with TemporaryDirectory() as folder:
        for name, source in sources.items():
            Path(folder, name).write_bytes(source)
        return typst.compile(Path(folder, TEMPLATE.name), format=form, ignore_system_fonts=True)


def contents_of(
    told: Summary, chapters: Chapters, paper: str = "a4", made_of: str = ""
) -> dict[str, object]:
    """All that the handout says, as data for JSON; formulas are Typst mathematics.

    ``paper`` is called as in Typst; ``made_of`` is kept among the keywords of the pages.
    """
    lesson, run = told.lesson, told.trajectory
    written = in_typst(lesson, told.derivation)
    listed = min(MOST_POINTS, lesson.x.size)
    steps = rows(told)
    states = zip(steps, run.parameters[steps], run.losses[steps], strict=True)
    return {
        "paper": paper,
        "made_of": made_of,
        "title": lesson.title,
        "author": lesson.author,
        "language": lesson.language,
        "formulas": [written["prediction"], written["loss"]],
        "facts": list(_facts(told)),
        "listed": f"the first {whole(listed)} of {whole(lesson.x.size)}"
        if listed < lesson.x.size
        else f"all {whole(lesson.x.size)}",
        "points": [
            [given(x, 10), given(y, 10)]
            for x, y in zip(lesson.x[:listed], lesson.y[:listed], strict=True)
        ],
        "axes": [lesson.x_label, lesson.x_unit, lesson.y_label, lesson.y_unit],
        "parameters": [unicode_name(name) for name in lesson.parameters],
        "descent": [
            [whole(step), *map(given, parameters), given(loss)] for step, parameters, loss in states
        ],
        "left_out": [asdict(chapter) for chapter in chapters[0][0].left_out],
        "chapters": [
            {
                "number": entry.shown_number,
                "title": entry.title,
                "claim": entry.claim,
                "still": f"{entry.slug}.png",
                "formulas": [written[name] for name in SHOWN_IN.get(entry.number, {})]
                if entry.number != WORKED_IN
                else [],
                "worked": list(_worked(told)) if entry.number == WORKED_IN else [],
                "said": [beat.sentence for beat in rendered.beats if beat.sentence],
                "exercises": [asdict(each) for each in exercises(entry.number, told)],
            }
            for entry, rendered in chapters
        ],
    }


def _facts(told: Summary) -> Iterator[tuple[str, str]]:
    """What there is to know of the descent and where it leads, each with its name."""
    lesson, theory = told.lesson, told.convergence
    flat, stiff = theory.eigenvalues
    yield "start", place(told, lesson.start, given)
    yield "loss at the start", given(told.trajectory.losses[0])
    yield "slopes at the start", along(told, told.trajectory.gradients[0], given)
    yield "learning rate η", f"{given(lesson.learning_rate)}, {rule_name(lesson.rule)}"
    yield "minimum", place(told, theory.minimum, given)
    yield "lowest loss", given(theory.minimum_loss)
    yield "curvatures there", f"{given(flat)} (flat), {given(stiff)} (stiff)"


def _worked(told: Summary) -> Iterator[list[tuple[str, str, str]]]:
    """For each parameter its slope and what that is, line by line, with the rule of each line."""
    for parameter in told.lesson.parameters:
        steps = told.derivation.steps(parameter)
        slope = to_typst(sp.Derivative(LOSS, parameter, evaluate=False))
        lines = [("", to_typst(step.after, as_written=True), step.rule) for step in steps]
        yield [(slope, to_typst(steps[0].before, as_written=True), ""), *lines]
