"""What follows from the beats as measured: more workers, and what lies above the floor."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.bench.ledger import Ledger
from pipeline.bench.profiling import ENCODING, PARTS, START
from pipeline.bench.simulation import beats_of, makespan
from pipeline.bench.stopwatch import REST
from pipeline.bench.tables import seconds, table
from pipeline.bench.trials import workers
from pipeline.cache.plan import make_plan
from pipeline.quality import QUALITIES

JOBS = (1, 2, 4, 8, 16)
SIMULATED = """\
**This is a simulation**: nobody had the cores. Each beat was filmed once and skipped once in a
process of its own. The workers do as those of `pipeline/film/pool`: each takes a chapter, and when
there are none left, helps with one. Who helps runs the chapter from its start and skips what
is another's, which is what keeps it from being linear. What cores share, such as memory and its
bandwidth, is left out, and so are the start of the command and the joining at the end; where the
same was measured, it stands beside it.
"""
ABOVE = """\
Processor time of filming the chapters, each in one process, and each part without what it calls of
the others. *Encoding* is the floor that has to be; the rest is what stands above it.

- *Moving mobjects* is Python: Manim interpolates every point of what an animation moves, and the
  kit's live pictures place theirs at every frame from where the parameters then are.
- *Finding and shaping* compares how each mobject looks with how it looked in the last frame, and
  lays out for Cairo what changed. It grows with the mobjects on screen, not with what moves.
- *Painting* is Cairo, on the tiles that changed; a turning surface changes most of them.
- *Converting* is swscale, on the same tiles.
- *Setting up* is done once an animation, and copies whole families of mobjects.
- *Everything else* is done once a chapter or once a beat: building the scene, typesetting with
  Typst, reading SVG. *Starting* is once a process: Python, importing Manim and SymPy, and the trial
  that the fast path has to pass.
"""


def chapter_words(numbers: Sequence[int]) -> str:
    """Chapters as people name them: ``chapters 5, 7 and 8``."""
    *others, last = map(str, numbers)
    return f"chapters {', '.join(others)} and {last}" if others else f"chapter {last}"


def more_workers(ledger: Ledger, chapters: Sequence[int]) -> str:
    """The section on more workers; empty if the beats were not measured."""
    beats = {
        int(name.removeprefix("filmed/")): beats_of(
            ledger.rows(name)[0], ledger.rows(name.replace("filmed", "skipped"))[0]
        )
        for name in ledger.names
        if name.startswith("filmed/") and name.replace("filmed", "skipped") in ledger
    }
    groups = {chapter_words(chapters): tuple(chapters)} if set(chapters) <= set(beats) else {}
    if set(beats) > set(chapters):
        groups["the whole lecture"] = tuple(sorted(beats))
    rows = []
    for name, numbers in groups.items():
        tasks = make_plan(QUALITIES["high"], Path("lesson.toml"), numbers)
        alone = makespan(tasks, beats, 1)
        for jobs in JOBS:
            together = makespan(tasks, beats, jobs)
            known = numbers == tuple(chapters) and workers(jobs) in ledger
            measured = seconds(ledger, workers(jobs), "wall") if known else ""
            rows.append(
                (name, f"{jobs}", f"{together:.1f} s", f"{alone / together:.1f} ×", measured)
            )
    head = ("", "workers", "simulated", "to one worker", "measured")
    return f"## More workers\n\n{SIMULATED}\n{table(head, rows)}" if rows else ""


def parts(ledger: Ledger, chapters: Sequence[int]) -> str:
    """The section on where the time goes; empty if that was not measured."""
    rows = [ledger.rows(name)[0] for n in chapters if (name := f"filmed/{n}") in ledger]
    if not rows:
        return ""
    spent = {part: sum(row.get(part, 0.0) for row in rows) for part in (START, *PARTS, REST)}
    total, floor = sum(spent.values()), spent[ENCODING]
    shares = (
        (part, f"{cpu:.1f} s", f"{cpu / total:.0%}", f"{cpu / floor:.2f}" if floor else "")
        for part, cpu in spent.items()
    )
    head = ("", "CPU", "share", "to encoding")
    return f"## What stands above the floor\n\n{ABOVE}\n{table(head, shares)}"
