"""The encode floor: the frames of finished films through x264 alone, in one thread.

    python -m pipeline.bench.floor OPTION=VALUE … -- SCRATCH FILM …

prints the processor seconds of the encoder and the frames as JSON. Nobody who makes these films
with x264 can do with less.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import av
from av.video.frame import PictureType


def encode_seconds(film: str, options: Mapping[str, str], scratch: str) -> tuple[float, int]:
    """The processor seconds that x264 takes for the frames of ``film``, and how many there are.

    They are decoded one by one in another thread's time, in yuv420p as they are encoded; what comes
    out goes to the file ``scratch``.
    """
    spent, count = 0.0, 0
    with av.open(film) as source, av.open(scratch, "w", format="mp4") as target:
        shown = source.streams.video[0]
        rate = shown.average_rate or Fraction(60)
        stream = target.add_stream("libx264", rate=rate, options=dict(options))
        stream.width, stream.height, stream.pix_fmt = shown.width, shown.height, "yuv420p"
        for frame in _frames(source):
            frame.pts, frame.time_base = count, 1 / rate
            began = time.thread_time()
            packets = stream.encode(frame)
            spent += time.thread_time() - began
            target.mux(packets)
            count += 1
        began = time.thread_time()
        packets = stream.encode(None)
        spent += time.thread_time() - began
        target.mux(packets)
    return spent, count


def _frames(source: "av.container.InputContainer") -> Iterator[av.VideoFrame]:
    for frame in source.decode(video=0):
        # What kind of frame it was must not tell the encoder what to make of it.
        frame.pict_type = PictureType.NONE
        yield frame


def main(arguments: Sequence[str]) -> int:
    """Measure the films named, and print the sum."""
    split = arguments.index("--")
    options = dict(option.split("=", 1) for option in arguments[:split])
    scratch, *films = arguments[split + 1 :]
    found = [encode_seconds(film, options, scratch) for film in films]
    spent, frames = sum(spent for spent, _ in found), sum(count for _, count in found)
    print(json.dumps({"cpu": spent, "frames": frames}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
