"""The notebook's clip as matplotlib films it, in the notebook's own words.

    python -m pipeline.bench.animation WIDTH HEIGHT FRAME_RATE FILM

prints as JSON what ``FuncAnimation.save`` took, without start and imports. The notebook's writer
wants an ffmpeg command, which few machines have: `FilmWriter` hands the frames that matplotlib
draws to the same x264, at the settings that ffmpeg would choose.
"""

import io
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

import av
import matplotlib
import numpy as np
from matplotlib import animation
from matplotlib import pyplot as plt

SECONDS = 4
UPDATES = 400
DPI = 100


class FilmWriter(animation.AbstractMovieWriter):
    """Writes an mp4 through PyAV."""

    def setup(self, fig: Any, outfile: str, dpi: float | None = None) -> None:
        """Open the film."""
        super().setup(fig, outfile, dpi)
        self.width, self.height = (int(size) for size in self.frame_size)
        self.container = av.open(outfile, "w", format="mp4")
        self.stream = self.container.add_stream("libx264", rate=self.fps)
        self.stream.width, self.stream.height = self.width, self.height
        self.stream.pix_fmt = "yuv420p"

    def grab_frame(self, **options: Any) -> None:
        """Have the figure drawn as matplotlib's own writer does, and write it."""
        drawn = io.BytesIO()
        self.fig.savefig(drawn, format="rgba", dpi=self.dpi, **options)
        pixels = np.frombuffer(drawn.getbuffer(), np.uint8).reshape(self.height, self.width, 4)
        self.container.mux(self.stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgba")))

    def finish(self) -> None:
        """Close the film."""
        self.container.mux(self.stream.encode(None))
        self.container.close()


def clip(width: int, height: int, frames: int) -> Any:
    """The notebook's ``FuncAnimation``, as large and as long as asked for."""
    x, y = np.loadtxt("data/notebook.csv", delimiter=",", skiprows=1, unpack=True)
    at, done = np.array([-1.0, 1.0]), 0
    figure = plt.figure(dpi=DPI, figsize=(width / DPI, height / DPI))
    plt.scatter(x, y)
    (line,) = plt.plot(x, at[0] * x + at[1])

    def animate(frame: int) -> tuple[Any]:
        nonlocal at, done
        line.set_ydata(at[0] * x + at[1])
        until = round(UPDATES * (frame + 1) / frames)
        for _ in range(done, until):
            slope = 2 * (at[0] * x + at[1] - y)
            at = at - 0.01 * np.array([(x * slope).mean(), slope.mean()])
        done = until
        return (line,)

    return animation.FuncAnimation(figure, animate, frames, interval=1000 * SECONDS / frames)


def main(arguments: Sequence[str]) -> int:
    """Film the clip, and say how long that took."""
    width, height, rate = map(int, arguments[:3])
    matplotlib.use("agg")
    moving = clip(width, height, SECONDS * rate)
    began = time.perf_counter()
    moving.save(arguments[3], writer=FilmWriter(fps=rate), dpi=DPI)
    took = time.perf_counter() - began
    print(json.dumps({"filming": took, "frames": SECONDS * rate}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
