"""A narrated scene says sentences while it plays: captioned, and spoken if it is given a voice."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from manim import Scene

from scenes.kit.theme import PAUSE
from scenes.kit.wording import Beat, Message, Written, reading_time
from scenes.kit.wording.said import Said, Speech, Voice


class NarratedScene(Scene):
    """A scene of beats: `say` is one, and `beats` holds what was said and when, in its seconds.

    `on_beat` hears each sentence as its beat begins, and None as it ends, and says whether to film
    what follows. Where captions are not English, `translate` gives the translation of a template;
    where they are spoken, `voice` speaks them.
    """

    on_beat: ClassVar[Callable[[str | None], bool] | None] = None
    translate: ClassVar[Callable[[str], str | None] | None] = None
    voice: ClassVar[Voice | None] = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.beats: list[Beat] = []
        self.sentence: str = Written("")

    @contextmanager
    def say(self, text: str | Message, /, **values: str | Message) -> Iterator[Said]:
        """Say a sentence while the block plays, and hold until it has been heard, or can be read.

        ``text`` is its template, filled in with ``values``, or a message that has its own. Pictures
        wait for a word by ``with self.say("It rises.") as said: said.until("rises")``.
        """
        message = text if isinstance(text, Message) else Message(text, values)
        sentence = self.in_language(message)
        start, self.sentence = self.time, sentence
        self._cut(sentence or "silent", sentence)
        speech = self._speech(sentence, message)
        said = Said(message.english(), speech, start, self.pause_until, lambda: self.time)
        yield said
        needed = reading_time(sentence)
        if speech is not None:
            needed = speech.seconds + said.breath
        self.pause_until(max(start + needed, self.time + PAUSE.breath))
        self.beats.append(Beat(sentence, start, self.time))
        self._cut("between", None)

    def in_language(self, message: Message) -> Written:
        """``message`` in the language of the captions; in English if it has no translation."""
        translate = type(self).translate
        translated = message.translated(translate) if translate else None
        return message.english() if translated is None else translated

    def pause_until(self, time: float) -> None:
        """Leave the picture standing until ``time`` in seconds of this scene, if that is ahead.

        Manim cuts a pause down to whole frames; here it takes in what is missing of one.
        """
        if (missing := time - self.time) > 0:
            rate = self.camera.frame_rate
            self.wait((math.ceil(round(missing * rate, 6)) + 0.5) / rate)

    def _speech(self, sentence: str, message: Message) -> Speech | None:
        voice = type(self).voice
        if voice is None or not sentence:
            return None
        return voice(len(self.beats) + 1, sentence, message.for_the_ear())

    def _cut(self, name: str, sentence: str | None) -> None:
        """Begin a section of the film, for ``sentence`` or for what comes before the next."""
        told = type(self).on_beat
        filmed = told is None or told(sentence)
        self.next_section(name, skip_animations=not filmed)
