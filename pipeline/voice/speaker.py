"""A speaker gives each beat of a chapter its sound: the lecturer's take, or the built-in voice.

What was spoken once is kept in build/voice, under a key of all that it depends on.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from pipeline.atomic import atomic, lock
from pipeline.language import ENGLISH, language_of
from pipeline.voice.chosen import BUILT_IN, SILENT, speaks, takes_of
from pipeline.voice.reading import read
from pipeline.voice.sound import RATE, Sound, at_rate, levelled, trimmed, write_flac
from pipeline.voice.takes import TakeError, align, read_take, see_that_it_is_of

SPOKEN = Path("build") / "voice"


class NoVoiceError(RuntimeError):
    """The built-in voice cannot speak; the message says why, in a line."""


@dataclass(frozen=True)
class Utterance:
    """A beat as sound: its ``seconds``, and when each word of its sentence begins in it.

    `sound_path` finds the sound by its ``key``.
    """

    key: str
    seconds: float
    starts: tuple[float, ...]


class Speaker:
    """Speaks the beats of ``chapter`` in a film whose captions are of ``language``."""

    def __init__(
        self, chapter: int, voice: str = BUILT_IN, language: str = ENGLISH, folder: Path = SPOKEN
    ) -> None:
        self._takes, self._folder = takes_of(voice, chapter), folder
        self._is_silent, self._is_english = voice == SILENT, language == ENGLISH

    def __call__(self, beat: int, sentence: str, english: str) -> Utterance | None:
        """Speak ``beat``, counted from 1: its caption, and the same in English for the ear.

        Returns None where it stays silent: nothing is to be said, or the voice is broken.
        """
        if self._is_silent:
            return None
        words = english if self._is_english else ""
        if (take := self._takes.get(beat - 1)) is not None:
            with suppress(TakeError):
                see_that_it_is_of(take, sentence)
                return self._kept(f"{take.digest} {words}", lambda: _from_take(take.path, words))
        if not words:
            return None
        with suppress(NoVoiceError):
            return self._kept(f"{speaks(BUILT_IN)} {words}", lambda: built_in(words))
        return None

    def _kept(self, source: str, make: Callable[[], tuple[Sound, tuple[float, ...]]]) -> Utterance:
        key = hashlib.sha256(f"{_made_by()} {source}".encode()).hexdigest()[:24]
        facts = self._folder / f"{key}.json"
        file = sound_path(key, self._folder)
        with suppress(OSError, ValueError, TypeError, KeyError):
            known = json.loads(facts.read_text(encoding="utf-8"))
            if known["sha256"] == _sha256(file):
                return Utterance(key, known["seconds"], tuple(known["starts"]))
        sound, starts = make()
        spoken = Utterance(key, len(sound) / RATE, starts)
        # Two workers of one chapter come to the same sentence.
        with lock(self._folder):
            with atomic(file) as aside:
                write_flac(aside, sound)
            with atomic(facts) as aside:
                known = asdict(spoken) | {"sha256": _sha256(file)}
                aside.write_text(json.dumps(known), encoding="utf-8")
        return spoken


def sound_path(key: str, folder: Path = SPOKEN) -> Path:
    """Where the sound is kept that has this key."""
    return folder / f"{key}.flac"


def trouble(lesson: Path) -> str:
    """Why nothing is said in a film about the lesson, in a line; empty if all is well."""
    if (language := language_of(lesson)) != ENGLISH:
        return f"the built-in voice speaks English, and {lesson} is in {language}"
    try:
        built_in("Yes.")
    except NoVoiceError as error:
        return str(error)
    return ""


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


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _made_by() -> str:
    """A digest of the sources of this package: another version may make another sound."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def _from_take(path: Path, english: str) -> tuple[Sound, tuple[float, ...]]:
    sound = read_take(path)
    starts: tuple[float, ...] = ()
    if english:
        with suppress(NoVoiceError):
            model, said = built_in(english)
            starts = align(said, model, sound)
    return levelled(sound), starts
