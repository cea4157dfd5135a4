"""The same chapters about other points on another line: every check still holds."""

from pathlib import Path

import numpy as np
import pytest

from gdmath import load_lesson, unmet_requirements
from scenes.outline import LECTURE, Entry, programme
from tests.scenes.replay import replay

LESSON = """\
title = "A line that falls"

[data]
file = "points.csv"

[model]
parameters = ["m", "c"]
prediction = "m*x + c"
pointwise = "(prediction - y)**2"

[descent]
start = [1, 0]
learning_rate = 0.02
steps = 300
steps_per_frame = 10
"""


@pytest.fixture
def another_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty noisy points on y = −2x + 7, of which no chapter has heard."""
    generator = np.random.default_rng(7)
    x = np.round(generator.uniform(0.5, 3.5, 30), 4)
    y = np.round(-2 * x + 7 + generator.normal(0, 0.3, 30), 4)
    rows = "\n".join(f"{first},{second}" for first, second in zip(x, y, strict=True))
    (tmp_path / "points.csv").write_text(f"x,y\n{rows}\n")
    path = tmp_path / "lesson.toml"
    path.write_text(LESSON)
    monkeypatch.setenv("LESSON", str(path))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("entry", LECTURE, ids=lambda entry: entry.slug)
def test_tells_another_lesson_as_truly(entry: Entry, another_lesson: Path) -> None:
    _, left_out = programme(unmet_requirements(load_lesson(another_lesson)))
    for chapter in left_out:
        if chapter.title == entry.title:
            pytest.skip(f"its lecture goes without: {chapter.reason}")
    seen = replay(entry, frame_rate=2)
    assert seen.wrong == []
    assert seen.unclaimed == []
    assert seen.ill_laid == []
    assert seen.unseen == []
