"""Write the folder of the page: the film, its transcript, the chapters and the laboratory."""

import base64
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from string import Template

from gdmath import (
    Convergence,
    NumericLoss,
    compile_loss,
    convergence,
    derive,
    load_lesson,
)
from page.formulas import SHOWN_IN, formulas
from page.laboratory import experiment, lesson_in_javascript
from pipeline.cache.record import POSTER, Rendered
from pipeline.film.captions import film_cues, webvtt
from pipeline.playing_time import clock
from scenes.kit.theme import PALETTE
from scenes.outline import Entry

STATIC = Path(__file__).parent / "static"
Chapters = Sequence[tuple[Entry, Rendered]]


def write_page(folder: Path, lesson_file: Path, film: Path, chapters: Chapters) -> Path:
    """Write the page of the lecture ``film`` into ``folder``, and return its ``index.html``.

    Nothing of a page that was there is lost before the new one is whole.
    """
    lesson = load_lesson(lesson_file)
    loss, derivation = compile_loss(lesson), derive(lesson)
    theory = convergence(loss)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".page", dir=folder.parent))
    try:
        for source in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
            shutil.copy(source, aside)
        shutil.copy(str(files("plotly") / "package_data" / "plotly.min.js"), aside)
        _link(film, aside / "lecture.mp4")
        for entry, rendered in chapters:
            _link(rendered.film.with_suffix(POSTER), aside / f"{entry.slug}.png")
        for name, drawing in formulas(lesson, derivation).items():
            (aside / f"{name}.svg").write_bytes(drawing)
        script = lesson_in_javascript(loss, theory, asdict(PALETTE))
        (aside / "lesson.js").write_text(script, encoding="utf-8")
        spoken = [(rendered.beats, rendered.frames) for _, rendered in chapters]
        captions = webvtt(film_cues(spoken, chapters[0][1].frame_rate))
        page = Template((STATIC / "index.html").read_text(encoding="utf-8")).substitute(
            language=escape(lesson.language),
            title=escape(lesson.title),
            author=escape(lesson.author),
            captions=base64.b64encode(captions.encode()).decode(),
            colours="".join(
                f"--{name}: {value}; "
                for name, value in asdict(PALETTE).items()
                if isinstance(value, str)
            ),
            transcript="\n".join(_transcript(chapters)),
            chapters="\n".join(_chapters(chapters, loss, theory)),
        )
        (aside / "index.html").write_text(page, encoding="utf-8")
        aside.chmod(0o755)
        _exchange(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder / "index.html"


def _exchange(aside: Path, folder: Path) -> None:
    """Have ``aside`` in the place of ``folder``, and what was there, if anything, in its own."""
    before = aside.with_name(f"{aside.name}-before")
    if folder.exists():
        folder.rename(before)
    aside.rename(folder)
    if before.exists():
        before.rename(aside)


def _link(source: Path, target: Path) -> None:
    """Have ``source`` at ``target`` too: the same file where the disk allows it, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _starts(chapters: Chapters) -> list[float]:
    return [0.0, *accumulate(rendered.seconds for _, rendered in chapters)]


def _transcript(chapters: Chapters) -> Iterator[str]:
    """Each sentence as a button that knows its seconds, chapter by chapter."""
    for (entry, rendered), start in zip(chapters, _starts(chapters), strict=False):
        heading = f"{entry.shown_number} {escape(entry.title)}"
        yield f'<h3 id="said-{entry.slug}" data-start="{start:.3f}">{heading}</h3><p>'
        for beat in rendered.beats:
            if beat.sentence:
                times = f'data-start="{start + beat.start:.3f}" data-end="{start + beat.end:.3f}"'
                yield f'<button class="said" {times}>{escape(beat.sentence)}</button>'
        yield "</p>"


def _chapters(chapters: Chapters, loss: NumericLoss, theory: Convergence) -> Iterator[str]:
    """Each chapter's still, claim and formulas, and what to try of it in the laboratory."""
    for (entry, rendered), start in zip(chapters, _starts(chapters), strict=False):
        title = f"{entry.shown_number} {escape(entry.title)}"
        yield f'<article><button class="jump" data-start="{start:.3f}">'
        yield f'<img src="{entry.slug}.png" alt="" loading="lazy">'
        yield f"<span>{title} <small>{clock(rendered.seconds)}</small></span></button>"
        yield f"<p>{escape(entry.claim)}</p>"
        for name, spoken in SHOWN_IN.get(entry.number, {}).items():
            yield f'<img class="formula" src="{name}.svg" alt="{escape(spoken)}">'
        if found := experiment(entry.number, loss, theory):
            label, state = found
            yield f'<p><a class="try" href="#{escape(state)}">{escape(label)}</a></p>'
        yield "</article>"
