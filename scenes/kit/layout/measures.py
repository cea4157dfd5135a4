"""Measures of a chapter that nobody can judge by one frame: its fades, its title, its digits."""

from collections.abc import Iterator

from manim import Animation, AnimationGroup, FadeIn, FadeOut, Wait

from scenes.kit.chapter import Chapter, nested
from scenes.kit.layout.picture import Picture
from scenes.kit.layout.rules import capital_height
from scenes.kit.layout.stage import has_picture, spoken_of
from scenes.kit.wording.written import numbers_of

STANDING = (FadeIn, FadeOut, Wait)


class Measures:
    """Looks at the frames of a chapter, and counts.

    `fading` are the beats in which nothing moves, though something may fade, `title` the seconds
    before there is a picture, `smallest` the height in pixels of the smallest number that is said.
    """

    def __init__(self) -> None:
        self.title = 0.0
        self.smallest = float("inf")
        self._pictured = False
        self._played: dict[int, set[type[Animation]]] = {}

    def look(self, chapter: Chapter) -> None:
        """Take in the frame that ``chapter`` shows now, and what plays."""
        if not self._pictured:
            self.title, self._pictured = chapter.time, has_picture(chapter)
        if chapter.sentence:
            self._played.setdefault(len(chapter.beats), set()).update(playing(chapter))
        if said := numbers_of(chapter.sentence):
            for text in spoken_of(Picture.of(chapter), said):
                self.smallest = min(self.smallest, capital_height(text.font_size))

    @property
    def fading(self) -> int:
        """The number of beats in which nothing plays but fades, if even those."""
        return sum(
            all(issubclass(kind, STANDING) for kind in kinds) for kinds in self._played.values()
        )

    def figures(self) -> dict[str, float]:
        """All of them by name."""
        figures = {"beats": len(self._played), "fading": self.fading, "title": self.title}
        return figures | ({"smallest": self.smallest} if self.smallest < float("inf") else {})


def playing(chapter: Chapter) -> Iterator[type[Animation]]:
    """The kinds of what plays just now, without the groups that it is played in."""
    for animation in nested(chapter.animations or ()):
        if not isinstance(animation, AnimationGroup):
            yield type(animation)
