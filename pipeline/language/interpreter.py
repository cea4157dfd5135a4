"""An interpreter: says what one chapter says in the language of a catalogue."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pipeline.language.catalogue import read_translation
from pipeline.language.sayings import Saying, sayings
from pipeline.language.template import Template
from pipeline.storyboard import Storyboard, digest


class Interpreter:
    """Of the chapter that is the class ``scene`` of ``module``; what has no translation stays.

    Raises:
        RefusalError: the catalogue of ``language`` cannot be used.
    """

    def __init__(self, module: str, scene: str, language: str, root: Path = Path()) -> None:
        self._translation = read_translation(language, root)
        self._chapter = module, scene, root

    @cached_property
    def _sayings(self) -> list[Saying]:
        return [saying for saying in sayings(*self._chapter) if saying.is_readable]

    @cached_property
    def _templates(self) -> list[Template]:
        return [template for saying in self._sayings for template in saying.templates]

    def say(self, sentence: str) -> str:
        """The ``sentence``, which the chapter said in English, translated as a whole or not."""
        translated = self._translation.translate(sentence, self._templates) if sentence else None
        return sentence if translated is None else translated

    def is_english(self, sentence: str) -> bool:
        """Whether ``sentence`` is as the chapter said it, for want of a translation."""
        return any(template.read(sentence) is not None for template in self._templates)

    def retell(self, storyboard: Storyboard) -> Storyboard:
        """The ``storyboard`` of the chapter, its sentences as far as this language decides them."""
        everything = sorted(self._translation.said.items())
        if not storyboard.sentences:
            return replace(storyboard, frame=digest(storyboard.frame, everything))
        decisive = {
            storyboard.site(saying.position): [*self._translation.entries(saying.templates)]
            for saying in self._sayings
        }
        return replace(
            storyboard,
            sentences={
                site: digest(sentence, decisive.get(site, everything))
                for site, sentence in storyboard.sentences.items()
            },
        )
