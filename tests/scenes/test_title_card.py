"""A title of any length fits its card and the line above the pictures, and is soon there."""

import pytest
from manim import FadeIn, Square

from scenes.kit.chapter import Chapter
from scenes.kit.frame import SAFE, TITLE
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.title_card import APART, APPEARING, SETTLING, TitleCard
from scenes.kit.wording import whole

TITLES = [
    ("The bowl", "Where is the hill that we walk down?"),
    ("Die Steigung, wie sie sich durch Anstupsen messen lässt " * 2, "Wie steil? " * 20),
    ("Momentum", "Kann ein Schritt, der sich an die vorigen erinnert, weiter kommen? " * 2),
]


@pytest.mark.parametrize(("title", "claim"), TITLES)
def test_a_long_title_fits(title: str, claim: str) -> None:
    card = TitleCard(whole(13), title, claim)
    for text in (card.heading, card.claim):
        assert SAFE.holds(text)
    assert TITLE.holds(card.becomes)
    heading, *aside = card.becomes
    for text in aside:
        assert text.get_left()[0] - heading.get_right()[0] == pytest.approx(APART)
    assert len(card.running) == len(card.becomes)


class Opened(Chapter):
    """A chapter whose first picture comes with its title."""

    def construct(self) -> None:
        self.square = Square(stroke_width=3)
        self.title_card(FadeIn(self.square))


Opened.__module__ = "scenes.ch08_the_bowl.scene"


def test_the_first_picture_comes_half_a_second_after_the_title() -> None:
    seen: list[tuple[float, bool, bool]] = []

    def look(chapter: Chapter) -> None:
        there = chapter.get_mobject_family_members()
        here = isinstance(chapter, Opened) and chapter.square in there
        seen.append((chapter.time, chapter.running_title in there, here))

    chapter = rehearse(Opened, look, 10)
    assert all(title for _, title, _ in seen)
    assert all(picture for time, _, picture in seen if time > APPEARING + 0.11)
    assert chapter.time == pytest.approx(APPEARING + SETTLING + 0.4, abs=0.11)
    assert chapter.time <= 2.61
    assert chapter.running_title in chapter.mobjects
