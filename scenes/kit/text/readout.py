"""A Readout is a number that changes, its digits taken from one typeset row of glyphs.

Compiling Typst for every new number would cost more than the rest of the frame, and a rebuilt
formula may jump; here each glyph is set once and only placed again, on one baseline and at the
font's own advance widths.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from manim import RIGHT, VGroup, VMobject
from numpy.typing import NDArray

from scenes.kit.proof.glyph_origin import Origin, Setting
from scenes.kit.proof.trace import bind
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import INFINITE
from scenes.kit.wording.written import MINUS

LONGEST = 12
SAME = 1e-6
GLYPHS = f"0123456789.{MINUS}+%e{INFINITE}"
THIN_SPACES = {" ": 0.25, "\N{THIN SPACE}": 0.17}


@lru_cache
def _typecase(size: float) -> tuple[dict[str, VMobject], dict[str, float]]:
    """Every glyph with its left edge at 0 on a common baseline, and its advance width."""
    row = words("".join(glyph * 2 for glyph in GLYPHS), size).submobjects
    baseline = row[0].get_bottom()[1]
    case: dict[str, VMobject] = {}
    advance: dict[str, float] = {}
    for glyph, first, second in zip(GLYPHS, row[::2], row[1::2], strict=True):
        advance[glyph] = float(second.get_left()[0] - first.get_left()[0])
        case[glyph] = first.shift(-first.get_left()[0] * RIGHT + np.array([0, -baseline, 0]))
    advance |= {space: width * 2 * advance["0"] for space, width in THIN_SPACES.items()}
    return case, advance


class Readout(VGroup):
    """Digits that follow ``text()``, rightwards from ``anchor``, the left end of their baseline."""

    def __init__(
        self,
        text: Callable[[], str],
        anchor: NDArray[np.float64],
        size: float = SIZE.label,
        color: str = PALETTE.ink,
        quantity: str = "",
    ) -> None:
        super().__init__()
        # A copy made for an animation leaves functions as they are, but would copy the object of a
        # method along with it.
        self.text: Callable[[], str] = lambda: text()
        self.size, self.ink = size, color
        self.setting = Setting(f"number of {quantity or 'something'}", size)
        self.add(*(self._blank() for _ in range(LONGEST)))
        self.anchor = VMobject().set_points_as_corners([anchor, anchor])
        self.displayed = ""
        self.refresh()
        self.add_updater(lambda readout: readout.refresh(), call_updater=False)
        bind(self, quantity or "number", self.legible, text)

    def refresh(self) -> None:
        """Show the present text."""
        text = self.text()
        if text == self.displayed:
            return
        case, advance = _typecase(self.size)
        at, seated = self.anchor.get_start(), []
        for character in text:
            if character in case:
                seated.append(case[character].points + at)
            at = at + advance[character] * RIGHT
        if len(seated) > len(self):
            self.add(*(self._blank() for _ in range(len(seated) - len(self))))
        # Manim lists the parts of what moves once a play: the glyphs are refilled, never exchanged.
        # One that is not needed shrinks to a point, as manim would not count it without any.
        seated += [np.tile(at, (4, 1))] * (len(self) - len(seated))
        for glyph, points in zip(self, seated, strict=True):
            glyph.points = points
        self.displayed = text

    def legible(self) -> str:
        """The characters that stand in the picture, read off their outlines; spaces leave none."""
        case, _ = _typecase(self.size)
        seen = [glyph.points for glyph in self if np.ptp(glyph.points, axis=0).any()]
        return "".join(
            next((name for name, glyph in case.items() if is_same(glyph.points, points)), "?")
            for points in sorted(seen, key=lambda points: float(points[:, 0].min()))
        )

    def _blank(self) -> VMobject:
        glyph = VMobject(stroke_width=0).set_fill(self.ink, 1)
        glyph.glyph_origin = Origin(self.setting, 0, 0)  # type: ignore[attr-defined]
        return glyph


def is_same(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether an outline (k, 3) is another, moved and no more."""
    if one.shape != other.shape:
        return False
    return bool(np.abs((one - one[0]) - (other - other[0])).max() < SAME)
