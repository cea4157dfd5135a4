"""The parts of a Dask cluster on this machine, each in a folder where nothing of the project is."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.pipeline.project import wait_until


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """The address of a new scheduler, with nothing to film on."""
    with _dask(folder, "scheduler", "--host", "127.0.0.1", "--port", "0") as process:
        yield _heard(folder, process, r"Scheduler at: +(tcp://[\d.:]+)\n")


@contextmanager
def worker(address: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One worker of the scheduler at ``address``."""
    with _dask(folder, "worker", address, "--nthreads", "1", "--no-nanny") as process:
        _heard(folder, process, "(Registered to)")
        yield process


@contextmanager
def _dask(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
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


def _heard(folder: Path, process: subprocess.Popen[bytes], pattern: str) -> str:
    """What ``pattern`` finds in what the process in ``folder`` says, as soon as it says so."""
    found: list[str] = []

    def is_said() -> bool:
        said = (folder / "said").read_text()
        assert process.poll() is None, said
        found[:] = re.findall(pattern, said)
        return bool(found)

    wait_until(is_said)
    return found[0]
