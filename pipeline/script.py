"""The script of a chapter: what a piece is called, so that it is found again exactly if it holds.

A piece is one beat as filmed. Its address is a digest of all that its pixels can depend on: every
ingredient, what of the chapter's source may have run by then, its own sentence, and its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.fingerprint import (
    joining_ingredients,
    piece_ingredients,
    source_path,
    storyboard_of,
)
from pipeline.language.translation import translation_of, with_translation
from pipeline.quality import Quality
from pipeline.storyboard import Place, Storyboard, digest
from scenes.outline import Entry


@dataclass(frozen=True)
class Script:
    """What decides the pieces of one chapter: the ingredients of them all, and the storyboard."""

    source: str
    shared: Mapping[str, str]
    joining: Mapping[str, str]
    storyboard: Storyboard

    @property
    def base(self) -> str:
        """The digest of what belongs to every piece."""
        return digest(*sorted(self.shared.items()))

    @property
    def ingredients(self) -> dict[str, str]:
        """Everything that the chapter's film is made of, by name."""
        own = {self.source: self.storyboard.digest}
        return {**own, **self.shared, **self.joining}

    def address(self, number: int, place: Place) -> str:
        """The address of the piece that is beat ``number``, counted from 0, and happens there."""
        sentence = self.storyboard.sentences.get(place.site, "")
        return digest(self.base, number, self.reach(place), place.site, sentence)

    def reach(self, place: Place) -> str:
        """The digest of all of the source that a piece there can depend on, but its sentence."""
        return self.storyboard.reach(place)

    @property
    def order_address(self) -> str:
        """The address of the order of the beats: sentences cannot change it."""
        return digest(self.base, "order", self.storyboard.reach(Place(-1)))

    def known(self, places: Sequence[Place], reaches: Sequence[str], base: str) -> list[Place]:
        """Those of the ``places`` of an earlier film that this one must have too.

        They are the first ones, as long as nothing changed that can have run by then; ``reaches``
        and ``base`` are what they were.
        """
        found: list[Place] = []
        for place, reach in zip(places, reaches, strict=True):
            count = len(self.storyboard.reaches)
            if base != self.base or place.statement >= count or self.reach(place) != reach:
                break
            found.append(place)
        return found


def script_of(
    entry: Entry, lesson: Path, quality: Quality, stock: bool = False, root: Path = Path()
) -> Script:
    """The script of ``entry`` as everything stands now."""
    storyboard = storyboard_of(entry, root)
    shared = piece_ingredients(entry, lesson, quality, stock, root)
    translation = translation_of(lesson, root)
    if translation is not None:
        others = [root / name for name in shared if name.startswith("scenes/")]
        source = root / source_path(entry)
        storyboard = with_translation(storyboard, translation, source, others)
    return Script(
        source=str(source_path(entry)),
        shared=shared,
        joining=joining_ingredients(root),
        storyboard=storyboard,
    )
