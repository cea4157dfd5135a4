"""The small lecture filmed by Dask workers that share no folder: the same to a frame."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.pipeline.cluster.dask_cluster import scheduler, worker
from tests.pipeline.project import DRAFT, RENDER, edit, seen, wait_until

pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler to which a test may bring its own workers."""
    with scheduler(tmp_path_factory.mktemp("empty") / "scheduler") as address:
        yield address


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the cluster's scheduler."""
    with scheduler(tmp_path_factory.mktemp("cluster") / "scheduler") as address:
        yield address


@pytest.fixture(scope="module")
def workers(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """The folders of the cluster's two workers."""
    folder = tmp_path_factory.mktemp("workers")
    folders = [folder / "one", folder / "two"]
    with worker(address, folders[0]), worker(address, folders[1]):
        yield folders


def alive(process: int) -> bool:
    """Whether the process still runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.slow
def test_two_workers_that_share_no_folder_make_the_film_that_is_made_here(
    project: Path, rendered_once: Path, run: Callable, address: str, workers: list[Path]
) -> None:
    # A chapter never filmed is divided among the two if it has as many sentences as this promises.
    unsaid = "".join(f'\n        with self.say("unsaid {n}"):\n            pass' for n in range(3))
    edit(
        project / "scenes/ch01_square.py",
        "            self.wait(0.6)\n",
        f"            self.wait(0.6)\n\n    def unseen(self) -> None:{unsaid}\n",
    )
    outcome = run(project, *RENDER, "--chapter", "1", "--cluster", address)
    assert outcome.returncode == 0, outcome.stderr
    assert all([*folder.glob("gradient-descent-lecture-*/*/scenes")] for folder in workers)
    assert seen(project) == {name: seen(rendered_once)[name] for name in seen(project)}


@pytest.mark.usefixtures("workers")
@pytest.mark.slow
def test_what_fails_there_is_told_here_and_the_others_come_home(
    rendered: Path, run: Callable, address: str
) -> None:
    edit(rendered / "scenes/ch01_square.py", "self.wait(0.6)", 'raise ValueError("no more")')
    edit(rendered / "scenes/ch04_dot.py", "self.wait(1)", "import os; os.kill(os.getpid(), 9)")
    edit(rendered / "scenes/ch02_circle.py", "1 / 3", "2 / 3")
    before = seen(rendered)
    outcome = run(rendered, *RENDER, "--cluster", address)
    assert outcome.returncode == 1
    lines, logs = outcome.stderr.splitlines(), DRAFT / "logs"
    failure = f"beat 3: ValueError: no more (see {logs / 'ch01.log'})"
    assert f"ch01 A square, and & <more>, {failure}" in lines
    assert "Traceback" in (rendered / logs / "ch01.log").read_text()
    death = f"beat 1: the worker died twice (SIGKILL) (see {logs / 'ch04.log'})"
    assert f"ch04 A dot η, {death}" in lines
    changed = {name for name, film in seen(rendered).items() if film != before[name]}
    assert changed == {"ch02_circle.mp4", "ch02_circle.png"}


@pytest.fixture
def halting(project: Path, tmp_path: Path) -> Path:
    """A file for chapter 4, which stops for good once it has written there where it is filmed.

    If there is such a file already, the chapter is the usual one.
    """
    begun = tmp_path / "begun"
    edit(
        project / "scenes/ch04_dot.py",
        "self.wait(1)",
        f"import os, pathlib, time; begun = pathlib.Path({str(begun)!r})\n"
        "            if not begun.exists():\n"
        "                begun.write_text(f'{os.getpid()} {os.environ[\"TMPDIR\"]} filming')\n"
        "                time.sleep(3600)\n"
        "            self.wait(1)",
    )
    return begun


def place_of_filming(begun: Path) -> tuple[int, Path]:
    """The process that films, once it does, and the folder of its worker."""
    wait_until(lambda: begun.exists() and begun.read_text().endswith("filming"))
    process, folder, _ = begun.read_text().split()
    return int(process), Path(folder)


@pytest.mark.slow
def test_ctrl_c_here_ends_what_is_filmed_there(
    project: Path, start: Callable, address: str, workers: list[Path], halting: Path
) -> None:
    with start(project, *RENDER, "--chapter", "4", "--cluster", address) as sender:
        filming, folder = place_of_filming(halting)
        assert folder in workers
        os.kill(sender.pid, signal.SIGINT)
        _, errors = sender.communicate(timeout=60)
    assert (sender.returncode, errors) == (130, "interrupted; what is finished stays\n")
    wait_until(lambda: not alive(filming))


@pytest.mark.slow
def test_a_worker_that_dies_leaves_its_job_to_another(
    project: Path,
    rendered_once: Path,
    start: Callable,
    empty: str,
    halting: Path,
    tmp_path: Path,
) -> None:
    with (
        worker(empty, tmp_path / "one") as one,
        start(project, *RENDER, "--chapter", "4", "--cluster", empty) as sender,
    ):
        filming, _ = place_of_filming(halting)
        with worker(empty, tmp_path / "two"):
            one.kill()
            _, errors = sender.communicate(timeout=120)
            assert (sender.returncode, errors) == (0, "ch04 A dot η: rendered (1 of 1 chapter)\n")
        wait_until(lambda: not alive(filming))
    assert seen(project)["ch04_dot.mp4"] == seen(rendered_once)["ch04_dot.mp4"]


@pytest.mark.slow
def test_a_mistake_is_told_in_one_line_and_nothing_is_touched(
    project: Path, run: Callable, empty: str
) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        nowhere = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        for address, told in [
            ("the office", "'the office' is no address of a scheduler, such as tcp://"),
            (nowhere, f"nobody answers at {nowhere}: "),
            (empty, f"the cluster at {empty} has no workers; start one with"),
        ]:
            assert_refused(run(project, *RENDER, "--cluster", address), told)
    (project / "distributed.py").write_text("raise ImportError")
    assert_refused(run(project, *RENDER, "--cluster", nowhere), "CLUSTER needs the package distrib")
    assert not (project / "build/draft").exists()


@pytest.mark.usefixtures("workers")
@pytest.mark.slow
def test_a_worker_with_another_manim_films_nothing(
    rendered: Path, run: Callable, address: str
) -> None:
    before = seen(rendered)
    (rendered / "requirements.lock").write_text("manim==0.1\n")
    outcome = run(rendered, *RENDER, "--cluster", address)
    assert_refused(outcome, f"manim is {version('manim')}; requirements.lock has 0.1")
    assert seen(rendered) == before


def test_what_is_up_to_date_asks_no_cluster(rendered: Path, run: Callable) -> None:
    assert run(rendered, *RENDER, "--cluster", "tcp://127.0.0.1:1").returncode == 0


def assert_refused(outcome: subprocess.CompletedProcess[str], told: str) -> None:
    assert outcome.returncode == 2
    (line,) = outcome.stderr.splitlines()
    assert told in line
