"""A helper that one chapter alone uses."""

from manim import BLUE, Mobject
from manim import Circle as ManimCircle


def circle() -> Mobject:
    return ManimCircle(color=BLUE)
