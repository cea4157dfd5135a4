"""Measure filming and encoding from within; each call is made in a process of its own."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import av
from av.video.frame import PictureType
from manim import config, linear

from benchmarks.process import Row
from gdmath import descend
from pipeline.film.filming import Filming, Take
from pipeline.quality import Quality
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.panels.data_panel import DataPanel

SECONDS = 4.0
"""Playing time of the notebook's clip: forty frames of a tenth of a second."""
UPDATES = 400
SAMPLING = 0.005
"""Seconds of processor time between two looks at what is running."""
PARTS = {
    "manim.scene.scene:Scene.compile_animation_data": "setting animations up",
    "manim.scene.scene:Scene.begin_animations": "setting animations up",
    "manim.scene.scene:Scene.update_to_time": "moving mobjects, by Manim and the kit",
    "manim.scene.scene:Scene.update_mobjects": "moving mobjects, by Manim and the kit",
    "fastcairo.shaper:Shaper.shapes": "finding and shaping what changed",
    "fastcairo.layer:Layer.show": "painting",
    "fastcairo.encoder:Converter.take": "converting to yuv420p",
    "fastcairo.encoder:PatchEncoder.write_frame": "encoding",
    "pipeline.film.filming:Filming._keep": "encoding",
    "scenes.kit.proof.recorder:Recorder.look": "the trace",
}
"""The part of the work that a function belongs to, in the order of a frame."""
REST = "everything else"


class NotebookClip(Chapter):
    """This scene is the notebook's clip and nothing else: no title, no caption, no pause."""

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


class _Director:
    """This director wants every beat or none, and notes when each begins."""

    def __init__(self, filmed: bool) -> None:
        self.filmed = filmed
        self.begins: list[float] = []

    def expects(self, _number: int) -> bool:
        self.begins.append(time.perf_counter())
        return self.filmed

    def wants(self, _number: int, _frame: FrameType | None) -> bool:
        return self.filmed

    def take(self, take: Take) -> None:
        pass


class Sampler:
    """A sampler counts this thread's processor time by parts, each second for the innermost."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys([*PARTS.values(), REST], 0.0)
        self._since = time.thread_time()
        signal.signal(signal.SIGPROF, lambda _, frame: self.look(frame))
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, SAMPLING, SAMPLING)

    def look(self, frame: FrameType | None) -> None:
        """Count what has passed since the last look for what runs at ``frame``.

        A call into C is seen when it returns, and then counted in full.
        """
        now, part = time.thread_time(), REST
        while frame is not None and part == REST:
            name = f"{frame.f_globals.get('__name__')}:{frame.f_code.co_qualname}"
            part, frame = PARTS.get(name, REST), frame.f_back
        self.seconds[part] += now - self._since
        self._since = now


def film(module: str, scene: str, size: tuple[int, int, int], filmed: bool, stock: bool) -> Row:
    """Film a scene, or skip all of it as a worker skips what another films.

    The ``size`` is width and height in pixels and frames a second; with ``stock`` it is Manim that
    draws. Returns the number of ``frames``, the seconds of ``filming`` without start and imports,
    those of each ``beat``, and the processor time, ``cpu``, of each part of the work.
    """
    config.frame_width = config.frame_height * size[0] / size[1]
    director = _Director(filmed)
    with TemporaryDirectory() as folder:
        quality, lesson = Quality("benchmark", *size), Path("lesson.toml")
        filming = Filming(module, scene, quality, lesson, Path(folder), director, stock)
        row = {"cpu/starting": time.process_time()}
        sampler, began = Sampler(), time.perf_counter()
        filming.run()
        end = time.perf_counter()
        signal.setitimer(signal.ITIMER_PROF, 0)
        sampler.look(None)
    times = zip(director.begins, [*director.begins[1:], end], strict=True)
    row |= {f"beat/{beat}": until - since for beat, (since, until) in enumerate(times, start=1)}
    row |= {f"cpu/{part}": seconds for part, seconds in sampler.seconds.items()}
    return row | {"filming": end - began, "frames": filming.frames}


def encode(films: Sequence[str], options: Mapping[str, str]) -> Row:
    """Encode the frames of films again; return the encoder's own processor time.

    They are decoded one by one outside that time. Nobody who uses x264 can do with less.
    """
    spent = 0.0
    for film in films:
        with av.open(film) as source, av.open(os.devnull, "w", format="mp4") as target:
            shown = source.streams.video[0]
            rate = shown.average_rate or Fraction(60)
            stream = target.add_stream("libx264", rate=rate, options=dict(options))
            stream.width, stream.height, stream.pix_fmt = shown.width, shown.height, "yuv420p"
            for number, frame in enumerate(chain(source.decode(video=0), [None])):
                if frame is not None:
                    # What kind of frame it was must not tell the encoder what to make of it.
                    frame.pict_type = PictureType.NONE
                    frame.pts, frame.time_base = number, 1 / rate
                began = time.thread_time()
                packets = stream.encode(frame)
                spent += time.thread_time() - began
                target.mux(packets)
    return {"cpu": spent}
