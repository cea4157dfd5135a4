"""Watch a chapter: film it anew whenever a file that it depends on is saved."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from pipeline.cache.fingerprint import difference
from pipeline.cache.plan import Task, folder_of, make_plan
from pipeline.cache.staleness import told
from pipeline.cli.new import read_outline
from pipeline.cli.preview import show_beat
from pipeline.cli.render import Plan, render
from pipeline.errors import UserError
from pipeline.language import CATALOGUES
from pipeline.quality import Quality
from pipeline.voice.chosen import BUILT_IN

SETTLING = 0.2
"""Seconds without another write after which a save is over: editors save in several strokes."""
LONGEST_WAIT = 1
"""Seconds. Python hears of a Ctrl-C that comes just as a wait begins only when that wait ends."""
PACKAGES = (Path("scenes"), Path("gdmath"), Path("pipeline"))
LAST_LINES = 6


class Saves(FileSystemEventHandler):
    """Hears of what is saved in folders, as long as this process lives."""

    def __init__(self) -> None:
        # Unlike threading.Event, it takes no lock that Ctrl-C could leave locked.
        self._saves: SimpleQueue[FileSystemEvent] = SimpleQueue()
        self._observer = Observer()
        self._folders: set[Path] = set()
        self._observer.start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note, unless the file was only read."""
        if event.event_type in {"created", "deleted", "modified", "moved"}:
            self._saves.put(event)

    def look_at(self, folders: Iterable[Path]) -> None:
        """Hear also of ``folders``; of a package with all that is in it, or may come to be."""
        for folder in set(folders) - self._folders:
            if folder.is_dir():
                self._observer.schedule(self, str(folder), recursive=folder in PACKAGES)
                self._folders.add(folder)

    def wait(self) -> None:
        """Return when something was saved and no more is being saved."""
        while not self._heard(LONGEST_WAIT):
            pass
        while self._heard(SETTLING):
            pass

    def _heard(self, seconds: float) -> bool:
        try:
            self._saves.get(timeout=seconds)
        except Empty:
            return False
        return True


def watch(
    number: int, quality: Quality, lesson: Path, stock: bool = False, voice: str = BUILT_IN
) -> int:
    """Film chapter ``number`` now and after every save that changes it, until Ctrl-C; return 0.

    The first beat that a save has changed is shown by itself, before the rest is filmed.
    Whether a save matters is for the fingerprint to say. Saves during a render lead to one more.
    """

    def plan(numbers: Sequence[int]) -> list[Task]:
        lecture = read_outline()
        return make_plan(quality, lesson, numbers, lecture, stock=stock, voice=voice, verify=True)

    saves = Saves()
    filmed: Task | None = None
    try:
        saves.look_at(PACKAGES)
        while True:
            saves.look_at([CATALOGUES])
            try:
                (task,) = plan([number])
                saves.look_at(Path(name).parent for name in task.keys.ingredients)
                filmed = _film(task, filmed, plan)
            except UserError as refusal:
                print(refusal, file=sys.stderr)
            saves.wait()
    except KeyboardInterrupt:
        _tell("no longer watching")
        return 0


def fault(log: Path) -> list[str]:
    """What to read of the log of a chapter that failed: the place in our sources, the last lines.

    A lesson that cannot be taught is no fault of the sources and was told in full.
    """
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    if not lines or "LessonError:" in lines[-1]:
        return []
    found = re.findall(r'File "(.+?)", line (\d+)', "\n".join(lines))
    here = Path.cwd()
    ours = [
        f"{path.relative_to(here)}:{line}"
        for path, line in ((Path(path), line) for path, line in found)
        if path.is_relative_to(here) and path.relative_to(here).parts[0] in map(str, PACKAGES)
    ]
    return [*ours[-1:], *(f"    {line}" for line in lines[-LAST_LINES:])]


def _film(task: Task, before: Task | None, plan: Plan) -> Task:
    """Film ``task`` unless it is what was filmed ``before``, and say how that went."""
    if before is None:
        files = sum(Path(name).is_file() for name in task.keys.ingredients)
        _tell(f"watching {task.name} and the {files} files it is made of; Ctrl-C ends it")
    elif not (changed := told(difference(before.keys.ingredients, task.keys.ingredients))):
        return before
    else:
        _tell(changed)
    shown: list[int] = []

    def show(task: Task, number: int, key: str) -> None:
        if before is not None and not shown:
            shown.append(number)
            _tell(show_beat(task, number, key))

    if render([task], plan, task.quality, 1, whole_lecture=False, shown=show) != 0:
        for line in fault(folder_of(task.quality) / "logs" / f"{task.name}.log"):
            print(line, file=sys.stderr)
    sys.stdout.flush()
    return task


def _tell(line: str) -> None:
    print(line, flush=True)
