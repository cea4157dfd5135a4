"""Arrays that nobody downstream can change: one type name and one way to make them."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def read_only(values: npt.ArrayLike) -> FloatArray:
    """Return a copy of `values` as float64 that refuses to be written to."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
