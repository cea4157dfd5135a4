"""The lines of a lesson's file as they are to be changed, and what will be seen."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from manim import DOWN, RIGHT, Animation, ReplacementTransform, Typst, VGroup, Write

from gdmath.lesson_file.change import change_of
from scenes.ch17_look_back.trials import Trial
from scenes.kit.frame import Region
from scenes.kit.text import code, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Written, fill, from_lesson, numbers_of, whole

INDENT, LEADING, TOP = 0.6, 1.45, 0.6
"""Of a line to the right, from one to the next, and from the top to the first, in units."""
BENEATH = 0.62
"""From a line to what is written beneath it."""
CODE = 1.2 * SIZE.equation
"""The size of a line."""
OWN = "lesson.toml"
"""The lesson that is taught where none is named."""


class Lines(VGroup):
    """The file at ``path`` on top, then for each of ``trials`` a line that becomes another."""

    def __init__(self, region: Region, path: str, trials: Sequence[Trial]) -> None:
        self.start = np.array([region.left + INDENT, region.top - TOP, 0])
        self.room = region.width - INDENT
        shown = path if not Path(path).is_absolute() else Path(path).name
        self.command = self._row(
            0, "make render" if shown == OWN else f"make render LESSON={shown}"
        )
        self.command.set_color(PALETTE.parameters)
        self.before, self.after, self.seen = [], [], []
        for k, trial in enumerate(trials, start=1):
            change = change_of(path, trial.key, trial.value)
            told = from_lesson(change.before.strip())
            after = Written(change.after.strip(), (*numbers_of(trial.value), *numbers_of(told)))
            self.before.append(self._row(k, told) if told else None)
            self.after.append(self._row(k, after))
            place = self.start + (k * LEADING + BENEATH) * DOWN + INDENT * RIGHT
            where = fill(
                "{file}, line {n}:  {seen}",
                file=from_lesson(shown),
                n=whole(change.first),
                seen=trial.outcome.english(),
            )
            self.seen.append(seat(words(where, SIZE.label), place))
        super().__init__(self.command, *self.after, *self.seen)

    def _row(self, k: int, text: str) -> Typst:
        line = code(text, CODE)
        if line.width > self.room:
            line.scale(self.room / line.width)
        return seat(line, self.start + k * LEADING * DOWN)

    def change(self, k: int) -> Animation:
        """Let a line become what it is to be, or be written."""
        before, after = self.before[k], self.after[k]
        return ReplacementTransform(before, after) if before is not None else Write(after)
