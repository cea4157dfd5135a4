"""One production: chapters are filmed in shares, and each is joined when all of it is there."""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing

from pipeline.chapter import IncompleteError, join_chapter
from pipeline.cluster.sending import film_with
from pipeline.disk import DiskError
from pipeline.plan import BUILD, Task
from pipeline.record import Rendered
from pipeline.screen import Screen, screen
from pipeline.share import Filmed, Share
from pipeline.shares import chapters, divide
from pipeline.worker import Event, Failed, Stored
from pipeline.workers import film_all


class Production:
    """Films and joins ``stale`` chapters, ``jobs`` shares at a time, here or with an ``executor``.

    ``shown`` is told of each piece as it is stored. If it is ``patient``, chapters that were saved
    before they could be read, or lost a piece before they were joined, have not failed: their
    numbers are in ``changed``.
    """

    def __init__(
        self,
        stale: Sequence[Task],
        jobs: int,
        shown: Callable[[Task, int, str], None],
        patient: bool,
        executor: Executor | None = None,
    ) -> None:
        self.changed: list[int] = []
        self._jobs, self._shown, self._patient, self._executor = jobs, shown, patient, executor
        self._tasks = {task.entry.number: task for task in stale}
        self._shares = chapters(stale) if executor is None else divide(stale, jobs)
        self._left = Counter(share.entry.number for share in self._shares)
        self._places = {task.name: task.outlook.places for task in stale}
        self._failed: set[int] = set()
        self._finished: dict[str, tuple[Task, Rendered | None]] = {}

    def run(self) -> dict[str, tuple[Task, Rendered | None]]:
        """Do it; return what is finished, by the names of the tasks.

        Raises:
            DiskError: nothing can be written any more.
        """
        tasks = [*self._tasks.values()]
        with screen(tasks, self._shares) as display:
            for task in tasks:
                self._join_if_done(task, display)
            with closing(self._film()) as events:
                for share, event in events:
                    display.tell(share, event)
                    self._hear(share, event, display)
        return self._finished

    def _film(self) -> Generator[tuple[Share, Event], None, None]:
        if self._executor is not None:
            return film_with(self._executor, self._shares)
        return film_all(self._shares, self._jobs)

    def _hear(self, share: Share, event: Event, display: Screen) -> None:
        number = share.entry.number
        task = self._tasks[number]
        if isinstance(event, Stored):
            self._shown(task, event.number, event.address)
        elif isinstance(event, Failed):
            if event.disk:
                raise DiskError(f"{BUILD} cannot be written: {event.error}")
            if event.changed and self._patient:
                self.changed.append(number)
            elif number not in self._failed:
                display.failed(task, f"{event.error} (see {event.log})", event.number)
            self._failed.add(number)
        elif isinstance(event, Filmed):
            self._left[number] -= 1
            display.remark(event.remark)
            if event.complete:
                self._places[task.name] = event.places
            self._join_if_done(task, display)

    def _join_if_done(self, task: Task, display: Screen) -> None:
        if self._left[task.entry.number]:
            return
        try:
            rendered = join_chapter(task, self._places[task.name])
        except IncompleteError as error:
            if self._patient:
                self.changed.append(task.entry.number)
            else:
                display.failed(task, str(error))
            return
        self._finished[task.name] = task, rendered
        display.finished(task, rendered)
