"""What a lecture leaves out: the titles, and under each group of them the reason they share."""

from collections.abc import Sequence
from itertools import groupby

from manim import DOWN, LEFT, VGroup

from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.outline import LeftOut


def left_out_list(chapters: Sequence[LeftOut]) -> VGroup:
    """The titles of ``chapters`` in a column, each reason once beneath those it holds for."""
    groups = VGroup()
    by_reason = sorted(chapters, key=lambda chapter: chapter.reason)
    for reason, members in groupby(by_reason, key=lambda chapter: chapter.reason):
        titles = [words(chapter.title, SIZE.equation, PALETTE.data) for chapter in members]
        because = words(reason, SIZE.label, PALETTE.muted)
        groups.add(VGroup(*titles, because).arrange(DOWN, aligned_edge=LEFT, buff=0.18))
    return groups.arrange(DOWN, aligned_edge=LEFT, buff=0.5)
