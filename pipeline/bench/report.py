"""What is told of the measurements: ``docs/benchmarks.md``, made of the ledger and nothing else."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.bench.analysis import chapter_words, more_workers, parts
from pipeline.bench.builds import INTERRUPTED
from pipeline.bench.ledger import Ledger
from pipeline.bench.tables import megabytes, seconds, table, times
from pipeline.bench.trials import (
    ISSUE_OPTIONS,
    OUR_OPTIONS,
    OUR_SURFACE,
    OWN_SURFACE,
    chapters_by,
    workers,
)
from pipeline.quality import Quality

INTRODUCTION = """\
# Benchmarks

Written by `make bench`, as measured. Everything was measured in one run, in rounds that take one
measurement of each thing after the other; what is told is the median. *CPU* is the processor time
of all processes together, *peak* the memory of the largest single one, and both are given for each
second of video. Every command starts from a new process, so imports count.
"""
FLOOR = """\
The floor is x264 alone: the frames of the same chapters, decoded one by one, are encoded in one
thread, and only the encoder's own time counts. It looks at all of each frame, where we tell it
which parts stand still. The frames have been through it once, which makes them smoother than those
that were drawn: what x264 takes for those stands at the end, as *encoding*.
"""
CLIP = """\
The notebook's own clip: thirty points, a line that comes to them in 400 updates, four seconds;
with axes, labels and the trace of what is drawn here, with axes alone in matplotlib.
`FuncAnimation.save` draws it as the notebook has it. Its own writer wants an ffmpeg command, so
the frames go through PyAV to the same x264 at its defaults. *Filming* leaves out start and imports.
"""
PLAIN = """\
Plain Manim is `python -m manim` on the same sources, without `manim.cfg` but for the background:
its own encoder settings, its own caching, from nothing, one chapter after the other. It draws
the bowl of chapter 8 in two ways. With *its own Surface* each of 1296 faces is a mobject, and
Manim's camera for depth projects, shades and sorts them one by one whenever the bowl turns; nothing
but the projection and the light is ours. With *our Surface* they are some dozens of paths, as in
the film here: what then is left of the difference comes of everything else.
"""
WAITING = """\
A changed sentence is one that was never said before, so that nothing can be found again. All are
whole commands, from their start to their end.
"""
Lines = Iterator[str]


@dataclass(frozen=True)
class Setting:
    """Where and on what the figures were measured."""

    machine: Mapping[str, str]
    versions: Mapping[str, str]
    quality: Quality
    chapters: tuple[int, ...]


def report(ledger: Ledger, setting: Setting) -> str:
    """All of it, in Markdown; what was not measured is left out or said to be missing."""
    sections = [
        INTRODUCTION,
        table(("machine", ""), setting.machine.items()),
        table(("version", ""), setting.versions.items()),
        "## What was asked for\n",
        table(("asked for", "measured"), _marks(ledger, setting)),
        f"## {chapter_words(setting.chapters).capitalize()}, {setting.quality}\n",
        PLAIN,
        _chapters(ledger),
        f"## The encoder alone\n\n{FLOOR}",
        _floor(ledger),
        f"## The notebook's clip\n\n{CLIP}",
        _clips(ledger),
        f"## How long one waits\n\n{WAITING}",
        _builds(ledger),
        more_workers(ledger, setting.chapters),
        parts(ledger, setting.chapters),
    ]
    return "\n".join(section for section in sections if section)


def _marks(ledger: Ledger, setting: Setting) -> Iterator[tuple[str, str]]:
    ours, floor = _ours(), f"floor/{OUR_OPTIONS}"
    size = setting.quality.name
    cold, idle = f"the lecture at {size} size/cold", f"the lecture at {size} size/nothing changed"
    yield (
        "10 times faster than plain Manim",
        f"{times(ledger, chapters_by(OWN_SURFACE), ours, 'wall')} with its own Surface, "
        f"{times(ledger, chapters_by(OUR_SURFACE), ours, 'wall')} with ours",
    )
    yield (
        "CPU at most 2.5 times the encode floor",
        f"{times(ledger, ours, floor, 'cpu')} with our options, "
        f"{times(ledger, ours, f'floor/{ISSUE_OPTIONS}', 'cpu')} with {ISSUE_OPTIONS}",
    )
    yield "at most 700 MB a worker", megabytes(ledger, ours)
    yield "the whole lecture in half its playing time", seconds(ledger, cold, "wall", "video")
    yield "nothing to do: under 1 s", seconds(ledger, idle, "wall")
    for name in ledger.names:
        if name.endswith("/one beat"):
            yield "an edited beat on screen within 5 s", seconds(ledger, name, "wall")
    yield "after Ctrl-C, workers gone within 2 s", seconds(ledger, INTERRUPTED, "gone")


def _chapters(ledger: Ledger) -> str:
    head = (
        "",
        "wall",
        "CPU",
        "wall / s",
        "CPU / s",
        "peak",
        "faster than its own",
        "than ours",
        "measured",
    )
    return table(
        head,
        (
            (
                name.removeprefix("chapters/"),
                seconds(ledger, name, "wall"),
                seconds(ledger, name, "cpu"),
                seconds(ledger, name, "wall", "video"),
                seconds(ledger, name, "cpu", "video"),
                megabytes(ledger, name),
                times(ledger, chapters_by(OWN_SURFACE), name, "wall"),
                times(ledger, chapters_by(OUR_SURFACE), name, "wall"),
                str(len(ledger.rows(name))),
            )
            for name in ledger.names
            if name.startswith("chapters/")
        ),
    )


def _floor(ledger: Ledger) -> str:
    return table(
        ("x264", "CPU / s", "what we take, to this"),
        (
            (
                name.removeprefix("floor/"),
                seconds(ledger, name, "cpu", "video"),
                times(ledger, _ours(), name, "cpu"),
            )
            for name in ledger.names
            if name.startswith("floor/")
        ),
    )


def _clips(ledger: Ledger) -> str:
    return table(
        ("", "wall", "CPU", "filming", "faster", "frames", "peak"),
        (
            (
                name.removeprefix("clip ").replace("/", ": "),
                seconds(ledger, name, "wall"),
                seconds(ledger, name, "cpu"),
                seconds(ledger, name, "filming"),
                times(ledger, f"{name.partition('/')[0]}/matplotlib", name, "filming"),
                f"{ledger.median(name, 'frames'):.0f}",
                megabytes(ledger, name),
            )
            for name in ledger.names
            if name.startswith("clip ")
        ),
    )


def _builds(ledger: Ledger) -> str:
    return table(
        ("", "wall", "CPU", "peak", "measured"),
        (
            (
                name.replace("/", ": "),
                seconds(ledger, name, "wall"),
                seconds(ledger, name, "cpu"),
                megabytes(ledger, name),
                str(len(ledger.rows(name))),
            )
            for name in ledger.names
            if " at " in name and " size/" in name
        ),
    )


def _ours() -> str:
    return workers(os.cpu_count() or 1)
