"""Hints: x264 is told where a picture differs from the one before, and leaves the rest alone.

Waste removed: x264 looks at every macroblock only to find that nearly all of them can be skipped.

FFmpeg takes such a hint from what stands beside a frame (``AVVideoHint``,
https://ffmpeg.org/doxygen/trunk/structAVVideoHint.html). PyAV shows what stands there, but does not
let anything be put there, hence ctypes. Where that does not work, x264 looks everywhere.
"""

import ctypes
from collections.abc import Iterable

import av
import av.frame
import numpy as np

from fastcairo.tiles import Rectangle

HEEDED = {"mb_info": "true"}
"""The option that lets x264 heed hints."""

KNOWN = 18
"""The PyAV of which it is known where a frame keeps its address: any other is not asked."""

CHANGED = 1
"""What the rectangles of a hint are: all else is as before."""


class _VideoHint(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_size_t),
        ("offset", ctypes.c_size_t),
        ("size", ctypes.c_size_t),
        ("kind", ctypes.c_int),
    )


class Hint:
    """What stands beside ``frame``, which is encoded again and again with another picture."""

    def __init__(self, frame: av.VideoFrame, address: int, most: int) -> None:
        self.frame = frame
        """Kept, because the hint goes when it goes."""
        self._told = _VideoHint.from_address(address)
        self._told.kind, self._told.count = CHANGED, 0
        # Left, top, width and height of each.
        places = (ctypes.c_uint32 * 4 * most).from_address(address + self._told.offset)
        self._places = np.ctypeslib.as_array(places)

    def tell(self, parts: Iterable[Rectangle]) -> None:
        """Say that nothing but ``parts`` differs from the picture that was encoded last."""
        places = [
            (part.left, part.top, part.right - part.left, part.bottom - part.top) for part in parts
        ]
        self._told.count = len(places)
        self._places[: len(places)] = np.reshape(places, (-1, 4))


def hint_beside(frame: av.VideoFrame, most: int) -> Hint | None:
    """A hint of at most so many rectangles beside ``frame``; None if it cannot be put there."""
    if int(av.__version__.partition(".")[0]) != KNOWN:
        return None
    try:
        create = ctypes.CDLL(av.frame.__file__).av_video_hint_create_side_data
    except (AttributeError, OSError):
        return None
    create.argtypes, create.restype = (ctypes.c_void_p, ctypes.c_size_t), ctypes.c_void_p
    place = _address(frame)
    # First of all it holds where its first plane is: a wrong address would hardly show that.
    if ctypes.c_void_p.from_address(place).value != frame.planes[0].buffer_ptr:
        return None
    hint = create(place, most)
    return Hint(frame, hint, most) if hint else None


def _address(frame: av.VideoFrame) -> int:
    """Where the ``AVFrame`` is: PyAV keeps its address after its table of methods (frame.pxd)."""
    table = ctypes.sizeof(ctypes.c_void_p)
    kept = ctypes.c_size_t.from_address(id(frame) + object.__basicsize__ + table)
    return kept.value
