"""Judge a lesson in a process of its own, which is ended if it takes too much."""

import resource
import signal
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.errors import UserError
from pipeline.signals import cause_of_death, undisturbed

LONGEST = 60
"""Most seconds of a processor's time, so that a busy machine refuses no more than an idle one.

A formula within the bounds takes five to differentiate, a long descent fifteen.
"""

LARGEST = 4
"""Most gigabytes of memory: a million points take one, some formulas all that there is."""


def judge(lesson: Path) -> Mapping[str, str]:
    """What the lesson at this path lacks of what chapters may need, each with the reason.

    Only the system can hold the bounds: nothing within SymPy or NumPy looks at a clock.

    Raises:
        UserError: it cannot be taught, or not be worked out within `LONGEST` and `LARGEST`.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_verdict, args=(lesson, sender), daemon=True)
    with undisturbed():
        process.start()
    sender.close()
    try:
        verdict: Mapping[str, str] | str = receiver.recv()
    except EOFError:
        process.join()
        if process.exitcode == -signal.SIGXCPU:
            from gdmath import too_costly

            raise UserError(str(too_costly(lesson, f"longer than {LONGEST} s"))) from None
        raise UserError(
            f"{lesson}: what judged it died ({cause_of_death(process.exitcode)}); it must be a "
            "lesson that this machine can work out"
        ) from None
    finally:
        with undisturbed():
            process.kill()
            process.join()
    if isinstance(verdict, str):
        raise UserError(verdict)
    return verdict


def _send_verdict(lesson: Path, sender: "Connection[Any, Any]") -> None:
    """Send what the lesson lacks, or the line that refuses it."""
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, LONGEST)
    # Where the system keeps no such account, only the time is bounded.
    with suppress(ValueError, OSError):
        _bound(resource.RLIMIT_AS, LARGEST << 30)
    from gdmath import LessonError, prove_lesson, too_costly, unmet_requirements

    try:
        sender.send(unmet_requirements(prove_lesson(lesson)))
    except LessonError as mistake:
        sender.send(str(mistake))
    except MemoryError:
        sender.send(str(too_costly(lesson, f"more than {LARGEST} GB of memory")))


def _bound(kind: int, most: int) -> None:
    """Let this process have no more of a resource than that, nor than it has been allowed."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
