"""Name the array types and make arrays that nobody downstream can change."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]


def read_only(values: npt.ArrayLike) -> FloatArray:
    """Return a copy of `values` as float64 that refuses to be written to."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
