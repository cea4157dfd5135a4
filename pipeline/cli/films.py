"""Find the films that a render left, for what is made of films: slides and a handout."""

import sys
from collections.abc import Sequence

from pipeline.cache.plan import Task
from pipeline.cli.render import Finished
from pipeline.errors import UserError
from pipeline.quality import THEMES


def films_there(tasks: Sequence[Task], shown_by: str) -> Finished:
    """The films of all ``tasks``, as the last render left them; says so if that was long ago.

    ``shown_by`` says in what they are shown: "the slides show them".

    Raises:
        UserError: a film is not there, or is of another lesson or voice.
    """
    finished = [(task, task.finished) for task in tasks if task.finished]
    for task in tasks:
        if task.finished is None:
            raise UserError(f"there is no film {task.film}; `{render_command(task)}` makes it")
    for task, rendered in finished:
        had, asked = rendered.ingredients, task.keys.ingredients
        if str(task.lesson) not in had or had.get("the voice") != asked["the voice"]:
            raise UserError(
                f"{task.film} is of another lesson or voice than {task.lesson} and "
                f"{asked['the voice']}; `{render_command(task)}` films that"
            )
    if stale := [task for task in tasks if task.reason]:
        print(
            f"{len(stale)} of {len(tasks)} films are not up to date, such as {stale[0].film} "
            f"({stale[0].reason}); {shown_by} as they are",
            file=sys.stderr,
        )
    return finished


def render_command(task: Task) -> str:
    """The command that films a chapter as it is asked for."""
    said = {
        "THEME": task.quality.theme,
        "LESSON": str(task.lesson),
        "VOICE": task.voice,
        "STOCK": "1" if task.stock else "",
    }
    usual = {"THEME": THEMES[0], "LESSON": "lesson.toml"}
    given = [f"{name}={value}" for name, value in said.items() if value != usual.get(name, "")]
    return " ".join(["make render", f"QUALITY={task.quality.name}", *given])
