"""What stands above the panels: the nudge and its quotient, and two losses digit by digit."""

from collections.abc import Callable

import numpy as np
from manim import RIGHT, MathTypst, VGroup

from gdmath import to_typst
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, Quantity, formula, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import as_given, significant

BASE = 0.13
"""Units from the middle of a line down to its baseline."""
FORWARD = "({L}({a} + h) - {L}({a})) / h"
CENTRAL = "({L}({a} + h) - {L}({a} - h)) / (h + h)"


class Readings:
    """The nudge `h`, the slopes of the secants `forward` and `central`, and the `ground`'s."""

    def __init__(self, strip: Region, story: Story, nudge: Callable[[], float]) -> None:
        left, middle, right = strip.columns(1, 2.2, 1.9, gap=0.3)
        name = to_typst(story.loss.lesson.parameters[INDEX])
        self.h = number(left, "h", lambda: significant(nudge()))
        self.forward, self.central = (
            number(middle, formula(shape, L=LOSS.name, a=name), at(nudge, slope))
            for shape, slope in ((FORWARD, story.quotient), (CENTRAL, story.both_ways))
        )
        ground = story.written(story.slope)
        self.ground = number(right, '"slope of the ground"', lambda: ground, PALETTE.gradient)
        self.of_one_way = VGroup(self.h, self.forward, self.ground)


def at(nudge: Callable[[], float], slope: Callable[[float], float]) -> Callable[[], str]:
    """The ``slope`` at the ``nudge()``, in digits."""
    return lambda: significant(slope(nudge()))


def number(
    region: Region, name: str, text: Callable[[], str], color: str = PALETTE.ink
) -> Quantity:
    """A name and its digits at the left of ``region``."""
    anchor = np.array([region.left, region.centre[1] - BASE, 0.0])
    return Quantity(name, text, anchor, SIZE.label, color)


class TwoLosses(VGroup):
    """The two losses that differ by a tiny nudge, one above the other, and their `quotient`.

    `alike` are the digits that are the same, `noise` those that are not.
    """

    def __init__(self, strip: Region, story: Story) -> None:
        super().__init__()
        _, left, right = strip.columns(0.2, 1.25, 1, gap=0.3)
        name = to_typst(story.loss.lesson.parameters[INDEX])
        shapes = "{L}({a} + h) = {{ {value} : digits }}", "{L}({a}) = {{ {value} : digits }}"
        self.lines: list[MathTypst] = [
            maths(formula(shape, L=LOSS.name, a=name, value=value))
            for shape, value in zip(shapes, story.losses, strict=True)
        ]
        margin = left.left + self.lines[0].width
        for line, row in zip(self.lines, left.rows(1, 1, gap=0.1), strict=True):
            line.move_to(row.centre).set_x(margin, RIGHT)
        first, second = story.losses
        differ = [one != other for one, other in zip(first, second, strict=False)]
        same = differ.index(True) if True in differ else len(differ)
        digits = [list(line.select("digits")) for line in self.lines]
        self.alike = VGroup(*(glyph for glyphs in digits for glyph in glyphs[:same]))
        self.noise = VGroup(*(glyph for glyphs in digits for glyph in glyphs[same:]))
        upper, lower = right.rows(1, 1, gap=0.1)
        tiny, spoilt = story.noisy, story.quotient(story.noisy)
        self.quotient = VGroup(
            number(upper, "h", lambda: as_given(tiny)),
            number(
                lower,
                formula(FORWARD, L=LOSS.name, a=name),
                lambda: significant(spoilt, 5),
                PALETTE.gradient,
            ),
        )
        self.add(*self.lines)
