"""Derive the keys of segments, so that one is found again exactly if it still holds.

A segment is one beat as filmed. Its key is a digest of all that its pixels can depend on: every
ingredient, what of the chapter's source may have run by then, its own sentence, and its number.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.cache.fingerprint import (
    joining_ingredients,
    segment_ingredients,
    source_path,
    storyboard_of,
)
from pipeline.cache.storyboard import Place, Storyboard, digest
from pipeline.language import language_of
from pipeline.language.translation import Translation, translation_of
from pipeline.quality import Quality
from pipeline.voice.chosen import BUILT_IN, Take, speaks, takes_of
from scenes.outline import Entry


@dataclass(frozen=True)
class CacheKeys:
    """What decides the segments of one chapter: the ingredients of them all, and the storyboard.

    The lecturer's ``takes`` are known by the numbers of their beats, from 0.
    """

    source: str
    shared: Mapping[str, str]
    joining: Mapping[str, str]
    storyboard: Storyboard
    takes: Mapping[int, Take] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The digest of what belongs to every segment."""
        return digest(*sorted(self.shared.items()))

    @property
    def ingredients(self) -> dict[str, str]:
        """Everything that the chapter's film is made of, by name."""
        own = {self.source: self.storyboard.digest}
        takes = {str(take.path): take.digest for take in self.takes.values()}
        return {**own, **takes, **self.shared, **self.joining}

    def key(self, number: int, place: Place) -> str:
        """The key of the segment that is beat ``number``, counted from 0, and happens there."""
        sentence = self.storyboard.sentences.get(place.site, "")
        take = self.takes[number].digest if number in self.takes else ""
        return digest(self.base, number, self.storyboard.reach(place), place.site, sentence, take)

    @property
    def order_key(self) -> str:
        """The key of the order of the beats: sentences cannot change it."""
        return digest(self.base, "order", self.storyboard.reach(Place(-1)))

    def known(self, places: Sequence[Place], reaches: Sequence[str], base: str) -> list[Place]:
        """Those of the ``places`` of an earlier film that this one must have too.

        They are the first ones, as long as nothing changed that can have run by then; ``reaches``
        and ``base`` are what they were.
        """
        found: list[Place] = []
        for place, reach in zip(places, reaches, strict=True):
            gone = place.statement >= len(self.storyboard.reaches)
            if base != self.base or gone or self.storyboard.reach(place) != reach:
                break
            found.append(place)
        return found


def keys_of(
    entry: Entry,
    lesson: Path,
    quality: Quality,
    stock: bool = False,
    voice: str = BUILT_IN,
    root: Path = Path(),
) -> CacheKeys:
    """The keys of ``entry`` as everything stands now."""
    storyboard = storyboard_of(entry, root)
    shared = segment_ingredients(entry, lesson, quality, stock, root)
    shared["the voice"] = speaks(voice, language_of(lesson))
    translation = translation_of(lesson, root)
    if translation is not None:
        others = [root / name for name in shared if name.startswith("scenes/")]
        source = root / source_path(entry)
        storyboard = with_translation(storyboard, translation, source, others)
    return CacheKeys(
        source=str(source_path(entry)),
        shared=shared,
        joining=joining_ingredients(root),
        storyboard=storyboard,
        takes=takes_of(voice, entry.number),
    )


def with_translation(
    storyboard: Storyboard, translation: Translation, source: Path, others: Iterable[Path]
) -> Storyboard:
    """The ``storyboard`` of the chapter at ``source``, as the translation decides its sentences.

    A sentence depends on what is translated of the texts in its own function, and of those in the
    ``others`` of the sources that the chapter is made of.
    """
    own = ast.parse(source.read_bytes())
    functions = {
        node.name: _texts(node) for node in ast.walk(own) if isinstance(node, ast.FunctionDef)
    }
    elsewhere = {text for path in others for text in _texts(ast.parse(path.read_bytes()))}

    def decisive(texts: set[str]) -> list[tuple[str, str]]:
        return sorted((text, translation[text]) for text in texts if text in translation)

    shared = decisive(elsewhere | _texts(own)) if not storyboard.sentences else []
    return replace(
        storyboard,
        frame=digest(storyboard.frame, shared) if shared else storyboard.frame,
        sentences={
            site: digest(sentence, decisive(elsewhere | functions.get(_function(site), set())))
            for site, sentence in storyboard.sentences.items()
        },
    )


def _function(site: str) -> str:
    """The name of the function that a site of the storyboard is in: beat, for Scene.beat#0."""
    return site.partition("#")[0].rpartition(".")[2]


def _texts(tree: ast.AST) -> set[str]:
    """The texts written in a piece of source."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
