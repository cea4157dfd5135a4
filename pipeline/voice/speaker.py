"""A speaker gives each beat of a chapter its sound: the lecturer's take, or the built-in voice.

What was spoken once is kept in build/voice, under a key of all that it depends on.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.language import ENGLISH
from pipeline.voice.reading import read
from pipeline.voice.sound import RATE, Sound, at_rate, from_file, levelled, trimmed, write_flac
from pipeline.voice.takes import TakeError, align, find_take, read_take

SPOKEN = Path("build") / "voice"
SILENT = "none"
"""The name of no voice."""
BUILT_IN = ""
"""The name of the built-in voice; any other is the folder of the lecturer's takes."""


class NoVoiceError(RuntimeError):
    """The built-in voice cannot speak; the message says why, in a line."""


@dataclass(frozen=True)
class Utterance:
    """A beat as sound: its ``seconds``, and when each word of its sentence begins in it.

    `sound_of` finds the sound by its ``key``.
    """

    key: str
    seconds: float
    starts: tuple[float, ...]


class Speaker:
    """Speaks the beats of ``chapter`` in a film whose captions are of ``language``."""

    def __init__(
        self, chapter: int, voice: str = BUILT_IN, language: str = ENGLISH, folder: Path = SPOKEN
    ) -> None:
        self._chapter, self._language, self._folder = chapter, language, folder
        self._takes = None if voice in (BUILT_IN, SILENT) else Path(voice)
        self._is_silent = voice == SILENT

    def __call__(self, beat: int, sentence: str, english: str) -> Utterance | None:
        """Speak ``beat``, counted from 1: its caption, and the same in English for the ear.

        Returns None where it stays silent.

        Raises:
            NoVoiceError: the built-in voice is wanted, and missing or broken.
        """
        if self._is_silent:
            return None
        take = find_take(self._takes, self._chapter, beat) if self._takes else None
        is_english = self._language == ENGLISH
        words = english if is_english else ""
        if take is not None:
            with suppress(TakeError):
                take.of(sentence)
                return self._kept(f"{take.digest} {words}", lambda: _from_take(take.path, words))
        return self._kept(f"{hibari_version()} {words}", lambda: built_in(words)) if words else None

    def _kept(self, source: str, make: Callable[[], tuple[Sound, tuple[float, ...]]]) -> Utterance:
        key = hashlib.sha256(source.encode()).hexdigest()[:24]
        facts = self._folder / f"{key}.json"
        with suppress(OSError, ValueError, TypeError):
            known = json.loads(facts.read_text(encoding="utf-8"))
            if (self._folder / f"{key}.flac").is_file():
                return Utterance(known["key"], known["seconds"], tuple(known["starts"]))
        sound, starts = make()
        spoken = Utterance(key, len(sound) / RATE, starts)
        with atomic(self._folder / f"{key}.flac") as aside:
            write_flac(aside, sound)
        with atomic(facts) as aside:
            aside.write_text(json.dumps(asdict(spoken)), encoding="utf-8")
        return spoken


def sound_of(key: str, folder: Path = SPOKEN) -> Sound:
    """The sound that is kept under ``key``."""
    return from_file(folder / f"{key}.flac")


def built_in(english: str) -> tuple[Sound, tuple[float, ...]]:
    """What the built-in voice says, and when each word of it begins.

    Raises:
        NoVoiceError: it is missing or broken.
    """
    try:
        from pipeline.voice import speech

        spoken = speech.speak(read(english))
    except Exception as error:
        # Whatever a foreign package that cannot be trusted to be whole may raise: the film goes on.
        raise NoVoiceError(f"the built-in voice cannot speak: {error}") from error
    sound, cut = trimmed(at_rate(spoken.samples, speech.RATE))
    return levelled(sound), tuple(max(0.0, start - cut) for start in spoken.starts)


def hibari_version() -> str:
    """The version of the built-in voice; empty if it is missing."""
    try:
        return version("hibari-tts")
    except PackageNotFoundError:
        return ""


def _from_take(path: Path, english: str) -> tuple[Sound, tuple[float, ...]]:
    sound = read_take(path)
    starts: tuple[float, ...] = ()
    if english:
        with suppress(NoVoiceError):
            model, said = built_in(english)
            starts = align(said, model, sound)
    return levelled(sound), starts
