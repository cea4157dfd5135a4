"""A worker that dies or has no memory left is given one more try; then its beat is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.project import DRAFT, RENDER, seen

# Nobody who helps comes to the same place, at whatever moment that would be.
ALONE = (*RENDER, "--jobs", "1")

# What befalls each chapter, in a beat: the statement before which it happens, and what it is.
DEATH = ("scenes/ch01_square.py", "self.wait(0.6)", "__import__('os').kill(os.getpid(), 9)")
HUNGER = ("scenes/ch02_circle.py", "self.wait(1 / 3)", "__import__('numpy').ones((10**9, 10**6))")
LEAVING = ("scenes/ch04_dot.py", "self.wait(1)", "raise SystemExit('enough')")


def befall(project: Path, place: tuple[str, str, str], once: bool) -> Callable[[], int]:
    """Have something happen at a place, each time or ``once``; returns what counts how often."""
    source, statement, fate = place
    path, tries = project / source, project / f"{Path(source).stem}.tries"
    text = path.read_text()
    indent = text[: text.index(statement)].rpartition("\n")[2]
    lines = (
        "import os",
        f"with open({str(tries)!r}, 'a') as tries: tries.write('x')",
        f"if {not once} or os.path.getsize({str(tries)!r}) == 1: {fate}",
        statement,
    )
    path.write_text(text.replace(statement, f"\n{indent}".join(lines)))
    return lambda: len(tries.read_text())


@pytest.mark.slow
def test_what_goes_wrong_twice_is_named_and_nothing_is_lost(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    counts = [befall(rendered, place, once=False) for place in (DEATH, HUNGER, LEAVING)]
    outcome = run(rendered, *ALONE)
    assert outcome.returncode == 1
    told = sorted(
        line.rpartition(" (see ")[0] for line in outcome.stderr.splitlines() if "(" in line
    )
    death, hunger, leaving = told
    assert death == "ch01 A square, and & <more>, beat 3: the worker died twice (SIGKILL)"
    assert hunger.startswith("ch02 A circle, beat 2: MemoryError: Unable to allocate")
    assert leaving == "ch04 A dot η, beat 1: SystemExit: enough"
    assert [count() for count in counts] == [2, 2, 1]
    assert "Traceback" not in outcome.stderr
    assert "Traceback" in (rendered / DRAFT / "logs/ch02.log").read_text()
    assert seen(rendered) == before


@pytest.mark.slow
def test_what_goes_wrong_once_is_tried_again(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    count = befall(rendered, DEATH, once=True)
    outcome = run(rendered, *ALONE)
    assert outcome.returncode == 0, outcome.stderr
    assert count() == 2
    assert seen(rendered) == before
