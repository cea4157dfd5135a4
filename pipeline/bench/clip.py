"""The notebook's clip as this project films it: the points, and the line that comes to them.

    python -m pipeline.bench.clip WIDTH HEIGHT FRAME_RATE FOLDER [--stock]

prints as JSON what the filming alone took, without start and imports.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from manim import config, linear

from gdmath import descend
from pipeline.film.filming import Filming, Take
from pipeline.quality import Quality
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.panels.data_panel import DataPanel

SECONDS = 4.0
"""Forty frames, a tenth of a second each."""
UPDATES = 400


class NotebookClip(Chapter):
    """The clip and nothing else: no title, no caption, no pause."""

    def construct(self) -> None:
        """Let the line come to the points."""
        trajectory = descend(self.loss, self.lesson.rule, self.lesson.start, UPDATES)
        clock = DescentClock(trajectory)
        x, y = 0.5 * config.frame_width - 0.2, 0.5 * config.frame_height - 0.6
        panel = DataPanel(Region(-x, -y, x, y), self.loss, trajectory.parameters)
        self.add(panel, panel.dots, panel.line(lambda: clock.parameters))
        with self.say(""):
            self.play(clock.animate.set_value(UPDATES), rate_func=linear, run_time=SECONDS)

    def wait(self, *_: object, **__: object) -> None:
        """End with the last frame."""


class Everything:
    """Films what there is, once."""

    frames = 0

    def expects(self, number: int) -> bool:
        """Whether to film beat ``number``: always."""
        return number >= 0

    def wants(self, number: int, frame: FrameType | None) -> bool:
        """Whether to film it, at ``frame``: if there is something."""
        return number >= 0 and frame is not None

    def take(self, take: Take) -> None:
        """Count its frames."""
        self.frames += take.frames


def main(arguments: Sequence[str]) -> int:
    """Film the clip, and say how long that took."""
    width, height, rate = map(int, arguments[:3])
    config.frame_width = config.frame_height * width / height
    everything = Everything()
    filming = Filming(
        "pipeline.bench.clip",
        "NotebookClip",
        Quality("clip", width, height, rate),
        Path("lesson.toml"),
        Path(arguments[3]),
        everything,
        stock="--stock" in arguments,
    )
    began = time.perf_counter()
    filming.run()
    took = time.perf_counter() - began
    print(json.dumps({"filming": took, "frames": everything.frames}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
