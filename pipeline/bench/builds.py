"""How long a person waits: cold, after one sentence changed, with nothing to do, for one beat."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.bench.measure import BenchError, Row
from pipeline.bench.trials import Bench, Trial
from pipeline.bench.workshop import clear, retold
from pipeline.cache.plan import make_plan
from pipeline.cache.record import read_record
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE

DRAFT = QUALITIES["draft"]
COLD, CHANGED, UNCHANGED, PREVIEW = "cold", "one sentence changed", "nothing changed", "one beat"
INTERRUPTED = "interrupted"


def build_trials(bench: Bench, number: int, beat: int) -> Iterator[Trial]:
    """Builds of chapter ``number`` at draft size, and of its ``beat``, counted from 1."""
    builds = Builds(bench, bench.workshop.chapter, number, beat, ("--chapter", str(number)))
    name = f"chapter {number} at draft size"
    yield Trial(f"{name}/{COLD}", builds.cold)
    yield Trial(f"{name}/{CHANGED}", builds.changed)
    yield Trial(f"{name}/{UNCHANGED}", builds.unchanged)
    yield Trial(f"{name}/{PREVIEW}", builds.preview)
    yield Trial(INTERRUPTED, builds.interrupted)


def lecture_trials(bench: Bench, number: int, beat: int) -> Iterator[Trial]:
    """Builds of the whole lecture at draft size, with a change in one beat; cold only once."""
    builds = Builds(bench, bench.workshop.lecture, number, beat, ())
    name = "the lecture at draft size"
    yield Trial(f"{name}/{COLD}", builds.cold, 1)
    yield Trial(f"{name}/{CHANGED}", builds.changed)
    yield Trial(f"{name}/{UNCHANGED}", builds.unchanged)


def whole_trials(bench: Bench) -> Iterator[Trial]:
    """The whole lecture as it should be seen, once, and then with nothing to do."""
    name, tree = f"the lecture at {bench.quality.name} size", bench.workshop.tree
    build = ("render", "--quality", bench.quality.name)

    def cold() -> Row:
        clear(tree)
        row = bench.pipeline(tree, *build)
        lecture = read_record(tree / "build" / bench.quality.name / "lecture.mp4")
        if lecture is None:
            raise BenchError("there is no lecture.mp4")
        return {**row, "video": lecture.seconds}

    def idle() -> Row:
        rows = [bench.pipeline(tree, *build) for _ in range(3)]
        return sorted(rows, key=lambda row: row["wall"])[1]

    yield Trial(f"{name}/{COLD}", cold, 1)
    # The next round clears the copy, so this one is as often as it takes for a median.
    yield Trial(f"{name}/{UNCHANGED}", idle, 1)


def standing_trials(bench: Bench) -> Iterator[Trial]:
    """The lecture that is there already, if it is up to date, with nothing to do."""
    here = Path()
    lecture = here / "build" / bench.quality.name / "lecture.mp4"
    tasks = make_plan(bench.quality, here / "lesson.toml")
    if lecture.exists() and not any(task.reason for task in tasks):
        build = partial(bench.pipeline, here, "render", "--quality", bench.quality.name)
        yield Trial(f"the lecture at {bench.quality.name} size/{UNCHANGED}", build)


class Builds:
    """Draft builds in the copy ``tree``, of all that ``which`` asks for.

    Changes are made to ``beat``, counted from 1, of chapter ``number``.
    """

    def __init__(
        self, bench: Bench, tree: Path, number: int, beat: int, which: tuple[str, ...]
    ) -> None:
        self.bench, self.tree, self.beat = bench, tree, beat
        (self.entry,) = (entry for entry in LECTURE if entry.number == number)
        self.source = Path(*self.entry.module.split(".")).with_suffix(".py")
        self.build = ("render", "--quality", DRAFT.name, *which)

    def cold(self) -> Row:
        """From nothing."""
        self.bench.workshop.restore(self.source, self.tree)
        clear(self.tree)
        return self.bench.pipeline(self.tree, *self.build)

    def interrupted(self) -> Row:
        """From nothing, until two workers film; then from Ctrl-C until every process is gone."""
        self.bench.workshop.restore(self.source, self.tree)
        clear(self.tree)
        return self.bench.interrupt(self.tree, min(2, os.cpu_count() or 1), *self.build)

    def changed(self) -> Row:
        """After a sentence was changed."""
        self._change()
        return self.bench.pipeline(self.tree, *self.build)

    def unchanged(self) -> Row:
        """With nothing to do."""
        self._be_built()
        return self.bench.pipeline(self.tree, *self.build)

    def preview(self) -> Row:
        """After a sentence was changed, that beat alone."""
        beat = str(self._change())
        chapter = str(self.entry.number)
        return self.bench.pipeline(self.tree, "preview", "--chapter", chapter, "--beat", beat)

    def _be_built(self) -> None:
        """Have all built, as it stands: an interrupted bench may have left it otherwise."""
        self.bench.pipeline(self.tree, *self.build)

    def _change(self) -> int:
        """Change a sentence as never before, and say which, of a build that was up to date.

        It is that of the beat asked for, or of the nearest one that the source says plainly.
        """
        self.bench.workshop.restore(self.source, self.tree)
        self._be_built()
        path = self.tree / self.source
        source = path.read_text(encoding="utf-8")
        beats = self.bench.record(self.tree, self.entry, DRAFT).beats
        for number in sorted(range(1, len(beats) + 1), key=lambda n: abs(n - self.beat)):
            sentence, more = beats[number - 1].sentence, f" {time.time_ns()}"
            if sentence and (changed := retold(source, sentence, more)):
                path.write_text(changed, encoding="utf-8")
                return number
        raise BenchError(f"no sentence of {self.source} can be changed")
