"""Show progress while chapters render: one bar over the whole, or a line a chapter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column

from pipeline.cache.plan import Task
from pipeline.film.job import Filmed, Job
from pipeline.film.worker import Event, Failed
from pipeline.film.worker import Progress as Moment
from pipeline.playing_time import clock


class ProgressDisplay:
    """Counts frames filmed against frames expected, over all jobs, and shows it."""

    def __init__(self, tasks: Sequence[Task], jobs: Sequence[Job], bar: Progress) -> None:
        self._bar = bar
        self._line = bar.add_task("", total=None, chapters="", left="", now="")
        self._begun = monotonic()
        self._filmed = dict.fromkeys((job.name for job in jobs), 0)
        self._expected = {
            job.name: round(job.expected_seconds * job.quality.frame_rate) for job in jobs
        }
        self._sentences: dict[str, str] = {}
        self._remarks: set[str] = set()
        self._ended, self._count = 0, len(tasks)
        self._show("the first scenes are being set")

    def tell(self, job: Job, event: Event) -> None:
        """Take in what happened to ``job``."""
        name = job.name
        if isinstance(event, Filmed):
            self._filmed[name] = self._expected[name]
        elif isinstance(event, Failed):
            self._filmed[name] = self._expected[name] = 0
        elif isinstance(event, Moment):
            self._filmed[name] = event.frames
            self._expected[name] = max(self._expected[name], event.frames)
            begins = event.sentence != self._sentences.get(name)
            self._sentences[name] = event.sentence
            now = f"{name} {event.sentence or job.entry.title}"
            self._show(now if begins else None)
            return
        self._show()

    def remark(self, words: str) -> None:
        """Say something, once."""
        if words and words not in self._remarks:
            self._remarks.add(words)
            self._say(words)

    def finished(self, task: Task) -> None:
        """Say that the film of ``task`` is there."""
        self._ended += 1
        if not self._bar.console.is_terminal:
            self._say(f"{task.name} {task.entry.title}: rendered ({self._chapters()})")
        self._show()

    def failed(self, task: Task, error: str, number: int | None = None) -> None:
        """Say that there is no film of ``task``, and why; ``number`` is the beat's, from 0."""
        self._ended += 1
        beat = "" if number is None else f", beat {number + 1}"
        self._say(f"{task.name} {task.entry.title}{beat}: {error}")
        self._show()

    def _chapters(self) -> str:
        return f"{self._ended} of {self._count} chapter{'s' * (self._count > 1)}"

    def _say(self, line: str) -> None:
        self._bar.console.print(escape(line), soft_wrap=True, highlight=False)

    def _show(self, now: str | None = None) -> None:
        """Draw the bar anew; what is said now stays until something else is."""
        if now is not None:
            self._bar.update(self._line, now=now)
        filmed, expected = sum(self._filmed.values()), sum(self._expected.values())
        seconds = (monotonic() - self._begun) * (expected - filmed) / max(1, filmed)
        self._bar.update(
            self._line,
            completed=filmed,
            total=expected,
            chapters=self._chapters(),
            left=f"{clock(seconds)} left" if filmed else "",
        )


@contextmanager
def progress_display(tasks: Sequence[Task], jobs: Sequence[Job]) -> Iterator[ProgressDisplay]:
    """Show progress over ``tasks``, filmed in ``jobs``, while the block runs.

    It goes to standard error, if that is a terminal.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.fields[chapters]}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[left]}"),
        TextColumn(
            "{task.fields[now]}",
            style="dim",
            markup=False,
            table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
        ),
        console=console,
        expand=True,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        yield ProgressDisplay(tasks, jobs, bar)
