"""Ctrl-C, and a parent that is killed: no process is left, and nothing that was there is lost."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.project import DRAFT, RENDER, dated, seen, wait_until

SEED = 20261123
# Never ends, having said who it is and whether it is deaf to Ctrl-C.
ENDLESS = """
import os, signal, time
from pathlib import Path
deaf = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
Path(f"worker-{os.getpid()}").write_text(f"{deaf}")
time.sleep(3600)
"""
MESSAGE = "interrupted; what is finished stays"
# As Ctrl-C does in the midst of a dataclass, which is made by running a text.
IN_A_TEXT = """
import sys
class Finder:
    def find_spec(name, path, target=None):
        if name == "pipeline.cli.render":
            exec("raise KeyboardInterrupt")
sys.meta_path.insert(0, Finder)
"""


def never_end(project: Path, when: str) -> None:
    """Have chapters 1 and 2 never end: while they are ``read``, or while they are ``filmed``."""
    (project / "scenes/kit/endless.py").write_text(ENDLESS)
    for chapter, line in (("ch01_square", "self.wait(0.4)"), ("ch02_circle", "shape = circle()")):
        path = project / f"scenes/{chapter}.py"
        text = path.read_text()
        assert line in text
        endless = "import scenes.kit.endless"
        path.write_text(text.replace(line, endless) if when == "filmed" else f"{text}\n{endless}\n")


def left(group: int) -> list[str]:
    """The processes of this group that still run; those that only wait to be buried do not."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, facts = path.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, _, its_group = facts.split()[:3]
        if int(its_group) == group and state != "Z":
            found.append(name)
    return found


def deaf(project: Path) -> list[str]:
    """What the workers have said of their ears, as far as they have said it."""
    return [said for path in project.glob("worker-*") if (said := path.read_text())]


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are counted in /proc"
)


@pytest.mark.parametrize(
    ("when", "again"),
    [
        ("filmed", False),
        pytest.param("filmed", True, marks=pytest.mark.slow),
        ("read", False),
    ],
    ids=["once", "impatient", "early"],
)
def test_ctrl_c_ends_all_of_it_at_once(
    rendered: Path, start: Callable, when: str, again: bool
) -> None:
    before = dated(rendered)
    never_end(rendered, when)
    with start(rendered, *RENDER) as process:
        wait_until(lambda: len(deaf(rendered)) == 2)
        os.killpg(process.pid, signal.SIGINT)

        def ended() -> bool:
            if again:
                os.killpg(process.pid, signal.SIGINT)
            return not left(process.pid)

        wait_until(ended)
        _, errors = process.communicate()
    assert (process.returncode, errors.splitlines()) == (130, [MESSAGE])
    assert deaf(rendered) == ["True", "True"]
    assert dated(rendered) == before


def test_ctrl_c_in_a_text_that_python_runs_ends_like_any_other(
    rendered: Path, tmp_path: Path, run: Callable
) -> None:
    (tmp_path / "sitecustomize.py").write_text(IN_A_TEXT)
    outcome = run(rendered, *RENDER, hook=tmp_path)
    assert (outcome.returncode, outcome.stderr) == (130, f"{MESSAGE}\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("when", "sent"),
    [("filmed", signal.SIGTERM), ("read", signal.SIGKILL)],
)
def test_workers_end_with_their_parent(
    rendered: Path, start: Callable, when: str, sent: signal.Signals
) -> None:
    before = dated(rendered)
    never_end(rendered, when)
    with start(rendered, *RENDER) as process:
        wait_until(lambda: len(deaf(rendered)) == 2)
        os.kill(process.pid, sent)
        wait_until(lambda: not left(process.pid))
        _, errors = process.communicate()
    assert (process.returncode, errors) == (-sent, "")
    assert dated(rendered) == before


@pytest.mark.slow
@pytest.mark.parametrize("number", range(30))
def test_ctrl_c_at_any_moment(
    rendered: Path, tmp_path: Path, start: Callable, run: Callable, number: int
) -> None:
    project = Path(shutil.copytree(rendered, tmp_path / "again"))
    shutil.rmtree(project / "build")
    with start(project, *RENDER) as process:
        # before that Python itself is still starting
        wait_until((project / DRAFT / "work/build.lock").exists)
        time.sleep(random.Random(SEED + number).uniform(0, 6))
        os.killpg(process.pid, signal.SIGINT)
        wait_until(lambda: not left(process.pid))
        _, errors = process.communicate()
    told = [line for line in errors.splitlines() if "rendered" not in line]
    assert (process.returncode, told) in ((130, [MESSAGE]), (0, []))
    assert run(project, *RENDER).returncode == 0
    assert seen(project) == seen(rendered)
