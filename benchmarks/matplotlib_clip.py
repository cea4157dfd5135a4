"""Film the notebook's clip with matplotlib, in the notebook's own words."""

import io
import time
from tempfile import TemporaryDirectory
from typing import Any

import av
import matplotlib
import numpy as np
from matplotlib import animation
from matplotlib import pyplot as plt

from benchmarks.process import Row

SECONDS = 4
"""Playing time: forty frames of a tenth of a second in the notebook."""
UPDATES = 400
DPI = 100


class _FilmWriter(animation.AbstractMovieWriter):
    """This writer makes an mp4 with x264 at its defaults, without the ffmpeg command."""

    def setup(self, fig: Any, outfile: str, dpi: float | None = None) -> None:
        super().setup(fig, outfile, dpi)
        self.width, self.height = (int(size) for size in self.frame_size)
        self.container = av.open(outfile, "w", format="mp4")
        self.stream = self.container.add_stream("libx264", rate=self.fps)
        self.stream.width, self.stream.height = self.width, self.height
        self.stream.pix_fmt = "yuv420p"

    def grab_frame(self, **options: Any) -> None:
        # The figure is drawn as matplotlib's own writer does.
        drawn = io.BytesIO()
        self.fig.savefig(drawn, format="rgba", dpi=self.dpi, **options)
        pixels = np.frombuffer(drawn.getbuffer(), np.uint8).reshape(self.height, self.width, 4)
        self.container.mux(self.stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgba")))

    def finish(self) -> None:
        self.container.mux(self.stream.encode(None))
        self.container.close()


def clip(width: int, height: int, rate: int) -> Row:
    """Save the notebook's ``FuncAnimation`` at this size in pixels, at ``rate`` frames a second.

    Returns the seconds of ``filming``, without start and imports, and the number of ``frames``.
    """
    matplotlib.use("agg")
    frames = SECONDS * rate
    x, y = np.loadtxt("data/notebook.csv", delimiter=",", skiprows=1, unpack=True)
    a, b = -1.0, 1.0
    figure = plt.figure(dpi=DPI, figsize=(width / DPI, height / DPI))
    plt.scatter(x, y)
    (line,) = plt.plot(x, a * x + b)

    def animate(frame: int) -> tuple[Any]:
        nonlocal a, b
        line.set_ydata(a * x + b)
        for _ in range(UPDATES * frame // frames, UPDATES * (frame + 1) // frames):
            slope = 2 * (a * x + b - y)
            a, b = a - 0.01 * (x * slope).mean(), b - 0.01 * slope.mean()
        return (line,)

    moving = animation.FuncAnimation(figure, animate, frames, interval=1000 / rate)
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        moving.save(f"{folder}/clip.mp4", writer=_FilmWriter(fps=rate), dpi=DPI)
        return {"filming": time.perf_counter() - began, "frames": frames}
