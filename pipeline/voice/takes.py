"""Takes are sentences in the lecturer's own voice: sound files named by chapter and beat."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct

from pipeline.atomic import atomic
from pipeline.voice.chosen import Take, spare_takes, takes_of
from pipeline.voice.sound import RATE, Sound, from_file, trimmed

LONGEST = 90.0
"""Most seconds of a take: a longer one is not one sentence."""
QUIETEST = 1e-3
"""Highest peak of a take that counts as silent."""
FULL, CLIPPED = 0.999, 20
"""A take is clipped where so many samples in a row are at least that high."""

HOP, WINDOW = 480, 1200
"""Samples from one frame to the next, and in a frame, where two sounds are compared."""
BANDS, COEFFICIENTS = 26, 12


class TakeError(ValueError):
    """A take cannot be used; the message says why."""


def see_that_it_is_of(take: Take, sentence: str) -> None:
    """See that ``take`` is of ``sentence``, which is noted beside it when it is first used.

    Raises:
        TakeError: it was made of another one.
    """
    note = take.path.with_suffix(".txt")
    try:
        made_of, digest = note.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        made_of, digest = "", ""
    if digest != take.digest:
        # Where the folder cannot be written to, nobody will know of the change.
        with suppress(OSError), atomic(note) as aside:
            aside.write_text(f"{sentence}\n{take.digest}\n", encoding="utf-8")
    elif made_of != sentence:
        raise TakeError(f"{take.path} was made of another sentence: {made_of}")


def read_take(path: Path) -> Sound:
    """The sound of the take at ``path``, trimmed.

    Raises:
        TakeError: it is no sound, empty, silent, clipped, or far too long.
    """
    try:
        sound = from_file(path)
    except (OSError, ValueError) as error:
        raise TakeError(f"{path} is not a sound file that can be read: {error}") from None
    if not len(sound):
        raise TakeError(f"{path} is empty: 0 s of sound")
    if len(sound) > LONGEST * RATE:
        raise TakeError(f"{path} is {len(sound) / RATE:.0f} s long; {LONGEST:.0f} s is the most")
    if np.abs(sound).max() < QUIETEST:
        raise TakeError(f"{path} is silent")
    if _longest_run(np.abs(sound) >= FULL) >= CLIPPED:
        raise TakeError(f"{path} is clipped: record it again, less loud")
    return trimmed(sound)[0]


def told_of_takes(voice: str, chapter: int, sentences: Sequence[str]) -> Iterator[str]:
    """A line for each take of a chapter that is not used, and one for the beats without any.

    ``sentences`` are those of its beats, empty where nothing is said.
    """
    takes = takes_of(voice, chapter)
    for spare, used in spare_takes(voice, chapter).items():
        yield f"{spare} is not used: {used} is of the same beat"
    for beat, take in takes.items():
        try:
            if beat >= len(sentences) or not sentences[beat]:
                raise TakeError(f"{take.path} is of a beat in which nothing is said")
            see_that_it_is_of(take, sentences[beat])
            read_take(take.path)
        except TakeError as error:
            yield str(error)
    spoken = [beat for beat, sentence in enumerate(sentences) if sentence]
    without = ", ".join(f"{beat + 1:02d}" for beat in spoken if beat not in takes)
    if without:
        yield f"no take in {Path(voice) / f'ch{chapter:02d}'} of beat {without}"


def align(starts: Sequence[float], model: Sound, take: Sound) -> tuple[float, ...]:
    """When the words that begin at ``starts`` in ``model`` begin in ``take``: seconds.

    Both say the same words. They are laid beside each other by dynamic time warping (Sakoe and
    Chiba 1978) over mel cepstra.
    """
    first, second = cepstra(model), cepstra(take)
    here = warped(first, second)
    frames = np.clip(np.asarray(starts) * RATE / HOP, 0, len(first) - 1).astype(int)
    return tuple((here[frames] * HOP / RATE).tolist())


def cepstra(sound: Sound) -> NDArray[np.float64]:
    """(k, COEFFICIENTS): what the ear hears of each frame, without its loudness."""
    padded = np.pad(sound, (0, WINDOW + HOP)).astype(float)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + 8000 / 700), BANDS + 2) / 2595) - 1)
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
    rising = (frequencies - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - frequencies) / np.diff(edges)[1:, None]
    bands = power @ np.clip(np.minimum(rising, falling), 0, None).T
    logs = np.log(bands + 1e-6 * bands.max(initial=1e-12))
    found: NDArray[np.float64] = dct(logs, axis=1, norm="ortho")[:, 1 : COEFFICIENTS + 1]
    return np.asarray((found - found.mean(axis=0)) / (found.std(axis=0) + 1e-9))


def warped(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k, c), (m, c) → (k,): the row of ``second`` that each row of ``first`` goes with."""
    distances = np.linalg.norm(first[:, None] - second[None], axis=2)
    rows, columns = distances.shape
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0
    for i in range(rows):
        for j in range(columns):
            least = min(total[i, j], total[i, j + 1], total[i + 1, j])
            total[i + 1, j + 1] = distances[i, j] + least
    here = np.zeros(rows)
    i, j = rows, columns
    while i > 0:
        here[i - 1] = j - 1
        steps = ((i - 1, j - 1), (i - 1, j), (i, j - 1))
        i, j = min(steps, key=lambda at: total[at])
    return here


def _longest_run(flags: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return int((edges[1::2] - edges[::2]).max(initial=0))
