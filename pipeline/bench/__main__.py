"""The command line of the bench: `python -m pipeline.bench [--quick] [--whole]`."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.bench.builds import build_trials, lecture_trials, standing_trials, whole_trials
from pipeline.bench.ledger import Ledger
from pipeline.bench.machine import machine, versions
from pipeline.bench.measure import BenchError
from pipeline.bench.report import Setting, report
from pipeline.bench.rival import fetch
from pipeline.bench.trials import Bench, Trial, chapter_trials, clip_trials, profile_trials
from pipeline.bench.workshop import Workshop
from pipeline.cache.plan import BUILD
from pipeline.cli.arguments import Parser, count
from pipeline.quality import QUALITIES
from pipeline.signals import INTERRUPTED, leave
from scenes.outline import LECTURE

FOLDER = BUILD / "bench"
DOCUMENT = Path("docs/benchmarks.md")


@dataclass(frozen=True)
class Programme:
    """What is measured: chapters at a quality, sizes of the clip, the beat that is changed."""

    quality: str
    chapters: tuple[int, ...]
    clips: tuple[tuple[int, int, int], ...]
    beat: tuple[int, int]


FULL = Programme("high", (5, 7, 8), ((500, 400, 10), (1920, 1080, 60)), (7, 9))
QUICK = Programme("draft", (6,), ((500, 400, 10),), (6, 3))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write what was measured; return the exit code: 1 if something did not run."""
    options = _parser().parse_args(arguments)
    programme = QUICK if options.quick else FULL
    folder = FOLDER / "quick" if options.quick else FOLDER
    bench = Bench(
        workshop=Workshop(folder),
        folder=folder,
        quality=QUALITIES[programme.quality],
        chapters=programme.chapters,
        matplotlib=_matplotlib(),
    )
    about = f"{bench.workshop.digest} {os.cpu_count()} {programme.quality}"
    ledger = Ledger(folder / "measured.json", about)
    repeats = 1 if options.quick else options.repeats
    trials = [*_trials(bench, programme, options)]
    try:
        whole_run = _measure(ledger, trials, repeats)
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        return INTERRUPTED
    setting = Setting(machine(), versions(bench.matplotlib), bench.quality, bench.chapters)
    document = folder / DOCUMENT.name if options.quick else DOCUMENT
    with atomic(document) as aside:
        aside.write_text(report(ledger, setting), encoding="utf-8")
    print(document)
    return 0 if whole_run else 1


def _trials(bench: Bench, programme: Programme, options: argparse.Namespace) -> Iterator[Trial]:
    yield from chapter_trials(bench, options.plain)
    yield from clip_trials(bench, programme.clips)
    yield from build_trials(bench, *programme.beat)
    numbers = bench.chapters
    if not options.quick:
        yield from lecture_trials(bench, *programme.beat)
        yield from whole_trials(bench) if options.whole else standing_trials(bench)
        if options.whole:
            numbers = tuple(entry.number for entry in LECTURE)
    yield from profile_trials(bench, numbers)


def _measure(ledger: Ledger, trials: Sequence[Trial], repeats: int) -> bool:
    """Measure what is missing, round by round; return whether everything ran."""
    failed: set[str] = set()
    for number in range(repeats):
        for trial in trials:
            often = repeats if trial.repeats is None else min(trial.repeats, repeats)
            if number >= often or len(ledger.rows(trial.name)) > number or trial.name in failed:
                continue
            began = time.perf_counter()
            try:
                ledger.add(trial.name, trial.measure())
                result = f"{time.perf_counter() - began:.1f} s"
            except BenchError as error:
                failed.add(trial.name)
                result = str(error)
            print(f"{time.strftime('%H:%M')}  {number + 1}/{often}  {trial.name}: {result}")
            sys.stdout.flush()
    return not failed


def _matplotlib() -> Path | None:
    try:
        return fetch(FOLDER / "matplotlib")
    except BenchError as error:
        print(error, file=sys.stderr)
        return None


def _parser() -> Parser:
    parser = Parser(prog="python -m pipeline.bench", description="Measure how fast this is.")
    add = partial(parser.add_argument, metavar="N", type=count)
    add("--repeats", default=3, help="how often each thing is measured (default: 3)")
    add("--plain", help="how often plain Manim is, which takes longest (default: as the others)")
    parser.add_argument("--quick", action="store_true", help="once, a chapter at draft size")
    parser.add_argument("--whole", action="store_true", help="also the whole lecture, cold")
    return parser


if __name__ == "__main__":
    leave(main())
