"""List all that is measured, by the names of the results, and run it in copies of the project."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from configparser import RawConfigParser
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.process import BenchmarkError, Row, interrupt, run
from pipeline.cache.fingerprint import source_path
from pipeline.cache.record import read_record
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE

SOURCES = (
    *("gdmath", "scenes", "fastcairo", "pipeline", "benchmarks", "data"),
    *("environment", "lesson.toml", "manim.cfg", "requirements.lock"),
)
PLAIN_CONFIGURATION = "[CLI]\nbackground_color = #0E1220\nnotify_outdated_version = False\n"
"""What is left of manim.cfg for plain Manim: the background, and no question to the network."""
MANIM_FLAGS = {"draft": "-ql", "medium": "-qm", "high": "-qh"}
PIPELINE = (sys.executable, "-m", "pipeline")
RENDER = (*PIPELINE, "render", "--quality")
CORES = os.cpu_count() or 1
PLAIN = ("chapters/plain Manim, its own Surface", "chapters/plain Manim, our Surface")
FLOORS = ("floor/ours", "floor/superfast, crf 16")
FIRST_OPTIONS = {"preset": "superfast", "crf": "16", "threads": "1"}
"""Those with which the floor was first measured, before there was anything to compare it with."""
INTERRUPTED = "interrupted"
Measure = Callable[[], Row]


@dataclass(frozen=True)
class Trial:
    """A trial is measured after a preparation, in so many rounds at most (in all, if None)."""

    name: str
    measure: Measure
    prepare: Callable[[], object] = lambda: None
    rounds: int | None = None


def workers(jobs: int) -> str:
    """Name the trial that renders the chapters with ``jobs`` workers."""
    return f"chapters/{jobs} worker{'s' * (jobs > 1)}"


@dataclass(frozen=True)
class Bench:
    """A bench measures ``chapters`` at a ``quality``, the notebook's clip in ``sizes``, and more.

    A size is width and height in pixels and frames a second. The sentence to be changed is that of
    the chapter ``edited`` that begins with ``words``. The whole is built at the qualities of
    ``lecture``. All this is done in copies of the project below ``folder``, which stay until the
    sources change, and with them what else is kept there.
    """

    folder: Path
    quality: str
    chapters: tuple[int, ...]
    sizes: tuple[tuple[int, int, int], ...]
    edited: int
    words: str
    lecture: tuple[str, ...]

    def copy(self) -> None:
        """Copy the project, unless that is done."""
        digest = hashlib.sha256(f"{CORES}".encode())
        for source in map(Path, SOURCES):
            for path in (source, *sorted(source.rglob("*"))):
                if path.is_file() and path.suffix != ".pyc":
                    digest.update(f"{path} ".encode() + path.read_bytes())
        mark = self.folder / "sources"
        if not mark.exists() or mark.read_text() != digest.hexdigest():
            shutil.rmtree(self.folder, ignore_errors=True)
            # What is built of a chapter and of the lecture survives changes to the other.
            for name in ("tree", "plain", "chapter", "lecture"):
                (self.folder / name).mkdir(parents=True)
                # Compiled modules come along, with the times that they were compiled for.
                subprocess.run(["cp", "-RLp", *SOURCES, self.folder / name], check=True)
            (self.folder / "plain/manim.cfg").write_text(PLAIN_CONFIGURATION)
            mark.write_text(digest.hexdigest())

    def trials(self, plain: int | None) -> Iterator[Trial]:
        """List all trials in the order of a round, with ``plain`` Manim in so many rounds."""
        yield from self._chapters(plain)
        for size in self.sizes:
            name = "clip/{}×{}, {} fps".format(*size)
            path = f"{self.folder}/matplotlib"
            rival = self._probe(f"clip{size}", "matplotlib_clip", PYTHONPATH=path)
            yield Trial(f"{name}: matplotlib", rival, self.install_matplotlib)
            for how, stock in (("here", False), ("here, slow path", True)):
                call = f"film('benchmarks.probes', 'NotebookClip', {size}, True, {stock})"
                yield Trial(f"{name}: {how}", self._probe(call))
        yield from self._builds("chapter", "draft", "--chapter", f"{self.edited}")
        for quality in self.lecture:
            yield from self._builds("lecture", quality)
        shown = QUALITIES[self.quality]
        size = (shown.width, shown.height, shown.frame_rate)
        for entry in LECTURE:
            if self.quality in self.lecture or entry.number in self.chapters:
                scene = f"{entry.module!r}, {entry.scene!r}, {size}"
                for how, filmed in (("filmed", True), ("skipped", False)):
                    film = self._probe(f"film({scene}, {filmed}, False)")
                    yield Trial(f"{how}/{entry.number}", film, rounds=1)

    def _chapters(self, plain: int | None) -> Iterator[Trial]:
        """List the chapters by this project, by plain Manim, and encoded again from their films."""
        quality = self.quality
        entries = [entry for entry in LECTURE if entry.number in self.chapters]
        numbers = [f"{entry.number}" for entry in entries]
        for jobs in dict.fromkeys([CORES, 2, 1]):
            build = self._run("tree", *RENDER, quality, "--jobs", f"{jobs}", "--chapter", *numbers)
            yield Trial(workers(jobs), build, partial(self.clear, "tree"))
        manim = f'"$0" -m manim {MANIM_FLAGS[quality]}'
        script = "\n".join(f"{manim} {source_path(entry)} {entry.scene}" for entry in entries)
        for name, stock in zip(PLAIN, ("1", ""), strict=True):
            # With STOCK it is Manim, too, that draws surfaces.
            scenes = self._run("plain", "sh", "-ec", script, sys.executable, STOCK=stock)
            yield Trial(name, scenes, partial(self.clear, "plain"), plain)
        configuration = RawConfigParser()
        configuration.read(self.folder / "tree/manim.cfg", encoding="utf-8")
        ours = dict(configuration["video_encoder.options"])
        films = [f"build/{quality}/{entry.slug}.mp4" for entry in entries]
        for name, options in zip(FLOORS, (ours, FIRST_OPTIONS), strict=True):
            yield Trial(name, self._probe(f"encode({films}, {options})"))

    def _builds(self, copy: str, quality: str, *chapter: str) -> Iterator[Trial]:
        """List how long one waits for a chapter or, if none is named, for the lecture."""
        what = f"chapter {self.edited}" if chapter else "the lecture"
        name = f"build/{what} at {quality} size"
        build, clear = self._run(copy, *RENDER, quality, *chapter), partial(self.clear, copy)
        change = partial(self.change_sentence, copy, build)
        yield Trial(f"{name}: cold", build, clear, None if chapter else 1)
        yield Trial(f"{name}: one sentence changed", build, change)
        yield Trial(f"{name}: nothing changed", build, build)
        if chapter:
            yield Trial(f"{name}: one beat", partial(self.preview, copy), change)
            command = [*RENDER, quality, *chapter]
            takes = (self.folder / copy, "build/*/work/*/take.mp4", min(2, CORES))
            yield Trial(INTERRUPTED, partial(interrupt, command, *takes), clear)

    def _run(self, copy: str, *command: str, **environment: str) -> Measure:
        log = self.folder / "last.log"
        return partial(run, command, self.folder / copy, log, **environment)

    def _probe(self, call: str, module: str = "probes", **environment: str) -> Measure:
        """Measure a ``call`` of a function in one of our modules, which returns more quantities."""
        program = f"import json, benchmarks.{module} as m; print(json.dumps(m.{call}))"
        return self._run("tree", sys.executable, "-c", program, **environment)

    def clear(self, copy: str) -> None:
        """Remove all that was built in a copy, and what Manim keeps there."""
        for name in ("build", "media"):
            shutil.rmtree(self.folder / copy / name, ignore_errors=True)

    def install_matplotlib(self) -> None:
        """Install what ``environment/bench.lock`` holds, for the benchmarks alone."""
        pip = ["-m", "pip", "--no-input", "install", "--quiet", "--no-deps", "--require-hashes"]
        pip += [
            "--only-binary=:all:",
            "--target",
            "matplotlib",
            "-r",
            "tree/environment/bench.lock",
        ]
        if not (self.folder / "matplotlib").exists():
            self._run("", sys.executable, "-I", *pip)()

    def change_sentence(self, copy: str, build: Measure) -> None:
        """Have a beat say what it never said, after a ``build`` of what it says now.

        Raises:
            BenchmarkError: Its first words are not in the source of its chapter, once.
        """
        build()
        path, words = source_path(LECTURE[self.edited]), f'"{self.words}'
        source = (self.folder / "tree" / path).read_text(encoding="utf-8")
        if source.count(words) != 1:
            raise BenchmarkError(f"{path} has not one sentence that begins with {words}")
        changed = source.replace(words, f"{words} {time.time():.0f}")
        (self.folder / copy / path).write_text(changed, encoding="utf-8")

    def preview(self, copy: str) -> Row:
        """Preview the beat that was changed."""
        record = read_record(self.folder / copy / f"build/draft/{LECTURE[self.edited].slug}.mp4")
        beats = enumerate(record.beats if record else (), start=1)
        numbers = [f"{number}" for number, beat in beats if beat.sentence.startswith(self.words)]
        beat = ("--chapter", f"{self.edited}", "--beat", *numbers)
        return self._run(copy, *PIPELINE, "preview", *beat)()
