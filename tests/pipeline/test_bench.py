"""The bench tells what it measured and nothing else; that it can measure is shown by doing so."""

import ast
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.bench.floor import encode_seconds
from pipeline.bench.ledger import Ledger
from pipeline.bench.measure import BenchError, interrupt, run
from pipeline.bench.report import Setting, report
from pipeline.bench.simulation import Beats, makespan
from pipeline.bench.stopwatch import REST, Stopwatch
from pipeline.bench.tables import table
from pipeline.bench.trials import OUR_SURFACE, OWN_SURFACE, chapters_by, our_options, workers
from pipeline.bench.workshop import Workshop, retold
from pipeline.cache.plan import Task, make_plan
from pipeline.quality import QUALITIES

SETTING = Setting({"cores": "2"}, {"Python": "3.11"}, QUALITIES["high"], (5, 7, 8))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """What a bench on two cores may have measured of a hundred seconds of video."""
    ledger = Ledger(tmp_path / "measured.json", "these sources")
    for wall in (44.0, 40.0, 60.0):
        ledger.add(workers(2), {"wall": wall, "cpu": 80.0, "peak": 3e8, "video": 100.0})
    for name, wall in ((OWN_SURFACE, 968.0), (OUR_SURFACE, 484.0)):
        row = {"wall": wall, "cpu": 9e2, "peak": 9e8, "video": 100.0}
        ledger.add(chapters_by(name), row)
    ledger.add("floor/ours", {"cpu": 40.0, "video": 100.0})
    return ledger


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_the_report_tells_medians_and_ratios(ledger: Ledger) -> None:
    text = report(ledger, SETTING)
    ratios = "22.0 × with its own Surface, 11.0 × with ours"
    assert f"| 10 times faster than plain Manim | {ratios} |" in text
    assert "| 2 workers | 44.00 s | 80.00 s | 0.44 | 0.80 | 300 MB | 22.0 × | 11.0 × | 3 |" in text
    assert "| ours | 0.40 | 2.0 × |" in text


@pytest.mark.usefixtures("two_cores")
def test_the_report_says_what_was_not_measured(ledger: Ledger, tmp_path: Path) -> None:
    assert "| the whole lecture in half its playing time | not measured |" in report(
        ledger, SETTING
    )
    assert "## Chapters 5, 7 and 8" in report(Ledger(tmp_path / "none", ""), SETTING)


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_a_ledger_goes_on_with_the_same_sources_only(ledger: Ledger) -> None:
    assert Ledger(ledger.path, "these sources").median(workers(2), "wall") == 44
    assert Ledger(ledger.path, "other sources").names == []
    ledger.path.write_text("{")
    assert Ledger(ledger.path, "these sources").names == []


def test_a_command_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    child = "import time; held = b'x' * 400_000_000\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    row = run([sys.executable, "-c", parent], tmp_path, tmp_path / "log")
    assert row["cpu"] >= 0.3
    assert row["peak"] > 4e8


def test_a_bench_that_is_deaf_to_ctrl_c_interrupts_all_the_same(tmp_path: Path) -> None:
    imports = "import time; from pathlib import Path"
    trying = "try:\n Path('busy').touch(); time.sleep(600)"
    hearing = "except KeyboardInterrupt:\n Path('heard').touch()"
    command = [sys.executable, "-c", "\n".join([imports, trying, hearing])]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupt(command, tmp_path, tmp_path / "log", (tmp_path / "busy").exists)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (tmp_path / "heard").exists()


def test_a_command_that_fails_is_told_by_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"-c raise ValueError\('so'\) failed: ValueError: so"):
        run([sys.executable, "-c", "raise ValueError('so')"], tmp_path, tmp_path / "log")


SPOKEN = """
class Scene:
    def construct(self):
        with self.say("Points – and a line."):
            pass
        with self.say(
            "It falls "
            f"to {self.value:.2f} – in all."
        ):
            pass
        with self.say("Yes." if self.value else "No."):
            pass
"""


@pytest.mark.parametrize("sentence", ["Points – and a line.", "It falls to 2.65 – in all."])
def test_a_sentence_is_changed_and_nothing_else(sentence: str) -> None:
    changed = retold(SPOKEN, sentence, " More")
    assert changed is not None
    # The source itself says what it says: it is run, with a `say` that listens.
    assert said(changed) == [told + " More" if told == sentence else told for told in said(SPOKEN)]


@pytest.mark.parametrize("sentence", ["Yes.", "Never said."])
def test_a_sentence_that_is_not_said_plainly_is_left_alone(sentence: str) -> None:
    assert retold(SPOKEN, sentence, " More") is None


def said(source: str) -> list[str]:
    heard: list[str] = []

    class Listener:
        value = 2.65

        def say(self, sentence: str) -> "Listener":
            heard.append(sentence)
            return self

        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None: ...

    names: dict[str, type] = {}
    exec(compile(ast.parse(source), "spoken", "exec"), names)
    names["Scene"].construct(Listener())
    return heard


def test_each_second_is_counted_once_for_the_innermost_part() -> None:
    def ticks() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += 1

    clock = ticks()
    watch = Stopwatch(lambda: next(clock))
    inner = watch.counted("inner", lambda: None)
    watch.counted("outer", lambda: (inner(), inner()))()
    # The clock is asked at each border: before, between and after the two, and as it is read.
    assert watch.read() == {REST: 2, "outer": 3, "inner": 2}


@pytest.fixture(scope="module")
def tasks(root: Path) -> list[Task]:
    return make_plan(QUALITIES["draft"], root / "lesson.toml")


def test_one_worker_takes_as_long_as_all_chapters_together(tasks: list[Task]) -> None:
    beats = {task.entry.number: Beats(1, [3, 4, 5], [1, 1, 1]) for task in tasks}
    assert makespan(tasks, beats, 1) == 13 * len(tasks)


def test_workers_pay_for_what_they_skip(tasks: list[Task]) -> None:
    number = tasks[7].entry.number
    free = {number: Beats(0, [6] * 12, [0] * 12)}
    dear = {number: Beats(1, [6] * 12, [2] * 12)}
    assert makespan([tasks[7]], free, 2) == 6 * 6
    assert makespan([tasks[7]], dear, 2) == 1 + 6 * (6 + 2)
    # A third worker takes a share of the 36 s that two would have each; a fourth comes too late.
    late = {number: Beats(30, [6] * 12, [0] * 12)}
    assert makespan([tasks[7]], late, 16) == 30 + 4 * 6


def test_nobody_waits_for_a_worker_who_only_skips(tasks: list[Task]) -> None:
    number = tasks[7].entry.number
    # Each films two beats of four; the last one is hard to skip.
    beats = {number: Beats(1, [3] * 4, [0, 0, 0, 9])}
    assert makespan([tasks[7]], beats, 2) == 1 + 2 * 3


def test_workers_help_with_what_takes_longest(tasks: list[Task]) -> None:
    short, long = tasks[1].entry.number, tasks[7].entry.number
    beats = {short: Beats(0, [1] * 12, [0] * 12), long: Beats(0, [10] * 12, [0] * 12)}
    assert makespan([tasks[1], tasks[7]], beats, 2) == 70


def test_the_floor_encodes_every_frame_and_lets_the_encoder_choose(tmp_path: Path) -> None:
    film, scratch = tmp_path / "film.mp4", tmp_path / "floor.mp4"
    with av.open(film, "w") as container:
        # Every frame a key frame: the encoder of the floor must not take that over.
        stream = container.add_stream("libx264", rate=30, options={"g": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for level in range(20):
            pixels = np.full((48, 64, 3), 10 * level, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    spent, frames = encode_seconds(str(film), {"threads": "1", "sc_threshold": "0"}, str(scratch))
    assert (spent > 0, frames) == (True, 20)
    with av.open(scratch) as container:
        assert sum(packet.is_keyframe for packet in container.demux(video=0) if packet.size) == 1


def test_our_options_are_those_of_manim_cfg(root: Path) -> None:
    from manim import config

    options = dict(option.split("=", 1) for option in our_options(root))
    assert options == {name: str(value) for name, value in config.video_encoder_options.items()}


def test_copies_are_kept_until_the_sources_change(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "scenes").mkdir(parents=True)
    (source / "scenes" / "a.py").write_text("1")
    (source / "manim.cfg").write_text("[CLI]\npixel_width = 7\n")
    workshop = Workshop(tmp_path / "bench", source)
    assert "pixel_width" not in (workshop.plain / "manim.cfg").read_text()
    (workshop.tree / "build").mkdir()
    assert Workshop(tmp_path / "bench", source).digest == workshop.digest
    assert (workshop.tree / "build").exists()
    (source / "scenes" / "a.py").write_text("2")
    assert Workshop(tmp_path / "bench", source).digest != workshop.digest
    assert not (workshop.tree / "build").exists()


@pytest.mark.slow
def test_a_quick_bench_measures_everything(root: Path, tmp_path: Path) -> None:
    for name in ("gdmath", "scenes", "fastcairo", "pipeline", "data", "environment"):
        (tmp_path / name).symlink_to(root / name)
    for name in ("lesson.toml", "manim.cfg", "requirements.lock"):
        (tmp_path / name).symlink_to(root / name)
    quick = [sys.executable, "-m", "pipeline.bench", "--quick"]
    run(quick, tmp_path, tmp_path / "log")
    text = (tmp_path / "build/bench/quick/benchmarks.md").read_text()
    measured = json.loads((tmp_path / "build/bench/quick/measured.json").read_text())["measured"]
    assert {name.partition("/")[0] for name in measured} >= {"chapters", "floor", "filmed"}
    assert "| 500×400, 10 fps: matplotlib |" in text
