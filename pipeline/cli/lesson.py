"""Print one page about a lesson before anything is rendered of it."""

import logging
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gdmath import FloatArray, Summary, as_text, in_steps, load_lesson, rule_name, summarise
from pipeline.cache.chapter_selection import select_chapters

BULLET = "• "


def print_page(lesson: Path) -> None:
    """Print what the lesson at this path, which can be taught, says and what follows from it."""
    console = Console(highlight=False)
    # That points are thinned stands on the page.
    logging.getLogger("gdmath").setLevel(logging.ERROR)
    summary = summarise(load_lesson(lesson))
    chapters, left_out = select_chapters(lesson)
    console.print(Text(_heading(summary), style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in (*_formulas(summary), *_theory(summary), *_descent(summary)):
        table.add_row(name, Text(value))
    shown = " · ".join(f"{entry.shown_number} {entry.title}" for entry in chapters)
    table.add_row("chapters", Text(shown))
    for name, lines in (
        ("left out", [f"{chapter.title}: {chapter.reason}" for chapter in left_out]),
        ("mind", summary.warnings),
    ):
        for index, line in enumerate(lines):
            table.add_row("" if index else name, Text(BULLET + line))
    console.print(table)


def _heading(summary: Summary) -> str:
    lesson = summary.lesson
    return f"{lesson.title} ({lesson.author})" if lesson.author else lesson.title


def _formulas(summary: Summary) -> Iterator[tuple[str, str]]:
    lesson, derivation = summary.lesson, summary.derivation
    yield "points", f"{lesson.x.size}, x from {lesson.x.min():.6g} to {lesson.x.max():.6g}"
    yield "prediction", as_text(lesson.prediction)
    yield "loss L", as_text(derivation.loss)
    for parameter, slope in zip(lesson.parameters, derivation.gradient, strict=True):
        yield f"∂L/∂{parameter}", as_text(slope)
    if summary.convergence.is_quadratic:
        rows = derivation.hessian.tolist()
        written = "; ".join(", ".join(as_text(entry) for entry in row) for row in rows)
        yield "Hessian", f"[{written}], the same everywhere"
    else:
        yield "Hessian", "not constant"


def _theory(summary: Summary) -> Iterator[tuple[str, str]]:
    theory, bound = summary.convergence, summary.largest_stable_rate
    yield "minimum", f"{_place(summary, theory.minimum)}, where L = {theory.minimum_loss:.6g}"
    flat, stiff = theory.eigenvalues
    yield (
        "curvatures",
        f"{flat:.6g} and {stiff:.6g}, condition number {theory.condition_number:.6g}",
    )
    yield "largest stable rate", "unknown for this rule" if bound is None else f"{bound:.6g}"


def _descent(summary: Summary) -> Iterator[tuple[str, str]]:
    lesson, losses = summary.lesson, summary.trajectory.losses
    yield "learning rate", f"{lesson.learning_rate:g}, rule {rule_name(lesson.rule)}"
    yield "start", f"{_place(summary, lesson.start)}, where L = {losses[0]:.6g}"
    end = _place(summary, summary.trajectory.parameters[-1])
    yield f"after {in_steps(lesson.steps)}", f"{end}, where L = {losses[-1]:.6g}"
    settles = summary.settles
    arrived = "not in these steps" if settles is None else f"after {in_steps(settles)}"
    yield "settles to 1 %", arrived


def _place(summary: Summary, parameters: FloatArray) -> str:
    names = summary.lesson.parameters
    return ", ".join(f"{name} = {value:.6g}" for name, value in zip(names, parameters, strict=True))
