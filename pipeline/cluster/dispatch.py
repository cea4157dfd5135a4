"""Dispatch jobs to an executor, and put into the store what comes back."""

import io
import pickle
import shutil
import zipfile
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from pathlib import Path

from pipeline.cache.imports import look_again
from pipeline.cache.keys import CacheKeys, keys_of
from pipeline.cache.store import Store
from pipeline.cluster import remote
from pipeline.cluster.sources import pack, picture_makers
from pipeline.errors import UserError
from pipeline.film.job import Filmed, Job
from pipeline.film.pool import TRIES
from pipeline.film.worker import Event, Failed, Stored, log_path

REMOTE = "pipeline.cluster"
OUTCOME, SEGMENTS = "outcome", "segments"


def film_with(executor: Executor, jobs: Sequence[Job]) -> Generator[tuple[Job, Event], None, None]:
    """Film ``jobs`` with ``executor``, the longest first, and tell what happens to each.

    Its workers need Python and the packages of the lock, and no disk in common with this process.
    A job ends with Filmed or Failed; one that gets lost is sent once more, for what is missing by
    then. Closing the iterator, or an error in it, calls back all that has not begun.

    Raises:
        UserError: a worker has other versions of what makes pictures.
    """
    if not jobs:
        return
    sources, versions = pack(jobs[0].lesson, jobs[0].voice), picture_makers()
    running: dict[Future[bytes], tuple[Job, CacheKeys, int]] = {}

    def send(job: Job, keys: CacheKeys, tries: int) -> None:
        here = frozenset(path.stem for path in job.store.glob("??/*.json"))
        travelling = replace(job, lesson=sources.lesson, voice=sources.voice, elsewhere=here)
        order = pickle.dumps(replace(travelling, keys=keys))
        arguments = (sources.contents, sources.root, REMOTE, order, versions)
        running[executor.submit(remote.run, *arguments)] = job, keys, tries

    look_again()
    try:
        for job in sorted(jobs, key=lambda job: -job.expected_seconds):
            keys = keys_of(job.entry, job.lesson, job.quality, job.stock, job.voice)
            if keys.ingredients == job.ingredients:
                send(job, keys, 1)
            else:
                late = f"{job.name} was saved after this render began"
                yield job, Failed(0, late, log_path(job), changed=True)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job, keys, tries = running.pop(future)
                for event in _receive(future, job, keys):
                    if isinstance(event, Failed) and event.may_pass and tries < TRIES:
                        send(job, keys, tries + 1)
                    else:
                        yield job, event
    finally:
        for future in running:
            future.cancel()


def _receive(future: Future[bytes], job: Job, keys: CacheKeys) -> Iterator[Event]:
    """Unpack what came back, and tell how it went: at last with Filmed or Failed."""
    folder, log = job.folder, log_path(job)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with zipfile.ZipFile(io.BytesIO(future.result())) as archive:
            archive.extractall(folder)
    except ImportError as error:
        raise UserError(f"this cluster cannot film it: {error}") from None
    except Exception as error:  # whatever an executor or its network may raise
        lines = str(error).splitlines() or [""]
        lost = f"it was lost in the cluster: {type(error).__name__} {lines[0]}".strip()
        yield Failed(0, lost, log, may_pass=True)
        return
    arrived = _keep(Store(folder / SEGMENTS), Store(job.store), keys)
    log.parent.mkdir(parents=True, exist_ok=True)
    for said in (folder / remote.SAID, folder / "logs" / log.name):
        if said.exists():
            said.replace(log)
    outcome = _outcome(folder, log)
    for number, place in enumerate(outcome.places if isinstance(outcome, Filmed) else ()):
        if (key := keys.key(number, place)) in arrived:
            yield Stored(number, key)
    shutil.rmtree(folder, ignore_errors=True)
    yield outcome


def _keep(arrived: Store, store: Store, keys: CacheKeys) -> set[str]:
    """Put the segments that ``arrived`` into the store, and the order of the beats; tell which."""
    kept = set()
    for film in sorted(arrived.folder.glob("??/*.mp4")):
        if segment := arrived.get(film.stem, verify=True):
            store.put(film.stem, segment, film)
            kept.add(film.stem)
    if order := arrived.order(keys.order_key):
        store.put_order(keys.order_key, order)
    return kept


def _outcome(folder: Path, log: Path) -> Filmed | Failed:
    """How it went there; what is wrong with the disk there is not wrong with this one."""
    if not (folder / OUTCOME).exists():
        return Failed(0, "its process in the cluster died", log, may_pass=True)
    outcome: Filmed | Failed = pickle.loads((folder / OUTCOME).read_bytes())
    if isinstance(outcome, Failed):
        there = f"on its worker: {outcome.error}" if outcome.disk else outcome.error
        return outcome._replace(error=there, log=log, may_pass=False, disk=False)
    return outcome
