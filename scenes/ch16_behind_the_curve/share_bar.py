"""ShareBar: the first loss as a tall bar, its stiff part below and its flat part on top."""

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Rectangle, ReplacementTransform, VGroup

from gdmath import Convergence, FloatArray
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind_each
from scenes.kit.text import words
from scenes.kit.theme import BY_DIRECTION, SIZE
from scenes.kit.wording import fill, significant

WIDTH, MARGIN, GAP = 2.6, 0.5, 0.35
"""Of the bar, above it and to the left of it, and from it to its names, in units."""
NAMES = ("flat: {share} %", "stiff: the rest")


class ShareBar(VGroup):
    """The `parts` of the loss at ``start`` and their `names` beside them, flat first."""

    def __init__(self, region: Region, theory: Convergence, start: FloatArray) -> None:
        losses, room = theory.loss_parts(start), region.height - MARGIN
        shares = losses / losses.sum()
        self.parts = VGroup(
            Rectangle(width=WIDTH, height=share * room, stroke_width=0).set_fill(color, 1)
            for share, color in zip(shares, BY_DIRECTION, strict=True)
        )
        flat, stiff = self.parts
        stiff.move_to(np.array([region.left + MARGIN, region.bottom, 0]), LEFT + DOWN)
        flat.next_to(stiff, UP, buff=0)
        bind_each(
            self.parts,
            "share of the first loss",
            lambda part: [part.height / room],
            lambda k: [shares[k]],
        )
        self.names = VGroup(
            words(fill(name, share=significant(100 * shares[0], 1)), SIZE.equation, color)
            for name, color in zip(NAMES, BY_DIRECTION, strict=True)
        )
        for name, part in zip(self.names, self.parts, strict=True):
            name.next_to(part, RIGHT, buff=GAP)
        super().__init__(self.parts, self.names)

    def grow_out_of(self, curves: VGroup) -> list[Animation]:
        """Let the parts grow out of two curves, of the stiff part first."""
        pairs = zip(curves.clear_updaters(), reversed(self.parts), strict=True)
        return [ReplacementTransform(*pair) for pair in pairs]
