"""Take pictures out of a finished film."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
from PIL.Image import Image, fromarray


def pictures(film: Path, numbers: Iterable[int]) -> Iterator[tuple[int, Image]]:
    """The frames of ``film`` with these numbers, in order, each with its number.

    Raises:
        IndexError: the film ends before the last of them.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        return
    with av.open(film) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        rate, time_base = stream.average_rate, stream.time_base
        assert rate is not None
        assert time_base is not None
        container.seek(int(wanted[0] / rate / time_base), stream=stream)
        for frame in container.decode(stream):
            number = round((frame.pts or 0) * time_base * rate)
            if number == wanted[0]:
                yield wanted.pop(0), fromarray(frame.to_ndarray(format="rgb24"))
                if not wanted:
                    return
    raise IndexError(f"{film} has no frame {wanted[0]}")
