"""The trace of a chapter says what was drawn, when, and what was computed for it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdmath import Lesson, Trajectory
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.proof.recorder import INTERVAL, Recorder
from tests.scenes.wrong.scenes import Small

Lines = list[dict[str, Any]]


class Walking(Small):
    """A descent of twenty steps in two seconds, and a second in which nothing moves."""

    def construct(self) -> None:
        super().construct()
        self.clock.set_value(0)
        self.play(self.clock.animate.set_value(20), run_time=2)
        self.wait(1)


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    path: Path = tmp_path_factory.mktemp("trace") / "new" / "walking.jsonl"
    rehearse(type("Walking", (Walking,), {"trace_path": path}), lambda _: None)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_names_chapter_time_object_quantity_and_both_values(trace: Lines) -> None:
    (line, *_) = (line for line in trace if line["quantity"] == "data")
    assert list(line) == ["chapter", "time", "object", "quantity", "drawn", "computed"]
    assert (line["object"], line["time"]) == ("Dot 2", 0.4)


def test_drawn_and_computed_agree_in_every_line(trace: Lines) -> None:
    for line in trace:
        if not isinstance(line["drawn"], str):
            np.testing.assert_allclose(line["drawn"], line["computed"], rtol=1e-6, atol=1e-6)


def test_a_number_told_is_recorded_unrounded(trace: Lines, trajectory: Trajectory) -> None:
    (line,) = (line for line in trace if line["object"] == "caption")
    assert line["computed"] == [pytest.approx(trajectory.losses[20], rel=1e-8)]


def test_what_moves_is_recorded_four_times_a_second(trace: Lines) -> None:
    times = [line["time"] for line in trace if line["quantity"] == "parameters"]
    assert len(times) >= 2 / INTERVAL
    assert len(set(times)) == len(times)


def test_what_stays_is_recorded_once(trace: Lines, notebook: Lesson) -> None:
    dots = [line for line in trace if line["quantity"] == "data"]
    assert len(dots) == len(notebook.x)


def test_a_new_recorder_begins_a_new_trace(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text("of an earlier film\n", encoding="utf-8")
    Recorder(path)
    assert path.read_text(encoding="utf-8") == ""
