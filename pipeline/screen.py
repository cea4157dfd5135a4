"""What a person sees while chapters render: one bar over the whole, or a line a chapter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column

from pipeline.plan import Task
from pipeline.workers import Event, Failed
from pipeline.workers import Progress as Filmed


class Screen:
    """Counts frames filmed against frames expected, over all chapters, and shows it."""

    def __init__(self, tasks: Sequence[Task], bar: Progress) -> None:
        self._bar = bar
        self._expected = {
            task.name: round(task.expected_seconds * task.quality.frame_rate) for task in tasks
        }
        self._filmed = dict.fromkeys(self._expected, 0)
        self._ended = 0
        self._line: TaskID = bar.add_task("", total=None, chapters="", now="")
        self._show("setting the first scene")

    def tell(self, task: Task, event: Event) -> None:
        """Take in what happened to ``task``."""
        if isinstance(event, Filmed):
            self._filmed[task.name] = event.frames
            self._expected[task.name] = max(self._expected[task.name], event.frames)
            self._show(f"{task.name} {event.sentence}")
            return
        self._ended += 1
        if isinstance(event, Failed):
            self._filmed[task.name] = self._expected[task.name] = 0
            self._say(f"{task.name} {task.entry.title}: {event.error} (see {event.log})")
        else:
            self._filmed[task.name] = self._expected[task.name] = event.frames
            if not self._bar.console.is_terminal:
                self._say(f"{task.name} {task.entry.title}: rendered ({self._chapters()})")
        self._show("")

    def _chapters(self) -> str:
        count = len(self._expected)
        return f"{self._ended} of {count} chapter{'s' * (count > 1)}"

    def _say(self, line: str) -> None:
        self._bar.console.print(escape(line), soft_wrap=True, highlight=False)

    def _show(self, now: str) -> None:
        self._bar.update(
            self._line,
            completed=sum(self._filmed.values()),
            total=sum(self._expected.values()),
            chapters=self._chapters(),
            now=now,
        )


@contextmanager
def screen(tasks: Sequence[Task]) -> Iterator[Screen]:
    """Show progress over ``tasks`` on standard error while the block runs, if it is a terminal."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.fields[chapters]}"),
        BarColumn(bar_width=24),
        TimeRemainingColumn(compact=True),
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
        yield Screen(tasks, bar)
