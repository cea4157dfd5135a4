"""A piece that is damaged in the store is found out, filmed again, and in no film."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

DRAFT, PIECES = Path("build/draft"), Path("build/pieces")
RENDER = ("render", "--quality", "draft", "--jobs", "2")
# Flips a bit of the piece of which the store has had the most recent news, once.
VANDAL = """
from pathlib import Path
if not Path("vandal").exists():
    Path("vandal").touch()
    pieces = Path("build/pieces").glob("*/[!.]*.mp4")
    piece = max((p for p in pieces if p.stat().st_size), key=lambda piece: piece.stat().st_mtime)
    contents = piece.read_bytes()
    middle = len(contents) // 2
    piece.write_bytes(contents[:middle] + bytes([contents[middle] ^ 1]) + contents[middle + 1 :])
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
    """Put what is known of another piece there, or its film."""
    shutil.copy(other.with_suffix(path.suffix), path)


def substitute(path: Path, other: Path) -> None:
    """Put another piece there, with all that is known of it."""
    for suffix in (".mp4", ".json"):
        shutil.copy(other.with_suffix(suffix), path.with_suffix(suffix))


DAMAGES = (
    (flip, ".mp4"),
    (truncate, ".mp4"),
    (exchange, ".mp4"),
    (flip, ".json"),
    (truncate, ".json"),
    (empty, ".json"),
    (exchange, ".json"),
    (substitute, ".json"),
)


def seen(project: Path) -> dict[str, bytes]:
    """What a viewer gets: films, posters, captions."""
    suffixes = {".mp4", ".png", ".vtt"}
    films = (project / DRAFT).iterdir()
    return {path.name: path.read_bytes() for path in films if path.suffix in suffixes}


def forget_films(project: Path) -> None:
    """Leave only the pieces to make films of."""
    for path in (project / DRAFT).glob("*.*"):
        path.unlink()


def stored(project: Path, orders: bool) -> Sequence[Path]:
    """Where the store keeps the pieces, or else the orders of beats."""
    facts = sorted((project / PIECES).glob("*/*.json"))
    return [path for path in facts if path.with_suffix(".mp4").exists() != orders]


@pytest.mark.parametrize("first", [0, 4])
def test_damaged_pieces_are_filmed_again_and_no_others(
    rendered: Path, run: Callable, first: int
) -> None:
    before = seen(rendered)
    *damaged, intact, spare = stored(rendered, orders=False)
    assert len(damaged) == 4
    for facts, (damage, suffix) in zip(damaged, DAMAGES[first:], strict=False):
        damage(facts.with_suffix(suffix), spare)
    forget_films(rendered)
    there = {path: path.stat().st_mtime_ns for path in (intact, spare)}
    assert run(rendered, *RENDER).returncode == 0
    assert seen(rendered) == before
    assert {path: path.stat().st_mtime_ns for path in there} == there


def test_damaged_orders_of_beats_are_found_out(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    first, second, third = stored(rendered, orders=True)
    exchange(third, first)
    flip(first, first)
    truncate(second, second)
    forget_films(rendered)
    outcome = run(rendered, *RENDER)
    assert outcome.returncode == 0, outcome.stderr
    assert seen(rendered) == before


def test_a_piece_damaged_before_it_is_joined_is_filmed_again(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    (rendered / "scenes/kit/vandal.py").write_text(VANDAL)
    path = rendered / "scenes/ch01_square.py"
    text = path.read_text()
    path.write_text(text.replace("self.wait(0.6)", "import scenes.kit.vandal; self.wait(0.6)"))
    outcome = run(rendered, *RENDER, "--chapter", "1")
    assert (rendered / "vandal").exists()
    assert outcome.returncode == 0, outcome.stderr
    assert seen(rendered) == before
