"""A film of no more than a record and a still for each chapter, to make handouts of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.cache.imports import look_again
from pipeline.cache.plan import make_plan
from pipeline.cache.record import POSTER, Beat, Rendered
from pipeline.quality import QUALITIES
from scenes.kit.theme import PALETTE
from tests.conftest import ROOT

SENTENCE = "Every #point of *it* costs $5."


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, with nothing built, as the folder that everything runs in."""
    for path in ROOT.iterdir():
        if path.name != "build" and not path.name.startswith("."):
            (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    look_again()
    return tmp_path


@pytest.fixture
def film() -> Callable[[str], None]:
    """Pretend that the lecture about the lesson of that path was filmed, silently, as a draft."""
    return pretend


def pretend(lesson: str) -> None:
    for task in make_plan(QUALITIES["draft"], Path(lesson), voice="none"):
        task.film.parent.mkdir(parents=True, exist_ok=True)
        task.film.write_bytes(b"film")
        Image.new("RGB", (64, 36), PALETTE.background).save(task.film.with_suffix(POSTER))
        beats = (Beat(SENTENCE, 0.0, 1.0), Beat("", 1.0, 2.0))
        size, ingredients = task.film.stat().st_size, task.keys.ingredients
        Rendered(task.film, 30, 15, size, beats, ingredients).write()
