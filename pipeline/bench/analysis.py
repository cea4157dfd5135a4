"""What follows from the beats as measured: more workers, and what lies above the floor."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.bench.ledger import Ledger
from pipeline.bench.profiling import PARTS
from pipeline.bench.simulation import beats_of, makespan
from pipeline.bench.stopwatch import REST
from pipeline.bench.tables import cell, table
from pipeline.bench.trials import workers
from pipeline.plan import make_plan
from pipeline.quality import QUALITIES

JOBS = (1, 2, 4, 8, 16)
SIMULATED = """\
**This is a simulation**: nobody had the cores. Each beat was filmed once and skipped once in a
process of its own; shares are those that `pipeline/shares` makes of chapters that nobody has filmed,
and workers take the longest share first. Every share runs its chapter from the start and skips what
is another's, which is what keeps it from being linear. What cores share, such as memory and its
bandwidth, is left out, and so are the start of the command and the joining at the end; where the
same was measured, it stands beside it.
"""
ABOVE = """\
Processor time of filming in one process, each part without what it calls of the others. *Encoding*
is the floor that has to be; the rest is what stands above it.

- *Moving mobjects* is Python: Manim interpolates every point of what an animation moves, and the
  kit's live pictures place theirs at every frame from where the parameters then are.
- *Finding and shaping* compares how each mobject looks with how it looked in the last frame, and
  lays out for Cairo what changed. It grows with the mobjects on screen, not with what moves.
- *Painting* is Cairo, on the tiles that changed; a turning surface changes most of them.
- *Converting* is swscale, on the same tiles.
- *Setting up* is done once an animation, and copies whole families of mobjects.
- *Everything else* is done once a chapter or once a beat: building the scene, typesetting with
  Typst, reading SVG. The start of a process, with its imports, comes on top.
"""


def more_workers(ledger: Ledger, chapters: Sequence[int]) -> str:
    """The section on more workers; empty if the beats were not measured."""
    measured = {
        int(name.removeprefix("filmed/")): beats_of(
            ledger.rows(name)[0], ledger.rows(name.replace("filmed", "skipped"))[0]
        )
        for name in ledger.names
        if name.startswith("filmed/") and name.replace("filmed", "skipped") in ledger
    }
    groups = {"chapters " + ", ".join(map(str, chapters)): tuple(chapters)}
    if set(measured) > set(chapters):
        groups["all chapters measured"] = tuple(sorted(measured))
    rows = []
    for name, numbers in groups.items():
        if not set(numbers) <= set(measured):
            continue
        tasks = make_plan(QUALITIES["high"], Path("lesson.toml"), numbers)
        alone = makespan(tasks, measured, 1)
        for jobs in JOBS:
            together = makespan(tasks, measured, jobs)
            seen = cell(ledger, workers(jobs), "wall") if numbers == tuple(chapters) else ""
            speedup = f"{alone / together:.1f} ×"
            rows.append(
                (name, str(jobs), f"{together:.0f} s", speedup, seen.replace("not ", "– not "))
            )
    if not rows:
        return ""
    head = ("", "workers", "simulated", "faster than one", "measured, s")
    return f"## More workers\n\n{SIMULATED}\n{table(head, rows)}"


def parts(ledger: Ledger, chapters: Sequence[int]) -> str:
    """The section on where the time goes; empty if that was not measured."""
    rows = [ledger.rows(name)[0] for n in chapters if (name := f"filmed/{n}") in ledger]
    if not rows:
        return ""
    spent: Counter[str] = Counter()
    for row in rows:
        for part in (*PARTS, REST):
            spent[part] += row.get(part, 0.0)  # type: ignore[assignment]
    total = sum(spent.values())
    shares = ((part, f"{spent[part]:.1f} s", f"{spent[part] / total:.0%}") for part in spent)
    return f"## What stands above the floor\n\n{ABOVE}\n{table(('', 'CPU', 'share'), shares)}"
