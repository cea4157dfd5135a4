"""Where the time of filming a chapter goes: beat by beat, and part by part.

    python -m pipeline.bench.profiling CHAPTER QUALITY FOLDER [--skip]

films a chapter in one process, or skips it all as a worker skips what is another's, and prints JSON
of one level: ``starting``, ``beat 1`` … in seconds on the wall, and processor seconds by part.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from pipeline.bench.stopwatch import Stopwatch
from pipeline.film.filming import Filming, Take
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE

START, ENCODING = "starting", "encoding"
PARTS = {
    "setting animations up": ["manim:Scene.compile_animation_data", "manim:Scene.begin_animations"],
    "moving mobjects, by Manim and the kit": [
        "manim:Scene.update_to_time",
        "manim:Scene.update_mobjects",
    ],
    "finding and shaping what changed": ["fastcairo.shaper:Shaper.shapes"],
    "painting": ["fastcairo.layer:Layer.show"],
    "converting to yuv420p": ["fastcairo.encoder:Converter.take"],
    ENCODING: ["fastcairo.encoder:PatchEncoder.write_frame", "pipeline.film.filming:Filming._keep"],
    "the trace": ["scenes.kit.proof.recorder:Recorder.look"],
}
"""In the order of a frame."""


class Timekeeper:
    """Has everything filmed, or nothing, and notes when each beat begins."""

    def __init__(self, filmed: bool) -> None:
        self.filmed = filmed
        self.begins: list[float] = []

    def expects(self, number: int) -> bool:
        """Whether to film beat ``number``, which begins now."""
        assert number == len(self.begins)
        self.begins.append(time.perf_counter())
        return self.filmed

    def wants(self, number: int, frame: FrameType | None) -> bool:  # noqa: ARG002 (a Director)
        """Whether to film it."""
        return self.filmed

    def take(self, take: Take) -> None:
        """Do nothing with it: the next one goes to the same file."""


def main(arguments: Sequence[str]) -> int:
    """Film or skip a chapter, and say how long what took."""
    number, quality, folder = arguments[:3]
    (entry,) = (entry for entry in LECTURE if str(entry.number) == number)
    keeper = Timekeeper("--skip" not in arguments)
    film, lesson = QUALITIES[quality], Path("lesson.toml")
    filming = Filming(entry.module, entry.scene, film, lesson, Path(folder), keeper)
    watch = Stopwatch()
    watch.watch(PARTS)
    start = time.process_time()
    watch.reset()
    filming.run()
    end, parts = time.perf_counter(), watch.read()
    times = zip(keeper.begins, [*keeper.begins[1:], end], strict=True)
    beats = {f"beat {beat}": until - since for beat, (since, until) in enumerate(times, start=1)}
    print(json.dumps({START: start, "frames": filming.frames, **beats, **parts}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
