"""Print the lecture that was filmed as a handout on paper: ``python -m handout``."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.progress import track

from pipeline.__main__ import in_one_line
from pipeline.atomic import atomic
from pipeline.cache.imports import dependencies
from pipeline.cache.plan import Task, folder_of, make_plan
from pipeline.cache.python_source import short_digest
from pipeline.cache.record import POSTER, Rendered
from pipeline.cli.arguments import Parser, add_theme
from pipeline.cli.films import films_there, render_command
from pipeline.cli.render import Finished, building
from pipeline.errors import UserError
from pipeline.quality import QUALITIES
from pipeline.voice.chosen import BUILT_IN

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""What Typst calls each paper."""
BESIDE = ("handout.typ", "exercises.toml")
"""What the handout is made by beside Python."""
SHOWN = "the handout shows them"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it; return the exit code: 2 if what it needs is not there."""
    parser = Parser(prog="python -m handout", description=__doc__)
    parser.add_argument("--quality", default="high", choices=QUALITIES)
    parser.add_argument("--lesson", default=Path("lesson.toml"), type=Path)
    parser.add_argument("--voice", default=BUILT_IN)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--paper", default="a4", choices=PAPERS)
    add_theme(parser)
    options = parser.parse_args(arguments)
    # The kit takes the palette from the environment when it is imported.
    os.environ["THEME"] = options.theme
    quality = replace(QUALITIES[options.quality], theme=options.theme)
    plan = partial(make_plan, quality, options.lesson, stock=options.stock, voice=options.voice)
    handout = folder_of(quality) / "handout.pdf"

    def job() -> int:
        chapters = films_there(plan(), SHOWN)
        if _is_made_of(handout, _made_of(chapters, options.paper)):
            print(f"up to date  {decimal(handout.stat().st_size):>9}  {handout}")
            return 0
        with building(quality) as waited:
            _write(handout, films_there(plan(), SHOWN) if waited else chapters, options.paper)
        print(f"{len(chapters)} chapters  {decimal(handout.stat().st_size):>9}  {handout}")
        return 0

    return in_one_line(job)


def _write(handout: Path, chapters: Finished, paper: str) -> None:
    # All this takes long to import, and is not needed to find that there is nothing to do.
    from gdmath import load_lesson, summarise
    from handout.document import contents_of, printed

    console = Console(stderr=True)
    silent = not console.is_terminal
    shown = track(chapters, "handout", console=console, transient=True, disable=silent)
    stills = {f"{task.entry.slug}.png": _still(task, rendered) for task, rendered in shown}
    told = summarise(load_lesson(chapters[0][0].lesson))
    films = [(task.entry, rendered) for task, rendered in chapters]
    contents = contents_of(told, films, PAPERS[paper], _made_of(chapters, paper))
    with atomic(handout) as aside:
        aside.write_bytes(printed(contents, stills))


def _still(task: Task, rendered: Rendered) -> bytes:
    """The chapter's still, to be printed."""
    from handout.light import for_paper

    still = rendered.film.with_suffix(POSTER)
    try:
        return for_paper(still)
    except OSError as error:
        raise UserError(
            f"{still} is damaged ({error}); remove it, and `{render_command(task)}` makes it anew"
        ) from error


def _made_of(chapters: Finished, paper: str) -> str:
    """A digest of all that the handout is made of."""
    films = [
        (repr(task.entry), rendered.size, sorted(rendered.ingredients.items()))
        for task, rendered in chapters
    ]
    lesson = sorted(chapters[0][0].keys.shared.items())
    made_by = [Path(__file__).with_name(name).read_bytes() for name in BESIDE]
    sources = sorted(dependencies(Path(), "handout.document", "handout.light").items())
    return short_digest(repr((films, lesson, made_by, sources, paper)).encode())


def _is_made_of(handout: Path, digest: str) -> bool:
    """Whether the whole handout is there, and made of what has this ``digest``."""
    try:
        pages = handout.read_bytes()
    except OSError:
        return False
    return digest.encode() in pages and pages.rstrip().endswith(b"%%EOF")


if __name__ == "__main__":
    sys.exit(main())
