"""What a person sees while chapters render: one bar over the whole, or a line a chapter."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column

from pipeline.plan import Task
from pipeline.render import clock
from pipeline.workers import Event, Failed
from pipeline.workers import Progress as Filmed


class Screen:
    """Counts frames filmed against frames expected, over all chapters, and shows it."""

    def __init__(self, tasks: Sequence[Task], bar: Progress) -> None:
        self._bar = bar
        self._line = bar.add_task("", total=None, chapters="", left="", now="")
        self._begun = monotonic()
        self._filmed = dict.fromkeys((task.name for task in tasks), 0)
        self._expected = {
            task.name: round(task.expected_seconds * task.quality.frame_rate) for task in tasks
        }
        self._sentences: dict[str, str] = {}
        self._ended = 0
        self._show("the first scenes are being set")

    def tell(self, task: Task, event: Event) -> None:
        """Take in what happened to ``task``."""
        if isinstance(event, Filmed):
            self._filmed[task.name] = event.frames
            self._expected[task.name] = max(self._expected[task.name], event.frames)
            begins = event.sentence != self._sentences.get(task.name)
            self._sentences[task.name] = event.sentence
            now = f"{task.name} {event.sentence or task.entry.title}"
            self._show(now if begins else None)
            return
        self._ended += 1
        if isinstance(event, Failed):
            self._filmed[task.name] = self._expected[task.name] = 0
            self._say(f"{task.name} {task.entry.title}: {event.error} (see {event.log})")
        else:
            self._filmed[task.name] = self._expected[task.name] = event.frames
            if not self._bar.console.is_terminal:
                self._say(f"{task.name} {task.entry.title}: rendered ({self._chapters()})")
        self._show()

    def _chapters(self) -> str:
        count = len(self._expected)
        return f"{self._ended} of {count} chapter{'s' * (count > 1)}"

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
def screen(tasks: Sequence[Task]) -> Iterator[Screen]:
    """Show progress over ``tasks`` on standard error while the block runs, if it is a terminal."""
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
        yield Screen(tasks, bar)
