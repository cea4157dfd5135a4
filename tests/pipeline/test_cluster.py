"""The small lecture filmed by others than the processes of this machine: the same to a frame."""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.cluster.errand import run as run_errand
from pipeline.cluster.sending import film_with
from pipeline.cluster.sources import pack
from pipeline.fingerprint import lesson_files
from pipeline.quality import QUALITIES
from pipeline.script import script_of
from pipeline.share import Share
from pipeline.worker import Failed
from scenes.outline import Entry

pytest.importorskip("distributed", reason="the extra cluster is not installed")

DRAFT, PIECES = Path("build/draft"), Path("build/pieces")
RENDER = ("render", "--quality", "draft")
# The pipeline on an executor of the standard library, whose processes could import it by name.
WITH_PROCESSES = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from pipeline.plan import make_plan
from pipeline.quality import QUALITIES
from pipeline.render import render

def plan(numbers):
    return make_plan(QUALITIES["draft"], Path("lesson.toml"), numbers)

if __name__ == "__main__":
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        raise SystemExit(render(plan([1]), plan, QUALITIES["draft"], 2, False, executor=executor))
"""


@contextmanager
def dask(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a part of a cluster in ``folder``, which is also its temporary one."""
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            cwd=folder,
            env=environment | {"TMPDIR": str(folder)},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def scheduling(folder: Path) -> Iterator[str]:
    """The address of a new scheduler, with nothing to film on."""
    port = free_port()
    with dask(folder, "scheduler", "--host", "127.0.0.1", "--port", str(port)):
        wait_until(lambda: answers(port))
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def worker(address: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One worker of a cluster, in a folder where nothing of the project is."""
    with dask(folder, "worker", address, "--nthreads", "1", "--no-nanny") as process:
        wait_until(lambda: b"Registered to" in (folder / "said").read_bytes())
        yield process


@pytest.fixture(scope="module")
def empty_scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler to which a test may bring its own workers."""
    with scheduling(tmp_path_factory.mktemp("empty") / "scheduler") as address:
        yield address


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The scheduler of the cluster."""
    with scheduling(tmp_path_factory.mktemp("cluster") / "scheduler") as address:
        yield address


@pytest.fixture(scope="module")
def workers(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """The folders of the cluster's two workers."""
    folder = tmp_path_factory.mktemp("workers")
    folders = [folder / "one", folder / "two"]
    with worker(scheduler, folders[0]), worker(scheduler, folders[1]):
        yield folders


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def wait_until(met: Callable[[], bool]) -> None:
    """Wait as long as a slow machine may take, no longer than needed."""
    deadline = time.monotonic() + 120
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def films(project: Path) -> dict[str, bytes]:
    """All that a viewer gets."""
    kinds = {".mp4", ".vtt", ".png"}
    found = [path for path in (project / DRAFT).iterdir() if path.suffix in kinds]
    return {path.name: path.read_bytes() for path in found}


def pieces(project: Path) -> dict[Path, int]:
    """When each piece was put there."""
    return {path: path.stat().st_mtime_ns for path in (project / PIECES).glob("*/*.mp4")}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def alive(process: int) -> bool:
    """Whether the process still runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_two_workers_that_share_no_folder_make_the_film_that_is_made_here(
    project: Path, rendered_once: Path, run: Callable, scheduler: str, workers: list[Path]
) -> None:
    outcome = run(project, *RENDER, "--cluster", scheduler)
    assert outcome.returncode == 0, outcome.stderr
    assert all([*folder.glob("gradient-descent-lecture-*/*/scenes")] for folder in workers)
    assert films(project) == films(rendered_once)


@pytest.mark.slow
def test_any_executor_makes_the_same_and_films_only_what_is_missing(
    rendered: Path, run: Callable, root: Path
) -> None:
    before = pieces(rendered), films(rendered)["ch01_square.mp4"]
    edit(rendered / "scenes/ch01_square.py", "self.wait(0.6)", "self.wait(0.8)")
    (rendered / "with_processes.py").write_text(WITH_PROCESSES)
    subprocess.run(
        [sys.executable, "with_processes.py"],
        cwd=rendered,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=True,
    )
    there = pieces(rendered)
    assert there.items() >= before[0].items()
    assert len(there) == len(before[0]) + 1
    made_there = films(rendered)["ch01_square.mp4"]
    shutil.rmtree(rendered / "build")
    assert run(rendered, *RENDER, "--chapter", "1").returncode == 0
    assert films(rendered)["ch01_square.mp4"] == made_there != before[1]


@pytest.mark.usefixtures("workers")
@pytest.mark.slow
def test_what_fails_there_is_told_here_and_the_others_come_home(
    rendered: Path, run: Callable, scheduler: str
) -> None:
    edit(rendered / "scenes/ch01_square.py", "self.wait(0.6)", 'raise ValueError("no more")')
    edit(rendered / "scenes/ch04_dot.py", "self.wait(1)", "import os; os.kill(os.getpid(), 9)")
    edit(rendered / "scenes/ch02_circle.py", "1 / 3", "2 / 3")
    before = films(rendered)
    outcome = run(rendered, *RENDER, "--cluster", scheduler)
    assert outcome.returncode == 1
    lines, logs = outcome.stderr.splitlines(), DRAFT / "logs"
    failure = f"beat 3: ValueError: no more (see {logs / 'ch01.log'})"
    assert f"ch01 A square, and & <more>, {failure}" in lines
    assert "Traceback" in (rendered / logs / "ch01.log").read_text()
    death = f"beat 1: the worker died twice (SIGKILL) (see {logs / 'ch04.log'})"
    assert f"ch04 A dot η, {death}" in lines
    changed = {name for name, film in films(rendered).items() if film != before[name]}
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


def test_ctrl_c_here_ends_what_is_filmed_there(
    project: Path, start: Callable, scheduler: str, workers: list[Path], halting: Path
) -> None:
    with start(project, *RENDER, "--chapter", "4", "--cluster", scheduler) as sender:
        filming, folder = place_of_filming(halting)
        assert folder in workers
        os.kill(sender.pid, signal.SIGINT)
        _, errors = sender.communicate(timeout=60)
    assert (sender.returncode, errors) == (130, "interrupted; what is finished stays\n")
    wait_until(lambda: not alive(filming))


@pytest.mark.slow
def test_a_worker_that_dies_leaves_its_share_to_another(
    project: Path,
    rendered_once: Path,
    start: Callable,
    empty_scheduler: str,
    halting: Path,
    tmp_path: Path,
) -> None:
    with (
        worker(empty_scheduler, tmp_path / "one") as one,
        start(project, *RENDER, "--chapter", "4", "--cluster", empty_scheduler) as sender,
    ):
        filming, _ = place_of_filming(halting)
        with worker(empty_scheduler, tmp_path / "two"):
            one.kill()
            _, errors = sender.communicate(timeout=120)
            assert (sender.returncode, errors) == (0, "ch04 A dot η: rendered (1 of 1 chapter)\n")
        wait_until(lambda: not alive(filming))
    assert films(project)["ch04_dot.mp4"] == films(rendered_once)["ch04_dot.mp4"]


def test_a_mistake_is_told_in_one_line_and_nothing_is_touched(
    project: Path, run: Callable, empty_scheduler: str
) -> None:
    nowhere = f"tcp://127.0.0.1:{free_port()}"
    for address, told in [
        ("the office", "'the office' is no address of a scheduler, such as tcp://"),
        (nowhere, f"nobody answers at {nowhere}: "),
        (empty_scheduler, f"the cluster at {empty_scheduler} has no workers; start one with"),
    ]:
        assert_refused(run(project, *RENDER, "--cluster", address), told)
    (project / "distributed.py").write_text("raise ImportError")
    assert_refused(run(project, *RENDER, "--cluster", nowhere), "CLUSTER needs the package distrib")
    assert not (project / "build/draft").exists()


@pytest.mark.usefixtures("workers")
def test_a_worker_with_another_manim_films_nothing(
    rendered: Path, run: Callable, scheduler: str
) -> None:
    before = films(rendered)
    (rendered / "requirements.lock").write_text("manim==0.1\n")
    outcome = run(rendered, *RENDER, "--cluster", scheduler)
    assert_refused(outcome, f"manim is {version('manim')}; requirements.lock has 0.1")
    assert films(rendered) == before


def test_what_is_up_to_date_asks_no_cluster(rendered: Path, run: Callable) -> None:
    assert run(rendered, *RENDER, "--cluster", "tcp://127.0.0.1:1").returncode == 0


def assert_refused(outcome: subprocess.CompletedProcess[str], told: str) -> None:
    assert outcome.returncode == 2
    (line,) = outcome.stderr.splitlines()
    assert told in line


def test_a_lesson_from_outside_travels_with_its_points(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    lesson = Path("../lessons/other.toml")
    lesson.parent.mkdir()
    lesson.write_text('[data]\nfile = "../points/other.csv"\n')
    (tmp_path / "points").mkdir()
    (tmp_path / "points/other.csv").write_text("x,y\n")
    sources = pack(lesson)
    assert sources.contents == pack(lesson.absolute()).contents
    with zipfile.ZipFile(io.BytesIO(sources.contents)) as archive:
        archive.extractall(tmp_path / "there")
    root = tmp_path / "there" / sources.root
    (points,) = lesson_files(root / sources.lesson)[1:]
    assert points.read_text() == "x,y\n"
    for name in ["manim.cfg", "scenes/kit/chapter.py", "pipeline/cluster/__main__.py"]:
        assert (root / name).is_file()
    assert not [*root.rglob("__pycache__")]


class Losing(Executor):
    """An executor that loses everything."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, *_: object) -> Future[bytes]:
        self.sent += 1
        future: Future[bytes] = Future()
        future.set_exception(OSError("no room\nat all"))
        return future


@pytest.mark.parametrize("late", [False, True])
def test_what_gets_lost_is_sent_twice_and_what_was_saved_meanwhile_never(
    project: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    monkeypatch.chdir(project)
    entry = Entry(4, "scenes.ch04_dot", "Dot", "A dot η", "It stands.")
    quality, lesson = QUALITIES["draft"], Path("lesson.toml")
    ingredients = script_of(entry, lesson, quality).ingredients
    folder = DRAFT / "work/ch04-1"
    share = Share(entry, quality, lesson, False, PIECES, folder, ingredients)
    if late:
        edit(project / "scenes/ch04_dot.py", "self.wait(1)", "self.wait(2)")
    executor = Losing()
    ((_, event),) = film_with(executor, [share])
    assert isinstance(event, Failed)
    if late:
        assert (event.changed, executor.sent) == (True, 0)
    else:
        assert event.error == "it was lost in the cluster: OSError no room"
        assert executor.sent == 2


def test_sources_swept_from_a_temporary_folder_are_unpacked_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (project / "scenes/echo.py").write_text(
        "import sys, pathlib; folder = pathlib.Path(sys.argv[1])\n"
        "order = (folder / 'order').read_text(); print('heard')\n"
        "(folder / 'answer').write_text(order.upper())\n"
    )
    sources = pack(Path("lesson.toml"))
    for _ in range(2):
        left = run_errand(sources.contents, sources.root, "scenes.echo", b"order", {})
        with zipfile.ZipFile(io.BytesIO(left)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        assert contents == {"answer": b"ORDER", "said": b"heard\n"}
        (echo,) = tmp_path.glob("gradient-descent-lecture-*/*/scenes/echo.py")
        echo.unlink()
