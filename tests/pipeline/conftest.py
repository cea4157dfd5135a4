"""A lecture of three chapters of two seconds, to run the pipeline on as a user would."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.cache.imports import look_again

REPOSITORY = Path(__file__).parents[2]
SMALL_LECTURE = Path(__file__).parent / "small_lecture"

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., AbstractContextManager[subprocess.Popen[str]]]


@contextmanager
def _start(
    folder: Path,
    *arguments: str,
    hook: Path | None = None,
    errors: int = subprocess.PIPE,
    **environment: str,
) -> Iterator[subprocess.Popen[str]]:
    """Start the pipeline in ``folder``, whose `scenes` and `gdmath` come before the real ones.

    It leads its own process group, of which nothing outlives the block. A `sitecustomize` in the
    folder ``hook`` is run first, in its workers too. Its ``errors`` come by themselves, unless
    they are to come where all else does.
    """
    path = os.pathsep.join(map(str, [*([hook] if hook else []), REPOSITORY]))
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path} | environment,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        start_new_session=True,
        # Tests run in the background inherit a Ctrl-C that is ignored; what they start must not.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _run(folder: Path, *arguments: str, **start: Any) -> subprocess.CompletedProcess[str]:
    with _start(folder, *arguments, **start) as process:
        output, errors = process.communicate(timeout=1800)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.fixture(autouse=True)
def _in_another_folder() -> None:
    """What a path is read as depends on where a test stands."""
    look_again()


@pytest.fixture(scope="session")
def start() -> Start:
    """Start the pipeline in a folder, as the leader of its own process group."""
    return _start


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the pipeline in a folder, to its end."""
    return _run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small lecture, never rendered."""
    return Path(shutil.copytree(SMALL_LECTURE, tmp_path / "project"))


@pytest.fixture(scope="session")
def rendered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small lecture, rendered; not to be changed."""
    folder = Path(shutil.copytree(SMALL_LECTURE, tmp_path_factory.mktemp("small") / "project"))
    outcome = _run(folder, "render", "--quality", "draft")
    assert outcome.returncode == 0, outcome.stderr
    return folder


@pytest.fixture
def rendered(rendered_once: Path, tmp_path: Path) -> Path:
    """The small lecture, rendered; a copy to do things to."""
    return Path(shutil.copytree(rendered_once, tmp_path / "project"))
