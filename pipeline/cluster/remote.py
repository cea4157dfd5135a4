"""Run a job on a remote worker: unpack the sources, run a module of theirs, pack what it left.

A worker has Python and the locked packages, but not this project. So this module travels to it by
value, needs the standard library only, and takes and returns nothing but what that knows.
"""

import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ORDER, SAID = "order", "said"
HEARTBEAT = 0.2


def run(sources: bytes, root: str, module: str, order: bytes, versions: Mapping[str, str]) -> bytes:
    """Run ``module`` of the zipped ``sources`` and return, zipped, what it left in its folder.

    It runs in a process of its own, so that no two versions of a module ever meet, with the
    folder ``root`` of the sources as working directory. Its one argument is its folder, in which
    the file `ORDER` holds the ``order``; what it says goes to the file `SAID`. It is to end when
    its standard input does: this process has died then, or nobody wants the result any more.

    Raises:
        ImportError: not all packages have the ``versions`` asked for, by name.
    """
    _check(versions)
    with tempfile.TemporaryDirectory(
        prefix="job-", dir=_own_folder(), ignore_cleanup_errors=True
    ) as place:
        folder = Path(place)
        (folder / ORDER).write_bytes(order)
        with (
            (folder / SAID).open("wb") as said,
            subprocess.Popen(
                [sys.executable, "-m", module, place],
                cwd=_unpacked(sources) / root,
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            while process.poll() is None and not _unwanted():
                time.sleep(HEARTBEAT)
        return _zipped(folder)


def _check(versions: Mapping[str, str]) -> None:
    for name, wanted in versions.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "missing"
        if found != wanted:
            machine = platform.node()
            raise ImportError(f"on {machine} {name} is {found}; requirements.lock has {wanted}")


def _unwanted() -> bool:
    """Whether nobody waits for this any more: Dask's workers know, but let what runs run on."""
    if "distributed" not in sys.modules:
        return False
    from distributed.worker import get_worker, thread_state

    try:
        task = get_worker().state.tasks.get(thread_state.key)
    except (AttributeError, ValueError):  # this is none of Dask's tasks, or another Dask
        return False
    return task is None or task.state == "cancelled"


def _own_folder() -> Path:
    """A folder for temporary files that no other user of this machine can have prepared."""
    folder = Path(tempfile.gettempdir()) / f"gradient-descent-lecture-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def _unpacked(sources: bytes) -> Path:
    """The folder with the ``sources``, the same for all jobs here that have the same ones."""
    folder = _own_folder() / hashlib.sha256(sources).hexdigest()[:32]
    with zipfile.ZipFile(io.BytesIO(sources)) as archive:
        if not _is_whole(folder, archive):
            with tempfile.TemporaryDirectory(prefix="sources-", dir=folder.parent) as aside:
                archive.extractall(Path(aside, "new"))
                if folder.exists():
                    folder.rename(Path(aside, "old"))
                try:
                    Path(aside, "new").rename(folder)
                except OSError:  # another job was quicker
                    if not _is_whole(folder, archive):
                        raise
    return folder


def _is_whole(folder: Path, archive: zipfile.ZipFile) -> bool:
    """Whether all files are there still: some systems sweep their temporary folders."""
    files = [(folder / entry.filename, entry.file_size) for entry in archive.infolist()]
    return all(path.is_file() and path.stat().st_size == size for path, size in files)


def _zipped(folder: Path) -> bytes:
    shutil.rmtree(folder / "work", ignore_errors=True)
    (folder / ORDER).unlink()
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w") as archive:  # films do not get smaller
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return parcel.getvalue()
