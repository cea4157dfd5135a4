"""A segment that is damaged in the store is found out, filmed again, and in no film."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.cache.store import Store
from tests.pipeline.project import DRAFT, RENDER, SEGMENTS, edit, seen

ALONE = (*RENDER, "--jobs", "1")
# Flips a bit of the segment of which the store has had the most recent news, once.
VANDAL = """
from pathlib import Path
if not Path("vandal").exists():
    Path("vandal").touch()
    segments = Path("build/segments").glob("*/[!.]*.mp4")
    segment = max((p for p in segments if p.stat().st_size), key=lambda p: p.stat().st_mtime)
    contents = segment.read_bytes()
    middle = len(contents) // 2
    segment.write_bytes(contents[:middle] + bytes([contents[middle] ^ 1]) + contents[middle + 1 :])
"""


def flip(path: Path, _: Path) -> None:
    contents = bytearray(path.read_bytes())
    contents[len(contents) // 2] ^= 1
    path.write_bytes(contents)


def truncate(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def exchange(path: Path, other: Path) -> None:
    """Put what is known of another segment there, or its film."""
    shutil.copy(other.with_suffix(path.suffix), path)


def substitute(path: Path, other: Path) -> None:
    """Put another segment there, with all that is known of it."""
    for suffix in (".mp4", ".json"):
        shutil.copy(other.with_suffix(suffix), path.with_suffix(suffix))


DAMAGES = (
    (flip, ".mp4"),
    (exchange, ".mp4"),
    (flip, ".json"),
    (substitute, ".json"),
    (truncate, ".mp4"),
    (truncate, ".json"),
    (empty, ".json"),
    (exchange, ".json"),
)


def forget_films(project: Path) -> None:
    """Leave only the segments to make films of."""
    for path in (project / DRAFT).glob("*.*"):
        path.unlink()


def stored(project: Path, orders: bool) -> Sequence[Path]:
    """Where the store keeps the segments, or else the orders of beats."""
    facts = sorted((project / SEGMENTS).glob("*/*.json"))
    return [path for path in facts if path.with_suffix(".mp4").exists() != orders]


@pytest.mark.parametrize(("damage", "suffix"), DAMAGES)
def test_a_damaged_piece_is_not_found(
    rendered: Path, damage: Callable[[Path, Path], None], suffix: str
) -> None:
    store = Store(rendered / SEGMENTS)
    facts, spare, *_ = stored(rendered, orders=False)
    assert store.get(facts.stem, verify=True) is not None
    damage(facts.with_suffix(suffix), spare)
    assert store.get(facts.stem, verify=True) is None


def test_damaged_pieces_are_filmed_again_and_no_others(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    *damaged, intact, spare = stored(rendered, orders=False)
    for facts, (damage, suffix) in zip(damaged, DAMAGES[:4], strict=True):
        damage(facts.with_suffix(suffix), spare)
    forget_films(rendered)
    there = {path: path.stat().st_mtime_ns for path in (intact, spare)}
    assert run(rendered, *ALONE).returncode == 0
    assert seen(rendered) == before
    assert {path: path.stat().st_mtime_ns for path in there} == there


@pytest.mark.slow
def test_damaged_orders_of_beats_are_found_out(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    first, second, third = stored(rendered, orders=True)
    exchange(third, first)
    flip(first, first)
    truncate(second, second)
    forget_films(rendered)
    outcome = run(rendered, *ALONE)
    assert outcome.returncode == 0, outcome.stderr
    assert seen(rendered) == before


@pytest.mark.slow
def test_a_piece_damaged_before_it_is_joined_is_filmed_again(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    (rendered / "scenes/kit/vandal.py").write_text(VANDAL)
    vandalised = "import scenes.kit.vandal; self.wait(0.6)"
    edit(rendered / "scenes/ch01_square.py", "self.wait(0.6)", vandalised)
    outcome = run(rendered, *ALONE, "--chapter", "1")
    assert (rendered / "vandal").exists()
    assert outcome.returncode == 0, outcome.stderr
    assert seen(rendered) == before
