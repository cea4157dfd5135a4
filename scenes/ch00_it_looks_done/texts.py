"""Texts on screen: who gives the lecture, what a frame of the clip does, what is left out."""

from collections.abc import Sequence
from itertools import groupby

from manim import DOWN, LEFT, VGroup

from gdmath import Lesson
from scenes.kit.frame import SAFE
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Message, fill, from_lesson, whole
from scenes.outline import LeftOut


def announcement(lesson: Lesson) -> VGroup:
    """What the lesson is called, and beneath it a group that has the author's name, if any."""
    title, author = words(from_lesson(lesson.title), SIZE.title), VGroup()
    if lesson.author:
        author.add(words(from_lesson(lesson.author), SIZE.label, PALETTE.muted))
    # A long title may have to shrink, which is no reason for the name beneath it to.
    return SAFE.place(VGroup(*map(SAFE.place, (title, author))).arrange(DOWN, buff=0.5))


def recipe(graph: Message, updates: int) -> VGroup:
    """What happens in every frame of the clip: a heading and two rows."""
    return VGroup(
        words("In every frame", SIZE.label, PALETTE.muted),
        words(f"draw the {graph},", SIZE.equation),
        words(fill("then update it {n} times", n=whole(updates)), SIZE.equation),
    ).arrange(DOWN, aligned_edge=LEFT, buff=0.3)


def left_out_list(chapters: Sequence[LeftOut]) -> VGroup:
    """The titles of ``chapters`` in a column, each reason once beneath those it holds for."""
    groups = VGroup()
    by_reason = sorted(chapters, key=lambda chapter: chapter.reason)
    for reason, members in groupby(by_reason, key=lambda chapter: chapter.reason):
        titles = [words(chapter.title, SIZE.equation, PALETTE.data) for chapter in members]
        because = words(reason, SIZE.label, PALETTE.muted)
        groups.add(VGroup(*titles, because).arrange(DOWN, aligned_edge=LEFT, buff=0.18))
    return groups.arrange(DOWN, aligned_edge=LEFT, buff=0.5)
