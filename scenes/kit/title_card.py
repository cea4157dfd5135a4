"""A title card shows a chapter's title and its claim large; they then become the running title."""

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Line,
    Rectangle,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from scenes.kit.frame import CAPTION, SAFE, TITLE
from scenes.kit.proof.trace import decoration
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Number, fill

APPEARING, SETTLING = 0.5, 1.6
"""Seconds in which it appears, and in which it becomes the running title."""
PASSED, MOVED, LIFTED = (0.3, 0.6), (0.35, 0.95), (0.5, 1.0)
"""When, in shares of these, what does not stay goes, the rest moves, and the veil is lifted."""
IN_FRONT = 10
"""Layer of the title, in front of all that already is, or comes meanwhile."""
VEIL = 0.8
"""Opacity of the ground over a picture while a title stands on it."""
APART = 0.6
"""Gap between the running title and the claim, in units."""


class TitleCard:
    """The title with its ``number`` and the ``claim``; `running` is what remains of them.

    The claim stands beside the running title if there is room for both.
    """

    def __init__(self, number: Number, title: str, claim: str) -> None:
        self.heading = words(fill("{n}  {title}", n=number, title=title), SIZE.title)
        self.claim = words(claim, SIZE.label, PALETTE.data)
        small, aside = self.heading.copy(), words(claim, SIZE.tick, PALETTE.muted)
        small.scale(SIZE.heading / SIZE.title).set_color(PALETTE.muted)
        TITLE.place(small).align_to(LEFT * -SAFE.left, LEFT)
        aside.next_to(small, RIGHT, buff=APART)
        self.heading[: len(number)].set_color(PALETTE.muted)
        for text in (self.heading, self.claim):
            SAFE.place(text)
        rule = decoration(Line(self.heading.get_left(), self.heading.get_right()))
        self.rule = rule.set_stroke(PALETTE.parameters, 3)
        card = VGroup(self.heading, self.rule, self.claim).set_z_index(IN_FRONT)
        card.arrange(DOWN, buff=0.4, aligned_edge=LEFT).move_to(SAFE.centre)
        self.veil = veil()
        has_room = small.width + APART + aside.width <= SAFE.width
        self.running = VGroup(self.heading, *([self.claim] if has_room else []))
        self.becomes = VGroup(small, *([aside] if has_room else []))
        self.passing = VGroup(self.rule, *([] if has_room else [self.claim]))

    def appear(self) -> Animation:
        """Number, title and claim come, all at once, and what is there is veiled."""
        return AnimationGroup(
            FadeIn(self.veil),
            FadeIn(self.running, shift=0.15 * UP),
            FadeIn(self.passing[1:]),
            GrowFromPoint(self.rule, self.rule.get_start()),
            run_time=APPEARING,
        )

    def settle(self) -> Animation:
        """After a moment they shrink into the running title, and the veil is lifted."""
        return AnimationGroup(
            FadeOut(self.veil, rate_func=squish_rate_func(smooth, *LIFTED)),
            FadeOut(self.passing, rate_func=squish_rate_func(smooth, *PASSED)),
            Transform(self.running, self.becomes, rate_func=squish_rate_func(smooth, *MOVED)),
            run_time=SETTLING,
        )


def veil() -> VMobject:
    """The ground, all but opaque, as far as pictures reach."""
    width, height = CAPTION.width, -CAPTION.bottom - CAPTION.top
    ground = Rectangle(width=width, height=height, stroke_width=0)
    ground.move_to(CAPTION.top * UP, aligned_edge=DOWN).set_fill(PALETTE.background, VEIL)
    return decoration(ground).set_z_index(IN_FRONT - 1)
