"""Measure and report, as `python -m benchmarks [--quick] [--whole] [--plain N]` asks for."""

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.process import BenchmarkError, Row
from benchmarks.report import Report
from benchmarks.trials import Bench, Trial
from pipeline.atomic import atomic
from pipeline.cli.arguments import Parser, count
from pipeline.signals import INTERRUPTED, leave

FOLDER, DOCUMENT = Path("build/benchmarks").absolute(), Path("docs/benchmarks.md")
SMALL, LARGE = (500, 400, 10), (1920, 1080, 60)
QUICK = Bench(FOLDER / "quick", "draft", (6,), (SMALL,), 6, "It crosses the ring", ())
FULL = Bench(FOLDER / "full", "high", (5, 7, 8), (SMALL, LARGE), 7, "Why would it", ("draft",))


def main() -> int:
    """Measure and write what was measured; return the exit code, 1 if something did not run."""
    parser = Parser(prog="python -m benchmarks", description="Measure how fast this is.")
    parser.add_argument("--quick", action="store_true", help="once, a chapter at draft size")
    parser.add_argument("--whole", action="store_true", help="also the whole lecture at full size")
    parser.add_argument("--plain", metavar="N", type=count, help="rounds of plain Manim (of 3)")
    options = parser.parse_args()
    bench = QUICK if options.quick else FULL
    if options.whole:
        bench = replace(bench, lecture=("draft", "high"))
    bench.copy()
    trials = [*bench.trials(options.plain)]
    try:
        rounds = 1 if options.quick else 3
        results = measure_all(bench.folder / "results.json", trials, rounds)
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        return INTERRUPTED
    written = bench.folder / DOCUMENT.name if options.quick else DOCUMENT
    text = Report(results, bench).write(DOCUMENT.read_text(encoding="utf-8"))
    with atomic(written) as aside:
        aside.write_text(text, encoding="utf-8")
    print(written)
    return 0 if all(trial.name in results for trial in trials) else 1


def measure_all(path: Path, trials: Iterable[Trial], rounds: int) -> dict[str, list[Row]]:
    """Measure what is missing in the file ``path``, round by round; return all that it holds."""
    results: dict[str, list[Row]] = json.loads(path.read_text()) if path.exists() else {}
    for number in range(rounds):
        for trial in trials:
            rows, wanted = results.get(trial.name, []), min(rounds, trial.rounds or rounds)
            if len(rows) <= number < wanted:
                outcome = f"{number + 1}/{wanted}"
                try:
                    trial.prepare()
                    results[trial.name] = [*rows, trial.measure()]
                except BenchmarkError as error:
                    outcome = f"{error}"
                with atomic(path) as aside:
                    aside.write_text(json.dumps(results, indent=1))
                print(f"{time.strftime('%H:%M')}  {trial.name}: {outcome}", flush=True)
    return results


if __name__ == "__main__":
    leave(main())
