"""Bowls to test theory on: points at random, and the notebook's in another x."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdmath import Convergence, Lesson, compile_loss, convergence

POINTS = arrays(
    np.float64, (2, 6), elements=st.integers(-30, 30).map(lambda number: number / 10)
).filter(lambda points: np.ptp(points[0]) > 0.2)
"""x and y of six points, not all of which have the same x."""
STARTS = arrays(np.float64, 2, elements=st.integers(-50, 50).map(lambda number: number / 10))


def on(x: np.ndarray, lesson: Lesson) -> Convergence:
    """The theory of the lesson's own points, their x replaced."""
    return convergence(compile_loss(replace(lesson, x=x)))
