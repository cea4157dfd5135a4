"""Send jobs to an executor, and put into the store what comes back."""

import io
import pickle
import shutil
import zipfile
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cache.keys import CacheKeys, keys_of
from pipeline.cache.store import Store
from pipeline.cluster import errand
from pipeline.cluster.sources import Sources, pack, picture_makers
from pipeline.errors import UserError
from pipeline.film.job import Filmed, Job
from pipeline.film.pool import TRIES
from pipeline.film.worker import Event, Failed, Stored, log_path

REMOTE = "pipeline.cluster"
OUTCOME, SEGMENTS = "outcome", "segments"


@dataclass
class _Parcel:
    """A job on its way, and how often it was sent."""

    job: Job
    keys: CacheKeys
    tries: int = 0


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
    sources, versions = pack(jobs[0].lesson), picture_makers()
    running: dict[Future[bytes], _Parcel] = {}

    def send(parcel: _Parcel) -> None:
        parcel.tries += 1
        order = _order(parcel, sources)
        arguments = (sources.contents, sources.root, REMOTE, order, versions)
        running[executor.submit(errand.run, *arguments)] = parcel

    try:
        for job in sorted(jobs, key=lambda job: -job.expected_seconds):
            keys = keys_of(job.entry, job.lesson, job.quality, job.stock)
            if keys.ingredients == job.ingredients:
                send(_Parcel(job, keys))
            else:
                late = f"{job.name} was saved after this render began"
                yield job, Failed(0, late, log_path(job), changed=True)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                parcel = running.pop(future)
                for event in _receive(future, parcel):
                    if isinstance(event, Failed) and event.may_pass and parcel.tries < TRIES:
                        send(parcel)
                    else:
                        yield parcel.job, event
    finally:
        for future in running:
            future.cancel()


def _order(parcel: _Parcel, sources: Sources) -> bytes:
    """The job as it travels: its lesson where it is packed, and what is not to be filmed."""
    job = parcel.job
    here = frozenset(path.stem for path in job.store.glob("??/*.json"))
    packed = replace(job, lesson=sources.lesson, keys=parcel.keys, elsewhere=here)
    return pickle.dumps(packed)


def _receive(future: Future[bytes], parcel: _Parcel) -> Iterator[Event]:
    """Unpack what came back, and tell how it went: at last with Filmed or Failed."""
    job, folder = parcel.job, parcel.job.folder
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with zipfile.ZipFile(io.BytesIO(future.result())) as archive:
            archive.extractall(folder)
    except ImportError as error:
        raise UserError(f"this cluster cannot film it: {error}") from None
    except Exception as error:
        lines = str(error).splitlines() or [""]
        lost = f"it was lost in the cluster: {type(error).__name__} {lines[0]}".strip()
        yield Failed(0, lost, log_path(job), may_pass=True)
        return
    arrived = _keep(parcel, Store(folder / SEGMENTS))
    log = log_path(job)
    log.parent.mkdir(parents=True, exist_ok=True)
    for said in (folder / errand.SAID, folder / "logs" / log.name):
        if said.exists():
            said.replace(log)
    outcome = _outcome(folder, log)
    places = outcome.places if isinstance(outcome, Filmed) else ()
    for number, place in enumerate(places):
        if (key := parcel.keys.key(number, place)) in arrived:
            yield Stored(number, key)
    shutil.rmtree(folder, ignore_errors=True)
    yield outcome


def _keep(parcel: _Parcel, arrived: Store) -> set[str]:
    """Put the segments that arrived into the store, and the order of the beats; tell which."""
    store, kept = Store(parcel.job.store), set()
    for film in sorted(arrived.folder.glob("??/*.mp4")):
        if segment := arrived.get(film.stem, verify=True):
            store.put(film.stem, segment, film)
            kept.add(film.stem)
    if order := arrived.order(parcel.keys.order_key):
        store.put_order(parcel.keys.order_key, order)
    return kept


def _outcome(folder: Path, log: Path) -> Filmed | Failed:
    """How it went there; what is wrong with the disk there is not wrong with this one."""
    if not (folder / OUTCOME).exists():
        return Failed(0, "its process in the cluster died", log, may_pass=True)
    outcome: Filmed | Failed = pickle.loads((folder / OUTCOME).read_bytes())
    if isinstance(outcome, Failed):
        there = f"on its worker: {outcome.error}" if outcome.disk else outcome.error
        return replace(outcome, error=there, log=log, may_pass=False, disk=False)
    return outcome
