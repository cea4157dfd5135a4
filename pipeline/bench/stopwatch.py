"""A stopwatch for parts of a program: each second is counted once, for the innermost part."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib import import_module
from typing import Any

REST = "everything else"


class Stopwatch:
    """Counts the processor time of this thread, by parts that call each other."""

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Begin anew; outside all parts."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._running, self._since = [REST], self._clock()

    def counted(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, with the time that it takes counted for ``part``."""

        @wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            self._pass_on()
            self._running.append(part)
            try:
                return function(*arguments, **options)
            finally:
                self._pass_on()
                self._running.pop()

        return timed

    def read(self) -> Mapping[str, float]:
        """The seconds of each part until now."""
        self._pass_on()
        return dict(self.seconds)

    def watch(self, parts: Mapping[str, Sequence[str]]) -> None:
        """Count for each part the methods that it names, as ``module:Class.method``.

        A method that is there no more counts for whatever calls what has become of it.
        """
        for part, places in parts.items():
            for place in places:
                module, _, path = place.partition(":")
                owner, _, name = path.partition(".")
                try:
                    kind = getattr(import_module(module), owner)
                    function = getattr(kind, name)
                except (ImportError, AttributeError):
                    continue
                setattr(kind, name, self.counted(part, function))

    def _pass_on(self) -> None:
        """Count what has passed for what was running."""
        now = self._clock()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now
