"""A real watcher on the small lecture: what it says after real saves, however long it takes."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.events import FileModifiedEvent

from pipeline.cli.watch import Saves, fault
from tests.pipeline.project import PATIENCE

CIRCLE = Path("scenes/ch02_circle.py")
FILM = "build/draft/ch02_circle.mp4"


class Watcher:
    """`watch --chapter 2` in a folder, and the lines that it has said."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder, self.process = folder, process
        self.lines: queue.Queue[str] = queue.Queue()
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        with self.process.stdout as stream:
            for line in stream:
                if "rendered (" not in line:
                    self.lines.put(line.rstrip("\n"))

    def silence(self) -> list[str]:
        """Wait until nobody is left who could say anything; what has not been heard."""
        self.listener.join(PATIENCE)
        assert not self.listener.is_alive()
        return list(self.lines.queue)

    def until(self, part: str) -> list[str]:
        """Wait for a line that holds ``part``; the lines up to it."""
        heard: list[str] = []
        while not heard or part not in heard[-1]:
            try:
                heard.append(self.lines.get(timeout=PATIENCE))
            except queue.Empty:
                pytest.fail(f"{part!r} was never said, but {heard}")
        return heard

    def replace(self, path: str | Path, old: str, new: str) -> None:
        """Change a file as an editor does: write another and put it in its place."""
        file = self.folder / path
        assert old in file.read_text()
        draft = file.with_suffix(".swp")
        draft.write_text(file.read_text().replace(old, new))
        draft.replace(file)


@pytest.fixture
def watcher(rendered: Path, start: Callable) -> Iterator[Watcher]:
    """A watcher of chapter 2, up to date and waiting."""
    with start(rendered, "watch", "--chapter", "2", errors=subprocess.STDOUT) as process:
        watcher = Watcher(rendered, process)
        first, result = watcher.until(FILM)
        assert first.startswith("watching ch02 and the ")
        assert result.split()[0] == "0:02"
        yield watcher
    process.wait()
    watcher.silence()


def test_a_save_of_what_the_chapter_depends_on_films_it_anew(watcher: Watcher) -> None:
    film = watcher.folder / FILM
    for path, old, new, name in (
        ("scenes/kit/shapes.py", "BLUE", "GREEN", ""),
        ("data/points.csv", "\n", "\n\n", ""),
        ("scenes/outline.py", "It grows", "It swells", "the outline"),
    ):
        before = film.stat().st_mtime_ns
        watcher.replace(path, old, new)
        changed, *_, result = watcher.until(FILM)
        assert changed == f"{name or path} changed"
        assert result.split()[0] == "0:02"
        assert film.stat().st_mtime_ns > before


def test_what_the_chapter_does_not_depend_on_is_not_told(watcher: Watcher) -> None:
    watcher.replace("scenes/ch01_square.py", "moves", "moves on")
    watcher.replace("scenes/outline.py", "It stands", "It stays")
    (watcher.folder / CIRCLE).touch()
    watcher.replace(CIRCLE, "1 / 3", "2 / 3")
    changed, *_ = watcher.until(FILM)
    assert changed == f"{CIRCLE} changed"


def test_an_error_is_told_with_its_place_and_forgotten_when_mended(watcher: Watcher) -> None:
    watcher.replace("scenes/kit/shapes.py", "BLUE)", "BLUE, radius=1 / 0)")
    watcher.until("ZeroDivisionError: division by zero (see build/draft/logs/ch02.log)")
    place, *heard = watcher.until("    ZeroDivisionError: division by zero")
    assert place == "scenes/kit/shapes.py:8"
    assert all(line.startswith("    ") for line in heard)
    watcher.replace("scenes/kit/shapes.py", "1 / 0", "1")
    changed, *_, result = watcher.until(FILM)
    assert changed == "scenes/kit/shapes.py changed"
    assert result.split()[0] == "0:02"


@pytest.mark.slow
def test_half_a_source_and_half_an_outline_are_survived(watcher: Watcher) -> None:
    watcher.replace(CIRCLE, "class Circle(Chapter):", "class Circle(Chapter:")
    assert f"{CIRCLE}:7" in watcher.until("    SyntaxError")
    watcher.replace("scenes/outline.py", "LECTURE = (", "LECTURE = ((")
    watcher.until("scenes/outline.py: SyntaxError")
    watcher.replace("scenes/outline.py", "LECTURE = ((", "LECTURE = (")
    watcher.replace(CIRCLE, "class Circle(Chapter:", "class Circle(Chapter):")
    watcher.until(FILM)


@pytest.mark.slow
def test_a_wrong_lesson_is_told_without_a_place(watcher: Watcher) -> None:
    """What the lesson's author did wrong is no fault of a source."""
    with (watcher.folder / "lesson.toml").open("a") as file:
        file.write("# wrong\n")
    watcher.until("lesson.toml: the learning rate is wrong")
    watcher.replace("lesson.toml", "# wrong", "# right")
    assert not [line for line in watcher.until(FILM) if line.startswith("    ")]


@pytest.mark.slow
def test_saves_during_a_render_lead_to_one_more(watcher: Watcher) -> None:
    os.mkfifo(watcher.folder / "gate")
    watcher.replace(CIRCLE, "shape = circle()", 'shape = circle(); open("gate").read()')
    watcher.until(f"{CIRCLE} changed")
    with (watcher.folder / "gate").open("w"):  # opens when the chapter is at the gate
        watcher.replace(CIRCLE, "1 / 3", "2 / 3")
        watcher.replace(CIRCLE, '; open("gate").read()', "")
        watcher.replace(CIRCLE, "2 / 3", "1")
    watcher.until(FILM)
    assert watcher.until(FILM)[0] == f"{CIRCLE} changed"
    # Were there a third, it would be told of before this.
    watcher.replace("scenes/outline.py", "LECTURE = (", "LECTURE = ((")
    (_,) = watcher.until("scenes/outline.py: SyntaxError")
    os.killpg(watcher.process.pid, signal.SIGINT)
    assert watcher.process.wait(PATIENCE) == 0
    assert watcher.silence() == ["no longer watching"]


@pytest.mark.slow
def test_ctrl_c_ends_what_is_being_filmed_without_a_word_too_many(watcher: Watcher) -> None:
    gate = watcher.folder / "gate"
    os.mkfifo(gate)
    watcher.replace(CIRCLE, "shape = circle()", 'open("gate").read()')
    held = os.open(gate, os.O_WRONLY)  # opens when the chapter is at the gate
    watcher.until(f"{CIRCLE} changed")
    os.killpg(watcher.process.pid, signal.SIGINT)
    assert watcher.process.wait(PATIENCE) == 0
    assert watcher.silence() == ["no longer watching"]
    with pytest.raises(BrokenPipeError):  # no worker is left to read
        os.write(held, b"on")
    os.close(held)


def test_ctrl_c_is_heard_that_does_not_interrupt_the_wait() -> None:
    """As when it comes between Python's last look for signals and the system call that waits."""
    saves, late = Saves(), threading.Event()

    def interrupt() -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        if not over.wait(PATIENCE / 10):
            late.set()
            saves.on_any_event(FileModifiedEvent("what ends any wait"))

    over, before = threading.Event(), signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Timer(0.5, interrupt)
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            saves.wait()
    finally:
        over.set()
        thread.join()
        signal.signal(signal.SIGINT, before)
    assert not late.is_set()


def test_the_place_told_is_in_our_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    frames = [("scenes/ch02.py", 5), ("scenes/kit/shapes.py", 8), (".venv/lib/manim.py", 99)]
    told = [f'  File "{tmp_path / name}", line {line}' for name, line in frames]
    log = tmp_path / "ch02.log"
    log.write_text("\n".join(["Traceback:", *told, "ValueError: no"]))
    place, *lines = fault(log)
    assert place == "scenes/kit/shapes.py:8"
    assert lines[-1] == "    ValueError: no"


def test_a_log_without_a_place_gives_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "ch02.log"
    assert fault(log) == []
    log.write_text("out of memory\nkilled\n")
    assert fault(log) == ["    out of memory", "    killed"]
