"""A glyph remembers the text it was set in, wherever an animation has taken it since."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from manim import VMobject

from scenes.kit.wording.written import Written, numbers_of

SAME_SHAPE = 0.02
LABEL = re.compile(r"\{\{ *(.*?) *:[^{}]*\}\}")
"""A part of a Typst formula that manim can pick out by a label."""


@dataclass(frozen=True, eq=False)
class Setting:
    """One piece of text: what it says, or stands for, and the font size it was set in."""

    says: str
    size: float

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # Glyphs copied for an animation still belong to this text.
        return self


@dataclass(frozen=True)
class Origin:
    """A glyph as it was set: its text, its width and its height in units."""

    setting: Setting
    width: float
    height: float

    def enlarged(self, width: float, height: float) -> float | None:
        """How many times as large a glyph of this size is; None if it has become another glyph."""
        if min(self.width, self.height, width, height) <= 0:
            return None
        across, up = width / self.width, height / self.height
        return up if abs(across / up - 1) < SAME_SHAPE else None


def note_origin(glyphs: Iterable[VMobject], says: str, size: float) -> None:
    """Have each of ``glyphs`` remember the text it belongs to."""
    setting = Setting(Written(LABEL.sub(r"\1", says), numbers_of(says)), size)
    for glyph in glyphs:
        # Read and done with. Manim copies all that moves, and a glyph with its path takes 30 times
        # as long.
        vars(glyph).pop("path_obj", None)
        glyph.glyph_origin = Origin(setting, float(glyph.width), float(glyph.height))  # type: ignore[attr-defined]


def origin_of(glyph: object) -> Origin | None:
    """The origin of a glyph; None for whatever is not one."""
    return getattr(glyph, "glyph_origin", None)
