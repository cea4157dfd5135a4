"""Find what of a chapter the store has, what has to be filmed, and why."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.cache.fingerprint import difference
from pipeline.cache.keys import CacheKeys
from pipeline.cache.record import Rendered
from pipeline.cache.store import Store
from pipeline.cache.storyboard import END, Place


@dataclass(frozen=True)
class Staleness:
    """The beats of a chapter as far as they are known without running it, and those to film.

    If it is not ``complete``, more beats follow, or others: only running the chapter tells.
    ``missing`` are numbers from 0 of the beats of ``places`` that the store does not have.
    """

    places: tuple[Place, ...] = ()
    complete: bool = False
    missing: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the store has every segment."""
        return self.complete and not self.missing


def staleness_of(
    keys: CacheKeys, store: Store, earlier: Rendered | None, verify: bool
) -> Staleness:
    """What is to be expected of a chapter whose record is ``earlier``, if it has one.

    The order of the beats is known if exactly this source has been run before; otherwise as far as
    nothing changed since ``earlier``.
    """
    order = store.order(keys.order_key)
    if order is not None and any(p.statement >= len(keys.storyboard.reaches) for p in order):
        order = None
    if order is None and earlier is not None:
        places = [part.place for part in earlier.parts]
        reaches = [part.reach for part in earlier.parts]
        known = tuple(keys.known(places, reaches, earlier.base))
    else:
        known = order or ()
    missing = tuple(
        number
        for number, place in enumerate(known)
        if store.get(keys.key(number, place), verify) is None
    )
    return Staleness(known, order is not None, missing)


def why_stale(keys: CacheKeys, staleness: Staleness, earlier: Rendered | None) -> str:
    """Why a chapter has to be rendered, in a few words; empty if it is up to date."""
    if earlier is None:
        if not staleness.places or len(staleness.missing) == len(staleness.places):
            return "not rendered yet"
        return "to be finished" if not staleness.whole else "to be joined"
    changed = difference(earlier.ingredients, keys.ingredients)
    if changed != [keys.source]:
        return told(changed)
    if not staleness.complete and not staleness.places:
        return f"{keys.source} changed"
    count = len(staleness.places) if staleness.complete else len(earlier.parts)
    places = [*staleness.places, *(part.place for part in earlier.parts[len(staleness.places) :])]
    stale = [
        number
        for number in (*staleness.missing, *range(len(staleness.places), count))
        if places[number].site != END
    ]
    sentences = [number for number in stale if _only_its_sentence(keys, staleness, earlier, number)]
    others = [number for number in stale if number not in sentences]
    causes = [f"{_beats([number])}: its sentence changed" for number in sentences]
    if others or not staleness.complete:
        functions = difference(earlier.functions, keys.storyboard.functions)
        named = [name for name in functions if name != "construct"] or ["construct"]
        causes.append(f"{_beats(others)}: {', '.join(f'`{name}`' for name in named)} changed")
    return "; ".join(causes) or f"{Path(keys.source).name} changed, and nothing it shows"


def told(changed: list[str]) -> str:
    """What changed, in a few words; empty if nothing did."""
    if not changed:
        return ""
    others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]} changed{others}"


def _only_its_sentence(
    keys: CacheKeys, staleness: Staleness, earlier: Rendered, number: int
) -> bool:
    if number >= min(len(staleness.places), len(earlier.parts)):
        return False
    part, place = earlier.parts[number], staleness.places[number]
    return earlier.base == keys.base and part.reach == keys.storyboard.reach(place)


def _beats(numbers: list[int]) -> str:
    """Beats as people count them: ``beat 5``, ``beats 6–12``."""
    if not numbers:
        return "the end"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs]
    return f"beat{'s' * (len(numbers) > 1)} {', '.join(words)}"
