"""How much of its velocity momentum keeps in chapter 13."""

from pathlib import Path

import pytest
from manim import tempconfig

from scenes.ch13_momentum.scene import SHARES, WithMomentum

LOGARITHM = """\
title = "A logarithm, which ends where a x + b does"
data = { points = [[0.2, 0.05], [0.5, 0.7], [1.0, 1.1], [2.0, 1.7], [3.0, 1.9], [4.0, 2.3]] }
model.parameters = ["a", "b"]
model.prediction = "log(a*x + b)"
model.pointwise = "(prediction - y)**2"
descent = { start = [3.0, 3.0], learning_rate = 3.0, steps = 200 }
"""


def test_momentum_that_is_flung_to_where_no_loss_is_keeps_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = tmp_path / "logarithm.toml"
    lesson.write_text(LOGARITHM)
    monkeypatch.setenv("LESSON", str(lesson))
    with tempconfig({"dry_run": True}):
        chapter = WithMomentum()
        assert not chapter.comes_down(SHARES[0])
        assert chapter.comes_down(SHARES[-1])
