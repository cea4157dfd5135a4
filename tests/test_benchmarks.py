"""What the benchmarks tell is what was measured; that they can measure is shown by doing so."""

import json
import signal
import sys
from importlib import import_module
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks import probes, trials
from benchmarks.__main__ import FULL, QUICK, measure_all
from benchmarks.process import BenchmarkError, Row, interrupt, run
from benchmarks.report import Report
from benchmarks.simulation import Chapter, makespan
from benchmarks.trials import Bench, Trial
from pipeline.cache.fingerprint import source_path
from scenes.outline import LECTURE

OURS = trials.workers(trials.CORES)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "bench", "high", (5, 7), (), 7, "The rest fits", ("draft",))


@pytest.fixture
def results() -> dict[str, list[Row]]:
    """What may have been measured of a hundred seconds of video."""
    parts = {"cpu/starting": 1.0, "cpu/painting": 3.0, "cpu/encoding": 2.0}
    beats = {"beat/1": 4.0, "beat/2": 6.0, "frames": 3000.0}
    skipped = {"cpu/starting": 3.0, "beat/1": 0.0, "beat/2": 1.0}
    return {
        OURS: [{"wall": wall, "cpu": 80.0, "peak": 3e8} for wall in (44.0, 40.0, 60.0)],
        trials.PLAIN[0]: [{"wall": 968.0, "cpu": 9e2, "peak": 9e8}],
        trials.PLAIN[1]: [{"wall": 484.0, "cpu": 9e2, "peak": 9e8}],
        "floor/ours": [{"cpu": 40.0, "peak": 1e8}],
        "clip/4×3, 10 fps: matplotlib": [
            {"wall": 2, "cpu": 2, "peak": 1e8, "filming": 1.5, "frames": 40}
        ],
        "clip/4×3, 10 fps: here": [
            {"wall": 2, "cpu": 2, "peak": 1e8, "filming": 0.5, "frames": 40}
        ],
        **{f"filmed/{number}": [parts | beats] for number in (5, 7)},
        **{f"skipped/{number}": [skipped] for number in (5, 7)},
    }


@pytest.fixture
def document(root: Path) -> str:
    return (root / "docs/benchmarks.md").read_text()


def test_the_report_tells_medians_and_ratios(
    bench: Bench, results: dict[str, list[Row]], document: str
) -> None:
    rows = Report(results, bench).write(document).splitlines()
    ratios = "22.0 × with its own Surface, 11.0 × with ours"
    assert f"| 10 times faster than plain Manim | {ratios} |" in rows
    name = OURS.removeprefix("chapters/")
    figures = "44.00 s | 80.00 s | 0.44 | 0.80 | 300 MB | 22.0 × | 11.0 × | 3"
    assert f"| {name} | {figures} |" in rows
    assert "| ours | 0.40 | 2.0 × |" in rows
    assert "| 4×3, 10 fps: here | 2.00 s | 2.00 s | 0.50 s | 3.0 × | 40 | 100 MB |" in rows
    assert "| painting | 6.0 s | 50% | 1.50 |" in rows


def test_the_report_says_what_was_not_measured(
    bench: Bench, results: dict[str, list[Row]], document: str
) -> None:
    text = Report(results, bench).write(document)
    assert "| the whole lecture in half its playing time | not measured |" in text
    assert "nan" not in text
    assert "not measured with its own Surface" in Report({}, bench).write(document)


def test_the_report_leaves_the_prose_alone(bench: Bench, document: str) -> None:
    def prose(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith("|")]

    assert prose(Report({}, bench).write(document)) == prose(document)
    with pytest.raises(BenchmarkError, match="no table"):
        Report({}, bench).write("# Benchmarks\n")


def test_a_command_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    child = "import time; held = b'x' * 400_000_000\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    row = run(
        [sys.executable, "-c", f"{parent}\nprint('{{\"frames\": 7}}')"], tmp_path, tmp_path / "log"
    )
    assert row["cpu"] >= 0.3
    assert row["peak"] > 4e8
    assert row["frames"] == 7


def test_a_command_that_fails_is_told_by_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"-c raise ValueError\('so'\) failed: ValueError: so"):
        run([sys.executable, "-c", "raise ValueError('so')"], tmp_path, tmp_path / "log")


def test_ctrl_c_is_heard_where_it_is_ignored_around(tmp_path: Path) -> None:
    imports = "import time; from pathlib import Path"
    trying = "try:\n Path('busy').touch(); time.sleep(600)"
    hearing = "except KeyboardInterrupt:\n Path('heard').touch()"
    command = [sys.executable, "-c", "\n".join([imports, trying, hearing])]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupt(command, tmp_path, "busy", 1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (tmp_path / "heard").exists()


def test_each_part_of_the_work_is_a_function_that_is_there() -> None:
    for place in probes.PARTS:
        module, _, path = place.partition(":")
        value: object = import_module(module)
        for name in path.split("."):
            value = getattr(value, name)
        assert value.__qualname__ == path


def outer(sampler: probes.Sampler) -> None:
    sampler.look(sys._getframe())
    inner(sampler)
    sampler.look(sys._getframe())


def inner(sampler: probes.Sampler) -> None:
    sampler.look(sys._getframe())


def test_each_second_is_counted_once_for_the_innermost_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = {f"{__name__}:outer": "outer", f"{__name__}:inner": "inner"}
    clock = iter([0.0, 1.0, 3.0, 7.0, 15.0])
    monkeypatch.setattr(probes, "PARTS", parts)
    monkeypatch.setattr("time.thread_time", lambda: next(clock))
    for name in ("signal", "siginterrupt", "setitimer"):
        monkeypatch.setattr(f"signal.{name}", lambda *_: None)
    sampler = probes.Sampler()
    outer(sampler)
    sampler.look(sys._getframe())
    assert sampler.seconds == {"outer": 1 + 4, "inner": 2, probes.REST: 8}


def test_every_frame_is_encoded_again_as_the_encoder_chooses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, again = tmp_path / "film.mp4", tmp_path / "again.mp4"
    with av.open(film, "w") as container:
        # Every frame a key frame: the encoder must not take that over.
        stream = container.add_stream("libx264", rate=30, options={"g": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for level in range(20):
            pixels = np.full((48, 64, 3), 10 * level, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    monkeypatch.setattr("os.devnull", str(again))
    assert probes.encode([str(film)], {"threads": "1", "sc_threshold": "0"})["cpu"] > 0
    with av.open(again) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    assert (len(packets), sum(packet.is_keyframe for packet in packets)) == (20, 1)


def test_copies_and_results_are_kept_until_the_sources_change(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in trials.SOURCES:
        Path(name).mkdir()
    Path("manim.cfg").rmdir()
    Path("manim.cfg").write_text("[CLI]\npixel_width = 7\n")
    bench.copy()
    assert "pixel_width" in (bench.folder / "tree/manim.cfg").read_text()
    assert "pixel_width" not in (bench.folder / "plain/manim.cfg").read_text()
    (bench.folder / "results.json").touch()
    bench.copy()
    assert (bench.folder / "results.json").exists()
    Path("scenes/a.py").write_text("2")
    bench.copy()
    assert not (bench.folder / "results.json").exists()


@pytest.mark.parametrize("bench", [FULL, QUICK], ids=["full", "quick"])
def test_the_sentence_to_be_changed_is_in_its_chapter(bench: Bench, root: Path) -> None:
    source = (root / source_path(LECTURE[bench.edited])).read_text()
    assert source.count(f'"{bench.words}') == 1
    assert LECTURE[bench.edited].number == bench.edited


def test_an_interrupted_run_goes_on_and_one_failure_stops_nothing_else(tmp_path: Path) -> None:
    path, taken = tmp_path / "results.json", []

    def measure() -> Row:
        taken.append(len(taken))
        if len(taken) == 2:
            raise KeyboardInterrupt
        return {"wall": float(len(taken))}

    def fail() -> Row:
        raise BenchmarkError("broken")

    listed = [Trial("fails", fail), Trial("works", measure), Trial("once", measure, rounds=1)]
    with pytest.raises(KeyboardInterrupt):
        measure_all(path, listed, 2)
    results = measure_all(path, listed, 2)
    assert results == {"works": [{"wall": 1.0}, {"wall": 4.0}], "once": [{"wall": 3.0}]}
    assert json.loads(path.read_text()) == results


def test_workers_pay_for_what_they_skip() -> None:
    assert makespan([Chapter(1, [3, 4, 5], [1, 1, 1])] * 3, 1) == 3 * 13
    assert makespan([Chapter(0, [6] * 12, [0] * 12)], 2) == 6 * 6
    assert makespan([Chapter(1, [6] * 12, [2] * 12)], 2) == 1 + 6 * (6 + 2)
    # No more than four jobs of 72 s of film, for each sets its chapter up.
    assert makespan([Chapter(30, [6] * 12, [0] * 12)], 16) == 30 + 3 * 6


def test_the_longest_job_is_begun_first() -> None:
    lengths = [2, 3, 4, 5]
    assert makespan([Chapter(0, [seconds], [0]) for seconds in lengths], 2) == 5 + 2


@pytest.mark.slow
def test_a_quick_run_measures_everything(root: Path, tmp_path: Path) -> None:
    for name in (*trials.SOURCES, "docs"):
        (tmp_path / name).symlink_to(root / name)
    run([sys.executable, "-m", "benchmarks", "--quick"], tmp_path, tmp_path / "log")
    text = (tmp_path / "build/benchmarks/quick/benchmarks.md").read_text()
    assert text.count("not measured") == 2  # the whole lecture
    assert text != (root / "docs/benchmarks.md").read_text()
