"""Texts on screen: what the lesson is called, what is asked of it, what is left out."""

from collections.abc import Sequence
from itertools import groupby

from manim import DOWN, LEFT, RIGHT, VGroup

from gdmath import Lesson
from scenes.kit.frame import SAFE, TITLE
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import from_lesson
from scenes.outline import LeftOut

QUESTIONS = "Why did it slow down?", "Could we have known?", "Can we do better?"


def announcement(lesson: Lesson) -> VGroup:
    """What the lesson is called, and after it the author's name, if any, where titles stand."""
    title = VGroup(words(from_lesson(lesson.title), SIZE.small, PALETTE.muted))
    if lesson.author:
        title.add(words(from_lesson(lesson.author), SIZE.small, PALETTE.muted))
    return TITLE.place(title.arrange(RIGHT, buff=0.6)).align_to(SAFE.left * RIGHT, LEFT)


def questions() -> VGroup:
    """What this lecture answers, one line each."""
    lines = VGroup(*(words(line, SIZE.equation) for line in QUESTIONS))
    return lines.arrange(DOWN, aligned_edge=LEFT, buff=0.6)


def left_out_list(chapters: Sequence[LeftOut]) -> VGroup:
    """The titles of ``chapters`` in a column, each reason once beneath those it holds for."""
    groups = VGroup()
    by_reason = sorted(chapters, key=lambda chapter: chapter.reason)
    for reason, members in groupby(by_reason, key=lambda chapter: chapter.reason):
        titles = [words(chapter.title, SIZE.equation, PALETTE.data) for chapter in members]
        because = words(reason, SIZE.label, PALETTE.muted)
        groups.add(VGroup(*titles, because).arrange(DOWN, aligned_edge=LEFT, buff=0.18))
    return groups.arrange(DOWN, aligned_edge=LEFT, buff=0.5)
