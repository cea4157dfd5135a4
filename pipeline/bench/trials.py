"""What is measured: each trial by its name, in the order of a round."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.bench.measure import BenchError, Row, interrupt, run
from pipeline.bench.workshop import Workshop, clear
from pipeline.cache.record import Rendered, read_record
from pipeline.quality import Quality
from scenes.outline import LECTURE, Entry

OUR_OPTIONS = "ours"
ISSUE_OPTIONS = "superfast, crf 16"
"""Those with which the floor was measured before there was anything to compare it with."""
OWN_SURFACE, OUR_SURFACE = "plain Manim, its own Surface", "plain Manim, our Surface"
MANIM_FLAGS = {"draft": "-ql", "medium": "-qm", "high": "-qh"}


@dataclass(frozen=True)
class Trial:
    """Something to be measured, so often at most as said (as often as all, if None)."""

    name: str
    measure: Callable[[], Row]
    repeats: int | None = None


@dataclass(frozen=True)
class Bench:
    """The place where all is measured: copies of the sources, a quality, and some chapters."""

    workshop: Workshop
    folder: Path
    quality: Quality
    chapters: tuple[int, ...]
    matplotlib: Path | None

    @property
    def entries(self) -> list[Entry]:
        """The chapters as the outline has them."""
        return [entry for entry in LECTURE if entry.number in self.chapters]

    def pipeline(self, tree: Path, *arguments: str) -> Row:
        """Run the pipeline in ``tree``."""
        return self.python(tree, "-m", "pipeline", *arguments)

    def interrupt(self, tree: Path, workers: int, *arguments: str) -> Row:
        """Run the pipeline in ``tree`` and press Ctrl-C when so many workers film."""
        command = [sys.executable, "-m", "pipeline", *arguments]
        takes = "build/*/work/*/take.mp4"
        return interrupt(command, tree, self.log, lambda: len([*tree.glob(takes)]) >= workers)

    def python(self, tree: Path, *arguments: str, **environment: str) -> Row:
        """Run Python in ``tree``, with more in its environment."""
        return run([sys.executable, *arguments], tree, self.log, environment)

    def told(self) -> Row:
        """What the last command found out, which it says as JSON."""
        for line in reversed(self.log.read_text(encoding="utf-8", errors="replace").splitlines()):
            if line.startswith("{"):
                row: Row = json.loads(line)
                return row
        raise BenchError(f"nothing was found out (see {self.log})")

    @property
    def log(self) -> Path:
        """Where it is kept what the last command said."""
        return self.folder.absolute() / "last.log"

    def record(self, tree: Path, entry: Entry, quality: Quality) -> Rendered:
        """What was filmed of a chapter in ``tree``; a BenchError if it was not."""
        film = tree / "build" / quality.name / f"{entry.slug}.mp4"
        record = read_record(film)
        if record is None:
            raise BenchError(f"{film} was not rendered")
        return record

    def video(self) -> float:
        """The playing time of the chapters, in seconds."""
        records = (self.record(self.workshop.tree, e, self.quality) for e in self.entries)
        return sum(record.seconds for record in records)

    def render_chapters(self, jobs: int) -> Row:
        """Render the chapters cold, with so many workers."""
        clear(self.workshop.tree)
        numbers = [str(number) for number in self.chapters]
        arguments = ["--quality", self.quality.name, "--jobs", str(jobs), "--chapter", *numbers]
        row = self.pipeline(self.workshop.tree, "render", *arguments)
        return {**row, "video": self.video()}

    def plain_manim(self, *, own_surface: bool) -> Row:
        """Render the same scenes with Manim alone, as it comes, one after the other.

        With its ``own_surface`` it is Manim, too, that draws a surface.
        """
        clear(self.workshop.plain)
        rows = [
            self.python(
                self.workshop.plain,
                *("-m", "manim", MANIM_FLAGS[self.quality.name]),
                *(f"{entry.module.replace('.', '/')}.py", entry.scene),
                STOCK="1" * own_surface,
            )
            for entry in self.entries
        ]
        total = {key: sum(row[key] for row in rows) for key in ("wall", "cpu")}
        return {**total, "peak": max(row["peak"] for row in rows), "video": self.video()}

    def encode_floor(self, options: Sequence[str]) -> Row:
        """Encode the frames of the chapters as rendered, and nothing else."""
        tree = self.workshop.tree
        if not all(read_record(self.film_of(entry)) for entry in self.entries):
            self.render_chapters(os.cpu_count() or 1)
        films = [str(self.film_of(entry)) for entry in self.entries]
        scratch = str(self.folder.absolute() / "floor.mp4")
        self.python(tree, "-m", "pipeline.bench.floor", *options, "--", scratch, *films)
        return {"video": self.video(), **self.told()}

    def film_of(self, entry: Entry) -> Path:
        """Where the rendered chapter is."""
        return self.workshop.tree / "build" / self.quality.name / f"{entry.slug}.mp4"

    def notebook_clip(self, width: int, height: int, rate: int, *flags: str) -> Row:
        """Film the notebook's clip with this project."""
        scratch = self.folder.absolute() / "clip"
        shutil.rmtree(scratch, ignore_errors=True)
        size = [str(number) for number in (width, height, rate)]
        tree = self.workshop.tree
        row = self.python(tree, "-m", "pipeline.bench.clip", *size, str(scratch), *flags)
        return {**row, **self.told()}

    def animated_clip(self, width: int, height: int, rate: int) -> Row:
        """Film the notebook's clip with matplotlib."""
        film = self.folder.absolute() / "animation.mp4"
        size = [str(number) for number in (width, height, rate)]
        arguments = ("-m", "pipeline.bench.animation", *size, str(film))
        row = self.python(self.workshop.tree, *arguments, PYTHONPATH=str(self.matplotlib))
        return {**row, **self.told()}

    def profile(self, number: int, *flags: str) -> Row:
        """Film or skip a chapter, and see where the time goes."""
        scratch = self.folder.absolute() / "profile"
        shutil.rmtree(scratch, ignore_errors=True)
        arguments = (str(number), self.quality.name, str(scratch), *flags)
        self.python(self.workshop.tree, "-m", "pipeline.bench.profiling", *arguments)
        return self.told()


def chapter_trials(bench: Bench, plain: int | None) -> Iterator[Trial]:
    """The chapters by this project and by plain Manim, and the floor beneath both."""
    cores = os.cpu_count() or 1
    for jobs in dict.fromkeys([cores, 2, 1]):
        yield Trial(workers(jobs), partial(bench.render_chapters, jobs))
    for name, own in ((OWN_SURFACE, True), (OUR_SURFACE, False)):
        yield Trial(chapters_by(name), partial(bench.plain_manim, own_surface=own), plain)
    options = our_options(bench.workshop.tree)
    yield Trial(f"floor/{OUR_OPTIONS}", partial(bench.encode_floor, options))
    issue = ["preset=superfast", "crf=16", "threads=1"]
    yield Trial(f"floor/{ISSUE_OPTIONS}", partial(bench.encode_floor, issue))


def clip_trials(bench: Bench, sizes: Sequence[tuple[int, int, int]]) -> Iterator[Trial]:
    """The notebook's clip, by matplotlib and here."""
    for size in sizes:
        name = clip_name(*size)
        if bench.matplotlib:
            yield Trial(f"{name}/matplotlib", partial(bench.animated_clip, *size))
        yield Trial(f"{name}/here", partial(bench.notebook_clip, *size))
        yield Trial(f"{name}/here, slow path", partial(bench.notebook_clip, *size, "--stock"))


def profile_trials(bench: Bench, numbers: Sequence[int]) -> Iterator[Trial]:
    """Each chapter filmed and skipped in one process that watches itself, once."""
    for number in numbers:
        yield Trial(f"filmed/{number}", partial(bench.profile, number), 1)
        yield Trial(f"skipped/{number}", partial(bench.profile, number, "--skip"), 1)


def clip_name(width: int, height: int, rate: int) -> str:
    """How a size of the clip is called in the ledger."""
    return f"clip {width}×{height}, {rate} fps"


def our_options(tree: Path) -> list[str]:
    """The encoder's options as ``manim.cfg`` of ``tree`` has them."""
    lines = (tree / "manim.cfg").read_text(encoding="utf-8").splitlines()
    section = lines[lines.index("[video_encoder.options]") + 1 :]
    pairs = [line.split("=", 1) for line in section if line and line[0].isalpha() and "=" in line]
    return [f"{name.strip()}={value.strip()}" for name, value in pairs]


def workers(jobs: int) -> str:
    """How the rendering of the chapters by so many workers is called in the ledger."""
    return chapters_by(f"{jobs} worker{'s' * (jobs > 1)}")


def chapters_by(whom: str) -> str:
    """How a rendering of the chapters is called in the ledger."""
    return f"chapters/{whom}"
