"""What most tests start from: the notebook's lesson, its loss and its descent."""

import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from gdmath import Convergence, Lesson, NumericLoss, Trajectory, compile_loss, convergence, descend
from gdmath.lesson_file import load_lesson
from gdmath.rules import PlainDescent

ROOT = Path(__file__).parents[1]

# No deadline: the machines differ, and a slow example is not a wrong one.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def installed_for_ci(module: str) -> ModuleType:
    """A module of those that `.ci/run` installs beside .venv; without it, the test is skipped."""
    if not (ROOT / "build/ci").is_dir():
        pytest.skip(f"{module} is not installed: .ci/run installs it")
    # Last on the path: what it shares with this project, it takes from .venv.
    sys.path.append(str(ROOT / "build/ci"))
    return import_module(module)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def notebook() -> Lesson:
    """The lesson as it is shipped: the thirty points as the notebook printed them."""
    return load_lesson(ROOT / "lesson.toml")


@pytest.fixture(scope="session")
def exact_notebook(notebook: Lesson) -> Lesson:
    """The same with y = 3x + 8 unrounded, for which LECTURE gives its facts."""
    return replace(notebook, y=3 * notebook.x + 8)


@pytest.fixture(scope="session")
def loss(notebook: Lesson) -> NumericLoss:
    return compile_loss(notebook)


@pytest.fixture(scope="session")
def exact_loss(exact_notebook: Lesson) -> NumericLoss:
    return compile_loss(exact_notebook)


@pytest.fixture(scope="session")
def theory(exact_loss: NumericLoss) -> Convergence:
    """What theory says of the unrounded points."""
    return convergence(exact_loss)


@pytest.fixture(scope="session")
def trajectory(notebook: Lesson, loss: NumericLoss) -> Trajectory:
    """The shipped lesson's own descent."""
    return descend(loss, PlainDescent(notebook.learning_rate), notebook.start, notebook.steps)


@pytest.fixture(scope="session")
def exact_trajectory(exact_notebook: Lesson, exact_loss: NumericLoss) -> Trajectory:
    """Ten thousand steps on the unrounded points: every row of LECTURE's table."""
    rule = PlainDescent(exact_notebook.learning_rate)
    return descend(exact_loss, rule, exact_notebook.start, 10_000)
