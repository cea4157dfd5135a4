"""Build chapters: film them in jobs, and join each when all of it is there."""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing

from pipeline.cache.plan import BUILD, SEGMENTS, Task
from pipeline.cache.record import Rendered
from pipeline.cache.store import Store
from pipeline.cli.progress import ProgressDisplay, progress_display
from pipeline.cluster.dispatch import film_with
from pipeline.errors import DiskError
from pipeline.film.chapter import IncompleteError, join_chapter
from pipeline.film.job import Filmed, Job
from pipeline.film.partition import divide
from pipeline.film.pool import film_all
from pipeline.film.worker import Event, Failed, Stored


class Build:
    """Films and joins ``stale`` chapters, ``workers`` jobs at a time, here or with an ``executor``.

    ``shown`` is told of each segment as it is stored. If it is ``patient``, chapters that were
    saved before they could be read, or lost a segment before they were joined, have not failed:
    their numbers are in ``changed``.
    """

    def __init__(
        self,
        stale: Sequence[Task],
        workers: int,
        shown: Callable[[Task, int, str], None],
        patient: bool,
        executor: Executor | None = None,
    ) -> None:
        self.changed: list[int] = []
        self._workers, self._executor = workers, executor
        self._shown, self._patient = shown, patient
        self._tasks = {task.entry.number: task for task in stale}
        self._jobs = divide(stale, workers)
        self._left = Counter(job.entry.number for job in self._jobs)
        self._places = {task.name: task.staleness.places for task in stale}
        self._failed: set[int] = set()
        self._finished: dict[str, tuple[Task, Rendered | None]] = {}

    def run(self) -> dict[str, tuple[Task, Rendered | None]]:
        """Do it; return what is finished, by the names of the tasks.

        Raises:
            DiskError: nothing can be written any more.
        """
        tasks = [*self._tasks.values()]
        with progress_display(tasks, self._jobs) as display:
            for task in tasks:
                self._join_if_done(task, display)
            try:
                with closing(self._film()) as events:
                    for job, event in events:
                        display.tell(job, event)
                        self._hear(job, event, display)
            finally:
                Store(SEGMENTS).sweep()
        return self._finished

    def _film(self) -> Generator[tuple[Job, Event], None, None]:
        if self._executor is not None:
            return film_with(self._executor, self._jobs)
        return film_all(self._jobs, self._workers)

    def _hear(self, job: Job, event: Event, display: ProgressDisplay) -> None:
        number = job.entry.number
        task = self._tasks[number]
        if isinstance(event, Stored):
            self._shown(task, event.number, event.key)
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

    def _join_if_done(self, task: Task, display: ProgressDisplay) -> None:
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
        display.finished(task)
