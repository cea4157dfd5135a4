"""Write what was measured into the tables of ``docs/benchmarks.md``, and leave its prose alone."""

import math
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import distributions, version
from pathlib import Path
from statistics import median

from benchmarks import trials
from benchmarks.process import BenchmarkError, Row
from benchmarks.simulation import Chapter, makespan
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE

PACKAGES = ("manim", "pycairo", "av", "numpy", "sympy", "typst")
WORKERS = (1, 2, 4, 8, 16)
"""How many workers are simulated."""
HEADS = {
    "chapters/": " | wall | CPU | wall / s | CPU / s | peak | faster than its own | than ours | "
    "measured",
    "floor/": "x264 | CPU / s | what we take, to this",
    "clip/": " | wall | CPU | filming | faster | frames | peak",
    "build/": " | wall | CPU | peak | measured",
}
"""The head of a table of figures, by how the names of the results begin that are its rows."""
MISSING = re.compile(r"\bnan( s\b| ×| MB)?")
"""A figure that was not measured, as Python writes it."""
Rows = Iterator[str]


class Report:
    """A report writes tables of the ``results``, by name, of a ``bench``."""

    def __init__(self, results: Mapping[str, Sequence[Row]], bench: trials.Bench) -> None:
        self.results, self.bench = results, bench
        self.ours = trials.workers(trials.CORES)

    def write(self, document: str) -> str:
        """Return ``document`` with the rows of its tables replaced; each is known by its head.

        Raises:
            BenchmarkError: The document has no table with a head that is to be filled.
        """
        tables = {
            "machine | ": _machine(),
            "version | ": _versions(self.bench.folder),
            "asked for | measured": self._goals(),
            " | workers | simulated | to one worker | measured": self._simulated(),
            " | CPU | share | to encoding": self._parts(),
        }
        tables |= {head: self._figures(kind, head.split(" | ")[1:]) for kind, head in HEADS.items()}
        for head, rows in tables.items():
            separator = " | ".join(["---"] * (head.count(" | ") + 1))
            table = "".join(f"| {line} |\n" for line in (head, separator, *rows))
            before = re.search(rf"^\| {re.escape(head)} \|\n(\|.*\n)+", document, re.MULTILINE)
            if not before:
                raise BenchmarkError(f"docs/benchmarks.md has no table with the head | {head} |")
            table = MISSING.sub("not measured", table)
            document = document[: before.start()] + table + document[before.end() :]
        return document

    def _median(self, name: str, quantity: str) -> float:
        rows = self.results.get(name)
        return median(row.get(quantity, math.nan) for row in rows) if rows else math.nan

    def _times(self, numerator: str, denominator: str, quantity: str = "wall") -> float:
        return self._median(numerator, quantity) / self._median(denominator, quantity)

    def _peak(self, name: str) -> float:
        """Return the largest memory that one process ever had, in megabytes."""
        return max((row["peak"] / 1e6 for row in self.results.get(name, ())), default=math.nan)

    def _video(self, chapters: Iterable[int]) -> float:
        """Return the playing time of some chapters, in seconds."""
        frames = sum(self._median(f"filmed/{number}", "frames") for number in chapters)
        return frames / QUALITIES[self.bench.quality].frame_rate

    def _goals(self) -> Rows:
        own, our = (self._times(plain, self.ours) for plain in trials.PLAIN)
        plain = f"{own:.1f} × with its own Surface, {our:.1f} × with ours"
        yield f"10 times faster than plain Manim | {plain}"
        floor, issue = (self._times(self.ours, name, "cpu") for name in trials.FLOORS)
        options = f"{floor:.1f} × with our options, {issue:.1f} × with superfast, crf 16"
        yield f"CPU at most 2.5 times the encode floor | {options}"
        yield f"at most 700 MB a worker | {self._peak(self.ours):.0f} MB"
        lecture = "build/the lecture at high size"
        video = self._video(entry.number for entry in LECTURE)
        share = self._median(f"{lecture}: cold", "wall") / video
        yield f"the whole lecture in half its playing time | {share:.2f}"
        idle = self._median(f"{lecture}: nothing changed", "wall")
        yield f"nothing to do: under 1 s | {idle:.2f} s"
        beat = self._median(f"build/chapter {self.bench.edited} at draft size: one beat", "wall")
        yield f"an edited beat on screen within 5 s | {beat:.2f} s"
        gone = self._median(trials.INTERRUPTED, "gone")
        yield f"after Ctrl-C, workers gone within 2 s | {gone:.2f} s"

    def _figures(self, kind: str, columns: Sequence[str]) -> Rows:
        for name in [name for name in self.results if name.startswith(kind)]:
            wall, cpu, filming = (self._median(name, it) for it in ("wall", "cpu", "filming"))
            own, our = (self._times(plain, name) for plain in trials.PLAIN)
            rival = self._median(f"{name.partition(': ')[0]}: matplotlib", "filming")
            video = self._video(self.bench.chapters)
            figures = {
                "wall": f"{wall:.2f} s",
                "CPU": f"{cpu:.2f} s",
                "wall / s": f"{wall / video:.2f}",
                "CPU / s": f"{cpu / video:.2f}",
                "peak": f"{self._peak(name):.0f} MB",
                "faster than its own": f"{own:.1f} ×",
                "than ours": f"{our:.1f} ×",
                "what we take, to this": f"{self._times(self.ours, name, 'cpu'):.1f} ×",
                "filming": f"{filming:.2f} s",
                "faster": f"{rival / filming:.1f} ×",
                "frames": f"{self._median(name, 'frames'):.0f}",
                "measured": f"{len(self.results[name])}",
            }
            yield " | ".join([name.removeprefix(kind), *map(figures.__getitem__, columns)])

    def _simulated(self) -> Rows:
        measured = [entry.number for entry in LECTURE if f"skipped/{entry.number}" in self.results]
        beats = {n: self._beats(n) for n in measured if f"filmed/{n}" in self.results}
        chapters = [beats[number] for number in self.bench.chapters if number in beats]
        *others, last = map(str, self.bench.chapters)
        name = f"chapters {', '.join(others)} and {last}" if others else f"chapter {last}"
        groups = {name: chapters} if len(chapters) == len(self.bench.chapters) else {}
        if len(beats) > len(chapters):
            groups["the whole lecture"] = [*beats.values()]
        for name, group in groups.items():
            for jobs in WORKERS:
                alone, together = makespan(group, 1), makespan(group, jobs)
                known = group is chapters and trials.workers(jobs) in self.results
                wall = f"{self._median(trials.workers(jobs), 'wall'):.2f} s" if known else ""
                yield f"{name} | {jobs} | {together:.1f} s | {alone / together:.1f} × | {wall}"

    def _beats(self, number: int) -> Chapter:
        (filmed,), (skipped,) = (self.results[f"{how}/{number}"] for how in ("filmed", "skipped"))
        start = (filmed["cpu/starting"] + skipped["cpu/starting"]) / 2
        beats = [key for key in filmed if key.startswith("beat/")]
        return Chapter(start, [filmed[beat] for beat in beats], [skipped[beat] for beat in beats])

    def _parts(self) -> Rows:
        rows = [row for n in self.bench.chapters for row in self.results.get(f"filmed/{n}", ())]
        parts = [key for key in rows[0] if key.startswith("cpu/")] if rows else []
        spent = {part.removeprefix("cpu/"): sum(row[part] for row in rows) for part in parts}
        for part, cpu in spent.items():
            share, to_encoding = cpu / sum(spent.values()), cpu / spent["encoding"]
            yield f"{part} | {cpu:.1f} s | {share:.0%} | {to_encoding:.2f}"


def _machine() -> Rows:
    described = Path("/proc/cpuinfo")
    text = described.read_text(encoding="utf-8") if described.exists() else ""
    named = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield f"cores | {trials.CORES}"
    yield f"processor | {named[1] if named else platform.processor() or 'unknown'}"
    yield f"memory | {memory / 2**30:.0f} GB"
    yield f"system | {platform.system()} {platform.machine()}"


def _versions(folder: Path) -> Rows:
    yield f"Python | {platform.python_version()}"
    yield from (f"{package} | {version(package)}" for package in PACKAGES)
    for found in distributions(name="matplotlib", path=[f"{folder}/matplotlib"]):
        yield f"matplotlib | {found.version}"
